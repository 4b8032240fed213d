import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { connect } from '../mcp/served.ts'
import type { Visit } from './visits.ts'

/** What no two responses have in common. */
const OF_ITSELF = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding'])

/** A response as its receiver sees it: status, headers and body. */
export async function wholeOf(response: Response): Promise<string> {
  const text = await response.text()
  const headers = [...response.headers].filter(
    ([name]) => !OF_ITSELF.has(name) && (name !== 'content-length' || isTimeless(text)),
  )
  return [response.status, ...headers.map(pair => pair.join(': ')).sort(), '', text].join('\n')
}

/** Nothing in it, and nothing that was left out of it, says how long anything took. */
function isTimeless(text: string): boolean {
  return text !== '' && !/"ms\\*":/.test(text)
}

/** So that no two differ by it. */
const REQUEST_ID = { 'x-request-id': 'case' }

function headersOf(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, ...REQUEST_ID }
}

type HttpVisit = Extract<Visit, { door: 'http' }>

export function throughHttp(url: string, token: string, { method, path, headers, body }: HttpVisit): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: { ...headersOf(token), ...headers },
    ...(body !== undefined && { body }),
  })
}

/** What a stream of changes tells until it has told what was before. Transactions count up over all stores of a server. */
export async function throughStream(url: string, token: string, path: string): Promise<string> {
  const leaving = new AbortController()
  const response = await fetch(`${url}${path}`, { headers: headersOf(token), signal: leaving.signal })
  if (response.body === null || response.status !== 200) return wholeOf(response)
  let text = ''
  try {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (/(?:^|\n\n)id: [^\n]+\n\n/.test(text)) break
    }
  } finally {
    leaving.abort()
  }
  return `${response.status}\n${text.replace(/(\bid: |"position":")\d+/g, '$1')}`
}

export interface McpDoor extends AsyncDisposable {
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<string>
  tools(): Promise<string>
}

/** The official client over HTTP; what is told is what it got, not only what it makes of it. */
export async function openMcpDoor(url: string, token: string): Promise<McpDoor> {
  let got = ''
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: headersOf(token) },
    async fetch(to, init) {
      const response = await fetch(to, init)
      got = await wholeOf(response.clone())
      return response
    },
  })
  const { client, ...connected } = await connect(transport)
  return {
    async call(name, input) {
      const error = await client.callTool({ name, arguments: { ...input } }).then(
        () => '',
        (reason: unknown) => String(reason),
      )
      return `${got}\n${error}`
    },
    async tools() {
      await client.listTools()
      return got
    },
    [Symbol.asyncDispose]: () => connected[Symbol.asyncDispose](),
  }
}
