import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import { Fault, messageOf } from '../../model/fault.ts'

/** Answers one kind of request. What it throws becomes a 500 that says nothing of the inside. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** `GET /healthz` and the like, each with its handler. */
export type Routes = Readonly<Record<`${'GET' | 'POST'} /${string}`, Handler>>

export interface Listening extends AsyncDisposable {
  /** `http://127.0.0.1:7475`, with the port that was chosen where 0 was asked for. */
  readonly url: string
}

export interface ServerOptions {
  readonly host: string
  readonly port: number
  /** Others than this machine may read, too. What is posted is for its handler to judge. */
  readonly allowsRemote: boolean
  readonly routes: Routes
  onFault(error: unknown): void
}

/** A client gets that long to send its request; what it sends beyond the bounds of its handler is not read. */
const REQUEST_MS_MAX = 30_000
const HEADERS_MS_MAX = 10_000
const CONNECTIONS_MAX = 256

/**
 * Listens. Throws a Fault that says what to do if the address cannot be had. Unless others may read, who does has to come from this
 * machine and to name it as such, so that no page in a browser can read what is here under a name of its own (DNS rebinding).
 */
export async function listen({ host, port, allowsRemote, routes, onFault }: ServerOptions): Promise<Listening> {
  const server = createServer(
    { requestTimeout: REQUEST_MS_MAX, headersTimeout: HEADERS_MS_MAX },
    (request, response) => {
      answer(request, response, routes, allowsRemote).catch((error: unknown) => {
        onFault(error)
        if (!response.headersSent)
          problem(response, 500, 'something went wrong here; the log of `cadastre up` says what')
        else response.destroy()
      })
    },
  )
  server.maxConnections = CONNECTIONS_MAX
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Fault('operator', `listening on ${host}:${port} (${messageOf(error)}): choose another with --listen`, {
      cause: error,
    })
  }
  const { port: chosen } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS_MAX)
      await closed
      clearTimeout(late)
    },
  }
}

/** Requests under way may end; after that they are cut. */
const CLOSE_MS_MAX = 2_000

async function answer(request: IncomingMessage, response: ServerResponse, routes: Routes, allowsRemote: boolean) {
  const path = (request.url ?? '/').replace(/[?#].*$/s, '')
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  const handler = (routes as Readonly<Record<string, Handler>>)[`${method} ${path}`]
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cache-control', 'no-store')
  if (method === 'GET' && !allowsRemote && !isFromHere(request))
    return problem(response, 403, 'only this machine may read here, unless http.allowRemote is set')
  if (handler !== undefined) return handler(request, response)
  const methods = Object.keys(routes).flatMap(route =>
    route.endsWith(` ${path}`) ? [route.split(' ', 1)[0] ?? ''] : [],
  )
  if (methods.length === 0) {
    const known = Object.keys(routes).join(', ')
    return problem(response, 404, `nothing is at ${path}; there are ${known}`)
  }
  response.setHeader('allow', methods.join(', '))
  problem(response, 405, `${path} takes ${methods.join(', ')}`)
}

/** Answers with a problem as RFC 9457 writes it. */
export function problem(response: ServerResponse, status: number, detail: string): void {
  const body = JSON.stringify({ title: STATUS_CODES[status] ?? 'Error', status, detail })
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(`${body}\n`)
}

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isFromHere({ headers, socket }: IncomingMessage): boolean {
  const named = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(named) && isLoopback(peer)
}
