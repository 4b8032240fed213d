import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { serveSlack } from '../../src/surfaces/slack/serve-slack.ts'
import { SlackSection, slackSettings } from '../../src/surfaces/slack/settings.ts'
import { KEPT_MS, UserGroups } from '../../src/surfaces/slack/user-groups.ts'
import { fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { type Served, serve } from './served.ts'
import { commandBody, SECRET, signed } from './signed.ts'
import { BOT_TOKEN, openSlackDouble, type SlackDouble } from './slack-double.ts'
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
  double.groups = [{ id: 'S1', users: [ada] }]
  served = await serve(database, double, {
    policy: `
principals: [{ match: { slack-group: S1 }, grants: [all] }]
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
  served.notes.length = 0
})

let count = 0
const ask = async () => {
  const path = `/commands/trouble-${count++}`
  const body = commandBody({ user_id: ada, text: 'where 10.12.7.31', response_url: `${double.url}${path}` })
  return { path, post: () => served.post(signed(body)) }
}
const until = async (isTrue: () => boolean) => {
  for (let wait = 0; !isTrue() && wait < 400; wait++) await new Promise(resolve => setTimeout(resolve, 10))
  expect(isTrue()).toBe(true)
}

test('429 of a response_url: the answer comes when Slack said, once', async () => {
  const { path, post } = await ask()
  double.troubles.set(path, [{ status: 429, headers: { 'retry-after': '1' } }])
  const started = performance.now()
  await post()
  expect(textOf((await double.next(path)).body.blocks)).toContain('web-2')
  expect(performance.now() - started).toBeGreaterThan(990)
  expect(double.called(path)).toHaveLength(1)
  expect(served.notes.join('\n')).toContain('Slack limits response_url')
})

test('429 of a method: the same', async () => {
  double.troubles.set('chat.postEphemeral', [{ status: 429, headers: { 'retry-after': '1' } }])
  const started = performance.now()
  const channel = double.channels.get('helpdesk')
  await served.event({ type: 'app_mention', user: ada, channel, text: 'where is 10.12.7.31', ts: '30.1' })
  expect((await double.next('chat.postEphemeral')).reply.ok).toBe(true)
  expect(performance.now() - started).toBeGreaterThan(990)
})

test('while Slack is away answers are tried again, as often as a response_url works; then they are dropped, loudly', async () => {
  const { path, post } = await ask()
  double.troubles.set(path, ['cut', { status: 503 }, { status: 500 }, 'cut'])
  await post()
  expect(textOf((await double.next(path)).body.blocks)).toContain('web-2')

  const { dropped } = { ...served.slack.counts }
  const never = await ask()
  double.troubles.set(
    never.path,
    Array.from({ length: 9 }, () => ({ status: 503 })),
  )
  await never.post()
  await until(() => served.slack.counts.dropped === dropped + 1)
  expect(double.troubles.get(never.path)).toHaveLength(4)
  expect(served.notes.join('\n')).toContain('an answer was dropped: Slack answers response_url with status 503')
})

test('what Slack refuses is not tried again', async () => {
  const { path, post } = await ask()
  double.troubles.set(path, [{ status: 404 }, { status: 404 }])
  const { dropped } = { ...served.slack.counts }
  await post()
  await until(() => served.slack.counts.dropped === dropped + 1)
  expect(double.troubles.get(path)).toHaveLength(1)
})

test('an answer that Slack finds fault with comes without its details', async () => {
  const { path, post } = await ask()
  double.troubles.set(path, [{ status: 400, body: 'invalid_blocks' }])
  await post()
  const { body } = await double.next(path)
  expect(body.blocks).toBeUndefined()
  expect(body.text).toContain('web-2')
})

test('who is in a group is known anew within minutes, kept a while when Slack is away, and then nobody is', async () => {
  let now = 0
  const notes: string[] = []
  const replies: { kind: string; [key: string]: unknown }[] = []
  const api = { attempt: async () => (replies.shift() ?? { kind: 'away', reason: 'Slack is away' }) as never }
  const groups = new UserGroups({ api, now: () => now, note: text => notes.push(text) })
  const told = (...users: string[]) => ({
    kind: 'sent',
    value: {
      usergroups: [
        { id: 'S1', users },
        { id: 'S2', users, date_delete: 5 },
      ],
    },
  })

  replies.push(told('U1'))
  expect(await groups.of('U1')).toEqual(['slack-group:S1'])
  expect(await groups.of('U2')).toEqual([])
  now += 6 * 60_000
  replies.push(told('U2'))
  expect(await groups.of('U1')).toEqual([])
  expect(await groups.of('U2')).toEqual(['slack-group:S1'])
  now += KEPT_MS - 1
  expect(await groups.of('U2')).toEqual(['slack-group:S1'])
  now += 60_000
  expect(await groups.of('U2')).toEqual([])
  expect(notes.join('\n')).toContain('grants of slack-group principals hold as last known')
})

test('without the permission to read groups nobody is in one, which is said loudly', async () => {
  await using bare = await openSlackDouble()
  bare.groups = undefined
  const user = bare.users.get('ada') ?? ''
  await using ungrouped = await serve(database, bare, { policy: 'principals: []\ngrants: {}' })
  const { body } = await ungrouped.command('where 10.12.7.31', { user_id: user })
  expect(textOf(body.blocks)).toContain('nothing is granted to you')
  expect(ungrouped.notes.join('\n')).toContain('usergroups:read')
})

const parts = {
  asker: { questionsFor: async () => [] },
  conversation: { reply: async () => Promise.reject(new Error('nobody asks')) },
  rate: { perSecond: 1, burst: 1 },
  now: Date.now,
  onFault() {},
}
const settingsFor = (url: string, more: object = {}) =>
  slackSettings(SlackSection.parse({ botToken: BOT_TOKEN, signingSecret: SECRET, apiUrl: `${url}/api/`, ...more }))

test('a token that does not hold is said at the start, with which one it is', async () => {
  const settings = settingsFor(double.url, { botToken: 'xoxb-wrong' })
  if (settings === undefined) throw new Error('not set up')
  await expect(serveSlack({ ...parts, settings, note() {} })).rejects.toThrow(/invalid_auth: SLACK_BOT_TOKEN has to be/)
})

test.each([
  [{ signingSecret: SECRET }, /SLACK_BOT_TOKEN .* is missing/],
  [{ botToken: BOT_TOKEN }, /SLACK_SIGNING_SECRET is missing/],
  [{ botToken: 'xoxp-of-a-user', signingSecret: SECRET }, /SLACK_BOT_TOKEN is another kind of token/],
  [{ botToken: BOT_TOKEN, appToken: BOT_TOKEN }, /SLACK_APP_TOKEN is another kind of token/],
])('Slack that is set up by half, or wrongly, is said at the start: %o', (section, message) => {
  expect(() => slackSettings(SlackSection.parse(section))).toThrow(message)
})

test('Slack that is not set up is no trouble, and one that is away at the start keeps nothing else from beginning', async () => {
  expect(slackSettings(SlackSection.parse({}))).toBeUndefined()
  const settings = settingsFor('http://127.0.0.1:9')
  if (settings === undefined) throw new Error('not set up')
  const notes: string[] = []
  await using slack = await serveSlack({ ...parts, settings, note: text => notes.push(text) })
  expect(notes.join('\n')).toContain('it is tried again every')
  expect(Object.keys(slack.routes)).toEqual(['POST /slack/events'])
})
