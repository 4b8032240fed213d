import { once } from 'node:events'
import { connect } from 'node:net'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import type { Database } from '../../src/store/database.ts'
import { questions } from '../access/asking.ts'
import { fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { openApi, type TestApi } from './api.ts'

let database: Database
let api: TestApi
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  await askingOf(database).search.indexPending(new AbortController().signal)
  api = await openApi(database)
})
afterAll(async () => {
  await api?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

function queryOf(input: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(input).flatMap(([name, value]) => [value].flat().map(one => [name, String(one)]))
  return new URLSearchParams(pairs as [string, string][]).toString()
}

test('audit tells what was asked over HTTP, and where from', async () => {
  await api.get('/v1/where?what=10.99.99.99')
  await api.asking.log.settled()

  const { output } = (await (await api.get('/v1/audit?about=10.99.99.99')).json()) as { output: unknown }

  expect(output).toMatchObject({
    asked: [{ question: 'where', surface: 'http', from: '127.0.0.1', outcome: 'nothing' }],
  })
})

test('what never becomes a request is refused as a problem, on a connection that was used before, too', async () => {
  const { hostname, port } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  const said: Buffer[] = []
  socket.on('data', data => said.push(data))
  socket.write(`GET /healthz HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  await once(socket, 'data')
  said.length = 0
  socket.write(`GET /v1/where?what=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  await once(socket, 'close')

  const [head = '', body = ''] = Buffer.concat(said).toString().split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 431 .*\r\ncontent-type: application\/problem\+json/s)
  expect(JSON.parse(body)).toMatchObject({ status: 431, detail: expect.stringContaining('POST') })
})

describe('what does not fit is refused, as a problem, and with what to do', () => {
  test.each([
    ['an unknown question', '/v1/wehre?what=x', 404, 'did you mean where?'],
    ['no question', '/v1/', 404, '/docs'],
    ['a path below a question', '/v1/where/what', 404, '/docs'],
    ['a stream of what cannot be followed', '/v1/where/stream', 404, '/docs'],
    ['no input', '/v1/where', 400, '`what` is missing: An IPv4'],
    ['an unknown field', '/v1/where?what=x&who=y', 400, 'there is no option who'],
    ['a word for a number', '/v1/where?what=x&limit=many', 400, 'limit'],
    ['a name that would trick a terminal', '/v1/where?%C2%9B31m%E2%80%AE=x&what=x', 400, 'there is no option'],
    ['a number out of bounds', '/v1/where?what=x&limit=100000', 400, 'limit'],
    ['a time that is none', '/v1/where?what=x&at=soon', 400, 'at'],
    ['one field twice', '/v1/where?what=x&what=y', 400, 'what'],
    ['live that is neither', '/v1/where?what=x&live=maybe', 400, 'live'],
    ['a position that is none', '/v1/changes/stream?position=yesterday', 400, 'position'],
    ['following what has an end', '/v1/changes/stream?until=2026-11-01', 400, 'no end'],
  ])('%s', async (_, path, status, detail) => {
    const reply = await api.get(path)

    expect(reply.status).toBe(status)
    expect(reply.headers.get('content-type')).toBe('application/problem+json')
    const text = await reply.text()
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(JSON.parse(text)).toMatchObject({
      status,
      detail: expect.stringContaining(detail),
      requestId: reply.headers.get('x-request-id'),
    })
  })

  test.each([
    ['no JSON', '{"what":', {}, 400],
    ['no object', '["what"]', {}, 400],
    ['null', 'null', {}, 400],
    ['nothing', '', {}, 400],
    ['a field of another kind', '{"what": {"a": 1}}', {}, 400],
    ['nested without end', `${'{"what":'.repeat(5_000)}1${'}'.repeat(5_000)}`, {}, 400],
    ['a prototype', '{"__proto__": {"what": "x"}}', {}, 400],
    ['a form', 'what=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['compressed', '{"what":"x"}', { 'content-encoding': 'gzip' }, 415],
    ['too large', JSON.stringify({ what: 'x'.repeat(100_000) }), {}, 413],
  ])('a body that is %s', async (_, body, headers, status) => {
    const reply = await api.post('/v1/where', body, { headers })

    expect(reply.status).toBe(status)
    expect(await reply.json()).toMatchObject({ status, detail: expect.any(String) })
    expect(api.faults).toEqual([])
  })

  test('a method that is none', async () => {
    expect((await api.get('/v1/where?what=x', { method: 'DELETE' })).status).toBe(405)
    expect((await api.post('/v1/changes/stream', {})).status).toBe(405)
    expect((await api.get('/v1/where?what=10.12.7.31', { method: 'HEAD' })).status).toBe(200)
  })
})

test.each(["' or 1=1 --", '*bold* <@U123> &lt;', '\u001b[31m\u202e\u0000', '%00%ff', '{{7*7}}', '../../etc/passwd'])(
  '%j is a name like any other',
  async what => {
    const reply = await api.get(`/v1/where?${queryOf({ what })}`)

    expect(reply.status).toBe(200)
    const text = await reply.text()
    expect(JSON.parse(text)).toMatchObject({ found: false })
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(api.faults).toEqual([])
  },
)

test('pages are linked', async () => {
  const all = (await (await api.get('/v1/search?limit=1000')).json()) as { output: { assets: { id: string }[] } }
  const ids: string[] = []
  let path: string | undefined = '/v1/search?limit=3&type='
  while (path !== undefined) {
    const reply: Response = await api.get(path)
    const { output } = (await reply.json()) as typeof all
    ids.push(...output.assets.map(({ id }) => id))
    path = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1]
  }

  expect(ids).toEqual(all.output.assets.map(({ id }) => id))
  expect(ids.length).toBeGreaterThan(6)
})

test('a list of any length comes line by line, and ends with the answer as a whole', async () => {
  const all = (await (await api.get('/v1/search?limit=1000')).json()) as { output: { assets: object[]; total: number } }

  const reply = await api.get('/v1/search', { headers: { accept: 'application/x-ndjson' } })
  const lines = (await reply.text())
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as object)

  expect(reply.headers.get('content-type')).toBe('application/x-ndjson')
  expect(lines.slice(0, -1)).toEqual(all.output.assets)
  expect(lines.at(-1)).toMatchObject({ end: { found: true, output: { total: all.output.total }, provenance: {} } })
  expect((await api.get('/v1/where?what=x', { headers: { accept: 'application/x-ndjson' } })).status).toBe(406)
})

test('an answer about the past that the client has is not sent again', async () => {
  const path = '/v1/where?what=10.12.7.31&at=2026-11-01T03:00Z'
  const tag = (await api.get(path)).headers.get('etag') ?? ''

  const again = await api.get(path, { headers: { 'if-none-match': `"other", ${tag}` } })

  expect(tag).toMatch(/^W\/"[\w-]+"$/)
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  expect((await api.get(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  expect((await api.get('/v1/where?what=10.12.7.31')).headers.get('etag')).toBeNull()
  expect((await api.get('/v1/where?what=10.12.7.31&at=2h')).headers.get('etag')).toBeNull()
})

test('a request keeps the id that the client gave it, unless it is none', async () => {
  const idOf = async (given: string) =>
    (await api.get('/v1/where?what=x', { headers: { 'x-request-id': given } })).headers.get('x-request-id')
  expect(await idOf('trace-1.2')).toBe('trace-1.2')
  expect(await idOf('a b')).toMatch(/^[0-9a-f-]{36}$/)
})

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1, and has every question', async () => {
    const document = (await (await api.get('/openapi.json')).json()) as { paths: object }

    const { valid, errors } = await new Validator().validate(document)

    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(Object.keys(document.paths)).toEqual(
      [...questions.keys()].flatMap(name => [`/v1/${name}`, ...(name === 'changes' ? ['/v1/changes/stream'] : [])]),
    )
  })

  test('is shown on a page that needs nothing from elsewhere and runs nothing', async () => {
    const reply = await api.get('/docs')
    const html = await reply.text()

    for (const name of questions.keys()) expect(html).toContain(`<section id="${name}">`)
    expect(html).not.toMatch(/<script|<link|src=|https?:\/\//)
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
