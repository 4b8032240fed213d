import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL } from '../../src/model/principal.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { answerText } from '../../src/surfaces/cli/answer.ts'
import { questions, token } from '../access/asking.ts'
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

test('so does the command line', async () => {
  routing.now += 10 * MINUTE_MS
  const question = questions.get('where')
  if (question === undefined) throw new Error('no question where')
  const answer = await routing.answer(LOCAL, 'where', { what: 'i-b0' })
  const text = answerText(question, answer, { isTerminal: false, width: 0, environment: {} })
  expect(text).toMatch(/Seen by live .*\(now\)\.\nAnswered from the cloud itself: Instant Machine1 was last seen/)
})
