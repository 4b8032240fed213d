import { type AccountId, GLOBAL, type Region, type ResourceTypeName } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import { ACCOUNT_ENTRY, type Outcome, type Scope, type ScopeResult } from '../model/scan-scope.ts'
import type { Account, Cloud, Memory, Seen } from '../ports/cloud.ts'
import { Batcher } from './batcher.ts'

/** What a scan writes to: the store, in batches. */
export interface Registry extends Memory {
  record(observations: readonly Observation[]): Promise<Counted>
  /** Assets that were there and that these complete listings, begun at `startedAt`, did not show. */
  absent(
    scopes: readonly ScopeResult[],
  ): Promise<readonly { readonly asset: Observation['asset']; readonly startedAt: number }[]>
  saveScopes(results: readonly ScopeResult[]): Promise<void>
  saveAccounts(accounts: readonly Account[]): Promise<void>
}

export interface Counted {
  readonly created: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
}

/** What to read, and when to stop. */
export interface ScanPlan {
  /** Undefined: every account that the cloud shows. */
  readonly accounts?: readonly AccountId[] | undefined
  readonly regions?: readonly Region[] | undefined
  readonly types?: readonly ResourceTypeName[] | undefined
  /** Of the scopes of an account, those to read now; all, unless said. */
  due?(account: AccountId): Promise<(scope: Scope, intervalMs: number) => boolean>
  readonly signal: AbortSignal
  readonly now: () => number
  onProgress?(progress: Progress): void
}

export interface Progress extends Counted {
  accounts: number
  scopes: number
  /** Scopes found so far; it grows while accounts are still being entered. */
  scopesKnown: number
  assets: number
  created: number
  changed: number
  ended: number
  unchanged: number
  denied: number
  failed: number
  skipped: number
}

/** Scopes read at once. Each holds one page, so memory does not depend on the number of accounts. */
const SCOPES_AT_ONCE = 64
/** Accounts entered at once: assuming a role and asking for its regions takes longer than reading a small account. */
const ACCOUNTS_AT_ONCE = 8
/** The store is best written to by two to four connections, 500 to 1,000 observations each time. */
const RECORD = { size: 1_000, lanes: 3 }
const FINISH = { size: 500, lanes: 1 }

/**
 * Reads a cloud, all of it or what is due, into the registry. Every scope ends on its own as read, denied, failed or skipped; one
 * that was read in full ends the assets it did not show; nothing else ends any. What was recorded before an interruption stays.
 */
export async function scan(cloud: Cloud, registry: Registry, plan: ScanPlan): Promise<Progress> {
  const progress = noProgress()
  const writers = writersOf(registry, progress)
  await readEach(cloud, registry, scopes(cloud, registry, writers.finisher, plan, progress), {
    plan,
    progress,
    writers,
  })
  return progress
}

/** Reads these scopes anew, likewise. */
export async function readScopes(
  cloud: Cloud,
  registry: Registry,
  chosen: readonly Scope[],
  plan: Pick<ScanPlan, 'signal' | 'now'>,
): Promise<Progress> {
  const progress = { ...noProgress(), scopesKnown: chosen.length }
  await readEach(cloud, registry, chosen, { plan, progress, writers: writersOf(registry, progress) })
  return progress
}

function noProgress(): Progress {
  return {
    accounts: 0,
    scopes: 0,
    scopesKnown: 0,
    assets: 0,
    created: 0,
    changed: 0,
    ended: 0,
    unchanged: 0,
    denied: 0,
    failed: 0,
    skipped: 0,
  }
}

interface Writers {
  readonly recorder: Batcher<Observation>
  readonly finisher: Batcher<ScopeResult>
}

function writersOf(registry: Registry, progress: Progress): Writers {
  const recorder = new Batcher<Observation>(
    async observations => count(progress, await registry.record(observations)),
    RECORD,
  )
  const finisher = new Batcher<ScopeResult>(results => finish(registry, progress, results), FINISH)
  return { recorder, finisher }
}

async function readEach(
  cloud: Cloud,
  registry: Registry,
  scopes: AsyncIterable<Scope> | Iterable<Scope>,
  {
    plan,
    progress,
    writers: { recorder, finisher },
  }: {
    readonly plan: Pick<ScanPlan, 'signal' | 'now' | 'onProgress'>
    readonly progress: Progress
    readonly writers: Writers
  },
): Promise<void> {
  const readScope = async (scope: Scope) => {
    const startedAt = plan.now()
    const outcome = await readAll(cloud, registry, recorder, scope, plan.signal)
    if (outcome === 'interrupted') return
    if (outcome.kind === 'read') progress.assets += outcome.assets
    else progress[outcome.kind]++
    await finisher.add([{ scope, startedAt, outcome }])
    progress.scopes++
    plan.onProgress?.(progress)
  }

  await inParallel(scopes, SCOPES_AT_ONCE, readScope)
}

async function readAll(
  cloud: Cloud,
  registry: Registry,
  recorder: Batcher<Observation>,
  scope: Scope,
  signal: AbortSignal,
): Promise<Outcome | 'interrupted'> {
  let assets = 0
  const pages = cloud.read(scope, registry, signal)[Symbol.asyncIterator]()
  for (;;) {
    let page: IteratorResult<readonly Seen[]>
    try {
      page = await pages.next()
    } catch (error) {
      return signal.aborted ? 'interrupted' : cloud.explain(error, scope)
    }
    if (page.done === true) return { kind: 'read', assets }
    assets += page.value.length
    await recorder.add(page.value.map(({ asset, present, at }) => ({ asset, at, source: 'scan', state: present })))
  }
}

/** Ends what complete listings lack, then writes down how the scopes ended: in this order, so that a kill in between repeats, not skips. */
async function finish(registry: Registry, progress: Progress, results: readonly ScopeResult[]): Promise<void> {
  const complete = results.filter(({ outcome }) => outcome.kind === 'read')
  const absent = complete.length === 0 ? [] : await registry.absent(complete)
  const ended = absent.map(
    ({ asset, startedAt }): Observation => ({ asset, at: startedAt, source: 'scan', state: { kind: 'gone' } }),
  )
  for (let from = 0; from < ended.length; from += RECORD.size) {
    count(progress, await registry.record(ended.slice(from, from + RECORD.size)))
  }
  await registry.saveScopes(results)
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

/** The first failure stops the taking of further items; it is thrown when what was begun has ended. */
async function inParallel<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const failures: unknown[] = []
  const worker = async () => {
    try {
      for (let next = await iterator.next(); next.done !== true && failures.length === 0; next = await iterator.next())
        await work(next.value)
    } catch (error) {
      failures.push(error)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  if (failures.length > 0) throw failures[0]
}

function count(progress: Progress, counted: Counted): void {
  progress.created += counted.created
  progress.changed += counted.changed
  progress.ended += counted.ended
  progress.unchanged += counted.unchanged
}
