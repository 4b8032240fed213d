import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Channel } from '../../clouds/aws/sources/channel.ts'
import type { IncomingReader } from '../../clouds/aws/sources/incoming.ts'
import { Parcel } from '../../clouds/aws/sources/parcel.ts'
import type { FileReader, StateTaker } from '../../clouds/aws/sources/told.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Delivery, EventSource } from '../../ports/event-source.ts'
import { bodyOf } from './body.ts'
import { refuse } from './server.ts'

export interface PushOptions {
  /** SHA-256 of the secret that callers send, in hexadecimal. */
  readonly secretSha256: string
  readonly reader: IncomingReader
  readonly files: FileReader
  readonly states?: StateTaker | undefined
  readonly clock: Clock
}

/** An EventBridge event has at most 256 kB; several may come together. */
const BODY_BYTES_MAX = 4 * 1024 * 1024
/** Requests whose events wait to be stored. More are asked to come again. */
const WAITING_MAX = 64
/** What is not stored by then is asked for again. EventBridge itself gives up after five seconds, and tries again too. */
const STORED_MS_MAX = 20_000
const RETRY_AFTER_SECONDS = 5

/**
 * Events that are pushed to us: EventBridge's API destinations, or anybody who knows the secret. It is answered with 200 only after the
 * events are stored, so that who pushes is the queue that keeps them.
 */
export class PushEndpoint implements EventSource {
  readonly name = 'push'
  readonly #options: PushOptions
  readonly #secret: Buffer
  /** While somebody takes events in. */
  #channel: Channel<Delivery> | undefined
  #onFault: (error: unknown) => void = () => {}
  #waiting = 0

  constructor(options: PushOptions) {
    this.#options = options
    this.#secret = Buffer.from(options.secretSha256, 'hex')
  }

  async *deliveries(signal: AbortSignal, onFault: (error: unknown) => void): AsyncGenerator<Delivery, void> {
    const channel = new Channel<Delivery>(WAITING_MAX)
    const left: Delivery[] = []
    const close = () => left.push(...channel.close())
    signal.addEventListener('abort', close, { once: true })
    if (signal.aborted) close()
    this.#channel = channel
    this.#onFault = onFault
    try {
      yield* channel.items()
    } finally {
      close()
      this.#channel = undefined
      await Promise.all(left.map(delivery => delivery.failed()))
    }
  }

  /** `POST` of one EventBridge event, a list of them, or any envelope of CloudTrail records, as JSON. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#knows(request)) {
      response.setHeader('www-authenticate', 'Bearer')
      return refuse(request, response, 401, 'send the secret as `x-api-key`, or as `Authorization: Bearer …`')
    }
    const body = await bodyOf(request, BODY_BYTES_MAX)
    if (body === undefined) return refuse(request, response, 413, `at most ${BODY_BYTES_MAX} bytes are taken at once`)
    const json = parsed(body)
    if (json === undefined) return refuse(request, response, 400, 'the body is not JSON')
    if (await this.#stored(json.value))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}\n')
    response.setHeader('retry-after', String(RETRY_AFTER_SECONDS))
    refuse(request, response, 503, 'the events could not be stored yet: send them again')
  }

  /** Digests of equal length are compared, in a time that tells nothing of the secret. */
  #knows({ headers }: IncomingMessage): boolean {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
    const key = headers['x-api-key']
    const given = typeof key === 'string' ? key : bearer
    if (given === undefined) return false
    const digest = createHash('sha256').update(given).digest()
    return digest.length === this.#secret.length && timingSafeEqual(digest, this.#secret)
  }

  /** False: not within the time that a caller waits, or not at all; it shall send it again. */
  async #stored(value: unknown): Promise<boolean> {
    const { clock } = this.#options
    const channel = this.#channel
    if (channel === undefined || this.#waiting >= WAITING_MAX) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const parcel = new Parcel(
      clock.now(),
      async () => resolve(true),
      async () => resolve(false),
    )
    const patience = new AbortController()
    const late = clock.sleep(STORED_MS_MAX, patience.signal).then(
      () => resolve(false),
      () => {},
    )
    this.#waiting++
    // Whoever still waits for the intake counts, after its caller was sent away too.
    this.#bring(value, parcel, channel)
      .catch(error => {
        if (!parcel.refused.aborted) this.#onFault(error)
        resolve(false)
      })
      .finally(() => this.#waiting--)
    try {
      return await promise
    } finally {
      parcel.refuse()
      patience.abort()
      await late
    }
  }

  async #bring(value: unknown, parcel: Parcel, channel: Channel<Delivery>): Promise<void> {
    const { reader, files, states } = this.#options
    const reading = reader.readValue(value, this.name)
    const { incoming, items } = reading
    const hand = async (delivery: Delivery) => {
      if (!(await channel.push(delivery))) await delivery.failed()
    }
    await hand(parcel.piece(states === undefined ? incoming : await states.settled(incoming, items)))
    for (const file of reading.files)
      for await (const piece of files.read(file, this.name, parcel.refused)) await hand(parcel.piece(piece))
    await parcel.complete()
  }
}

/** Text that is no JSON is refused, so that who sends it learns of it. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
