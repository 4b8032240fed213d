import type { AccountId } from '../model/identity.ts'
import type { Outcome, Scope } from '../model/scan-scope.ts'
import type { Clock } from '../ports/clock.ts'
import type { Account, Cloud, Entered } from '../ports/cloud.ts'
import { type Progress, type Registry, type ScanPlan, scan } from './scan.ts'

const TICK_MS = 15_000
/** A failed read is tried again that soon, or with its cadence if that is sooner. */
const RETRY_MS = 10 * 60_000
/** How long the list of accounts, and what is known of entering each, is good for. */
const ACCOUNTS_MS = 60 * 60_000
/** Scopes of one cadence are spread over this share of it, so that they do not all come at once. */
const JITTER = 0.1

/** When each scope of an account was last tried, and how that ended, by `region type`. */
export type Tried = (
  account: AccountId,
) => Promise<ReadonlyMap<string, { readonly triedAt: number; readonly outcome: Outcome['kind'] }>>

/**
 * Keeps the registry fresh until aborted: reads each scope when its cadence says so. What is due follows from the store alone, so a
 * restart goes on where the last process ended, in the middle of a scan too.
 */
export async function keepScanning(
  cloud: Cloud,
  registry: Registry,
  tried: Tried,
  plan: Omit<ScanPlan, 'due' | 'now'> & {
    clock: Clock
    onRound?(progress: Progress): Promise<void> | void
    onFault(error: unknown): void
  },
): Promise<void> {
  const remembered = new RememberedCloud(cloud, plan.clock.now)
  while (!plan.signal.aborted) {
    try {
      const progress = await scan(remembered, registry, {
        ...plan,
        now: plan.clock.now,
        due: account => dueScopes(tried, account, plan.clock.now()),
      })
      await plan.onRound?.(progress)
    } catch (error) {
      if (!plan.signal.aborted) plan.onFault(error)
    }
    await plan.clock.sleep(TICK_MS, plan.signal).catch(() => {})
  }
}

async function dueScopes(
  tried: Tried,
  account: AccountId,
  now: number,
): Promise<(scope: Scope, intervalMs: number) => boolean> {
  const known = await tried(account)
  return (scope, intervalMs) => {
    const last = known.get(`${scope.region} ${scope.type}`)
    return last === undefined || now >= dueAt(scope, intervalMs, last)
  }
}

/** When a scope is to be read again. Pure; the jitter comes from the scope itself, so that every process agrees on it. */
export function dueAt(
  scope: Scope,
  intervalMs: number,
  last: { readonly triedAt: number; readonly outcome: Outcome['kind'] },
): number {
  if (last.outcome === 'failed') return last.triedAt + Math.min(RETRY_MS, intervalMs)
  return last.triedAt + intervalMs * (1 - JITTER * fraction(`${scope.account} ${scope.region} ${scope.type}`))
}

/** A number from 0 to 1 that a text always gets (FNV-1a). */
function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0) / 2 ** 32
}

/** A cloud whose accounts and regions are asked for once an hour, not with every tick. */
class RememberedCloud implements Cloud {
  readonly #cloud: Cloud
  readonly #now: () => number
  #accounts: readonly (readonly Account[])[] = []
  #accountsUntil = 0
  readonly #entered = new Map<AccountId, { entered: Entered; until: number }>()

  constructor(cloud: Cloud, now: () => number) {
    this.#cloud = cloud
    this.#now = now
  }

  get provider() {
    return this.#cloud.provider
  }

  get types() {
    return this.#cloud.types
  }

  async *accounts(signal: AbortSignal): AsyncIterable<readonly Account[]> {
    if (this.#now() >= this.#accountsUntil) {
      this.#accounts = await Array.fromAsync(this.#cloud.accounts(signal))
      this.#accountsUntil = this.#now() + ACCOUNTS_MS
    }
    yield* this.#accounts
  }

  async regions(account: AccountId, signal: AbortSignal): Promise<Entered> {
    const known = this.#entered.get(account)
    if (known !== undefined && this.#now() < known.until) return known.entered
    const entered = await this.#cloud.regions(account, signal)
    const isSettled = entered.kind === 'open' || entered.outcome.kind !== 'failed'
    this.#entered.set(account, { entered, until: this.#now() + (isSettled ? ACCOUNTS_MS : RETRY_MS) })
    return entered
  }

  read(...args: Parameters<Cloud['read']>) {
    return this.#cloud.read(...args)
  }

  describable(...args: Parameters<Cloud['describable']>) {
    return this.#cloud.describable(...args)
  }

  describe(...args: Parameters<Cloud['describe']>) {
    return this.#cloud.describe(...args)
  }

  explain(...args: Parameters<Cloud['explain']>) {
    return this.#cloud.explain(...args)
  }
}
