/*
 * Keeps assets as events say they became: reads every asset that an event touched, until the event is answered.
 *
 *   add -> wait in memory, one entry for each asset -> describe, those of a scope together -> record -> settle
 *     answered   forgotten
 *     again      a row in the store, and in memory until it is answered
 *     parked     a row in the store, until a person or a new event says otherwise
 *
 * Everything is either in memory and held back by the watermark, or has a row: whoever begins anew after a crash finds all of it.
 */

import type { TouchedAsset } from '../model/change.ts'
import { CONSISTENCY_MS, EVENT_TIME_MS } from '../model/consistency.ts'
import { Histogram, LATENCY_BOUNDS_S } from '../model/histogram.ts'
import { AccountId, type AssetIdentity, GLOBAL, Region, ResourceTypeName } from '../model/identity.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud.ts'
import type { Refresh, RefreshedEvent, RefreshStore } from '../ports/refresh-store.ts'
import { AnswerKeeper } from './answer-keeper.ts'
import { AssetReader, type RefreshCounts } from './asset-reader.ts'
import { PendingAssets } from './pending.ts'
import type { ScopeQueue } from './pending-asset.ts'
import type { Registry } from './read-scopes.ts'
import { Relister } from './relist.ts'
import { Watermark } from './watermark.ts'

export interface RefreshOptions {
  readonly clock: Clock
  /** How long after an event replies may not show it yet; CONSISTENCY_MS, unless said. */
  readonly consistencyMs?: number
  /** What went wrong and is tried again. */
  onFault(error: unknown): void
  /** Another process refreshes this store: this one waits. */
  onWait?(): void
}

/** Calls at once for all scopes. */
const CALLS_MAX = 128
/** Assets that nothing has read yet. Beyond it whoever brings events holds back. */
const UNREAD_MAX = 50_000
const POLL_MS = 2_000
const RETRY_MS = 1_000
/** Rows of the store that are taken up at once. */
const ROWS_MAX = 10_000

/** One for each store: see the top of this file. */
export class Refresher {
  readonly counts: RefreshCounts
  /** From the receipt of an event to the recording of what it led to. */
  readonly answering = new Histogram(LATENCY_BOUNDS_S)
  readonly #cloud: Cloud
  readonly #store: RefreshStore
  readonly #options: RefreshOptions
  readonly #pending = new PendingAssets()
  readonly #watermark = new Watermark()
  readonly #keeper: AnswerKeeper
  readonly #reader: AssetReader
  readonly #relister: Relister
  readonly #calls = new Set<Promise<void>>()
  #isLeading = false
  #answeredUntil = Number.NEGATIVE_INFINITY
  #wake = () => {}

