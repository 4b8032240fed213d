import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL } from '../../src/model/principal.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { answerText } from '../../src/surfaces/cli/answer.ts'
import { openApiDocument } from '../../src/surfaces/http/openapi.ts'
import { openMcp } from '../../src/surfaces/mcp/server.ts'
import { questions, token } from '../access/asking.ts'
import { overHttp } from '../mcp/served.ts'
import { MINUTE_MS, openRouting, type TestRouting, TYPE } from './routing.ts'

let routing: TestRouting
beforeAll(async () => {
  routing = await openRouting()
  routing.route({ types: { [TYPE]: '5m' } })
})
afterAll(() => routing[Symbol.asyncDispose]())

const READ =
  'Answered from the cloud itself: Instant Machine1 was last seen 10 minutes ago, and 5m is the most that is wanted.'

test('a chat says below the answer where it is from, or why not from elsewhere', async () => {
  const conversation = openConversation({
    ...{ asker: routing.asking.asker, questions, command: '/cloud', alsoTo: {} },
    ...{ now: () => routing.now, onFault: () => {} },
  })
  const reply = (principal = LOCAL) => {
    routing.asking.now = routing.now
    return conversation.reply({ principal, surface: 'slack', channel: 'C1', text: 'where i-a0', kind: 'command' })
  }
  expect((await reply()).message.notes).toContain(READ)
  expect((await reply()).message.notes).toContain('Answered from the index: all of it is as fresh as is wanted.')
  routing.now += 10 * MINUTE_MS
  expect((await reply(token('all'))).message.notes.join()).toMatch(/Answered from the index: .*not granted/)
})

test('an assistant has the field `live` on tools whose answers can be', async () => {
  await using connected = await overHttp(openMcp({ asker: routing.asking.asker }), LOCAL)
  const { tools } = await connected.client.listTools()
  const offered = tools.filter(({ inputSchema }) => inputSchema.properties?.['live'] !== undefined)
  expect(offered.map(({ name }) => name).sort()).toEqual([
    'asset',
    'bucket',
    'diff',
    'dns',
    'history',
    'key',
    'search',
    'timeline',
    'where',
  ])
  const result = await connected.call('where', { what: 'i-c0', live: true })
  expect(result.structuredContent).toMatchObject({ provenance: { route: { source: 'live' } } })
})

test('the OpenAPI document has the parameter where it can be given, and is valid', async () => {
  const document = openApiDocument(questions, routing.asking.asker)
  const { paths } = document as { paths: Record<string, { get: { parameters: { $ref?: string }[] } }> }
  const isOffered = (path: string) => paths[path]?.get.parameters.some(({ $ref }) => $ref?.endsWith('/live'))
  expect(isOffered('/v1/where')).toBe(true)
  expect(isOffered('/v1/status')).toBe(false)
  expect((await new Validator().validate(structuredClone(document))).errors).toBeUndefined()
})

test('so does the command line', async () => {
  routing.now += 10 * MINUTE_MS
  const question = questions.get('where')
  if (question === undefined) throw new Error('no question where')
  const answer = await routing.answer(LOCAL, 'where', { what: 'i-b0' })
  const text = answerText(question, answer, { isTerminal: false, width: 0, environment: {} })
  expect(text).toMatch(/Seen by live .*\(now\)\.\nAnswered from the cloud itself: Instant Machine1 was last seen/)
})
