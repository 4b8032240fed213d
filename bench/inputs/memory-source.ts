import type { Incoming } from '../../src/model/event.ts'
import type { Delivery, EventSource } from '../../src/ports/event-source.ts'

/** As many messages as one call of SQS hands over. */
const MESSAGES_PER_DELIVERY = 10

/** A queue in memory, as quick as a queue can be: what the product does with the bodies of its messages is the product's own. */
export class MemorySource implements EventSource {
  readonly name = 'memory'
  readonly #read: (bodies: readonly string[]) => Incoming
  /** What waits; taken from `#from` on, so that a long queue is not moved for each message. */
  #waiting: string[] = []
  #from = 0
  #wake: () => void = () => {}
  sent = 0
  acknowledged = 0
  refused = 0

  constructor(read: (bodies: readonly string[]) => Incoming) {
    this.#read = read
  }

  /** Messages that were not handed out yet. */
  get waiting(): number {
    return this.#waiting.length - this.#from
  }

  send(bodies: readonly string[]): void {
    if (this.waiting === 0) {
      this.#waiting = []
      this.#from = 0
    }
    this.sent += bodies.length
    for (const body of bodies) this.#waiting.push(body)
    this.#wake()
  }

  async *deliveries(signal: AbortSignal): AsyncIterable<Delivery> {
    signal.addEventListener('abort', () => this.#wake(), { once: true })
    while (!signal.aborted) {
      if (this.waiting === 0) {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
        continue
      }
      const bodies = this.#waiting.slice(this.#from, this.#from + MESSAGES_PER_DELIVERY)
      this.#from += bodies.length
      yield {
        incoming: this.#read(bodies),
        sentAt: undefined,
        done: async () => {
          this.acknowledged += bodies.length
        },
        failed: async () => {
          this.refused += bodies.length
          this.sent -= bodies.length
          this.send(bodies)
        },
      }
    }
  }
}
