import type { Action, TouchedAsset } from '../model/change.ts'
import type { AssetId, AssetIdentity } from '../model/identity.ts'
import type { Scope } from '../model/scan-scope.ts'
import type { Refresh } from '../ports/refresh-store.ts'
import { newPending, type PendingAsset, type ScopeQueue, SPACING_MS } from './pending-asset.ts'
import { Schedule } from './schedule.ts'

/** The first read waits that long for others of its scope, so that they share a call. */
const GATHER_MS = 20

const SPACING_MS_MAX = 32_000
/** Reads that are due within this share of their pause go along with one that is due now. */
const ALONG_SHARE = 0.25
/** Calls at once for one scope, whose rest gathers meanwhile, and for one account: what hangs there keeps no other from being read. */
const READING_MAX = 4
const READING_MAX_OF_ACCOUNT = 32
/** A scope of an account that is busy is looked at again after that. */
const BUSY_MS = 25

/** Events tell their time to the second: nothing is updated once it is deleted, and what was deleted may be made again. */
const LAST_OF_A_SECOND = { update: 0, delete: 1, create: 2 } as const satisfies Record<Action, number>

/** That many assets fail by themselves before it is taken for their service, and how long no call is made then. */
const FAILING_MIN = 3
const HELD_MS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000]

/**
 * Assets to be read, coalesced: any number of events on an asset is one entry, and entries of one scope are read together. An asset
 * on which events keep coming is read at growing intervals; it never delays another.
 */
export class PendingAssets {
  readonly #assets = new Map<string, PendingAsset>()
  readonly #queues = new Map<string, ScopeQueue>()
  readonly #wakes = new Schedule<ScopeQueue>()
  /** Calls that are under way, by account. */
  readonly #reading = new Map<string, number>()
  #unread = 0

  /** Assets that wait for a read or are being read. */
  size = 0

  /** Those of them that were never read since their first event. */
  get unread(): number {
    return this.#unread
  }

  get nextAt(): number {
    return this.#wakes.firstAt
  }

  has(asset: AssetIdentity): boolean {
    const known = this.#assets.get(keyOf(asset.account, asset.region, asset.type, asset.nativeId))
    return known !== undefined && known.state !== 'resting'
  }

  /** All that wait to be read, or are being read. */
  unanswered(): readonly PendingAsset[] {
    return [...this.#assets.values()].filter(({ state }) => state !== 'resting')
  }

  /** An event touched an asset, which `open` makes the entry of; undefined: such an asset cannot be read. */
  touch(
    { account, region, type, id, action }: Pick<TouchedAsset, 'account' | 'region' | 'type' | 'id' | 'action'>,
    at: number,
    now: number,
    open: () => { readonly asset: AssetIdentity; readonly queue: ScopeQueue } | undefined,
  ): PendingAsset | undefined {
    const key = keyOf(account, region, type, id)
    const known = this.#assets.get(key)
    if (known === undefined) {
      const opened = open()
      if (opened === undefined) return undefined
      const pending = newPending(opened, { since: at, until: at, action })
      this.#enter(key, pending, now + GATHER_MS)
      this.#unread++
      return pending
    }
    const isNews = known.events === 0
    const isLast =
      at > known.until || (at === known.until && LAST_OF_A_SECOND[action] >= LAST_OF_A_SECOND[known.action])
    if (isNews || isLast) known.action = action
    known.since = isNews ? at : Math.min(known.since, at)
    known.until = isNews ? at : Math.max(known.until, at)
    known.events++
    if (known.receipt === undefined) this.#hurry(known, now)
    return known
  }

  /** Takes up what the store kept of an asset that is not here. */
  resume(queue: ScopeQueue, refresh: Refresh, dueAt: number): void {
    const { account, region, type, nativeId } = refresh.asset
    const pending = newPending({ asset: refresh.asset, queue }, refresh)
    Object.assign(pending, {
      failures: refresh.attempts,
      isUnread: false,
      keptUntil: refresh.until,
      keptDueAt: refresh.dueAt,
    })
    this.#enter(keyOf(account, region, type, nativeId), pending, dueAt)
  }

  /** The queue of a scope, made where there is none. */
  queueOf(scope: Scope, max: number): ScopeQueue {
    const key = `${scope.account}\n${scope.region}\n${scope.type}`
    const known = this.#queues.get(key)
    if (known !== undefined) return known
    const queue = {
      key,
      scope,
      max,
      assets: 0,
      due: new Schedule<PendingAsset>(),
      wakesAt: Number.POSITIVE_INFINITY,
      reading: 0,
      failing: new Set<AssetId>(),
      failures: 0,
      heldUntil: 0,
    }
    this.#queues.set(key, queue)
    return queue
  }

  /** The assets of one scope that are due, as many as one call takes; undefined: none is due, or their scopes are busy. */
  take(now: number): { readonly queue: ScopeQueue; readonly assets: readonly PendingAsset[] } | undefined {
    while (this.#wakes.firstAt <= now) {
      const { dueAt, item: queue } = this.#wakes.takeFirst() as { dueAt: number; item: ScopeQueue }
      if (dueAt !== queue.wakesAt) continue
      queue.wakesAt = Number.POSITIVE_INFINITY
      if (queue.reading >= READING_MAX) continue
      if (queue.heldUntil > now) {
        this.#plan(queue)
        continue
      }
      if (this.#readingOf(queue) >= READING_MAX_OF_ACCOUNT) {
        queue.wakesAt = now + BUSY_MS
        this.#wakes.add(queue.wakesAt, queue)
        continue
      }
      const assets = this.#due(queue, now)
      this.#plan(queue)
      if (assets.length === 0) continue
      queue.reading++
      this.#reading.set(queue.scope.account, this.#readingOf(queue) + 1)
      return { queue, assets }
    }
    return undefined
  }

  /**
   * How the read of each asset of a scope ended. Where several fail and none does not, it is the service that fails: then they all wait, so
   * that calls do not become more with the number of assets.
   */
  told(queue: ScopeQueue, reads: readonly { readonly id: AssetId; readonly hasFailed: boolean }[], now: number): void {
    if (reads.some(({ hasFailed }) => !hasFailed)) {
      queue.failing.clear()
      queue.failures = 0
      queue.heldUntil = 0
      return
    }
    for (const { id } of reads) if (queue.failing.size < FAILING_MIN) queue.failing.add(id)
    if (queue.failing.size < FAILING_MIN) return
    queue.heldUntil = now + (HELD_MS[Math.min(queue.failures, HELD_MS.length - 1)] ?? 0)
    queue.failures++
  }

  /** A call for a scope has ended. */
  release(queue: ScopeQueue): void {
    queue.reading--
    const left = this.#readingOf(queue) - 1
    if (left > 0) this.#reading.set(queue.scope.account, left)
    else this.#reading.delete(queue.scope.account)
    this.#plan(queue)
  }

  #readingOf({ scope }: ScopeQueue): number {
    return this.#reading.get(scope.account) ?? 0
  }

