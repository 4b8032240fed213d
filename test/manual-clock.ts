import type { Clock } from '../src/ports/clock.ts'

/**
 * A clock that a test moves. Whoever sleeps wakes when the clock gets there, one time after the other, and everything that follows
 * has happened before it moves on: `settled` waits for that.
 */
export class ManualClock implements Clock {
  #now: number
  readonly #settled: () => Promise<void>
  readonly #sleepers = new Set<{ readonly at: number; wake(): void }>()

  constructor(now: number, settled: () => Promise<void>) {
    this.#now = now
    this.#settled = settled
  }

  readonly now = (): number => this.#now

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleeper = { at: this.#now + Math.max(0, ms), wake: resolve }
      this.#sleepers.add(sleeper)
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers.delete(sleeper)
          reject(signal.reason)
        },
        { once: true },
      )
    })
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await this.#settled()
      const next = Math.min(...[...this.#sleepers].map(({ at }) => at))
      if (next > until) break
      this.#now = Math.max(this.#now, next)
      for (const sleeper of this.#sleepers) {
        if (sleeper.at > this.#now) continue
        this.#sleepers.delete(sleeper)
        sleeper.wake()
      }
    }
    this.#now = until
  }
}
