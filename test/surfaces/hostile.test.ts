import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import type { Actor } from '../../src/model/actor.ts'
import { AccountId } from '../../src/model/identity.ts'
import type { AnyQuestion } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { logQuestions } from '../../src/store/question-log.ts'
import { record } from '../../src/store/record.ts'
import { saveAccounts } from '../../src/store/scopes.ts'
import { questions } from '../access/asking.ts'
import { key, recordSet, user } from '../example-assets.ts'
import { eventOf, incomingOf } from '../example-events.ts'
import { EXAMPLE_NOW, fillExampleStore, observed } from '../example-store.ts'
import { newToken, openApi, type TestApi } from '../http/api.ts'
import { MessageBlocks } from '../slack/block-kit.ts'
import { openTestStore } from '../store.ts'
import { printed } from './command-line.ts'
import { type Input, type Served, type SlackMessage, serveAll } from './served.ts'

/** What ends a statement, a mark, a cell or a line, calls people, links, steers a terminal, turns text around, or is not seen. */
const HOSTILE = [
  `'); drop table asset;-- "q" \\`,
  '<!channel> <@U123> <https://evil.example|invoice>',
  '@all @here ~town-square :bomb: #tag',
  '[pay](https://evil.example) ![i](https://evil.example/i.png) www.evil.example',
  '*b* _i_ ~s~ `c` ```x``` > q | cell | &lt;!here&gt;',
  'a\u001b[2J\u001b]0;title\u0007b\u009b31m',
  'b\u202egpj.exe\u2066\u200b\ufeff.',
  'c\r\nretry: 1\n\ndata: {"forged":true}\n\n| a | b |',
  `d${String.fromCodePoint(0xe0041, 0xe0042)}\u0000\ud800`,
  '<script>alert(1)</script>{{7*7}}%s%n',
] as const
const ALL = HOSTILE.join(' ')
/** C0 but the line's end, DEL, C1, directions, tags; see src/surfaces/cli/safe.ts. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u
const AT = EXAMPLE_NOW - 3_600_000
const POLICY = `
principals:
  - { match: { token: [all, raw], slack-user: ALL, mattermost-user: all }, grants: [all, audit] }
grants:
  all: { questions: "*", accounts: "*", types: "*" }
  audit: { questions: audit, accounts: "*", types: "*" }
`
const ASKED: readonly (readonly [string, Input])[] = [
  ['where', { what: '10.66.0.1' }],
  ['where', { what: '10.66.0.0/24' }],
  ['key', { key: 'AKIAQAAAAAAAAAEVIL01' }],
  ['bucket', { bucket: 'evil' }],
  ['dns', { name: 'evil.example.com' }],
  ['asset', { asset: 'i-0evil00000000000' }],
  ['history', { asset: 'i-0evil00000000000' }],
  ['diff', { asset: 'i-0evil00000000000' }],
  ['timeline', { asset: 'i-0evil00000000000' }],
  ['who', { subject: 'evil-principal' }],
  ['changes', { since: '2d', limit: 20 }],
  ['search', { text: 'evil', limit: 3 }],
  ['status', { all: true }],
  ['audit', { since: '2d' }],
]

let database: Database
let served: Served
let api: TestApi
let token: string
beforeAll(async () => {
  // The command line takes the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  database = await openTestStore()
  await fillExampleStore(database)
  await fillHostile(database)
  await askingOf(database).search.indexPending(new AbortController().signal)
  served = await serveAll(database, POLICY, ['all'])
  api = await openApi(database, { policy: POLICY })
  token = await newToken(database, 'raw')
})
afterAll(async () => {
  vi.useRealTimers()
  await api?.[Symbol.asyncDispose]()
  await served?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

async function fillHostile(into: Database) {
  const account = '777788889999'
  const facts = { email: undefined, status: ALL, isActive: true, path: ALL, name: ALL }
  await saveAccounts(into, 'aws', [{ ...facts, id: AccountId.parse(account) }], AT)
  const named = HOSTILE.map((name, at) => ({
    ...{ account, type: 'AWS::EC2::Instance', id: `i-0evil0000000000${at}`, name },
    ...{ identifiers: [`private-ip 10.66.0.${at + 1}`], tags: { owner: ALL, [ALL]: ALL }, config: { [ALL]: name } },
  }))
  const bucket = {
    ...{ account, type: 'AWS::S3::Bucket', id: 'evil', name: 'evil', tags: { owner: ALL } },
    config: {
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: ALL } }] },
    },
  }
  const others = [
    ...[key('AKIAQAAAAAAAAAEVIL01', ALL, []), user(account, ALL, []), recordSet('evil.example.com', 'CNAME', ALL)],
  ]
  await record(
    into,
    [...named, bucket, ...others].map(asset => observed(asset, AT - 60_000)),
  )
  const [changed] = named
  if (changed === undefined) throw new Error('there is none')
  await record(into, [observed({ ...changed, config: { [ALL]: `${ALL}!`, Added: [ALL] } }, AT)])
  const by: Actor = {
    ...{ kind: 'iam-user', name: `evil-principal ${ALL}`, principal: `arn:aws:iam::${account}:user/evil-principal` },
    ...{ account, via: [], tool: { name: ALL, version: ALL }, sourceIp: ALL, raw: { type: 'IAMUser' } },
  }
  const event = eventOf({ at: AT, call: 'ec2:ModifyInstanceAttribute', by, on: [[changed, 'update']], account })
  await storeEvents(into, incomingOf([{ ...event, request: JSON.stringify({ x: ALL }) }], []), AT)
  // As the asker writes what it is asked.
  const storable = ALL.replaceAll('\0', '').toWellFormed()
  await logQuestions(into, [
    {
      ...{ id: '00000000-0000-4000-8000-00000000000e', askedAt: AT, principal: `token:${storable}`, name: storable },
      ...{ surface: 'slack', from: storable, question: storable, input: JSON.stringify({ what: storable }) },
      ...{ outcome: 'denied', detail: storable, assets: 0, scope: null, grants: [storable], durationMs: 1 },
    },
  ])
}

/** Every string in a document, fields included. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => [field, ...stringsIn(inner)])
}

function question(name: string): AnyQuestion {
  const found = questions.get(name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

describe.each(ASKED)('%s %j, whose answer holds what somebody made to hurt', (name, input) => {
  test('on the command line', async () => {
    const text = await printed(database, question(name), input)
    const json = await printed(database, question(name), input, '--json')
    expect(text).toContain('drop table asset')
    expect(text).not.toMatch(UNSAFE)
    expect(json).not.toMatch(UNSAFE)
    expect(stringsIn(JSON.parse(json)).join()).toContain('\u202e')
  })

  test('over HTTP, to the last byte', async () => {
    const query = new URLSearchParams(
      Object.entries(input).map(([field, value]): [string, string] => [field, String(value)]),
    )
    const response = await api.get(`/v1/${name}?${query}`, { token })
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toContain('drop table asset')
    expect(text).not.toMatch(UNSAFE)
    expect(response.headers.get('content-type')).toContain('application/json')
  })

  test('over MCP', async () => {
    const { isRefused, document, texts } = await served.surfaces.MCP('all', question(name), input)
    expect(isRefused).toBe(false)
    expect(texts.join()).toContain('drop table asset')
    // Settings may have tabs and lines.
    for (const text of [...texts, ...stringsIn(document)]) expect(text.replace(/[\t\r]/g, '')).not.toMatch(UNSAFE)
  })

  test('in Slack', async () => {
    const { texts, messages } = await served.surfaces.Slack('all', question(name), input)
    expect(texts.join('\n')).toContain('drop table asset')
    for (const { text, blocks } of messages as SlackMessage[]) {
      expect(MessageBlocks.safeParse(blocks).error).toBeUndefined()
      expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|[@#*_~`:](?!\u200b)|www\.(?!\u200b)/i)
      for (const part of [text.replaceAll('\u200b', ''), ...stringsIn(blocks)]) expect(part).not.toMatch(UNSAFE)
    }
  })

  test('in Mattermost', async () => {
    const { texts, messages } = await served.surfaces.Mattermost('all', question(name), input)
    expect(texts.join('\n')).toMatch(/drop\\? table\\? asset/)
    for (const text of texts) {
      expect(text).not.toMatch(UNSAFE)
      // Mattermost looks for nothing in code.
      const marked = text.replace(/(?<!\\)`[^`\n]*`/g, '')
      expect(marked).not.toMatch(/@(all|here|channel)|:\/\/|www\.evil|(?<!\\)\]\(|(?<!\\)<|:bomb:|(?<![\\~])~town|&lt;/)
      for (const [first, ...rest] of tablesOf(text)) for (const row of rest) expect(cellsOf(row)).toBe(cellsOf(first))
    }
    for (const part of stringsIn(messages)) expect(part).not.toMatch(UNSAFE)
  })
})

/** The rows of each table. */
function tablesOf(text: string): string[][] {
  return text.split('\n\n').map(part => part.split('\n').filter(line => line.startsWith('|')))
}

