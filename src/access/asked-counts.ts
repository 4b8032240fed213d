import { Histogram } from '../model/histogram.ts'
import type { Surface } from '../model/principal.ts'
import type { LoggedOutcome, LoggedQuestion } from '../store/question-log.ts'

/** From a millisecond to as long as anybody waits. */
const BOUNDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** What is called so is no question: whatever people type does not become a label. */
const NO_QUESTION = 'unknown'

interface Count {
  readonly surface: Surface
  readonly question: string
  readonly outcome: LoggedOutcome
  value: number
}

/** What was asked since the process began, and how long the outcomes took. */
export class AskedCounts {
  readonly #counts = new Map<string, Count>()
  readonly #seconds = new Map<string, Histogram>()

  add({ surface, question: asked, outcome, durationMs }: LoggedQuestion): void {
    const question = outcome === 'unknown' ? NO_QUESTION : asked
    const key = `${surface} ${question} ${outcome}`
    const count = this.#counts.get(key) ?? { surface, question, outcome, value: 0 }
    count.value++
    this.#counts.set(key, count)
    const seconds = this.#seconds.get(question) ?? new Histogram(BOUNDS_S)
    seconds.add(durationMs / 1000)
    this.#seconds.set(question, seconds)
  }

  get counts(): readonly Readonly<Count>[] {
    return [...this.#counts.values()]
  }

  /** By question. */
  get seconds(): ReadonlyMap<string, Histogram> {
    return this.#seconds
  }
}
