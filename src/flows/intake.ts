import type { Event, Incoming } from '../model/event.ts'
import { Fault } from '../model/fault.ts'
import { Histogram, LATENCY_BOUNDS_S } from '../model/histogram.ts'
import { merged, noCounts } from '../model/incoming.ts'
import type { Clock } from '../ports/clock.ts'
import type { Delivery, EventSource } from '../ports/event-source.ts'
import { Batcher } from './batcher.ts'
import { type EventStore, sizeOf, storeOrReject } from './store-or-reject.ts'

/** What reads anew the assets that stored events touched. */
export interface Refreshing {
  /** More assets wait than should: whoever brings events holds back. */
  readonly isFull: boolean
  /**
   * Something received at that time is being stored. Until it is disposed of, after `add`, nothing received then counts as answered: so
   * that events which are committed while the process dies are looked at after the restart.
   */
  begin(receivedAt: number): Disposable
  add(events: readonly Event[], receivedAt: number): void
}

/** What came by one source so far. Times are milliseconds since 1970. */
export interface SourceState {
  readonly name: string
  /** Records by outcome, those too that are only counted. */
  readonly counts: Record<keyof Incoming['counts'], number>
  deliveries: number
  rejected: number
  /** What was read and is not stored yet. */
  readonly held: Set<Delivery>
  /** When something of it was last stored and how old it was then, from when it was sent or, where that is not told, happened. */
  storedAt: number | undefined
  lagMs: number
  /** The last thing that went wrong with it; a delivery since then takes it away. */
  fault: { readonly at: number; readonly error: unknown } | undefined
}

export interface IntakeOptions {
  readonly store: EventStore
  readonly refresher: Refreshing
  readonly clock: Clock
  onFault(error: unknown, source: string | undefined): void
}

interface Arrived {
  readonly state: SourceState
  readonly delivery: Delivery
}

/** Records of a transaction: enough to make its fixed costs small, few enough to be stored in a moment. */
const RECORDS_OF_A_BATCH = 2_000
const LANES = 2
/** Records that were read and are not stored yet. Beyond it the sources are not read. */
const HELD_MAX = 20_000
const HOLD_BACK_MS = 25
/** A source that ends though nobody asked it to is begun again after that. */
const RESTART_MS = 5_000
/** After everything has stopped. */
const ACKNOWLEDGE_MS_MAX = 3_000

/**
 * Takes in what all sources bring, in batches of one transaction each:
 *
 *   read -> hold until a lane is free -> store -> refresh what the new ones touched -> acknowledge
 *
 * Nothing is acknowledged before it is committed. While the store is away messages are held, and the sources not read any further.
 */
export class Intake {
  /** For each source, in the order given. */
  readonly sources: readonly SourceState[]
  duplicates = 0
  /** What transactions took, and how old events were when they could be asked about. */
  readonly storing = new Histogram(LATENCY_BOUNDS_S)
  readonly lag = new Histogram(LATENCY_BOUNDS_S)
  /** Records that were read and are not stored yet. */
  held = 0
  readonly #sources: readonly EventSource[]
  readonly #options: IntakeOptions
  readonly #acknowledging = new Set<Promise<void>>()

  constructor(sources: readonly EventSource[], options: IntakeOptions) {
    this.#sources = sources
    this.#options = options
    this.sources = sources.map(({ name }) => ({
      name,
      counts: noCounts(),
      deliveries: 0,
      rejected: 0,
      held: new Set(),
      storedAt: undefined,
      lagMs: 0,
      fault: undefined,
    }))
  }

