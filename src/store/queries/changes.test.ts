import { afterAll, beforeAll, expect, test } from 'vitest'
import { observed } from '../../../test/example-store.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import type { Database } from '../database.ts'
import { record } from '../record.ts'
import { type ChangeFilter, readChanges } from './changes.ts'

const ALL: ChangeFilter = { accounts: undefined, region: undefined, types: undefined, kind: undefined, tag: undefined }
const NOW = Date.parse('2026-11-22T06:00:00Z')
/** From seconds to decades ago, with both ends of the first windows. */
const AGES_MS = [
  0,
  1,
  59_999,
  60_000,
  60_001,
  540_000,
  540_001,
  3_600_000,
  86_400_000,
  400 * 86_400_000,
  20 * 365 * 86_400_000,
]

let database: Database
beforeAll(async () => {
  database = await openTestStore()
  for (const age of AGES_MS)
    await record(database, [observed({ type: 'AWS::SQS::Queue', id: `queue-${age}` }, NOW - age)])
})
afterAll(() => database?.[Symbol.asyncDispose]())

async function ages(window: { since?: number; until?: number }, limit = 100, filter = ALL) {
  const rows = await readChanges(
    { database, scope: EVERYTHING },
    { since: window.since ?? Number.NEGATIVE_INFINITY, until: window.until ?? NOW },
    filter,
    limit,
  )
  return rows.map(({ from }) => NOW - from)
}

test('the newest changes come first, each once, however long ago', async () => {
  expect(await ages({})).toEqual(AGES_MS)
  for (let limit = 1; limit <= AGES_MS.length; limit++) expect(await ages({}, limit)).toEqual(AGES_MS.slice(0, limit))
})

test('both ends of the time asked for are part of it', async () => {
  expect(await ages({ since: NOW - 60_001, until: NOW - 1 })).toEqual([1, 59_999, 60_000, 60_001])
  expect(await ages({ since: NOW + 1 })).toEqual([])
})

test('an asset that ended is found by the tags that it had', async () => {
  const queue = { type: 'AWS::SQS::Queue', id: 'tagged', tags: { team: 'shop' } }
  await record(database, [observed(queue, NOW - 10_000)])
  await record(database, [{ ...observed(queue, NOW - 5_000), state: { kind: 'gone' } }])
  const tagged = { ...ALL, tag: { key: 'team', value: undefined } }
  expect(await ages({}, 9, tagged)).toEqual([5_000, 10_000])
  expect(await ages({}, 9, { ...tagged, kind: 'gone' })).toEqual([5_000])
  expect(await ages({}, 9, { ...tagged, kind: 'created' })).toEqual([10_000])
  expect(await ages({}, 9, { ...ALL, tag: { key: 'team', value: 'other' } })).toEqual([])
})
