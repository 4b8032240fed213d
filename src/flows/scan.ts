import { type AccountId, GLOBAL, type Region, type ResourceTypeName } from '../model/identity.ts'
import { ACCOUNT_ENTRY, type Scope, type ScopeResult } from '../model/scan-scope.ts'
import type { Account, Cloud } from '../ports/cloud.ts'
import type { Batcher } from './batcher.ts'
import { noProgress, type Progress, type ReadPlan, type Registry, readEach, writersOf } from './read-scopes.ts'

/** What to read, and when to stop. */
export interface ScanPlan extends ReadPlan {
  /** Undefined: every account that the cloud shows. */
  readonly accounts?: readonly AccountId[] | undefined
  readonly regions?: readonly Region[] | undefined
  readonly types?: readonly ResourceTypeName[] | undefined
  /** Of the scopes of an account, those to read now; all, unless said. */
  due?(account: AccountId): Promise<(scope: Scope, intervalMs: number) => boolean>
}

/** Accounts entered at once: assuming a role and asking for its regions takes longer than reading a small account. */
const ACCOUNTS_AT_ONCE = 8

/**
 * Reads a cloud, all of it or what is due, into the registry. Every scope ends on its own as read, denied, failed or skipped; one
 * that was read in full ends the assets it did not show; nothing else ends any. What was recorded before an interruption stays.
 */
export async function scan(cloud: Cloud, registry: Registry, plan: ScanPlan): Promise<Progress> {
  const progress = noProgress()
  const writers = writersOf(cloud, registry, progress, plan.signal)
  await readEach(cloud, registry, scopes(cloud, registry, writers.finisher, plan, progress), {
    plan,
    progress,
    writers,
  })
  return progress
}

/** Every scope to read, account by account as they are found; the next accounts are entered while these are read. */
async function* scopes(
  cloud: Cloud,
  registry: Registry,
  finisher: Batcher<ScopeResult>,
  plan: ScanPlan,
  progress: Progress,
): AsyncIterable<Scope> {
  const entering: Promise<Scope[]>[] = []
  for await (const page of cloud.accounts(plan.signal)) {
    await registry.saveAccounts(page)
    for (const account of page.filter(({ id }) => plan.accounts === undefined || plan.accounts.includes(id))) {
      if (plan.signal.aborted) return
      entering.push(handled(scopesOf(cloud, account, finisher, plan, progress)))
      if (entering.length >= ACCOUNTS_AT_ONCE) yield* (await entering.shift()) ?? []
    }
  }
  for (const scopes of entering) yield* await scopes
}

/** A promise whose failure is met where it is awaited, even if something else fails first. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}

async function scopesOf(
  cloud: Cloud,
  account: Account,
  finisher: Batcher<ScopeResult>,
  plan: ScanPlan,
  progress: Progress,
): Promise<Scope[]> {
  progress.accounts++
  const startedAt = plan.now()
  const whole: Scope = {
    provider: cloud.provider,
    account: account.id,
    region: GLOBAL,
    type: ACCOUNT_ENTRY,
  }
  if (!account.isActive) {
    progress.skipped++
    await finisher.add([
      {
        scope: whole,
        startedAt,
        outcome: { kind: 'skipped', detail: `the account is ${account.status.toLowerCase()}` },
      },
    ])
    return []
  }
  const entered = await cloud.regions(account.id, plan.signal)
  if (plan.signal.aborted) return []
  if (entered.kind === 'closed') {
    progress[entered.outcome.kind]++
    await finisher.add([{ scope: whole, startedAt, outcome: entered.outcome }])
    return []
  }
  await finisher.add([{ scope: whole, startedAt, outcome: { kind: 'read', assets: 0 } }])
  const isDue = (await plan.due?.(account.id)) ?? (() => true)
  const found = cloud.types
    .filter(({ name }) => plan.types === undefined || plan.types.includes(name))
    .flatMap(({ name, scope, intervalMs }) =>
      (scope === 'global' ? [GLOBAL] : entered.regions)
        .filter(region => plan.regions === undefined || plan.regions.includes(region))
        .map(region => ({ provider: cloud.provider, account: account.id, region, type: name }))
        .filter(candidate => isDue(candidate, intervalMs)),
    )
  progress.scopesKnown += found.length
  plan.onProgress?.(progress)
  return found
}

export type { Progress, Registry } from './read-scopes.ts'
