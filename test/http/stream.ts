/** One event of a stream of server-sent events. */
export interface Received {
  readonly id: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

/** Reads a stream of server-sent events until it ends or is left; `lastId` is what a client would come back with. */
export class EventReader {
  readonly received: Received[] = []
  lastId: string | undefined
  readonly #left = new AbortController()
  readonly #eventsMax: number
  #reading: Promise<void> | undefined
  status: number | undefined

  /** After so many events it goes away, whatever else has come by then. */
  constructor(eventsMax = Number.POSITIVE_INFINITY) {
    this.#eventsMax = eventsMax
  }

  /** Resolves when the server has begun to answer. */
  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<this> {
    const reply = await fetch(url, { headers, signal: this.#left.signal })
    this.status = reply.status
    this.#reading = this.#read(reply).catch(() => {})
    return this
  }

  async #read(reply: Response): Promise<void> {
    let text = ''
    for await (const chunk of (reply.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.#take(text.slice(0, end))
        text = text.slice(end + 2)
      }
    }
  }

  #take(block: string): void {
    if (this.received.length >= this.#eventsMax) return
    const lines = block.split('\n')
    const of = (field: string) => lines.find(line => line.startsWith(`${field}: `))?.slice(field.length + 2)
    const id = of('id')
    const data = of('data')
    if (id !== undefined) this.lastId = id
    if (data !== undefined) this.received.push({ id, data: JSON.parse(data) as Record<string, unknown> })
    if (this.received.length >= this.#eventsMax) this.#left.abort()
  }

  /** Until the server ends the stream. */
  async ended(): Promise<void> {
    await this.#reading
  }

  async leave(): Promise<void> {
    this.#left.abort()
    await this.#reading
  }
}