  constructor(cloud: Cloud, registry: Registry, store: RefreshStore, options: RefreshOptions) {
    this.#cloud = cloud
    this.#store = store
    this.#options = options
    this.#keeper = new AnswerKeeper(store)
    this.#relister = new Relister(cloud, registry, store, options)
    this.#reader = new AssetReader(cloud, store, {
      ...options,
      pending: this.#pending,
      watermark: this.#watermark,
      keeper: this.#keeper,
      answering: this.answering,
    })
    this.counts = this.#reader.counts
  }

  /** Assets that wait for a read, or are being read. */
  get size(): number {
    return this.#pending.size
  }

  /** Assets that nobody reads any more until a person says so. */
  get parked(): number {
    return this.#keeper.parked
  }

  /** How long the oldest event has been waiting that nothing has read yet. */
  get lagMs(): number {
    const { oldest } = this.#watermark
    return oldest === undefined ? 0 : Math.max(0, this.#options.clock.now() - oldest)
  }

  /** Scopes that are to be listed anew. */
  get relists(): number {
    return this.#relister.size
  }

  get #consistencyMs(): number {
    return this.#options.consistencyMs ?? CONSISTENCY_MS
  }

  get isLeading(): boolean {
    return this.#isLeading
  }

  /** More waits than should, or another process refreshes: whoever brings events holds back. */
  get isFull(): boolean {
    return !this.#isLeading || this.#pending.unread >= UNREAD_MAX
  }

  /** Something received at that time is being stored. Until it is disposed of, nothing received then counts as answered. */
  begin(receivedAt: number): Disposable {
    const receipt = this.#watermark.open(receivedAt)
    return { [Symbol.dispose]: () => this.#watermark.close(receipt) }
  }

  /** Events that are stored, received at that time. */
  add(events: readonly RefreshedEvent[], receivedAt: number): void {
    const now = this.#options.clock.now()
    for (const event of events) {
      if (event.provider !== this.#cloud.provider) continue
      this.#relister.request(event)
      if (event.outcome.kind !== 'mapped') continue
      for (const touched of event.outcome.assets) this.#touch(touched, event.at, receivedAt, now)
    }
    this.#wake()
  }

  /**
   * Refreshes until aborted. What is not answered by then is found again by the next run. `beside` runs while this process is the one
   * that refreshes the store: what brings events belongs there, since nobody else would refresh what they touched.
   */
  async run(signal: AbortSignal, beside: (leading: AbortSignal) => Promise<void> = async () => {}): Promise<void> {
    const { clock, onFault, onWait } = this.#options
    while (!signal.aborted) {
      try {
        await using lead = await this.#store.lead(signal, onWait ?? (() => {}))
        try {
          await this.#lead(AbortSignal.any([signal, lead.lost]), beside)
        } finally {
          if (!signal.aborted) await this.#handOver()
          else if (!lead.lost.aborted) await this.#saveAnswered()
        }
      } catch (error) {
        if (!signal.aborted) onFault(error)
      }
      this.#isLeading = false
      if (!signal.aborted) await clock.sleep(RETRY_MS, signal).catch(() => {})
    }
  }

  async #lead(signal: AbortSignal, beside: (leading: AbortSignal) => Promise<void>): Promise<void> {
    await this.#keeper.load()
    const since = await this.#begin()
    const stop = new AbortController()
    const either = AbortSignal.any([signal, stop.signal])
    this.#isLeading = true
    const parts = [
      this.#read(either),
      this.#resume(since, either),
      this.#poll(either),
      this.#relister.run(either),
      beside(either),
    ]
    const failed = (error: unknown) => {
      stop.abort()
      throw error
    }
    // All of them have ended before anybody else may lead.
    const ended = await Promise.allSettled(parts.map(part => part.catch(failed)))
    await Promise.all(this.#calls)
    for (const end of ended) if (end.status === 'rejected') throw end.reason
  }

  /** Somebody else may lead next, or does already, and have looked by then at what is stored: what we still hold they find in rows. */
  async #handOver(): Promise<void> {
    const now = this.#options.clock.now()
    await this.#keeper.keep(
      this.#pending.unanswered().map(({ asset, since, until, action, failures: attempts }) => ({
        kind: 'wait',
        refresh: { asset, since, until, action, attempts, dueAt: now },
      })),
    )
  }

  /** Until when everything was answered; a new store begins now. */
  async #begin(): Promise<number> {
    const since = await this.#store.answered()
    if (since !== undefined) return since
    const now = Math.min(this.#options.clock.now(), this.#watermark.oldest ?? Number.POSITIVE_INFINITY) - 1
    await this.#store.answeredUntil(now)
    return now
  }

  /** Takes up what was received and not answered before we began, while new events are refreshed. */
  async #resume(since: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    using _ = this.begin(since + 1)
    await this.#takeUp(clock.now() + this.#consistencyMs + EVENT_TIME_MS)
    if (signal.aborted) return
    for await (const events of this.#store.unanswered(signal)) {
      this.add(events, since + 1)
      while (this.isFull && !signal.aborted) await clock.sleep(POLL_MS, signal).catch(() => {})
      if (signal.aborted) return
    }
  }

  /** Rows of the store whose time has come and that are not in memory: they waited for long, or a person released them. */
  async #takeUp(dueBy: number): Promise<void> {
    const now = this.#options.clock.now()
    for (const refresh of await this.#store.waiting(dueBy, ROWS_MAX)) {
      if (this.#pending.has(refresh.asset)) continue
      this.#keeper.released(refresh)
      const queue = this.#queueOf(refresh.asset)
      const isDoubted = now < refresh.until + this.#consistencyMs
      if (queue !== undefined) this.#pending.resume(queue, refresh, isDoubted ? now : Math.max(now, refresh.dueAt))
    }
    this.#wake()
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    signal.addEventListener('abort', () => this.#wake(), { once: true })
    while (!signal.aborted) {
      const now = clock.now()
      const taken = this.#calls.size >= CALLS_MAX ? undefined : this.#pending.take(now)
      if (taken !== undefined) {
        const call = this.#reader.read(taken.queue, taken.assets, signal).finally(() => {
          this.#calls.delete(call)
          this.#wake()
        })
        this.#calls.add(call)
        continue
      }
      const isBusy = this.#calls.size >= CALLS_MAX
      await this.#nap(isBusy ? POLL_MS : Math.min(POLL_MS, this.#pending.nextAt - now))
    }
  }

  async #nap(ms: number): Promise<void> {
    const nap = new AbortController()
    this.#wake = () => nap.abort()
    await this.#options.clock.sleep(Math.max(0, ms), nap.signal).catch(() => {})
    this.#wake = () => {}
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { clock, onFault } = this.#options
    while (!signal.aborted) {
      await clock.sleep(POLL_MS, signal).catch(() => {})
      if (signal.aborted) return
      try {
        await this.#saveAnswered()
        await this.#takeUp(clock.now())
      } catch (error) {
        onFault(error)
      }
    }
  }

  async #saveAnswered(): Promise<void> {
    const at = this.#watermark.at(this.#options.clock.now())
    if (at <= this.#answeredUntil || !this.#watermark.isAhead(this.#answeredUntil)) return
    await this.#store.answeredUntil(at)
    this.#answeredUntil = at
  }

  #touch(touched: TouchedAsset, at: number, receivedAt: number, now: number): void {
    const pending = this.#pending.touch(touched, Math.min(at, now), now, () => this.#open(touched))
    if (pending !== undefined && pending.receipt === undefined) pending.receipt = this.#watermark.open(receivedAt)
  }

  #open(touched: TouchedAsset): { asset: AssetIdentity; queue: ScopeQueue } | undefined {
    const { provider } = this.#cloud
    const account = AccountId.safeParse(touched.account).data
    const region = Region.safeParse(touched.region).data
    const type = ResourceTypeName.safeParse(touched.type).data
    const isNamed = account !== undefined && region !== undefined && type !== undefined && touched.id !== ''
    const asset = isNamed ? { provider, account, region, type, nativeId: touched.id } : undefined
    const queue = asset && this.#queueOf(asset)
    if (asset !== undefined && queue !== undefined) return { asset, queue }
    this.counts.unreadable++
    return undefined
  }

  /** Undefined: no such type is read, or not there. */
  #queueOf({ provider, account, region, type }: Refresh['asset']): ScopeQueue | undefined {
    const describable = this.#cloud.describable(type)
    if (describable === undefined || (describable.scope === 'regional' && region === GLOBAL)) return undefined
    const at = describable.scope === 'global' ? GLOBAL : region
    return this.#pending.queueOf({ provider, account, region: at, type }, describable.max)
  }
}
