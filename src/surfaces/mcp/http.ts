import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import { LOCAL, type Principal } from '../../model/principal.ts'
import { bodyOf } from '../http/body.ts'
import { addressOf } from '../http/gate.ts'
import { isFromHere, refuse } from '../http/server.ts'
import type { OpenServer } from './server.ts'

/** Answers one request of the protocol, of somebody whom the HTTP server knows. */
export type McpHandler = (request: IncomingMessage, response: ServerResponse, principal: Principal) => Promise<void>

/** The greatest input of a question has some thousand characters. */
const BODY_BYTES_MAX = 1024 * 1024

/**
 * Streamable HTTP without sessions: each POST carries one message and is answered with one JSON document, so that any process can
 * answer it and nothing is kept. Streams (GET) are not offered: there is nothing that this server would say unasked.
 */
export function mcpHandler(open: OpenServer): McpHandler {
  return async (request, response, principal) => {
    const refused = refusalOf(request, principal)
    if (refused !== undefined) {
      response.setHeader('allow', 'POST')
      return refuse(request, response, ...refused)
    }
    const body = await bodyOf(request, BODY_BYTES_MAX)
    if (body === undefined) return refuse(request, response, 413, `at most ${BODY_BYTES_MAX} bytes are taken`)
    const message = parsed(body)
    if (message === undefined) return refuse(request, response, 400, 'the body is not JSON')
    if (Array.isArray(message)) return refuse(request, response, 400, 'one message a request: batches are not taken')
    const server = open({ principal: async () => principal, from: addressOf(request) })
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    // Whoever hangs up does not wait for the answer: closing aborts what is asked.
    const left = once(response, 'close').catch(() => {})
    try {
      await server.connect(transport)
      const answer = await Promise.race([transport.handleRequest(webRequestOf(request), { parsedBody: message }), left])
      if (answer instanceof Response) await send(response, answer)
    } finally {
      await server.close()
    }
  }
}

/** What the SDK looks at is the method and the headers; the body was read already, and the address is not its concern. */
function webRequestOf({ method = 'POST', headers }: IncomingMessage): Request {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  return new Request('http://localhost/mcp', { method, headers: pairs })
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text()
  response.statusCode = answer.status
  response.setHeaders(answer.headers)
  response.end(body)
}

type Refusal = readonly [status: number, detail: string]

/**
 * A page in a browser must not ask in the name of whoever sits there, neither from another site nor under a name of its own for this
 * machine (DNS rebinding): the protocol asks servers to see to it.
 */
function refusalOf(request: IncomingMessage, principal: Principal): Refusal | undefined {
  const { method, headers } = request
  if (headers.origin !== undefined && hostOf(headers.origin) !== headers.host)
    return [403, 'requests of pages of other sites are not answered']
  if (principal.id === LOCAL.id && !isFromHere(request))
    return [403, 'without a token, only this machine is answered, by the name of localhost']
  if (method !== 'POST') return [405, 'messages are sent with POST; there is no stream to GET and no session to DELETE']
  return undefined
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host
}

/** Undefined: it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
