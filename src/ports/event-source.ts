import type { Incoming } from '../model/event.ts'

/** Where events come from: a durable queue that keeps what is not acknowledged. */
export interface EventSource {
  /** For people and metrics: `event-bridge eu-west-1 cadastre-events`. */
  readonly name: string
  /**
   * What arrives, until the signal is aborted. A lost connection, a refusal and throttling are told to `onFault` and tried again
   * for as long as it takes; they never end the iteration.
   */
  deliveries(signal: AbortSignal, onFault: (error: unknown) => void): AsyncIterable<Delivery>
}

/** Some messages that are acknowledged together, after what they say is stored. */
export interface Delivery {
  readonly incoming: Incoming
  /** When the oldest of the messages was sent, in milliseconds since 1970; undefined: not told. */
  readonly sentAt: number | undefined
  /** What they say is stored: they need not come again. Must not throw: what cannot be acknowledged comes again, and is recognised. */
  done(): Promise<void>
  /** It could not be stored: they shall come again. Must not throw. */
  failed(): Promise<void>
}
