/** How often something took how long: counts by upper bound, as Prometheus reads them. */
export class Histogram {
  /** Upper bounds in seconds, ascending. What is above the last one counts in the sum and the total only. */
  readonly bounds: readonly number[]
  /** For each bound, how many were at most that and above the one before. */
  readonly counts: number[]
  sum = 0
  total = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = bounds.map(() => 0)
  }

  add(seconds: number): void {
    this.sum += seconds
    this.total++
    const bucket = this.bounds.findIndex(bound => seconds <= bound)
    if (bucket >= 0) this.counts[bucket] = (this.counts[bucket] ?? 0) + 1
  }
}

/** From five milliseconds to ten minutes: what a transaction takes, and what CloudTrail takes. */
export const LATENCY_BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]
