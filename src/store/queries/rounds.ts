import { Fault } from '../../model/fault.ts'

/** Keys that one round takes; who asks for more than that alone gets them all the same. */
const KEYS_MAX = 500
/** Rounds of one kind that are under way at once: while one waits for its rows the next one is prepared. What comes meanwhile joins the one after. */
const ROUNDS_MAX = 2

interface Wanted<Key, Value> {
  readonly keys: readonly Key[]
  resolve(values: readonly Value[]): void
  reject(error: unknown): void
}

/**
 * Makes one round of what is asked for at the same time: a round takes what was asked for until it is sent, and nothing later, so that every
 * answer is at least as new as its question. Nothing is kept.
 */
export class Rounds<Key, Value> {
  /** Finds the values of keys, in their order. */
  readonly #find: (keys: readonly Key[]) => Promise<readonly Value[]>
  readonly #onIdle: () => void
  #waiting: Wanted<Key, Value>[] = []
  #underWay = 0
  #isPlanned = false

  constructor(find: (keys: readonly Key[]) => Promise<readonly Value[]>, onIdle: () => void) {
    this.#find = find
    this.#onIdle = onIdle
  }

  /** The value of each key, in their order. */
  find(keys: readonly Key[]): Promise<readonly Value[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Value[]>()
    this.#waiting.push({ keys, resolve, reject })
    this.#plan()
    return promise
  }

  /** Requests that arrived together are read one after another: all of them come before the round begins. */
  #plan(): void {
    if (this.#isPlanned || this.#underWay >= ROUNDS_MAX || this.#waiting.length === 0) return
    this.#isPlanned = true
    setImmediate(() => {
      this.#isPlanned = false
      void this.#round()
    })
  }

  async #round(): Promise<void> {
    const round = this.#take()
    this.#underWay++
    this.#plan()
    try {
      await this.#answer(round)
    } finally {
      this.#underWay--
      if (this.#waiting.length > 0) this.#plan()
      else if (this.#underWay === 0) this.#onIdle()
    }
  }

  #take(): readonly Wanted<Key, Value>[] {
    let count = 1
    let keys = this.#waiting[0]?.keys.length ?? 0
    for (const { keys: more } of this.#waiting.slice(1)) {
      keys += more.length
      if (keys > KEYS_MAX) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  /** Where a round fails each is tried by itself, so that what one of them asks for is no trouble for the others; unless the store is away. */
  async #answer(round: readonly Wanted<Key, Value>[]): Promise<void> {
    try {
      const values = await this.#find(round.flatMap(({ keys }) => keys))
      let from = 0
      for (const { keys, resolve } of round) {
        resolve(values.slice(from, from + keys.length))
        from += keys.length
      }
    } catch (error) {
      if (round.length > 1 && !(error instanceof Fault)) await Promise.all(round.map(wanted => this.#answer([wanted])))
      else for (const { reject } of round) reject(error)
    }
  }
}
