import type { Incoming } from '../../../model/event.ts'
import { messageOf } from '../../../model/fault.ts'
import { merged, NOTHING } from '../../../model/incoming.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Delivery, EventSource } from '../../../ports/event-source.ts'
import type { ClientSettings } from '../client-settings.ts'
import { Channel } from './channel.ts'
import type { IncomingReader, Reading } from './incoming.ts'
import { Parcel } from './parcel.ts'
import { type HeldMessage, QueueClient } from './queue-client.ts'
import type { FileReader, NoticedFile, StateTaker } from './told.ts'

/*
 * One SQS queue as a source: whatever AWS sends into it, told by its content.
 *
 *   received -> held   read, handed to the intake; the queue shows it to nobody else, which is prolonged while the work lasts
 *   held -> deleted    done(): what it says is stored
 *   held -> visible    failed(), or the source ends before somebody took it: it comes again
 *   held -> hidden     a file that it tells of cannot be had just now: it comes again after a while
 *
 * If this process is killed, what it held becomes visible by itself. The number of receivers follows the load: there is always one that
 * waits, until there are as many as may be.
 */

export interface QueueOptions {
  readonly url: string
  /** Of the account that we are in: queues are read, and log files fetched, with our own credentials. */
  readonly settings: ClientSettings
  readonly reader: IncomingReader
  readonly clock: Clock
  /** Reads the files that messages tell of. */
  readonly files: FileReader
  /** Takes the states that AWS Config recorded; without it, what they are of is read from the cloud. */
  readonly states?: StateTaker | undefined
  readonly waitSeconds?: number
  readonly visibilitySeconds?: number
}

const RECEIVERS_MAX = 16
/** Deliveries that wait for the intake; each is up to ten messages. */
const WAITING_MAX = 32
/** After a kill, what was held comes again within this. */
const VISIBILITY_SECONDS = 60
const WAIT_SECONDS = 20
const RETRY_MS = 1_000
const RETRY_MS_MAX = 60_000
/** A queue that answers at once that it is empty is not asked more often than that. */
const EMPTY_PAUSE_MS = 1_000
/** A file that cannot be had is tried that often, then rejected by name: `cadastre import` can still bring it in. */
const FILE_RECEIPTS_MAX = 12
const FILE_RETRY_SECONDS = 30
const FILE_RETRY_SECONDS_MAX = 900
/** For giving messages back when the source ends. */
const LEAVE_MS = 2_000

/** A source that reads one SQS queue. */
export function sqsQueue(options: QueueOptions): EventSource {
  const queue = new QueueClient(options.url, options.settings)
  const name = `sqs ${queue.region} ${queue.name}`
  return {
    name,
    async *deliveries(signal, onFault) {
      const receiving = new Receiving(queue, { ...options, name, onFault }, signal)
      try {
        yield* receiving.start()
      } finally {
        await receiving.leave()
      }
    },
  }
}

type Settled = QueueOptions & { readonly name: string; readonly onFault: (error: unknown) => void }

/** One run over a queue, from the first receiver to the last message given back. */
class Receiving {
  readonly #queue: QueueClient
  readonly #options: Settled
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  readonly #channel = new Channel<Delivery>(WAITING_MAX)
  readonly #work = new Set<Promise<void>>()
  /** How many receivers there are, and how many of them wait for messages now. */
  #receivers = 0
  #waiting = 0
  /** Messages that the queue is to keep hidden. */
  readonly #held = new Set<string>()
  #left: readonly Delivery[] = []

  constructor(queue: QueueClient, options: Settled, signal: AbortSignal) {
    this.#queue = queue
    this.#options = options
    this.#signal = AbortSignal.any([signal, this.#stop.signal])
  }

