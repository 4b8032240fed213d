import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import { LOCAL } from '../../src/model/principal.ts'
import type { Block } from '../../src/questions/answers/blocks.ts'
import { cellText } from '../../src/questions/answers/cell-text.ts'
import type { Answer, AnyQuestion, Example } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { safe } from '../../src/surfaces/cli/safe.ts'
import { lineOf } from '../../src/surfaces/line/line-of.ts'
import { escaped } from '../../src/surfaces/mattermost/markdown.ts'
import { questions } from '../access/asking.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { MessageBlocks, TEXTS_MAX } from '../slack/block-kit.ts'
import { openTestStore } from '../store.ts'
import { printed } from './command-line.ts'
import { type Input, type Served, type SlackMessage, serveAll } from './served.ts'

/** Somebody who may see all that the command line shows. */
const POLICY = `
principals:
  - { match: { token: all, slack-user: ALL, mattermost-user: all }, grants: [all, audit] }
grants:
  all: { questions: "*", accounts: "*", types: "*" }
  audit: { questions: audit, accounts: "*", types: "*" }
`
const examples = [...questions.values()].flatMap(question =>
  question.examples.map((example: Example<Input>) => ({ question, name: question.name, ...example })),
)

let database: Database
let served: Served
beforeAll(async () => {
  // The command line takes the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  database = await openTestStore()
  await fillExampleStore(database)
  await askingOf(database).search.indexPending(new AbortController().signal)
  served = await serveAll(database, POLICY, ['all'])
})
afterAll(async () => {
  vi.useRealTimers()
  await served[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** Every value that an answer shows, as text. */
function valuesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(block => {
    if (block.kind === 'text') return block.text.split('\n').map(line => safe(line).trim())
    const cells =
      block.kind === 'fields' ? block.fields.map(([, cell]) => cell) : [...block.rows, ...(block.details ?? [])].flat()
    return cells.filter(cell => cell !== null && cell !== '').map(cell => safe(cellText(cell, EXAMPLE_NOW)))
  })
}

describe.each(examples)('$name: $title', ({ question, input, found, headline }) => {
  let text: string
  let answer: Answer<unknown>
  beforeAll(async () => {
    text = await printed(database, question, input)
    answer = JSON.parse(await printed(database, question, input, '--json')) as Answer<unknown>
  })

  test('on the command line: its first line is the whole answer', () => {
    const [first = ''] = text.split('\n')
    expect(answer.found).toBe(found)
    expect(first).toBe(safe(answer.headline))
    for (const words of headline) expect(first).toContain(words)
  })

  test.each(['HTTP', 'HTTP with a body', 'MCP'] as const)('over %s: the same document', async surface => {
    const { document } = await served.surfaces[surface]('all', question, input)
    expect(document).toEqual(answer)
  })

  test('over MCP: the same text', async () => {
    const { texts } = await served.surfaces.MCP('all', question, input)
    expect(texts.join()).toBe(text)
  })

  test('in Slack: the same fact first, and every value, in what Slack takes', async () => {
    const { texts, messages } = await served.surfaces.Slack('all', question, input)
    for (const [at, { text: fallback, blocks, response_type: audience }] of (messages as SlackMessage[]).entries()) {
      expect(audience).toBe('ephemeral')
      expect(MessageBlocks.safeParse(blocks).error).toBeUndefined()
      expect(texts[at]?.length).toBeLessThan(TEXTS_MAX)
      expect(texts[at]?.split('\n')[0]).toBe(safe(answer.headline))
      expect(fallback.replaceAll('\u200b', '')).toContain(headline[0]?.split('@')[0])
    }
    for (const value of valuesOf(question.present(answer.output))) expect(texts.join('\n')).toContain(value)
  })

  test('in Mattermost: the same fact first, and every value', async () => {
    const { texts } = await served.surfaces.Mattermost('all', question, input)
    for (const message of texts) expect(message.split('\n')[0]).toBe(`**${escaped(answer.headline)}**`)
    const all = texts.join('\n')
    // What has lines is shown as it is.
    const missing = valuesOf(question.present(answer.output)).filter(
      value => !all.includes(escaped(value)) && !all.includes(value),
    )
    expect(missing).toEqual([])
  })
})

test('the file of a long answer is what the command line prints', async () => {
  const { asker } = served.asking
  const onFault = (error: unknown) => void served.asking.faults.push(error)
  const conversation = openConversation({ asker, questions, now: () => EXAMPLE_NOW, onFault })
  const question = questions.get('changes') as AnyQuestion
  const input = { since: '365d', limit: 100 }
  const text = lineOf(question, input)
  const { message } = await conversation.reply({
    ...{ principal: LOCAL, surface: 'slack', channel: 'C1', kind: 'command', text },
  })
  expect(message.file?.text).toBe(await printed(database, question, input))
})

test('nothing went wrong that nobody saw', () => {
  expect(served.asking.faults).toEqual([])
})
