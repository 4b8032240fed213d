import type { Action } from '../model/change.ts'
import type { Event } from '../model/event.ts'
import type { AssetId, AssetIdentity } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import type { Scope } from '../model/scan-scope.ts'
import type { Memory } from './cloud.ts'

/**
 * What came of one observation. `doubted`: it showed no change, and was not kept because it said of itself that it may be stale.
 * `returned`: it says so too, and showed a change back to what the asset was shortly before; it is kept.
 */
export type Verdict = 'created' | 'changed' | 'returned' | 'ended' | 'unchanged' | 'doubted'

/** An asset that events touched and that is to be read again. Times are milliseconds since 1970. */
export interface Refresh {
  readonly asset: AssetIdentity
  /** The first and the last event that is not answered yet. */
  readonly since: number
  readonly until: number
  /** What the last of them did. */
  readonly action: Action
  /** How many reads in a row have failed. */
  readonly attempts: number
  /** When it is to be looked at, at the latest, by whoever refreshes then. */
  readonly dueAt: number
}

/** What refreshing has to know of an event. */
export type RefreshedEvent = Pick<Event, 'provider' | 'at' | 'source' | 'name' | 'account' | 'region' | 'outcome'>

/** A refresh that nobody tries any more until a person says so. */
export interface Parked {
  readonly refresh: Refresh
  readonly detail: string
  /** What to grant, where that is the reason. */
  readonly needs: readonly string[]
}

/** A scope in which something changed that no event names. */
export interface Relist {
  readonly scope: Scope
  /** When the last event asked for it. */
  readonly requestedAt: number
  readonly reason: string
}

/** What refreshing keeps in the registry: what it reads, and what it still has to do. */
export interface RefreshStore extends Memory {
  /** Records in one transaction; one verdict for each observation, in order. */
  record(observations: readonly Observation[]): Promise<readonly Verdict[]>
  /** The assets behind ids that are aliases, all that ever had one; ids that are none are left out. */
  aliased(ids: readonly AssetId[]): Promise<ReadonlyMap<AssetId, readonly AssetIdentity[]>>
  /** When each asset was last seen, there or gone, by its id or an alias; what was never seen is left out. */
  lastSeen(ids: readonly AssetId[]): Promise<ReadonlyMap<AssetId, number>>
  /** Keeps what the first read did not settle. One row for each asset. */
  wait(refreshes: readonly Refresh[]): Promise<void>
  park(parked: readonly Parked[]): Promise<void>
  /** These are answered, unless an event later than `until` asked again meanwhile. */
  settle(refreshes: readonly Refresh[]): Promise<void>
  /** What waits and is due by then, soonest first; parked ones are left out. */
  waiting(dueBy: number, limit: number): Promise<readonly Refresh[]>
  /** The assets of all rows, waiting and parked. */
  kept(): Promise<{ readonly waiting: readonly AssetId[]; readonly parked: readonly AssetId[] }>
  /** Until when everything received is known to be answered; undefined: nobody ever said. */
  answered(): Promise<number | undefined>
  /** Kept events that were received after `answered`, in batches; without those that tell of times long before it. */
  unanswered(signal: AbortSignal): AsyncIterable<readonly RefreshedEvent[]>
  /** The assets of all events that were received until then are answered, or wait in the table. */
  answeredUntil(receivedAt: number): Promise<void>
  relists(): Promise<readonly Relist[]>
  requestRelists(relists: readonly Relist[]): Promise<void>
  /** The scopes were listed, beginning at `startedAt`: requests until then are answered. */
  relisted(scopes: readonly Scope[], startedAt: number): Promise<void>
  /** Waits until nobody else refreshes this store. `onWait` is called once if somebody does. */
  lead(signal: AbortSignal, onWait: () => void): Promise<Lead>
}

/** The right to refresh a store, which one process has at a time, until it is disposed of or lost. */
export interface Lead extends AsyncDisposable {
  /** Aborted when the connection that holds the right is lost. */
  readonly lost: AbortSignal
}
