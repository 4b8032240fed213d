import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { Fault, messageOf } from '../../model/fault.ts'
import { safeJson } from '../cli/safe.ts'

/** Answers one kind of request until the signal is aborted: then the server is closing. What it throws becomes a 500 that says nothing of the inside. */
export type Handler = (request: IncomingMessage, response: ServerResponse, closing: AbortSignal) => Promise<void> | void

/** `GET /healthz` and the like, each with its handler; `GET /v1/*` is for all paths that begin so and have no other. */
export type Routes = Readonly<Record<`${Method} /${string}`, Handler>>
export type Method = 'GET' | 'POST' | 'DELETE'

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
  /** Routes whose handlers judge themselves who may read. */
  readonly judging?: Routes
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
export async function listen(options: ServerOptions): Promise<Listening> {
  const { host, port, onFault } = options
  const closing = new AbortController()
  const answering = new WeakSet<Duplex>()
  const server = createServer(
    { requestTimeout: REQUEST_MS_MAX, headersTimeout: HEADERS_MS_MAX },
    (request, response) => {
      answering.add(request.socket)
      response.once('close', () => {
        answering.delete(request.socket)
        // A connection that was in use when the server began to close is idle now.
        if (closing.signal.aborted) setImmediate(() => server.closeIdleConnections())
      })
      answer(request, response, options, closing.signal).catch((error: unknown) => {
        // Who left in the middle of a request, or of the answer, is no fault.
        if (request.errored !== null || response.destroyed) return response.destroy()
        onFault(error)
        if (!response.headersSent) problem(response, 500, 'something went wrong here; the log of Cadastre says what')
        else response.destroy()
      })
    },
  )
  // After a part of an answer nothing else can be said.
  server.on('clientError', (error, socket) => (answering.has(socket) ? socket.destroy() : refuseUnread(error, socket)))
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
      closing.abort()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS_MAX)
      await closed
      clearTimeout(late)
    },
  }
}

/** What is wrong with requests that Node's parser does not take, by its code. */
const UNREAD: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'the address and the headers are too long together (16 kB): POST what is long as JSON'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request did not come to its end in time'],
}
const NO_HTTP = [400, 'this is no HTTP request that can be understood'] as const

/** Answers what never became a request, and closes the connection. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const [status, detail] = UNREAD[error.code ?? ''] ?? NO_HTTP
  const body = `${safeJson({ title: STATUS_CODES[status] ?? 'Error', status, detail, requestId: randomUUID() }, 0)}\n`
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Requests under way may end; after that they are cut. */
const CLOSE_MS_MAX = 2_000

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { routes, judging = {}, allowsRemote }: ServerOptions,
  closing: AbortSignal,
) {
  const path = (request.url ?? '/').replace(/[?#].*$/s, '')
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-request-id', requestIdOf(request))
  const judge = handlerOf(judging, method, path)
  if (judge !== undefined) return judge(request, response, closing)
  if (method === 'GET' && !allowsRemote && !isFromHere(request))
    return problem(response, 403, 'only this machine may read here, unless http.allowRemote is set')
  const handler = handlerOf(routes, method, path)
  if (handler !== undefined) return handler(request, response, closing)
  const all = Object.keys({ ...judging, ...routes })
  const methods = all.flatMap(route => (isAt(route, path) ? [route.split(' ', 1)[0] ?? ''] : []))
  if (methods.length === 0) return problem(response, 404, `nothing is at ${path}; there are ${all.join(', ')}`)
  response.setHeader('allow', [...new Set(methods)].join(', '))
  problem(response, 405, `${path} takes ${[...new Set(methods)].join(', ')}`)
}

function handlerOf(routes: Routes, method: string, path: string): Handler | undefined {
  const all = routes as Readonly<Record<string, Handler>>
  return own(all, `${method} ${path}`) ?? own(all, `${method} ${path.replace(/^(\/[^/]*\/).*$/s, '$1*')}`)
}

function own(routes: Readonly<Record<string, Handler>>, route: string): Handler | undefined {
  return Object.hasOwn(routes, route) ? routes[route] : undefined
}

function isAt(route: string, path: string): boolean {
  const at = route.slice(route.indexOf(' ') + 1)
  return at.endsWith('/*') ? path.startsWith(at.slice(0, -1)) : at === path
}

/** The client's own, so that its log and ours can be joined; else a new one. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
}

/** Answers with a problem as RFC 9457 writes it; `extra`: members that say more to programs. */
export function problem(
  response: ServerResponse,
  status: number,
  detail: string,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const requestId = response.getHeader('x-request-id')
  const body = safeJson({ title: STATUS_CODES[status] ?? 'Error', status, detail, requestId, ...extra }, 0)
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(`${body}\n`)
}

/** The same; what of the request was not read is not read any more. */
export function refuse(request: IncomingMessage, response: ServerResponse, status: number, detail: string): void {
  if (!request.complete) response.setHeader('connection', 'close')
  problem(response, status, detail)
}

/** Whether only this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Whether a request comes from this machine and names it as such. */
export function isFromHere({ headers, socket }: IncomingMessage): boolean {
  const named = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(named) && isLoopback(peer)
}
