import type { Random } from '../../fuzz/random.ts'
import type { TrailRecord } from './record.ts'

/** What a way of delivery does to records; may be changed while it runs. Shares are from 0 to 1. */
export interface Disturbance {
  /** The share of records that never arrives. */
  loss: number
  /** The share that arrives twice. */
  duplication: number
  /** How long each copy is under way, at least and at most. */
  delayMs: readonly [number, number]
  /** The share that is overtaken by records up to `heldBackMs` younger. */
  reordering: number
  heldBackMs: number
}

export const UNDISTURBED: Disturbance = {
  loss: 0,
  duplication: 0,
  delayMs: [0, 0],
  reordering: 0,
  heldBackMs: 2000,
}

interface Due {
  readonly at: number
  readonly record: TrailRecord
}

/**
 * Records on their way. Chance is drawn when a record is added, in that order and the same number of times whatever
 * comes of it, so that a seed gives the same losses again.
 */
export class Delivery implements AsyncDisposable {
  readonly disturbance: Disturbance
  /** What was lost, for whoever compares. */
  readonly lost: TrailRecord[] = []
  duplicated = 0
  delivered = 0
  readonly #send: (records: readonly TrailRecord[]) => Promise<void>
  readonly #random: Random
  readonly #gatherMs: number
  #due: Due[] = []
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> = Promise.resolve()
  #failed: unknown

  /** `gatherMs`: how long to wait for more before sending, so that they go together. */
  constructor(
    send: (records: readonly TrailRecord[]) => Promise<void>,
    { disturbance, random, gatherMs = 0 }: { disturbance: Disturbance; random: Random; gatherMs?: number },
  ) {
    this.#send = send
    this.disturbance = disturbance
    this.#random = random
    this.#gatherMs = gatherMs
  }

  add(record: TrailRecord): void {
    const { loss, duplication, delayMs, reordering, heldBackMs } = this.disturbance
    const chance = () => this.#random.number(CHANCES) / CHANCES
    const [isLost, isDouble, isHeld] = [chance() < loss, chance() < duplication, chance() < reordering]
    const delays = [chance(), chance()].map(part => delayMs[0] + part * (delayMs[1] - delayMs[0]))
    const held = chance() * heldBackMs
    if (isLost) {
      this.lost.push(record)
      return
    }
    if (isDouble) this.duplicated++
    for (const delay of delays.slice(0, isDouble ? 2 : 1))
      this.#due.push({ at: Date.now() + delay + (isHeld ? held : 0), record })
    this.#due.sort((a, b) => a.at - b.at)
    this.#wake()
  }

  /** Everything that is under way arrives now, in the order in which it would have. */
  async drain(): Promise<void> {
    this.#deliver(Number.POSITIVE_INFINITY)
    await this.#sending
    if (this.#failed !== undefined) throw new Error('delivering records', { cause: this.#failed })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer)
    this.#due = []
    await this.#sending
  }

  #wake(): void {
    clearTimeout(this.#timer)
    const [next] = this.#due
    if (next === undefined) return
    this.#timer = setTimeout(() => this.#deliver(Date.now()), Math.max(next.at - Date.now(), 0) + this.#gatherMs)
  }

  #deliver(until: number): void {
    const records = this.#due.filter(({ at }) => at <= until).map(({ record }) => record)
    this.#due = this.#due.filter(({ at }) => at > until)
    if (records.length > 0) {
      this.delivered += records.length
      this.#sending = this.#sending
        .then(() => this.#send(records))
        .catch((error: unknown) => {
          this.#failed ??= error
        })
    }
    this.#wake()
  }
}

const CHANCES = 2 ** 30