  /** Runs until aborted; what was read by then is stored and acknowledged, if the store is there, before this resolves. */
  async run(signal: AbortSignal): Promise<void> {
    const batcher = new Batcher<Arrived>(batch => this.#takeIn(batch, signal), {
      size: RECORDS_OF_A_BATCH,
      lanes: LANES,
      weigh: ({ delivery }) => weightOf(delivery),
    })
    await Promise.all(
      this.#sources.map((source, at) => this.#read(source, this.sources[at] as SourceState, batcher, signal)),
    )
    await this.#acknowledged()
  }

  async #read(source: EventSource, state: SourceState, batcher: Batcher<Arrived>, signal: AbortSignal): Promise<void> {
    const under = new Set<Promise<void>>()
    const onFault = (error: unknown) => this.#tell(error, state)
    while (!signal.aborted) {
      // What a source has read ahead nobody else gets: it is not begun before there is room.
      await this.#room(signal)
      if (signal.aborted) break
      try {
        for await (const delivery of source.deliveries(signal, onFault)) {
          this.held += weightOf(delivery)
          state.held.add(delivery)
          const taken = batcher.add([{ state, delivery }]).finally(() => {
            this.held -= weightOf(delivery)
            state.held.delete(delivery)
            under.delete(taken)
          })
          under.add(taken)
          await this.#room(signal)
        }
      } catch (error) {
        if (!signal.aborted) onFault(error)
      }
      await this.#options.clock.sleep(RESTART_MS, signal).catch(() => {})
    }
    await Promise.all(under)
  }

  /** Waits for what is being acknowledged, though not for long: what is not comes again and is recognised. */
  async #acknowledged(): Promise<void> {
    const patience = new AbortController()
    const late = this.#options.clock.sleep(ACKNOWLEDGE_MS_MAX, patience.signal).catch(() => {})
    await Promise.race([Promise.all(this.#acknowledging), late])
    patience.abort()
    await late
  }

  async #room(signal: AbortSignal): Promise<void> {
    const { clock, refresher } = this.#options
    while (!signal.aborted && (this.held >= HELD_MAX || refresher.isFull))
      await clock.sleep(HOLD_BACK_MS, signal).catch(() => {})
  }

  /** One batch. Never throws: what could not be stored is handed back to its source. */
  async #takeIn(batch: readonly Arrived[], signal: AbortSignal): Promise<void> {
    const { store, refresher, clock } = this.#options
    const receivedAt = clock.now()
    try {
      using _ = refresher.begin(receivedAt)
      const stored = await storeOrReject(merged(batch.map(({ delivery }) => delivery.incoming)), receivedAt, {
        store,
        clock,
        signal,
        onFault: error => this.#tell(error, undefined),
        cameBy: part => sourceOf(part, batch),
      })
      refresher.add(stored.fresh, receivedAt)
      this.duplicates += stored.duplicates
      this.#count(batch, receivedAt)
      for (const { delivery } of batch) this.#settle(delivery.done())
    } catch (error) {
      if (!signal.aborted) this.#tell(error, undefined)
      for (const { delivery } of batch) this.#settle(delivery.failed())
    }
  }

  /** Acknowledging takes a round trip: the lane is free for the next batch meanwhile. */
  #settle(work: Promise<void>): void {
    const settled = work
      .catch(error => this.#tell(new Fault('retry', 'acknowledging messages', { cause: error }), undefined))
      .finally(() => this.#acknowledging.delete(settled))
    this.#acknowledging.add(settled)
  }

  #count(batch: readonly Arrived[], receivedAt: number): void {
    const storedAt = this.#options.clock.now()
    this.storing.add((storedAt - receivedAt) / 1000)
    for (const { state, delivery } of batch) {
      const { incoming, sentAt } = delivery
      for (const kind of KINDS) state.counts[kind] += incoming.counts[kind]
      state.deliveries++
      state.rejected += incoming.rejected.length
      state.storedAt = storedAt
      if (state.fault !== undefined && state.fault.at < receivedAt) state.fault = undefined
      const since = sentAt ?? oldest(incoming.events)
      if (since !== undefined) state.lagMs = Math.max(0, storedAt - since)
      for (const { at } of incoming.events) this.lag.add(Math.max(0, storedAt - at) / 1000)
    }
  }

  #tell(error: unknown, state: SourceState | undefined): void {
    if (state !== undefined) state.fault = { at: this.#options.clock.now(), error }
    this.#options.onFault(error, state?.name)
  }
}

/** How far a source is behind: the age of the oldest message that is not stored yet, or of the last one when it was stored. */
export function lagMsOf({ held, lagMs }: SourceState, now: number): number {
  const waiting = [...held].map(({ sentAt, incoming }) => now - (sentAt ?? oldest(incoming.events) ?? now))
  return waiting.reduce((most, age) => Math.max(most, age), held.size > 0 ? 0 : lagMs)
}

const KINDS = Object.keys(noCounts()) as (keyof Incoming['counts'])[]

/** A delivery that only says "nothing kept" costs no transaction, but it is a message to acknowledge. */
function weightOf({ incoming }: Delivery): number {
  return 1 + sizeOf(incoming)
}

function sourceOf(part: unknown, batch: readonly Arrived[]): string {
  const found = batch.find(({ delivery: { incoming } }) =>
    [incoming.events, incoming.credentials, incoming.observations, incoming.rejected].some(parts =>
      (parts as readonly unknown[]).includes(part),
    ),
  )
  return found?.state.name ?? 'unknown'
}

function oldest(events: readonly Event[]): number | undefined {
  return events.length === 0
    ? undefined
    : events.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
}
