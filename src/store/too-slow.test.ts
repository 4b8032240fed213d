import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import { Database } from './database.ts'
import { readOnlyQuery } from './queries/read-only.ts'
import { TooSlow } from './too-slow.ts'

const LIMIT_MS = 200
const SLOW = 'select pg_sleep(20)'

let database: Database
let questions: Database
beforeAll(async () => {
  await using any = await openTestStore()
  database = await Database.open({ kind: 'url', url: any.url, questionMs: LIMIT_MS })
  questions = database.forQuestions
})
afterAll(() => database?.[Symbol.asyncDispose]())

test.each<[string, () => Promise<unknown>]>([
  ['statement', () => questions.query(SLOW)],
  ['lookup', () => questions.query({ text: SLOW, isLookup: true })],
  ['transaction', () => questions.transaction(connection => connection.query(SLOW))],
  ['query of a person', () => readOnlyQuery(questions, SLOW)],
])('a %s of a question that takes too long is cancelled, and said to be', async (_, slow) => {
  const failed = await slow().catch((error: unknown) => error)

  expect(failed).toBeInstanceOf(TooSlow)
  expect((failed as Error).message).toContain('longer than 0.2 s')
  const running = `select count(*)::int as running from pg_stat_activity where query = $1 and state = 'active'`
  await expect.poll(() => database.query(running, [SLOW])).toEqual([{ running: 0 }])
  expect(await questions.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('whatever is no question takes as long as it takes', async () => {
  expect(await database.query(`select pg_sleep(${(2 * LIMIT_MS) / 1000}), 1 as one`)).toMatchObject([{ one: 1 }])
})

test('questions are asked of the same store, wherever it is', async () => {
  expect(database.forQuestions).toBe(questions)
  expect(questions.forQuestions).toBe(questions)
  expect(questions.url).toBe(database.url)
})
