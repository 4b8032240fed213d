import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to the database that can be cut: the server goes on, and whether it committed what it was asked is not known to its client. */
export interface CuttableConnection extends AsyncDisposable {
  /** The same database, by way of this connection. */
  readonly url: string
  /** Cuts all connections, and answers no new one for so long. */
  cut(downMs: number): void
}

/** `target` is asked at each new connection where the database is: after a restart it may listen elsewhere. */
export async function cuttableConnection(target: () => string): Promise<CuttableConnection> {
  const sockets = new Set<Socket>()
  let downUntil = 0
  const server = createServer(client => {
    if (Date.now() < downUntil) {
      client.destroy()
      return
    }
    const { hostname, port } = new URL(target())
    const upstream = connect(Number(port), hostname)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {}) // It ends; `close` follows.
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: Object.assign(new URL(target()), { hostname: '127.0.0.1', port: String(address.port) }).href,
    cut(downMs) {
      downUntil = Date.now() + downMs
      for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
