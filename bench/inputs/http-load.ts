import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long requests took, in milliseconds. */
export interface Load {
  readonly latencies: readonly number[]
  /** Answers in each second. */
  readonly perSecond: number
}

export interface Reply {
  readonly status: number
  readonly body: string
}

/** What is sent next, and whether its reply is the right one: what is wrong ends the load. */
export interface Asking {
  next(): string
  isRight(reply: Reply): boolean
}

/**
 * Connections that are kept open, each with one request under way. It parses no more of a reply than its length, so that the generator,
 * which shares the cores with what it measures, costs little.
 */
export class HttpLoad implements Disposable {
  readonly #connections: readonly Connection[]

  private constructor(connections: readonly Connection[]) {
    this.#connections = connections
  }

  static async open(url: string, count: number, headers: Readonly<Record<string, string>>): Promise<HttpLoad> {
    return new HttpLoad(await Promise.all(Array.from({ length: count }, () => Connection.open(new URL(url), headers))))
  }

  /** Each connection asks again as soon as it is answered. */
  async asFastAsPossible(asking: Asking, durationMs: number, signal: AbortSignal): Promise<Load> {
    const started = performance.now()
    const latencies: number[] = []
    const asker = async (connection: Connection) => {
      while (performance.now() - started < durationMs && !signal.aborted) {
        const sent = performance.now()
        await this.#once(connection, asking)
        latencies.push(performance.now() - sent)
      }
    }
    await Promise.all(this.#connections.map(asker))
    signal.throwIfAborted()
    return { latencies, perSecond: (latencies.length / (performance.now() - started)) * 1_000 }
  }

  /** So many a second, however slow the answers are; a latency begins when its request was due, not when a connection was free for it. */
  async steadily(perSecond: number, asking: Asking, durationMs: number, signal: AbortSignal): Promise<Load> {
    const started = performance.now()
    const latencies: number[] = []
    const free = [...this.#connections]
    const waiting: number[] = []
    const underWay = new Set<Promise<void>>()
    const start = (connection: Connection, due: number): void => {
      const asked = this.#once(connection, asking).then(() => {
        latencies.push(performance.now() - due)
        underWay.delete(asked)
        const next = waiting.shift()
        if (next === undefined) free.push(connection)
        else start(connection, next)
      })
      underWay.add(asked)
    }
    for (let sent = 0; ; ) {
      signal.throwIfAborted()
      const passed = performance.now() - started
      if (passed >= durationMs) break
      for (; sent < (passed * perSecond) / 1_000; sent++) {
        const due = started + (sent * 1_000) / perSecond
        const connection = free.shift()
        if (connection === undefined) waiting.push(due)
        else start(connection, due)
      }
      await Promise.race([sleep(1), ...(free.length === 0 ? underWay : [])])
    }
    await Promise.all(underWay)
    return { latencies, perSecond: (latencies.length / (performance.now() - started)) * 1_000 }
  }

  /** One request, on the first connection; returns what it took, in milliseconds. */
  async once(asking: Asking): Promise<number> {
    const sent = performance.now()
    await this.#once(this.#connections[0] as Connection, asking)
    return performance.now() - sent
  }

  async #once(connection: Connection, { next, isRight }: Asking): Promise<void> {
    const path = next()
    const reply = await connection.get(path)
    if (!isRight(reply)) throw new Error(`GET ${path}: ${reply.status} ${reply.body.slice(0, 300)}`)
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) connection[Symbol.dispose]()
  }
}

const LENGTH = /\r\ncontent-length: *(\d+)/i

class Connection implements Disposable {
  readonly #socket: Socket
  readonly #head: string
  #received = ''
  #waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket, head: string) {
    this.#socket = socket
    this.#head = head
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#take(text))
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed a connection')))
    socket.on('error', error => this.#waiting?.reject(error))
  }

  static open({ hostname, port, host }: URL, headers: Readonly<Record<string, string>>): Promise<Connection> {
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    const socket = connect(Number(port), hostname)
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', () => resolve(new Connection(socket, ` HTTP/1.1\r\n${lines.join('')}\r\n`)))
    })
  }

  get(path: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(`GET ${path}${this.#head}`)
    })
  }

  #take(text: string): void {
    this.#received += text
    const head = this.#received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = LENGTH.exec(this.#received.slice(0, head))?.[1]
    if (length === undefined) {
      this.#waiting?.reject(new Error(`no length: ${this.#received.slice(0, head)}`))
      return
    }
    const end = head + 4 + Number(length)
    if (this.#received.length < end) return
    const reply = { status: Number(this.#received.slice(9, 12)), body: this.#received.slice(head + 4, end) }
    this.#received = this.#received.slice(end)
    this.#waiting?.resolve(reply)
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }
}
