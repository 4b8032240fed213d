import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Config, ConfigFile } from '../../src/config.ts'
import type { Database } from '../../src/store/database.ts'
import { createToken, revokeToken } from '../../src/store/tokens.ts'
import { questionRoutes } from '../../src/surfaces/http/question-routes.ts'
import { type Listening, listen } from '../../src/surfaces/http/server.ts'
import { askerOf, policyOf, type TestAsking } from '../access/asking.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { connect, textOf } from './served.ts'

const POLICY = `
principals:
  - match: { token: [helper, eager] }
    grants: [lookups]
grants:
  lookups:
    questions: [where, bucket]
    accounts: "*"
    types: "*"
`
/** So many calls an assistant may make at once. */
const BURST = 20

let database: Database
let asking: TestAsking
let server: Listening
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  asking = askerOf(database, policyOf(POLICY), EXAMPLE_NOW)
  const onFault = (error: unknown) => void asking.faults.push(error)
  const config = ConfigFile.parse({ http: { rate: { perSecond: 1, burst: BURST } } }) as Config
  const { asker } = asking
  const { routes } = await questionRoutes(config, { host: '127.0.0.1', database, asker, onFault })
  const address = { host: '127.0.0.1', port: 0, allowsRemote: false }
  server = await listen({ ...address, judging: routes, routes: {}, onFault })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await asking[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

function withToken(token?: string) {
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` }
  const url = new URL(`${server.url}/mcp`)
  return connect(new StreamableHTTPClientTransport(url, headers && { requestInit: { headers } }))
}

async function newToken(name: string): Promise<string> {
  const now = Date.now()
  return (await createToken(database, { name, groups: [], now, expiresAt: now + 3_600_000 })) ?? ''
}

test('beside the HTTP API, whoever has no token is refused, and whoever has one is answered until it is revoked', async () => {
  const token = await newToken('helper')
  await expect(withToken()).rejects.toThrow('401')
  await expect(withToken('cad_wrong')).rejects.toThrow('401')

  await using helper = await withToken(token)
  expect((await helper.client.listTools()).tools.map(({ name }) => name)).toEqual(['bucket', 'where'])
  expect(textOf(await helper.call('where', { what: '10.12.7.31' }))).toContain('web-2')

  await revokeToken(database, 'helper', Date.now())
  await expect
    .poll(() => helper.call('where', { what: '10.12.7.31' }).catch(String), { timeout: 5_000, interval: 500 })
    .toContain('401')
  expect(asking.faults).toEqual([])
})

test('who asks too often is told so', async () => {
  await using eager = await withToken(await newToken('eager'))
  const calls = Array.from({ length: BURST + 10 }, () => eager.call('where', { what: '10.12.7.31' }).catch(String))
  const refused = (await Promise.all(calls)).filter(result => typeof result === 'string')
  expect(refused.length).toBeGreaterThan(5)
  expect(refused[0]).toContain('429')
})
