import type { Action } from '../model/change.ts'
import { type AssetId, type AssetIdentity, assetIdOf } from '../model/identity.ts'
import type { Scope } from '../model/scan-scope.ts'
import type { Refresh } from '../ports/refresh-store.ts'
import type { Schedule } from './schedule.ts'
import type { Receipt } from './watermark.ts'

/** An asset that events touched: what is to be found out about it, and when. Times are milliseconds since 1970. */
export interface PendingAsset {
  readonly id: AssetId
  readonly asset: AssetIdentity
  readonly queue: ScopeQueue
  /** `resting`: answered; remembered for a while, so that a storm of events is seen for what it is. */
  state: 'waiting' | 'reading' | 'resting'
  since: number
  until: number
  action: Action
  /** Events that are not answered yet. */
  events: number
  reads: number
  failures: number
  hasChanged: boolean
  /** Nothing has read it yet. */
  isUnread: boolean
  /** The last event that its row in the store knows of; undefined: that is not known. */
  keptUntil: number | undefined
  /** When that row says that it is due. */
  keptDueAt: number
  /** Of events that came since the last read began, until a row keeps them. */
  receipt: Receipt | undefined
  /** NaN: it stands in no schedule. */
  dueAt: number
  /** When it was read last, and how long to wait from then on before it is read for new events. */
  readAt: number
  spacingMs: number
}

/** The assets of one account, region and type. */
export interface ScopeQueue {
  readonly key: string
  readonly scope: Scope
  readonly max: number
  /** How many assets are in it. */
  assets: number
  readonly due: Schedule<PendingAsset>
  /** When the queue itself stands in the schedule of all queues. */
  wakesAt: number
  reading: number
  /** Assets of which a read failed since the last one that did not. */
  readonly failing: Set<AssetId>
  /** Calls in a row after which it was taken for the service that fails, and until when none is made. */
  failures: number
  heldUntil: number
}

/** How long an asset rests after a read before it is read for new events, to begin with. */
export const SPACING_MS = 500

export function newPending(
  { asset, queue }: { readonly asset: AssetIdentity; readonly queue: ScopeQueue },
  { since, until, action }: Pick<Refresh, 'since' | 'until' | 'action'>,
): PendingAsset {
  return {
    id: assetIdOf(asset),
    asset,
    queue,
    state: 'waiting',
    since,
    until,
    action,
    events: 1,
    reads: 0,
    failures: 0,
    hasChanged: false,
    isUnread: true,
    keptUntil: undefined,
    keptDueAt: 0,
    receipt: undefined,
    dueAt: Number.NaN,
    readAt: 0,
    spacingMs: SPACING_MS,
  }
}
