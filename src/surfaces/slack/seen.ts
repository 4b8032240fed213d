/** How many are remembered at most; the oldest go first. */
const SEEN_MAX = 50_000

/** What was seen within a while: signatures, and the ids of what Slack may deliver twice. Times are milliseconds. */
export class Seen {
  readonly #keepMs: number
  readonly #now: () => number
  readonly #until = new Map<string, number>()

  constructor(keepMs: number, now: () => number) {
    this.#keepMs = keepMs
    this.#now = now
  }

  /** Whether it is new; from now on it is not. */
  take(key: string): boolean {
    const now = this.#now()
    const isNew = (this.#until.get(key) ?? 0) <= now
    if (!isNew) return false
    this.#until.delete(key)
    this.#until.set(key, now + this.#keepMs)
    this.#dropOld(now)
    return true
  }

  /** In the order in which they were seen, which is that in which they end. */
  #dropOld(now: number) {
    for (const [key, until] of this.#until) {
      if (until > now && this.#until.size <= SEEN_MAX) return
      this.#until.delete(key)
    }
  }
}
