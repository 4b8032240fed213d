import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Asker } from '../../src/access/asker.ts'
import { LOCAL } from '../../src/model/principal.ts'
import { loadQuestion } from '../../src/questions/load.ts'
import { type Handler, listen } from '../../src/surfaces/http/server.ts'
import { mcpRoutes } from '../../src/surfaces/mcp/routes.ts'
import { openMcp } from '../../src/surfaces/mcp/server.ts'
import { token } from '../access/asking.ts'
import { overHttp, textOf } from './served.ts'

/** Asks that wait until whoever asked goes away. */
const aborted: string[] = []
const asker: Asker = {
  async ask({ question, from, signal }) {
    if (question === 'slow') {
      await new Promise(resolve => signal?.addEventListener('abort', resolve, { once: true }))
      aborted.push(question)
    }
    return { kind: 'denied', message: `from ${from}` }
  },
  follow: async () => ({ kind: 'denied', message: '' }),
  questionsFor: async () => [await loadQuestion('where')],
}

type Served = Awaited<ReturnType<typeof overHttp>>
let local: Served
let known: Served
beforeAll(async () => {
  local = await overHttp(openMcp({ asker }), LOCAL)
  known = await overHttp(openMcp({ asker }), token('t'))
})
afterAll(async () => {
  await local[Symbol.asyncDispose]()
  await known[Symbol.asyncDispose]()
})

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })

/** Not `fetch`, which sets Host and Origin itself. */
async function send(url: string, { method = 'POST', headers = {}, body = LIST }: Sent = {}) {
  const request = httpRequest(url, { method, headers: { ...HEADERS, ...headers } })
  request.end(method === 'POST' ? body : undefined)
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  return {
    status: response.statusCode as number,
    headers: response.headers,
    json: text === '' ? undefined : JSON.parse(text),
  }
}

test('one message is answered with one JSON document, and without a session', async () => {
  const { status, headers, json } = await send(known.url)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('application/json')
  expect(headers['mcp-session-id']).toBeUndefined()
  expect(json.result.tools[0].name).toBe('where')
})

test('where a question came from is known', async () => {
  const { content } = await known.call('where', { what: 'x' })
  expect(content).toEqual([{ type: 'text', text: expect.stringMatching(/^from .*127\.0\.0\.1$/) }])
})

test.each([
  ['GET', { method: 'GET' }, 405],
  ['DELETE', { method: 'DELETE' }, 405],
  ['PUT', { method: 'PUT' }, 405],
  ['what is no JSON', { body: '{"jsonrpc":' }, 400],
  ['nothing', { body: '' }, 400],
  ['what is no message', { body: '{"hello":"world"}' }, 400],
  ['null', { body: 'null' }, 400],
  ['a batch', { body: `[${LIST}]` }, 400],
  ['a body that is too large', { body: `{"a":"${'x'.repeat(2_000_000)}"}` }, 413],
  ['another type of content', { headers: { 'content-type': 'text/plain' } }, 415],
  ['a client that does not take JSON', { headers: { accept: 'text/html' } }, 406],
  ['a version of the protocol that nobody knows', { headers: { 'mcp-protocol-version': '1999-01-01' } }, 400],
] as const)('%s is refused, and the server goes on', async (_, sent, status) => {
  expect((await send(known.url, sent)).status).toBe(status)
  expect((await send(known.url)).status).toBe(200)
})

test('an unknown method is an error of the protocol', async () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'no/such' })
  expect((await send(known.url, { body })).json).toMatchObject({ id: 7, error: { code: -32601 } })
})

describe('a page in a browser', () => {
  test('of another site is refused, of this one not', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1'])
      expect((await send(known.url, { headers: { origin } })).status, origin).toBe(403)
    expect((await send(known.url, { headers: { origin: new URL(known.url).origin } })).status).toBe(200)
  })

  test('cannot come under a name of its own where no token is asked for (DNS rebinding)', async () => {
    const headers = { host: 'evil.example', origin: 'http://evil.example' }
    expect((await send(local.url, { headers })).status).toBe(403)
    expect((await send(local.url, { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await send(local.url, { headers: { host: 'localhost:7475' } })).status).toBe(200)
    // With a token there is nothing that a page could do in somebody's name.
    expect((await send(known.url, { headers: { host: 'cadastre.example' } })).status).toBe(200)
  })
})

test('who hangs up does not have the question answered to the end', async () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'slow' } })
  const request = httpRequest(known.url, { method: 'POST', headers: HEADERS })
  request.on('error', () => {})
  request.end(body)
  await sleep(100)
  expect(aborted).toEqual([])
  request.destroy()
  await expect.poll(() => aborted).toEqual(['slow'])
})

test('as a route, it asks who comes before it reads anything', async () => {
  const { 'POST /mcp': route } = mcpRoutes({
    asker,
    async admit(request, response) {
      if (request.headers.authorization === 'Bearer good') return token('good')
      response.writeHead(401).end()
      return undefined
    },
  })
  const faults: unknown[] = []
  await using server = await listen({
    ...{ host: '127.0.0.1', port: 0, allowsRemote: false, onFault: error => faults.push(error) },
    routes: { 'POST /mcp': route as Handler },
  })
  const url = `${server.url}/mcp`
  expect((await send(url, { body: 'x'.repeat(2_000_000) })).status).toBe(401)
  expect((await send(url, { headers: { authorization: 'Bearer good' } })).json).toHaveProperty('result.tools')
  expect(faults).toEqual([])
})

test('what takes too long is given up, and said to be', async () => {
  await using hasty = await overHttp(openMcp({ asker, answerMsMax: 50 }), token('t'))
  const result = await hasty.call('slow')
  expect(result.isError).toBe(true)
  expect(textOf(result)).toBe('no answer within 0.05 s: ask for less')
})
