import type { Clock } from '../../ports/clock.ts'

/** Calls per second that one API of one account and region gets, and how many at once after a pause. */
export interface Rate {
  readonly callsPerSecond: number
  readonly burst: number
}

/** What the calls to one service took, in all accounts and regions together, since the process began. */
export interface BudgetUse {
  calls: number
  /** How long calls waited for their turn. */
  waitedMs: number
  /** How often the provider said that calls come too fast. */
  throttled: number
}

/** After throttling a bucket never goes slower than this. */
const CALLS_PER_SECOND_MIN = 0.2
/** Half the speed after a throttled call; a tenth of the full speed more with every second that passes without one. */
const SLOWER = 0.5
const RECOVERY_PER_SECOND = 0.1
/** Full buckets are forgotten, so that thousands of accounts do not add up. */
const BUCKETS_MAX = 5_000

interface Bucket {
  readonly rate: Rate
  tokens: number
  speed: number
  at: number
}

/**
 * Keeps the calls to each API of each account and region below a rate, so that a scan never takes the quota that
 * production lives on. A token bucket for each; throttling makes that one slower for a while.
 */
export class Budget {
  /** By service. */
  readonly uses = new Map<string, BudgetUse>()
  readonly #buckets = new Map<string, Bucket>()
  readonly #rateOf: (service: string) => Rate
  readonly #clock: Clock

  constructor(rateOf: (service: string) => Rate, clock: Clock) {
    this.#rateOf = rateOf
    this.#clock = clock
  }

  /** Waits until a call may be made. */
  async take(account: string, region: string, service: string, signal?: AbortSignal): Promise<void> {
    const bucket = this.#refilled(`${account} ${region} ${service}`, service)
    const use = this.#useOf(service)
    use.calls++
    bucket.tokens -= 1
    if (bucket.tokens >= 0) return
    const waitMs = (-bucket.tokens / (bucket.rate.callsPerSecond * bucket.speed)) * 1000
    use.waitedMs += waitMs
    await this.#clock.sleep(waitMs, signal)
  }

  /** The provider said that the calls come too fast. */
  slowDown(account: string, region: string, service: string): void {
    const bucket = this.#refilled(`${account} ${region} ${service}`, service)
    this.#useOf(service).throttled++
    bucket.speed = Math.max(bucket.speed * SLOWER, CALLS_PER_SECOND_MIN / bucket.rate.callsPerSecond)
    bucket.tokens = Math.min(bucket.tokens, 0)
  }

  #useOf(service: string): BudgetUse {
    const use = this.uses.get(service) ?? { calls: 0, waitedMs: 0, throttled: 0 }
    this.uses.set(service, use)
    return use
  }

  #refilled(key: string, service: string): Bucket {
    const now = this.#clock.now()
    const bucket = this.#buckets.get(key) ?? this.#add(key, service, now)
    const seconds = Math.max(0, now - bucket.at) / 1000
    bucket.at = now
    bucket.speed = Math.min(1, bucket.speed + seconds * RECOVERY_PER_SECOND)
    bucket.tokens = Math.min(bucket.rate.burst, bucket.tokens + seconds * bucket.rate.callsPerSecond * bucket.speed)
    return bucket
  }

  #add(key: string, service: string, now: number): Bucket {
    if (this.#buckets.size >= BUCKETS_MAX) this.#forget(now)
    const rate = this.#rateOf(service)
    const bucket = { rate, tokens: rate.burst, speed: 1, at: now }
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** Drops the buckets that are full again by now: a new one would be the same. If all are busy, the oldest half goes. */
  #forget(now: number): void {
    for (const [key, { rate, tokens, speed, at }] of this.#buckets) {
      if (tokens + ((now - at) / 1000) * rate.callsPerSecond * speed >= rate.burst) this.#buckets.delete(key)
    }
    for (const key of [...this.#buckets.keys()].slice(0, this.#buckets.size >= BUCKETS_MAX ? BUCKETS_MAX / 2 : 0))
      this.#buckets.delete(key)
  }
}
