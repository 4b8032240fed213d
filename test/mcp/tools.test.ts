import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Access } from '../../src/access/access.ts'
import { openAsker } from '../../src/access/open-asker.ts'
import { NO_POLICY } from '../../src/access/policy.ts'
import { QuestionLog } from '../../src/access/question-log.ts'
import { askingOf } from '../../src/compose.ts'
import { LOCAL } from '../../src/model/principal.ts'
import { loadQuestions } from '../../src/questions/load.ts'
import type { Example } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { type OpenServer, openMcp } from '../../src/surfaces/mcp/server.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { printed } from '../surfaces/command-line.ts'
import { type Connected, overHttp, overStdio, textOf } from './served.ts'

const questions = await loadQuestions()

let database: Database
let open: OpenServer
const faults: unknown[] = []
beforeAll(async () => {
  // The command line takes the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  database = await openTestStore()
  await fillExampleStore(database)
  const { search } = askingOf(database)
  await search.indexPending(new AbortController().signal)
  const now = () => EXAMPLE_NOW
  const onFault = (error: unknown) => faults.push(error)
  const access = new Access({ policy: () => NO_POLICY, accounts: async () => [], now })
  // What is asked here is not to be found by `audit`, which the command line answers later.
  const log = new QuestionLog({ write: async () => {}, onFault })
  open = openMcp({ asker: openAsker({ database, search, questions, access, log, now, onFault }) })
})
afterAll(async () => {
  vi.useRealTimers()
  await database[Symbol.asyncDispose]()
})

describe.each([
  ['HTTP', overHttp],
  ['standard input and output', overStdio],
] as const)('over %s', (_, connectOver) => {
  let connected: Connected
  beforeAll(async () => {
    connected = await connectOver(open, LOCAL)
  })
  afterAll(() => connected[Symbol.asyncDispose]())

  test('every question is a tool that says what it is for and that it changes nothing', async () => {
    const { tools } = await connected.client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([...questions.keys()])
    for (const { name, description, inputSchema, outputSchema, annotations } of tools) {
      const question = questions.get(name)
      expect(description).toContain(question?.purpose)
      for (const { input } of question?.examples ?? []) expect(description).toContain(JSON.stringify(input))
      expect(Object.keys(inputSchema.properties ?? {})).toEqual(Object.keys(question?.input.shape))
      expect(outputSchema?.['properties']).toHaveProperty('headline')
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false })
    }
  })
})

test('every example is answered over standard input and output as on the command line', async () => {
  await using connected = await overStdio(open, LOCAL)
  // From then on the client holds every answer against its tool's output schema.
  await connected.client.listTools()
  for (const question of questions.values())
    for (const { input } of question.examples as readonly Example<Record<string, unknown>>[]) {
      const result = await connected.call(question.name, input)
      expect(result.structuredContent).toEqual(JSON.parse(await printed(database, question, input, '--json')))
      expect(textOf(result)).toBe(await printed(database, question, input))
    }
})

test('nothing went wrong that nobody saw', () => {
  expect(faults).toEqual([])
})
