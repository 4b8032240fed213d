import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { revokeToken } from '../../src/store/tokens.ts'
import { fillExampleStore, observed } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { newToken, openApi, type TestApi } from './api.ts'
import { EventReader } from './stream.ts'

const PATIENT = { timeout: 15_000, interval: 50 }
const OWN = '111122223333'
const POLICY = `
principals:
  - match: { token: [all, ended] }
    grants: [all]
  - match: { token: part }
    grants: [part]
grants:
  all: { questions: [changes], accounts: "*", types: "*" }
  part: { questions: [changes], accounts: { ids: 444455556666 }, types: "*" }
`
let database: Database
let api: TestApi
let all: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  api = await openApi(database, { policy: POLICY, now: Date.now() })
  all = await newToken(database, 'all')
})
// Who leaves, wherever that is, is no fault.
afterEach(() => expect(api.faults).toEqual([]))
afterAll(async () => {
  await api?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

let made = 0
/** New queues of an account, each of them one change. */
async function change(count: number, account = OWN): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `queue-${++made}`)
  await record(
    database,
    ids.map(id => observed({ account, type: 'AWS::SQS::Queue', id, name: id }, Date.now())),
  )
  return ids
}

const idsOf = ({ received }: EventReader) =>
  received.map(({ data }) => (data['data'] as { asset: { nativeId: string } }).asset.nativeId)
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('changes come as CloudEvents, from now on', async () => {
  const reader = await new EventReader().open(`${api.url}/v1/changes/stream`, bearer(all))
  await expect.poll(() => reader.lastId, PATIENT).toBeDefined()

  const [id] = await change(1)

  await expect.poll(() => idsOf(reader), PATIENT).toEqual([id])
  expect(reader.received[0]).toMatchObject({
    id: expect.stringMatching(/^\d+-\d+-/),
    data: {
      specversion: '1.0',
      source: `/aws/${OWN}`,
      type: 'cadastre.changes.first-seen.v1',
      subject: expect.stringContaining(String(id)),
      position: reader.received[0]?.id,
    },
  })
  await reader.leave()
})

test('whoever leaves and comes back, again and again, gets each change once and none is missing', async () => {
  const seen: string[] = []
  const events: unknown[] = []
  const wanted: string[] = []
  let lastId: string | undefined = '0'
  for (let round = 0; round < 10; round++) {
    // Some are committed while nobody listens, some while somebody does.
    wanted.push(...(await change(7)))
    const headers: Record<string, string> = { ...bearer(all), 'last-event-id': lastId ?? '' }
    // It goes away in the middle of what comes together.
    const reader = new EventReader(1 + ((round * 7) % 9))
    await reader.open(`${api.url}/v1/changes/stream?type=AWS::SQS::Queue`, headers)
    wanted.push(...(await change(5)))
    await reader.ended()
    seen.push(...idsOf(reader))
    events.push(...reader.received.map(({ data }) => data['id']))
    lastId = reader.lastId
  }
  const last = await new EventReader().open(
    `${api.url}/v1/changes/stream?type=AWS::SQS::Queue&position=${lastId}`,
    bearer(all),
  )
  await expect
    .poll(() => [...seen, ...idsOf(last)].filter(id => wanted.includes(id)).length, PATIENT)
    .toBe(wanted.length)
  await last.leave()

  seen.push(...idsOf(last))
  events.push(...last.received.map(({ data }) => data['id']))
  expect(new Set(events).size).toBe(events.length)
  expect(seen).toEqual(expect.arrayContaining(wanted))
})

test('the changes of the accounts that somebody may see, and no others', async () => {
  const part = await newToken(database, 'part')
  const reader = await new EventReader().open(`${api.url}/v1/changes/stream?position=0`, bearer(part))

  await change(3)
  const seen = await change(1, '444455556666')

  await expect.poll(() => idsOf(reader), PATIENT).toContain(seen[0])
  expect(reader.received.every(({ data }) => data['source'] === '/aws/444455556666')).toBe(true)
  expect(JSON.stringify(reader.received)).not.toContain(OWN)
  await reader.leave()
})

test('a token that is revoked ends the stream, and is refused', async () => {
  const token = await newToken(database, 'ended')
  const reader = await new EventReader().open(`${api.url}/v1/changes/stream`, bearer(token))
  await expect.poll(() => reader.lastId, PATIENT).toBeDefined()

  await revokeToken(database, 'ended', Date.now())
  await reader.ended()

  expect((await new EventReader().open(`${api.url}/v1/changes/stream`, bearer(token))).status).toBe(401)
})

test('lines of JSON carry the same', async () => {
  const left = new AbortController()
  const reply = await api.get('/v1/changes/stream?position=0', {
    token: all,
    headers: { accept: 'application/x-ndjson' },
    signal: left.signal,
  })
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  const { value = '' } = (await reader?.read()) ?? {}
  left.abort()

  expect(JSON.parse(value.split('\n')[0] ?? '')).toMatchObject({ specversion: '1.0', position: expect.any(String) })
})

test('closing the server ends what is followed at once', async () => {
  const other = await openApi(database, { policy: POLICY })
  const reader = await new EventReader().open(`${other.url}/v1/changes/stream`, bearer(all))
  await expect.poll(() => reader.lastId, PATIENT).toBeDefined()

  const begun = performance.now()
  await other[Symbol.asyncDispose]()
  await reader.ended()

  expect(performance.now() - begun).toBeLessThan(1_500)
})

test('so many streams, and no more', async () => {
  const readers = await Promise.all(
    Array.from({ length: 11 }, () => new EventReader().open(`${api.url}/v1/changes/stream`, bearer(all))),
  )

  expect(readers.map(({ status }) => status).toSorted()).toEqual([...Array(10).fill(200), 429])
  await Promise.all(readers.map(reader => reader.leave()))
})