  /** An asset is to be read again: at that time, unless events came while it was read. */
  again(pending: PendingAsset, dueAt: number, now: number): void {
    pending.state = 'waiting'
    const isPlain = pending.receipt === undefined || pending.failures > 0
    this.#wait(pending, isPlain ? dueAt : newsAt(pending, now))
  }

  /** An asset is answered. If events came while it was read, they are not, and it is read again. */
  answered(pending: PendingAsset, answeredEvents: number, now: number): void {
    if (pending.receipt !== undefined) {
      pending.events = Math.max(1, pending.events - answeredEvents)
      pending.failures = 0
      this.again(pending, now, now)
      return
    }
    this.rest(pending, now)
  }

  /** Nothing is to be done about an asset for now; it is remembered for a while, so that a storm of events does not read it each time. */
  rest(pending: PendingAsset, now: number): void {
    this.size--
    pending.state = 'resting'
    pending.events = 0
    pending.reads = 0
    pending.failures = 0
    pending.hasChanged = false
    pending.keptUntil = undefined
    this.#wait(pending, Math.max(now, pending.readAt + 2 * pending.spacingMs))
  }

  /** An asset is left to the store. */
  forget(pending: PendingAsset): void {
    this.size--
    this.#drop(pending)
  }

  /** A new event on an asset that was read before: soon, but at growing intervals while they keep coming. */
  #hurry(pending: PendingAsset, now: number): void {
    const isStorm = now < pending.readAt + 2 * pending.spacingMs
    pending.spacingMs = isStorm ? Math.min(pending.spacingMs * 2, SPACING_MS_MAX) : SPACING_MS
    pending.reads = 0
    pending.hasChanged = false
    if (pending.state === 'reading') return
    if (pending.state === 'resting') this.size++
    pending.state = 'waiting'
    this.#wait(pending, pending.failures > 0 ? Math.max(pending.dueAt, newsAt(pending, now)) : newsAt(pending, now))
  }

  #enter(key: string, pending: PendingAsset, dueAt: number): void {
    this.#assets.set(key, pending)
    pending.queue.assets++
    this.size++
    this.#wait(pending, dueAt)
  }

  #drop(pending: PendingAsset): void {
    const { asset, queue } = pending
    pending.dueAt = Number.NaN
    this.#assets.delete(keyOf(asset.account, asset.region, asset.type, asset.nativeId))
    queue.assets--
    if (queue.assets === 0) this.#queues.delete(queue.key)
  }

  #wait(pending: PendingAsset, dueAt: number): void {
    pending.dueAt = dueAt
    pending.queue.due.add(dueAt, pending)
    this.#plan(pending.queue)
  }

  #plan(queue: ScopeQueue): void {
    const at = Math.max(queue.due.firstAt, queue.heldUntil)
    if (queue.reading >= READING_MAX || at >= queue.wakesAt) return
    queue.wakesAt = at
    this.#wakes.add(queue.wakesAt, queue)
  }

  #due({ due, max }: ScopeQueue, now: number): PendingAsset[] {
    const taken: PendingAsset[] = []
    while (taken.length < max && due.first !== undefined) {
      const { first: pending, firstAt } = due
      const isMeant = pending.dueAt === firstAt
      if (isMeant && firstAt > now && (taken.length === 0 || firstAt > now + alongMs(pending, now))) break
      due.takeFirst()
      if (!isMeant) continue
      if (pending.state === 'resting') {
        this.#drop(pending)
        continue
      }
      if (pending.isUnread) this.#unread--
      pending.isUnread = false
      pending.dueAt = Number.NaN
      pending.state = 'reading'
      pending.readAt = now
      pending.reads++
      taken.push(pending)
    }
    return taken
  }
}

/** How much too early an asset may be read, because others of its scope are. */
function alongMs({ isUnread, readAt }: PendingAsset, now: number): number {
  return isUnread ? GATHER_MS : readAt === 0 ? 0 : ALONG_SHARE * (now - readAt)
}

/** When an asset is read for events that came after its last read. */
function newsAt({ readAt, spacingMs }: PendingAsset, now: number): number {
  return Math.max(now + GATHER_MS, spacingMs === SPACING_MS ? 0 : readAt + spacingMs / 2)
}

function keyOf(account: string, region: string, type: string, nativeId: string): string {
  return `${account}\n${region}\n${type}\n${nativeId}`
}