function cellsOf(row: string | undefined): number {
  return row?.match(/(?<!\\)\|/g)?.length ?? 0
}

describe.each(HOSTILE.map((name, at) => ({ name, at })))('a name that somebody made to hurt ($at)', ({ name, at }) => {
  const where = question('where')

  test('is found by its name, and is no more than a name', async () => {
    const id = `i-0evil0000000000${at}`
    const asked = await served.surfaces['HTTP with a body']('all', where, { what: name })
    expect(JSON.stringify(asked.document)).toContain(id)
    expect((await served.surfaces.MCP('all', where, { what: name })).texts.join()).toContain(id)
  })

  test('in a chat is answered, whatever it is taken for', async () => {
    const slack = await served.surfaces.Slack('all', where, { what: name })
    for (const part of stringsIn(slack.messages)) expect(part).not.toMatch(UNSAFE)
    const mattermost = await served.surfaces.Mattermost('all', where, { what: name })
    for (const part of stringsIn(mattermost.messages)) expect(part).not.toMatch(UNSAFE)
  })
})

test('a stream of changes, and a list by lines, are not forged by names', async () => {
  const leaving = new AbortController()
  const response = await api.get('/v1/changes/stream?limit=40', { token, signal: leaving.signal })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (/\n\nid: [^\n]+\n\n/.test(text)) break
  }
  leaving.abort()
  const data = text.split('\n').filter(line => line.startsWith('data: '))
  expect(data.join()).toContain('drop table asset')
  expect(text).not.toMatch(UNSAFE)
  for (const line of data) expect(JSON.parse(line.slice(6))).toMatchObject({ specversion: '1.0' })

  const headers = { accept: 'application/x-ndjson' }
  const lines = (await (await api.get('/v1/search?text=evil', { token, headers })).text()).trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(HOSTILE.length)
  for (const line of lines) {
    expect(line).not.toMatch(UNSAFE)
    expect(JSON.parse(line)).toBeInstanceOf(Object)
  }
})

test('nothing went wrong that nobody saw, and nothing is missing', async () => {
  expect(served.asking.faults).toEqual([])
  expect(api.faults).toEqual([])
  const [row] = await database.query<{ n: number }>('select count(*)::int as n from asset')
  expect(row?.n).toBeGreaterThan(HOSTILE.length)
})
