import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import type { Block } from '../../src/questions/answers/blocks.ts'
import { cellText } from '../../src/questions/answers/cell-text.ts'
import type { Answer, AnyQuestion, Example } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { safe } from '../../src/surfaces/cli/safe.ts'
import { flagsOf } from '../../src/surfaces/line/flags.ts'
import { lineOf } from '../../src/surfaces/line/line-of.ts'
import { questions } from '../access/asking.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'
import { MessageBlocks, TEXTS_MAX } from './block-kit.ts'
import { type Served, serve } from './served.ts'
import { openSlackDouble, type SlackDouble } from './slack-double.ts'
import { textOf } from './text-of.ts'

const examples = [...questions.values()].flatMap(question =>
  question.examples.map((example: Example<Record<string, unknown>>) => ({ question, name: question.name, ...example })),
)

let database: Database
let double: SlackDouble
let served: Served
beforeAll(async () => {
  // The command line takes the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  database = await openTestStore()
  await fillExampleStore(database)
  await askingOf(database).search.indexPending(new AbortController().signal)
  double = await openSlackDouble()
  // What is asked here is not to be found by `audit`, which the command line answers later.
  served = await serve(database, double, { policy: '', isEverybodyLocal: true, answer: { write: async () => {} } })
})
afterAll(async () => {
  vi.useRealTimers()
  await served[Symbol.asyncDispose]()
  await double[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** What the command line answers. */
async function answerOf(question: AnyQuestion, input: Readonly<Record<string, unknown>>): Promise<Answer<unknown>> {
  const flags = flagsOf(question).flatMap(flag =>
    [input[flag.field] ?? []].flat().flatMap(value => (value === true ? [flag.name] : [flag.name, String(value)])),
  )
  const terminal = silentTerminal({ DATABASE_URL: database.url })
  await run([question.name, ...flags, '--json'], terminal)
  return JSON.parse(terminal.written.join('')) as Answer<unknown>
}

/** Every value that an answer shows, as text. */
function valuesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(block => {
    if (block.kind === 'text') return block.text.split('\n').map(line => safe(line).trim())
    const cells =
      block.kind === 'fields' ? block.fields.map(([, cell]) => cell) : [...block.rows, ...(block.details ?? [])].flat()
    return cells.filter(cell => cell !== null && cell !== '').map(cell => safe(cellText(cell, EXAMPLE_NOW)))
  })
}

describe('every example of every question', () => {
  test.each(examples)('$name: $title, as on the command line', async ({ question, input, found, headline }) => {
    const answer = await answerOf(question, input)
    const asked = await served.command(lineOf(question, input))
    expect(asked.body.response_type).toBe('ephemeral')
    const all = [asked.body]
    for (;;) {
      const next = all
        .at(-1)
        .blocks.flatMap(({ elements = [] }) => elements)
        .find((button: { text: { text?: string } }) => /^Next \(/.test(button.text?.text ?? ''))
      if (next === undefined) break
      all.push((await served.click({ user: 'U1', channel: 'C1', action: next })).body)
    }

    expect(answer.found).toBe(found)
    for (const { text, blocks } of all) {
      expect(MessageBlocks.safeParse(blocks).error).toBeUndefined()
      expect(textOf(blocks).length).toBeLessThan(TEXTS_MAX)
      expect(textOf(blocks.slice(0, 1))).toBe(safe(answer.headline))
      expect(text.replaceAll('\u200b', '')).toContain(headline[0]?.split('@')[0])
    }
    const texts = all.map(({ blocks }) => textOf(blocks)).join('\n')
    for (const words of headline) expect(texts).toContain(words)
    for (const value of valuesOf(question.present(answer.output))) expect(texts).toContain(value)
  })
})

test('nothing went wrong that nobody saw, and everything was delivered', () => {
  expect(served.faults).toEqual([])
  expect(served.notes.filter(note => !note.startsWith('answering in Slack'))).toEqual([])
  expect(served.slack.counts.answered).toBe(served.slack.counts.asked)
})
