/** Of the time that an answer may wait, the share that is kept for answering with what was read. */
const ANSWERING_SHARE = 0.2

/** The time that one answer may wait for what is read for it. */
export class Patience {
  readonly #startedAt = performance.now()
  readonly #limitMs: number

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** What is left of it, in milliseconds. */
  get leftMs(): number {
    return Math.max(0, this.#startedAt + this.#limitMs - performance.now())
  }

  /** What the next of several readings may take, so that each of them has its turn. */
  turnMs(turnsLeft: number): number {
    return Math.max(0, this.leftMs - this.#limitMs * ANSWERING_SHARE) / Math.max(1, turnsLeft)
  }
}

/** What a promise comes to within a time; undefined: it is slower. It goes on, and its failure is its own. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), ms)
  try {
    promise.catch(() => {})
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
