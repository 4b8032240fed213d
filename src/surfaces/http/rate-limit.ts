/** How often something may be done: a bucket of `burst` that fills by `perSecond`. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

interface Bucket {
  readonly tokens: number
  readonly at: number
}

/** Buckets that are kept; the one that was used longest ago goes first, which fills it. */
const BUCKETS_MAX = 10_000

/** A token bucket for each key. Times are milliseconds. */
export class RateLimit {
  readonly #rate: Rate
  readonly #now: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate
    this.#now = now
  }

  /** Takes one from the bucket of the key. Undefined: there was one; else the seconds until there will be. */
  take(key: string): number | undefined {
    const { perSecond, burst } = this.#rate
    const now = this.#now()
    const known = this.#buckets.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, known.tokens + (Math.max(0, now - known.at) / 1000) * perSecond)
    const isThere = tokens >= 1
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: isThere ? tokens - 1 : tokens, at: now })
    if (this.#buckets.size > BUCKETS_MAX) this.#buckets.delete(this.#buckets.keys().next().value ?? '')
    return isThere ? undefined : Math.max(1, Math.ceil((1 - tokens) / perSecond))
  }
}
