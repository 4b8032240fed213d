import { setTimeout as sleep } from 'node:timers/promises'
import type { LoggedQuestion } from '../store/question-log.ts'
import { AskedCounts } from './asked-counts.ts'

/** Rows of one write, and how long the first of them waits for others. */
const BATCH_MAX = 2_000
const WAIT_MS = 200
/** Rows that wait for a store that does not take them; with more, no question is answered. */
export const WAITING_MAX = 10_000
const RETRY_MS = 1_000
/** A store that takes rows, but slower than questions come, slows those down; one that takes none for so long stops them. */
const ROOM_MS = 2_000

export interface LogParts {
  write(rows: readonly LoggedQuestion[]): Promise<void>
  /** The store does not take rows: they wait and are tried again. */
  onFault(error: unknown): void
}

/**
 * The log of questions: written behind the answers, in batches. Nothing is lost silently: what cannot be written waits, and when too much
 * waits, `isFull` says that no more may be answered. Closing it writes what waits.
 */
export class QuestionLog implements AsyncDisposable {
  /** What was added until now, in numbers. */
  readonly asked = new AskedCounts()
  readonly #parts: LogParts
  readonly #closing = new AbortController()
  #waiting: LoggedQuestion[] = []
  #writing: Promise<void> | undefined
  /** Resolves when some rows more are written. */
  #progress = Promise.withResolvers<void>()

  constructor(parts: LogParts) {
    this.#parts = parts
  }

  get isFull(): boolean {
    return this.#waiting.length >= WAITING_MAX
  }

  /** Rows that wait to be written. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Waits for room, if there is none, as long as anybody may be kept waiting; whether there is. */
  async hasRoom(): Promise<boolean> {
    if (!this.isFull) return true
    const patience = AbortSignal.timeout(ROOM_MS)
    while (this.isFull && !patience.aborted) await Promise.race([this.#progress.promise, aborted(patience)])
    return !this.isFull
  }

  add(row: LoggedQuestion): void {
    this.asked.add(row)
    this.#waiting.push(row)
    this.#writing ??= this.#write()
  }

  /** Resolves when all that was added until now is written, or once it could not be. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #write(): Promise<void> {
    await sleep(WAIT_MS, undefined, { signal: this.#closing.signal }).catch(() => {})
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH_MAX)
      try {
        await this.#parts.write(batch)
        this.#waiting = this.#waiting.slice(batch.length)
        this.#progress.resolve()
        this.#progress = Promise.withResolvers()
      } catch (error) {
        this.#parts.onFault(error)
        if (this.#closing.signal.aborted) break
        await sleep(RETRY_MS, undefined, { signal: this.#closing.signal }).catch(() => {})
      }
    }
    this.#writing = undefined
  }

  /** Writes what waits. What the store does not take even now is told, row by row, so that it is in the process's own log. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#writing
    for (const row of this.#waiting) this.#parts.onFault(new Error(`not in the question log: ${JSON.stringify(row)}`))
    this.#waiting = []
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
