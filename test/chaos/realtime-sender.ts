import { setTimeout as sleep } from 'node:timers/promises'
import { GetQueueAttributesCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Machines, Told } from '../../bench/inputs/machines.ts'

const TICK_MS = 100
const CHANGES_PER_TICK = 30
/** What is told may come this much later than it happened, and so out of order. */
const DELAY_MS_MAX = 1_500
/**
 * Times of events are told to the second: of a change and a deletion in one second nobody can say which came first, and it takes the whole
 * time of doubt until the absence is believed. That is tried elsewhere; here it would only be waited for.
 */
const APART_MS = 2_000
const TWICE_SHARE = 0.1
const BATCH = 10

/** Changes machines at random and tells of it through a queue: late, out of order, some of it twice. */
export class Sender {
  /** The events that the queue has taken. */
  readonly delivered = new Set<string>()
  messages = 0
  readonly #machines: Machines
  readonly #queue: { readonly client: SQSClient; readonly url: string }
  #waiting: { readonly told: Told; readonly at: number }[] = []

  constructor(machines: Machines, queue: { readonly client: SQSClient; readonly url: string }) {
    this.#machines = machines
    this.#queue = queue
  }

  /** Until aborted; then what was not told yet is. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (let count = 0; count < CHANGES_PER_TICK; count++) this.#change()
      await this.#send(Date.now())
      await sleep(TICK_MS, undefined, { signal }).catch(() => {})
    }
    await this.#send(Number.POSITIVE_INFINITY)
  }

  /** Messages that the queue holds, handed out or not. */
  async held(): Promise<number> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
    const { Attributes = {} } = await this.#queue.client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.#queue.url, AttributeNames: [...AttributeNames] }),
    )
    return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0)
  }

  #change(): void {
    const now = Date.now()
    const chance = Math.random()
    const machine = Math.floor(Math.random() * this.#machines.count)
    const isGone = this.#machines.count === 0 || this.#machines.machine(machine).isGone
    const told =
      isGone || chance < 0.3
        ? this.#machines.create(now)
        : chance < 0.35 && now > this.#machines.machine(machine).changedAt + APART_MS
          ? this.#machines.terminate(machine, now)
          : this.#machines.update(machine, now, chance < 0.6)
    const times = Math.random() < TWICE_SHARE ? 2 : 1
    for (let time = 0; time < times; time++) this.#waiting.push({ told, at: now + Math.random() * DELAY_MS_MAX })
  }

  async #send(until: number): Promise<void> {
    const due = this.#waiting.filter(({ at }) => at <= until)
    this.#waiting = this.#waiting.filter(({ at }) => at > until)
    for (let from = 0; from < due.length; from += BATCH) {
      const batch = due.slice(from, from + BATCH)
      const Entries = batch.map(({ told }, at) => ({ Id: String(at), MessageBody: told.body }))
      const { Failed = [] } = await this.#queue.client.send(
        new SendMessageBatchCommand({ QueueUrl: this.#queue.url, Entries }),
      )
      if (Failed.length > 0) throw new Error(`the queue refused messages: ${Failed[0]?.Message}`)
      for (const { told } of batch) this.delivered.add(told.eventId)
      this.messages += batch.length
    }
  }
}