  start(): AsyncIterable<Delivery> {
    this.#signal.addEventListener('abort', () => this.#close(), { once: true })
    if (this.#signal.aborted) this.#close()
    this.#track(this.#receive())
    this.#track(this.#prolong())
    return this.#channel.items()
  }

  /** Ends all receivers. What nobody took is given back; what was taken may still be acknowledged. */
  async leave(): Promise<void> {
    this.#stop.abort()
    this.#close()
    await Promise.all([...this.#work, ...this.#left.map(delivery => delivery.failed())])
  }

  #close(): void {
    this.#left = [...this.#left, ...this.#channel.close()]
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#work.delete(tracked))
    this.#work.add(tracked)
  }

  async #receive(): Promise<void> {
    this.#receivers++
    let failures = 0
    while (!this.#signal.aborted) {
      const step = await this.#receiveOnce()
      if (step === 'enough' || this.#signal.aborted) break
      failures = step === 'failed' ? failures + 1 : 0
      if (step === 'failed') await this.#pause(Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_MS_MAX))
    }
    this.#receivers--
  }

  async #receiveOnce(): Promise<'brought' | 'empty' | 'failed' | 'enough'> {
    const { clock, onFault } = this.#options
    const startedAt = clock.now()
    let messages: readonly HeldMessage[]
    this.#waiting++
    try {
      messages = await this.#queue.receive(this.#times(), this.#signal)
    } catch (error) {
      // One of those that wait goes on trying, and tells.
      if (this.#signal.aborted || this.#waiting > 1) return 'enough'
      onFault(error)
      return 'failed'
    } finally {
      this.#waiting--
    }
    if (messages.length === 0) {
      if (this.#waiting > 0) return 'enough'
      if (clock.now() - startedAt < EMPTY_PAUSE_MS) await this.#pause(EMPTY_PAUSE_MS)
      return 'empty'
    }
    if (this.#waiting === 0 && this.#receivers < RECEIVERS_MAX) this.#track(this.#receive())
    await this.#bring(messages)
    return 'brought'
  }

  async #bring(messages: readonly HeldMessage[]): Promise<void> {
    const { reader, name } = this.#options
    for (const { handle } of messages) this.#held.add(handle)
    const read = messages.map(message => ({ message, reading: reader.readTexts([message.body], name) }))
    const whole = read.filter(({ reading }) => reading.files.length === 0)
    if (whole.length > 0) {
      const handles = whole.map(({ message }) => message.handle)
      await this.#hand({
        incoming: await this.#settled(whole.map(({ reading }) => reading)),
        sentAt: oldest(whole.map(({ message }) => message)),
        done: () => this.#remove(handles),
        failed: () => this.#giveBack(handles, 0),
      })
    }
    for (const { message, reading } of read) {
      if (reading.files.length > 0) await this.#bringFiles(message, reading)
    }
  }

  /** What messages said, with the states in it taken; where that fails, what they are of is read from the cloud. */
  async #settled(readings: readonly Reading[]): Promise<Incoming> {
    const { states, onFault } = this.#options
    const incoming = merged(readings.map(reading => reading.incoming))
    const items = readings.flatMap(reading => reading.items)
    if (states === undefined || items.length === 0) return incoming
    return states.settled(incoming, items).catch((error: unknown) => {
      onFault(error)
      return incoming
    })
  }

  /** A message and the files that it tells of, in pieces. */
  async #bringFiles(message: HeldMessage, reading: Reading): Promise<void> {
    const { handle, sentAt } = message
    const parcel = new Parcel(
      sentAt,
      () => this.#remove([handle]),
      () => this.#giveBack([handle], 0),
    )
    const signal = AbortSignal.any([this.#signal, parcel.refused])
    await this.#hand(parcel.piece(await this.#settled([reading])))
    for (const file of reading.files) {
      if (signal.aborted) break
      if (!(await this.#bringFile(message, file, parcel, signal))) return
    }
    if (this.#signal.aborted) await this.#giveBack([handle], 0)
    else await parcel.complete()
  }

  /** False: the file cannot be had just now, and the message comes again later. */
  async #bringFile(message: HeldMessage, file: NoticedFile, parcel: Parcel, signal: AbortSignal): Promise<boolean> {
    const { files, name, onFault } = this.#options
    try {
      for await (const piece of files.read(file, name, signal)) await this.#hand(parcel.piece(piece))
    } catch (error) {
      if (signal.aborted) return true
      onFault(error)
      if (message.receipts < FILE_RECEIPTS_MAX) {
        parcel.refuse()
        const seconds = FILE_RETRY_SECONDS * 2 ** (message.receipts - 1)
        await this.#giveBack([message.handle], Math.min(seconds, FILE_RETRY_SECONDS_MAX))
        return false
      }
      await this.#hand(parcel.piece(rejection(name, file, error)))
    }
    return true
  }

  /** Waits until the intake takes it; one that nobody takes any more is given back. */
  async #hand(delivery: Delivery): Promise<void> {
    if (!(await this.#channel.push(delivery))) await delivery.failed()
  }

  /** While the work lasts, the queue must not give the same messages to anybody else. */
  async #prolong(): Promise<void> {
    const { visibilitySeconds } = this.#times()
    for (;;) {
      await this.#pause((visibilitySeconds * 1_000) / 3)
      if (this.#signal.aborted) return
      try {
        if (this.#held.size > 0) await this.#queue.hide([...this.#held], visibilitySeconds, this.#signal)
      } catch (error) {
        if (!this.#signal.aborted) this.#options.onFault(error)
      }
    }
  }

  async #remove(handles: readonly string[]): Promise<void> {
    for (const handle of handles) this.#held.delete(handle)
    await this.#queue.remove(handles).catch(this.#options.onFault)
  }

  async #giveBack(handles: readonly string[], seconds: number): Promise<void> {
    for (const handle of handles) this.#held.delete(handle)
    await this.#queue.hide(handles, seconds, AbortSignal.timeout(LEAVE_MS)).catch(this.#options.onFault)
  }

  #times(): { waitSeconds: number; visibilitySeconds: number } {
    const { waitSeconds = WAIT_SECONDS, visibilitySeconds = VISIBILITY_SECONDS } = this.#options
    return { waitSeconds, visibilitySeconds }
  }

  /** Ends early when the source does. */
  async #pause(ms: number): Promise<void> {
    await this.#options.clock.sleep(ms, this.#signal).catch(() => {})
  }
}

function oldest(messages: readonly HeldMessage[]): number | undefined {
  const times = messages.map(({ sentAt }) => sentAt).filter(time => time !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

function rejection(source: string, { bucket, key }: NoticedFile, error: unknown): Incoming {
  const reason = `a file that could not be read: ${messageOf(error)}`
  return { ...NOTHING, rejected: [{ source, reason, sample: `s3://${bucket}/${key}` }] }
}
