import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { type Served, serve } from './served.ts'
import { commandBody, eventBody, signed } from './signed.ts'
import { openSlackDouble, type SlackDouble } from './slack-double.ts'
import { textOf } from './text-of.ts'

let database: Database
let double: SlackDouble
let served: Served
let ada: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  double = await openSlackDouble()
  ada = double.users.get('ada') ?? ''
  served = await serve(database, double, {
    policy: `
principals: [{ match: { slack-user: ${ada} }, grants: [all] }]
grants: { all: { questions: "*", accounts: "*", types: "*" } }
`,
  })
})
afterAll(async () => {
  await served[Symbol.asyncDispose]()
  await double[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => {
  double.calls.length = 0
  double.waited.clear()
})

const MINUTE_MS = 60_000
let count = 0
/** A command whose answers go where nothing else does. */
const command = () => {
  const path = `/commands/refused-${count++}`
  const fields = { user_id: ada, text: 'where 10.12.7.31', response_url: `${double.url}${path}` }
  return { path, body: commandBody(fields) }
}
const settle = () => new Promise(resolve => setTimeout(resolve, 60))

test.each([
  ['a wrong signature', (body: string) => signed(body, { secret: 'another secret of somebody else' })],
  ['a signature of another body', (body: string) => ({ ...signed(`${body}&x=1`), body })],
  ['a stale one', (body: string) => signed(body, { at: Date.now() - 6 * MINUTE_MS })],
  ['one of the future', (body: string) => signed(body, { at: Date.now() + 6 * MINUTE_MS })],
  ['none', (body: string) => ({ ...signed(body), headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
  ['half of one', (body: string) => withHeader(signed(body), 'x-slack-signature', 'v0=')],
  ['one of another version', (body: string) => withHeader(signed(body), 'x-slack-signature', 'v9=00')],
  ['no time', (body: string) => withHeader(signed(body), 'x-slack-request-timestamp', 'now')],
])('%s is refused, and nothing is asked', async (_, sign) => {
  const { asked, refused } = { ...served.slack.counts }
  const { body } = command()
  const response = await served.post(sign(body))
  expect(response.status).toBe(401)
  expect(served.slack.counts).toMatchObject({ asked, refused: refused + 1 })
})

test('the same request again is refused, and answered once', async () => {
  const { path, body } = command()
  const request = signed(body)
  const statuses = [await served.post(request), await served.post(request)].map(({ status }) => status)
  expect(statuses).toEqual([200, 401])
  await double.next(path)
  await settle()
  expect(double.called(path)).toHaveLength(1)
})

test('what Slack delivers again is acknowledged, and answered once', async () => {
  const { repeated } = { ...served.slack.counts }
  const { path, body } = command()
  const retry = { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } }
  const first = await served.post(signed(body))
  const again = await served.post(signed(body, { at: Date.now() + 1_000, ...retry }))
  expect([first.status, again.status]).toEqual([200, 200])
  await double.next(path)

  const event = { type: 'app_mention', user: ada, channel: 'C1', text: 'where is 10.12.7.31', ts: '20.1' }
  const helpdesk = double.channels.get('helpdesk')
  const mention = eventBody({ ...event, channel: helpdesk }, 'EvOnce')
  for (const at of [0, 1_000, 2_000]) {
    const { status } = await served.post(signed(mention, { at: Date.now() + at, ...(at > 0 ? retry : {}) }))
    expect(status).toBe(200)
  }
  // A mention may come as a message, too: the same words of the same time.
  await served.event({ ...event, channel: helpdesk }, 'EvOther')
  await double.next('chat.postEphemeral')
  await settle()
  expect(double.called(path)).toHaveLength(1)
  expect(double.called('chat.postEphemeral')).toHaveLength(1)
  expect(served.slack.counts.repeated).toBe(repeated + 3)
})

test('a retry of what never came is answered', async () => {
  const { path, body } = command()
  await served.post(signed(body, { headers: { 'x-slack-retry-num': '1' } }))
  expect(textOf((await double.next(path)).body.blocks)).toContain('web-2')
})

test('Slack’s own checks are answered: of TLS without, of the address with a signature', async () => {
  const check = { 'content-type': 'application/x-www-form-urlencoded' }
  const tls = await served.post({ method: 'POST', headers: check, body: 'token=x&ssl_check=1' })
  expect(tls.status).toBe(200)
  const smuggled = new URLSearchParams(`${command().body}&ssl_check=1`).toString()
  expect((await served.post({ method: 'POST', headers: check, body: smuggled })).status).toBe(200)
  await settle()
  expect(double.calls).toEqual([])
  const challenge = JSON.stringify({ type: 'url_verification', token: 'x', challenge: 'abc' })
  expect(await (await served.post(signed(challenge))).text()).toBe('abc')
  const unsigned = { method: 'POST', headers: { 'content-type': 'application/json' }, body: challenge }
  expect((await served.post(unsigned)).status).toBe(401)
})

test('a body that is too large is not read to its end; one that is malformed is refused', async () => {
  const large = `text=${'x'.repeat(2 * 1024 * 1024)}`
  expect((await served.post(signed(large))).status).toBe(413)
  expect((await served.post({ method: 'POST', body: 'x'.repeat(500_000) })).status).toBe(401)
  for (const body of [
    '{"type":',
    '{}',
    '[]',
    '{"event":"text"}',
    '{"event":null}',
    '{"type":"event_callback","event":{}}',
    'payload=%7B',
    'payload=[]',
    'a=1',
    '',
  ]) {
    const { status } = await served.post(signed(body))
    expect([200, 400, 404], body).toContain(status)
  }
  // Commands whose fields are missing, doubled or of another kind.
  for (const change of ['response_url', 'user_id', 'team_id', 'trigger_id', 'channel_id']) {
    const form = new URLSearchParams(command().body)
    form.delete(change)
    expect((await served.post(signed(form.toString()))).status).toBe(200)
    expect((await served.post(signed(`${command().body}&${change}=again`))).status).toBe(200)
  }
  await settle()
  expect(double.calls).toEqual([])
  expect(served.faults).toEqual([])
})

test('whatever somebody signs, it is acknowledged or refused, and nothing goes wrong', async () => {
  const fields = [
    'type',
    'event',
    'command',
    'actions',
    'user',
    'team',
    'channel',
    'view',
    'name',
    'ssl_check',
    'payload',
  ]
  const body = fc.dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), fc.jsonValue({ maxDepth: 3 }))
  const type = fc.constantFrom('event_callback', 'block_actions', 'view_submission', 'shortcut', 'block_suggestion')
  const event = fc.record(
    {
      event: fc.record(
        {
          type: fc.constantFrom('message', 'app_mention', 'link_shared'),
          channel: fc.jsonValue(),
          user: fc.jsonValue(),
          links: fc.jsonValue(),
          text: fc.jsonValue(),
        },
        { requiredKeys: ['type'] },
      ),
      event_id: fc.jsonValue(),
      authorizations: fc.jsonValue(),
    },
    { requiredKeys: ['event'] },
  )
  const given = fc.oneof(
    body,
    event,
    fc.tuple(body, type).map(([one, name]) => ({ ...one, type: name, actions: [one] })),
  )
  await fc.assert(
    fc.asyncProperty(given, fc.boolean(), async (one, isForm) => {
      const json = JSON.stringify(one)
      const { status } = await served.post(signed(isForm ? `payload=${encodeURIComponent(json)}` : json))
      // The same bytes within the same second are a replay.
      expect([200, 400, 401, 404]).toContain(status)
    }),
    { numRuns: 400 },
  )
  expect(served.faults).toEqual([])
})

test('answers go nowhere but to Slack', async () => {
  const { refused } = { ...served.slack.counts }
  const body = commandBody({ user_id: ada, text: 'where 10.12.7.31', response_url: 'http://192.0.2.1/steal' })
  expect((await served.post(signed(body))).status).toBe(200)
  await settle()
  expect(served.slack.counts.refused).toBe(refused + 1)
})

function withHeader(request: RequestInit, name: string, value: string): RequestInit {
  return { ...request, headers: { ...(request.headers as Record<string, string>), [name]: value } }
}
