import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSearch } from '../../src/compose/search.ts'
import { readConfig } from '../../src/config.ts'
import { EVERYTHING } from '../../src/model/access-scope.ts'
import type { Search } from '../../src/ports/search.ts'
import { ask } from '../../src/questions/ask.ts'
import { loadQuestion } from '../../src/questions/load.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { PostgresSearch } from '../../src/store/search/postgres-search.ts'
import { openTestStore } from '../store.ts'
import { AT, observationOf } from './estate.ts'

/** A port on which nobody listens. */
const NOBODY = 'http://127.0.0.1:9'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
  await record(database, [observationOf({ id: 'orders' })])
  while ((await new PostgresSearch(database).lag(AT)).pending > 0)
    await new PostgresSearch(database).indexPending(AbortSignal.timeout(10_000))
})
afterAll(() => database?.[Symbol.asyncDispose]())

function configOf(search: object) {
  const said = Object.entries(search).map(([name, value]) => [`CADASTRE_SEARCH_${name.toUpperCase()}`, value])
  return readConfig({ CADASTRE_HOME: tmpdir(), ...Object.fromEntries(said) })
}

test('without a word in the configuration, PostgreSQL answers', async () => {
  expect(await openSearch(configOf({}), database, () => {})).toBeInstanceOf(PostgresSearch)
})

test('OpenSearch needs a place', () => {
  expect(() => configOf({ driver: 'opensearch' })).toThrow('opensearch needs a url')
  expect(() => configOf({ driver: 'opensearch', url: 'ftp://x' })).toThrow('url')
})

test('a server that is not there costs no answer: PostgreSQL gives it, and it says so', async () => {
  const faults: unknown[] = []
  const search: Search = await openSearch(configOf({ driver: 'opensearch', url: NOBODY }), database, fault =>
    faults.push(fault),
  )

  const asking = { database, search, scope: EVERYTHING, now: AT }
  const answer = await ask(await loadQuestion('search'), { text: 'orders' }, asking)
  const status = await ask(await loadQuestion('status'), {}, asking)

  expect(answer.found).toBe(true)
  expect(answer.headline).toMatch(/^1 asset: .*orders.* \(OpenSearch does not answer: found with PostgreSQL instead\)$/)
  expect(answer.output).toMatchObject({ total: 1, notice: expect.stringContaining('OpenSearch') })
  expect(status.output).toMatchObject({ search: { problem: expect.stringContaining('OpenSearch does not answer') } })
  expect(await search.indexPending(AbortSignal.timeout(5_000))).toBe(false)
  expect(faults.length).toBeGreaterThan(0)
})
