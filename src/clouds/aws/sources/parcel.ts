import type { Incoming } from '../../../model/event.ts'
import type { Delivery } from '../../../ports/event-source.ts'

/** A message that is handed on in several pieces, and acknowledged once, when every one of them is stored. */
export class Parcel {
  readonly #sentAt: number | undefined
  readonly #onDone: () => Promise<void>
  readonly #onFailed: () => Promise<void>
  readonly #refused = new AbortController()
  #open = 0
  #isComplete = false

  constructor(sentAt: number | undefined, onDone: () => Promise<void>, onFailed: () => Promise<void>) {
    this.#sentAt = sentAt
    this.#onDone = onDone
    this.#onFailed = onFailed
  }

  /** Aborted when a piece could not be stored, or the message is given back: the rest need not be read. */
  get refused(): AbortSignal {
    return this.#refused.signal
  }

  piece(incoming: Incoming): Delivery {
    this.#open++
    return {
      incoming,
      sentAt: this.#sentAt,
      done: async () => {
        this.#open--
        await this.#settle()
      },
      failed: async () => {
        if (this.#refused.signal.aborted) return
        this.refuse()
        await this.#onFailed()
      },
    }
  }

  /** That was all: the message is acknowledged with the last piece that is still open, or now. */
  async complete(): Promise<void> {
    this.#isComplete = true
    await this.#settle()
  }

  /** It will not be acknowledged, whatever becomes of its pieces. */
  refuse(): void {
    this.#refused.abort()
  }

  async #settle(): Promise<void> {
    if (this.#isComplete && this.#open === 0 && !this.#refused.signal.aborted) await this.#onDone()
  }
}
