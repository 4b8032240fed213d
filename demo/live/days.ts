import { messageOf } from '../../src/model/fault.ts'
import type { Terminal } from '../../src/surfaces/cli/command.ts'
import { paintFor } from '../../src/surfaces/cli/paint.ts'
import { safe } from '../../src/surfaces/cli/safe.ts'
import type { TrailRecord } from '../../test/moto/recorder/record.ts'
import type { Changed } from '../changes.ts'
import type { Deed, Stage } from '../life/deed.ts'
import { live } from '../life/life.ts'
import { WrongAnswer } from '../tour.ts'
import { Feed } from './feed.ts'
import { delayText, liveLines, plainLine } from './lines.ts'
import type { Pipeline } from './pipeline.ts'
import { type Known, Watch } from './watch.ts'

/** Between two deeds. */
const EVERY_MS = 1_000
/** While the person waits for the tour to end. */
const CHECKED_EVERY_MS = 400
/** Nothing may take longer to be known, not even on a machine that has much else to do. */
const KNOWN_MS_MAX = 40_000

/** The company's days: what people do is watched as the registry comes to know it, shown, and where asked for, checked. */
export class Days implements AsyncDisposable {
  readonly #watch: Watch
  readonly #feed: Feed
  readonly #pipeline: Pipeline
  readonly #terminal: Terminal
  readonly #faults: unknown[] = []
  readonly #stop = new AbortController()
  readonly #life: AsyncGenerator<Deed, void, void>
  #everyMs = CHECKED_EVERY_MS
  #onFault: (error: unknown) => void = error => this.#faults.push(error)

  private constructor(stage: Stage, given: { watch: Watch; feed: Feed; pipeline: Pipeline; terminal: Terminal }) {
    this.#pipeline = given.pipeline
    this.#watch = given.watch
    this.#feed = given.feed
    this.#terminal = given.terminal
    this.#life = live(stage, {
      signal: AbortSignal.any([given.terminal.signal, this.#stop.signal]),
      everyMs: () => this.#everyMs,
      onFault: error => this.#onFault(error),
    })
  }

  static async begin(
    stage: Stage,
    { pipeline, records, terminal }: { pipeline: Pipeline; records: readonly TrailRecord[]; terminal: Terminal },
  ): Promise<Days> {
    const watch = new Watch(records)
    return new Days(stage, { watch, feed: await Feed.open(pipeline.database, watch), pipeline, terminal })
  }

  /** Shows what becomes known while something is done, until all that it changed is. */
  async watched<Result extends Changed>(work: () => Promise<Result>): Promise<Result> {
    const known = new Set<string>()
    this.#feed.tell = async one => {
      known.add(one.change.asset.nativeId)
      await this.#show(one)
    }
    const result = await work()
    const isKnown = await this.#feed.until(
      () => result.changed.every(id => known.has(id)),
      KNOWN_MS_MAX,
      this.#terminal.signal,
    )
    this.#feed.tell = () => {}
    if (isKnown) return result
    throw new WrongAnswer(
      `Not known after ${KNOWN_MS_MAX / 1000} s: ${result.changed.filter(id => !known.has(id)).join(', ')}.`,
    )
  }

  /** Lets so many things happen, and makes sure that each of them becomes known, as the deed of whoever did it. */
  async checked(count: number): Promise<void> {
    this.#feed.tell = one => this.#show(one)
    this.#watch.begin()
    for (let done = 0; done < count; done++) await this.#live()
    await this.#feed.until(() => this.#watch.wrong().length === 0, KNOWN_MS_MAX, this.#terminal.signal)
    this.#feed.tell = () => {}
    const wrong = [...this.#watch.wrong(), ...this.#faults.map(fault => `the company cannot go on: ${fault}`)]
    if (wrong.length > 0) throw new WrongAnswer(`Of ${count} live changes, some are wrong:\n${wrong.join('\n')}`)
    const delays = this.#watch.delaysMs
    const [median = 0, slowest = 0] = [delays[Math.floor(delays.length / 2)], delays.at(-1)]
    await this.#terminal.write(
      `\nFrom the call to the answer: ${delayText(median)} in the middle, ${delayText(slowest)} at most.\n`,
    )
  }

  /** Until Ctrl-C. */
  async forEver(hint: string): Promise<void> {
    const { status } = this.#terminal
    this.#everyMs = EVERY_MS
    this.#onFault = error => this.#terminal.note(`Somebody gave up: ${safe(messageOf(error))}`)
    this.#feed.tell = async one => {
      status('')
      await this.#show(one)
      status(hint)
    }
    this.#watch.begin()
    status(hint)
    while (!this.#terminal.signal.aborted && (await Promise.race([this.#live(), this.#pipeline.ended])));
    status('')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#feed[Symbol.asyncDispose]()
  }

  /** One deed; false when there will be no more. */
  async #live(): Promise<boolean> {
    const step = await this.#life.next()
    if (!step.done) this.#watch.did(step.value)
    return !step.done
  }

  async #show(known: Known): Promise<void> {
    const { isTerminal, width } = this.#terminal
    const paint = paintFor(this.#terminal)
    const lines = isTerminal ? liveLines(known, { width, paint }) : [plainLine(known)]
    await this.#terminal.write(`${lines.join('\n')}\n`)
  }
}
