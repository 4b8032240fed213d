import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { createToken, revokeToken } from '../../src/store/tokens.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { fillExampleStore } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'
import { newToken, openApi, type TestApi } from './api.ts'
import { openIssuer } from './issuer.ts'

const ASK = '/v1/where?what=invoices'
const POLICY = `
principals:
  - match: { token: [buckets, short, gone, busy] }
    grants: [buckets]
  - match: { token: network }
    grants: [network]
  - match: { oidc-group: security }
    grants: [buckets]
grants:
  buckets: { questions: [where], accounts: { names: shop-* }, types: [AWS::S3::Bucket] }
  network: { questions: [where], accounts: { ids: 444455556666 }, types: "*" }
`
let database: Database
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
})
afterAll(() => database?.[Symbol.asyncDispose]())

/** `fetch` does not let anybody say where they come from. */
function statusWith(api: TestApi, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url)
    request({ hostname, port, path: ASK, headers: { host: '127.0.0.1', ...headers } }, reply => {
      reply.resume()
      resolve(reply.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('before any token was made', () => {
  test('whoever works on this machine may ask everything; nobody whom a proxy or a page brings', async () => {
    await using api = await openApi(database)

    expect(await (await api.get(ASK)).json()).toMatchObject({ found: true })
    expect(await statusWith(api, {})).toBe(200)
    expect(await statusWith(api, { host: 'attacker.example' })).toBe(401)
    expect(await statusWith(api, { 'x-forwarded-for': '198.51.100.7' })).toBe(401)
    expect(await statusWith(api, { forwarded: 'for=198.51.100.7' })).toBe(401)
    expect(await statusWith(api, { 'sec-fetch-site': 'cross-site' })).toBe(401)
    expect(await statusWith(api, { 'sec-fetch-site': 'same-origin' })).toBe(200)
  })

  test('nobody may where others can come, and the server does not begin there', async () => {
    await using api = await openApi(database, { host: '0.0.0.0' })
    const terminal = silentTerminal({ DATABASE_URL: database.url, CADASTRE_HOME: '/nonexistent' })

    expect((await api.get(ASK)).status).toBe(401)
    expect(await run(['serve', '--listen', '0.0.0.0:0'], terminal)).toBe(3)
    expect(terminal.noted.join()).toContain('cadastre token create')
  })
})

describe('tokens', () => {
  test('see what their name is granted; from the first one on, nobody comes without', async () => {
    await using api = await openApi(database, { policy: POLICY })
    const [buckets, network, nobody] = [
      await newToken(database, 'buckets'),
      await newToken(database, 'network'),
      await newToken(database, 'nobody'),
    ]

    const seen = await (await api.get(ASK, { token: buckets })).json()
    const hidden = await (await api.get(ASK, { token: network })).json()
    const absent = await (await api.get('/v1/where?what=invoicez', { token: network })).json()
    expect(seen).toMatchObject({ found: true })
    expect(hidden).toEqual(JSON.parse(JSON.stringify(absent).replaceAll('invoicez', 'invoices')))

    await expect.poll(async () => (await api.get(ASK)).status, { timeout: 5_000, interval: 100 }).toBe(401)
    expect((await api.get(ASK)).headers.get('www-authenticate')).toBe('Bearer')
    expect((await api.get(ASK, { token: nobody })).status).toBe(403)
    expect((await api.get('/v1/key?key=AKIAQAAAAAAAAADA0002', { token: buckets })).status).toBe(403)
    expect((await api.get('/openapi.json')).status).toBe(200)
  })

  test.each([
    ['unknown', 'Bearer cad_0000000000000000000000000000000000000000000'],
    ['of no kind', 'Bearer abc'],
    ['of another scheme', 'Basic dXNlcjpwYXNz'],
    ['no token', 'Bearer'],
    ['two', 'Bearer a b'],
  ])('that are %s are refused', async (_, authorization) => {
    await using api = await openApi(database, { policy: POLICY })
    const reply = await api.get(ASK, { headers: { authorization } })

    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toContain('invalid_token')
    expect(await reply.json()).toMatchObject({ status: 401, detail: expect.any(String) })
  })

  test('end: when they expire, and within two seconds when they are revoked', async () => {
    await using api = await openApi(database, { policy: POLICY })
    const now = Date.now()
    const short = await createToken(database, { name: 'short', groups: [], now, expiresAt: now - 1 })
    const gone = await newToken(database, 'gone')
    expect((await api.get(ASK, { token: short ?? '' })).status).toBe(401)
    expect((await api.get(ASK, { token: gone })).status).toBe(200)

    await revokeToken(database, 'gone', Date.now())

    await expect
      .poll(async () => (await api.get(ASK, { token: gone })).status, { timeout: 2_000, interval: 50 })
      .toBe(401)
  })

  test('ask so often and not more often, each for itself', async () => {
    await using api = await openApi(database, {
      policy: POLICY,
      config: { http: { rate: { perSecond: 0.1, burst: 3 } } },
    })
    const busy = await newToken(database, 'busy')

    const replies = await Promise.all(Array.from({ length: 5 }, () => api.get(ASK, { token: busy })))

    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 429, 429])
    const refused = replies.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await api.get(ASK, { token: await newToken(database, 'idle') })).status).toBe(403)
  })
})

test('logins see what their groups are granted', async () => {
  await using issuer = await openIssuer()
  const oidc = { issuer: issuer.url, audience: 'cadastre' }
  await using api = await openApi(database, { policy: POLICY, config: { oidc } })

  expect((await api.get(ASK, { token: await issuer.token() })).status).toBe(200)
  expect((await api.get(ASK, { token: await issuer.token({ groups: ['sales'] }) })).status).toBe(403)
  expect((await api.get(ASK, { token: await issuer.token({ aud: 'grafana' }) })).status).toBe(401)
  expect((await api.get(ASK)).status).toBe(401)
})

test('assistants come with the same tokens', async () => {
  await using api = await openApi(database, { policy: POLICY })
  const token = await newToken(database, 'assistant')
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
  const headers = { accept: 'application/json, text/event-stream' }

  expect((await api.post('/mcp', list, { headers })).status).toBe(401)
  const reply = await api.post('/mcp', list, { headers, token })

  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({ id: 1, result: { tools: [] } })
})
