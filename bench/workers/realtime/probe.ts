import { setTimeout as sleep } from 'node:timers/promises'
import { askingOf } from '../../../src/compose.ts'
import { ask } from '../../../src/questions/ask.ts'
import { loadQuestion } from '../../../src/questions/load.ts'
import type { AnyQuestion } from '../../../src/questions/question.ts'
import type { Database } from '../../../src/store/database.ts'

const POLL_MS = 5
/** What is not found by then is reported as that old. */
const GIVE_UP_MS = 30_000

/** Asks `where` for an address until it is known; how long that took from the moment its message was handed out. */
export class Probes {
  readonly #database: Database
  readonly #where: AnyQuestion
  readonly #open = new Set<Promise<void>>()
  latencies: number[] = []
  /** What a statement takes that only finds a row by its key, asked beside each probe. */
  roundTrips: number[] = []

  private constructor(database: Database, where: AnyQuestion) {
    this.#database = database
    this.#where = where
  }

  static async open(database: Database): Promise<Probes> {
    return new Probes(database, await loadQuestion('where'))
  }

  /** Begins to ask; `handedOut` by performance.now(). */
  start(address: string, handedOut: number): void {
    const probe = this.#ask(address, handedOut).finally(() => this.#open.delete(probe))
    this.#open.add(probe)
  }

  /** Forgets what was measured so far, of probes that are done. */
  async reset(): Promise<void> {
    await this.done()
    this.latencies = []
    this.roundTrips = []
  }

  async done(): Promise<void> {
    await Promise.all(this.#open)
  }

  async #ask(what: string, handedOut: number): Promise<void> {
    const asked = performance.now()
    await this.#database.query({ name: 'probe', text: 'select value from setting where key = $1', values: ['probe'] })
    this.roundTrips.push(performance.now() - asked)
    for (;;) {
      const answer = await ask(this.#where, { what }, askingOf(this.#database))
      const latency = performance.now() - handedOut
      if (answer.found || latency > GIVE_UP_MS) {
        this.latencies.push(latency)
        return
      }
      await sleep(POLL_MS)
    }
  }
}
