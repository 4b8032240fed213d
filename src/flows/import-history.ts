import type { Incoming } from '../model/event.ts'
import { merged } from '../model/incoming.ts'
import type { Clock } from '../ports/clock.ts'
import type { HistoryFile } from '../ports/event-history.ts'
import { Batcher } from './batcher.ts'

export interface ImportPlan {
  /** Keeps a piece, in one transaction; an event that is known already is not kept again. */
  store(incoming: Incoming): Promise<{ readonly fresh: readonly unknown[]; readonly duplicates: number }>
  /** All files up to this one are stored for good: an import that is begun again can go on behind it. */
  onStored(name: string): Promise<void>
  /** A file could not be read to its end; the others are. */
  onUnreadable(name: string, error: unknown): void
  onProgress(counts: ImportCounts): void
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface ImportCounts {
  files: number
  unreadable: number
  /** All records, of whatever outcome. */
  read: number
  kept: number
  duplicates: number
  ignored: number
  unmapped: number
  rejected: number
  /** When the first and the last event among them happened, in milliseconds since 1970. */
  from: number | undefined
  to: number | undefined
}

/** Files that are read at once: fetching one takes longer than storing it. */
const READERS = 8
/** Pieces of one file that may wait to be stored. */
const WAITING_MAX = 4
const EVENTS_OF_A_BATCH = 2_000
const LANES = 2
const NOTE_EVERY_MS = 2_000

/**
 * Brings old events into the registry. Memory stays that of a few pieces, whatever the files weigh; and it may be stopped, killed and
 * begun again at any time, because an event is kept once, however often it comes.
 */
export async function importHistory(files: AsyncIterable<HistoryFile>, plan: ImportPlan): Promise<ImportCounts> {
  return new Import(files, plan).run()
}

class Import {
  readonly #plan: ImportPlan
  readonly #files: AsyncIterator<HistoryFile>
  readonly #batcher: Batcher<Incoming>
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  readonly #counts = newCounts()
  /** Files in the order of their names, of which the first ones may be stored. */
  readonly #begun: { readonly name: string; isStored: boolean }[] = []
  #notedAt: number

  constructor(files: AsyncIterable<HistoryFile>, plan: ImportPlan) {
    this.#plan = plan
    this.#files = files[Symbol.asyncIterator]()
    this.#signal = AbortSignal.any([plan.signal, this.#stop.signal])
    this.#notedAt = plan.clock.now()
    this.#batcher = new Batcher(pieces => this.#store(pieces), {
      size: EVENTS_OF_A_BATCH,
      lanes: LANES,
      weigh: ({ events }) => events.length + 1,
    })
  }

  async run(): Promise<ImportCounts> {
    const readers = await Promise.allSettled(Array.from({ length: READERS }, () => this.#readFiles()))
    await this.#files.return?.()
    await this.#note(0)
    const failed = readers.find(reader => reader.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return this.#counts
  }

  /** One of several readers; when one fails, all end. */
  async #readFiles(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#files.next()
        if (next.done === true || this.#signal.aborted) return
        const entry = { name: next.value.name, isStored: false }
        this.#begun.push(entry)
        await this.#readFile(next.value)
        if (this.#signal.aborted) return
        entry.isStored = true
        this.#counts.files++
        await this.#note(NOTE_EVERY_MS)
      }
    } catch (error) {
      const isOurs = !this.#signal.aborted
      this.#stop.abort()
      if (isOurs) throw error
    }
  }

  /** Resolves when all of the file that could be read is stored. */
  async #readFile(file: HistoryFile): Promise<void> {
    const waiting: Promise<void>[] = []
    for await (const piece of this.#pieces(file)) {
      const stored = this.#batcher.add([piece])
      // It is awaited below; until then a failure must not count as one that nobody sees.
      stored.catch(() => {})
      waiting.push(stored)
      if (waiting.length >= WAITING_MAX) await waiting.shift()
    }
    await Promise.all(waiting)
  }

  /** The pieces of a file; one that cannot be read to its end is told, and ends there. */
  async *#pieces(file: HistoryFile): AsyncGenerator<Incoming> {
    try {
      yield* file.read(this.#signal)
    } catch (error) {
      if (this.#signal.aborted) return
      this.#counts.unreadable++
      this.#plan.onUnreadable(file.name, error)
    }
  }

  async #store(pieces: readonly Incoming[]): Promise<void> {
    const incoming = merged(pieces)
    const { events, credentials, observations, rejected } = incoming
    const isEmpty = events.length + credentials.length + observations.length + rejected.length === 0
    const stored = isEmpty ? { fresh: [], duplicates: 0 } : await this.#plan.store(incoming)
    count(this.#counts, incoming, stored.fresh.length, stored.duplicates)
    this.#plan.onProgress(this.#counts)
  }

  /** Tells how far everything is stored, unless it did so not long ago. */
  async #note(everyMs: number): Promise<void> {
    const now = this.#plan.clock.now()
    if (now - this.#notedAt < everyMs) return
    let stored: string | undefined
    while (this.#begun[0]?.isStored === true) stored = this.#begun.shift()?.name
    if (stored === undefined) return
    this.#notedAt = now
    await this.#plan.onStored(stored)
  }
}

function newCounts(): ImportCounts {
  const numbers = { files: 0, unreadable: 0, read: 0, kept: 0, duplicates: 0, ignored: 0, unmapped: 0, rejected: 0 }
  return { ...numbers, from: undefined, to: undefined }
}

function count(counts: ImportCounts, incoming: Incoming, kept: number, duplicates: number): void {
  const { mapped, none, relist, unmapped, ignored } = incoming.counts
  counts.read += mapped + none + relist + unmapped + ignored
  counts.kept += kept
  counts.duplicates += duplicates
  counts.ignored += ignored
  counts.unmapped += unmapped
  counts.rejected += incoming.rejected.length
  for (const { at } of incoming.events) {
    counts.from = Math.min(counts.from ?? at, at)
    counts.to = Math.max(counts.to ?? at, at)
  }
}
