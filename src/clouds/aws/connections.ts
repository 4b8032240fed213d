import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { NodeHttpHandler } from '@smithy/node-http-handler'

const SOCKETS_MAX = 128
const CONNECT_TIMEOUT_MS = 5_000
/** Without a byte for that long, an answer is not coming. */
const REQUEST_TIMEOUT_MS = 60_000

/** The HTTP connections of all clients: a scan makes a client for each scope, and should not make connections for each. */
export class SharedConnections extends NodeHttpHandler {
  constructor() {
    super({
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets: SOCKETS_MAX }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: SOCKETS_MAX }),
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: REQUEST_TIMEOUT_MS,
    })
  }

  /** Called by each client that ends; the connections stay for the next one. */
  override destroy(): void {}

  close(): void {
    super.destroy()
  }
}

/** The same connections, for calls that end when the signal says so: whoever stops need not wait for a slow reply. */
export class EndingConnections extends NodeHttpHandler {
  readonly #shared: NodeHttpHandler
  readonly #signal: AbortSignal

  constructor(shared: NodeHttpHandler, signal: AbortSignal) {
    super()
    this.#shared = shared
    this.#signal = signal
  }

  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    const { abortSignal } = options ?? {}
    const either = abortSignal instanceof AbortSignal ? AbortSignal.any([this.#signal, abortSignal]) : this.#signal
    return this.#shared.handle(request, { ...options, abortSignal: either })
  }

  override destroy(): void {}
}
