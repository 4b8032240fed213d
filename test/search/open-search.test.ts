import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSearch } from '../../src/compose/search.ts'
import { askingOf } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { EVERYTHING } from '../../src/model/access-scope.ts'
import type { Search, SearchQuery } from '../../src/ports/search.ts'
import { ask } from '../../src/questions/ask.ts'
import { loadQuestion } from '../../src/questions/load.ts'
import { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { PostgresSearch } from '../../src/store/search/postgres-search.ts'
import { StoreFeed } from '../../src/store/search/store-feed.ts'
import { TooSlow } from '../../src/store/too-slow.ts'
import { openTestStore } from '../store.ts'
import { AT, observationOf } from './estate.ts'

const ALL_OF: SearchQuery = { tags: [], types: [], accounts: [], regions: [], deleted: true, limit: 10, offset: 0 }
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

test('rebuilding that is stopped while another process feeds has begun nothing, and is no failure', async () => {
  const search = await openSearch(configOf({ driver: 'opensearch', url: NOBODY }), database, () => {})
  const feeding = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<void>()
  const other = new StoreFeed(database).exclusively(async () => {
    feeding.resolve()
    await stopped.promise
  })
  await feeding.promise

  const isDone = await search.rebuild(AbortSignal.timeout(100), () => {}).finally(() => stopped.resolve())

  expect(isDone).toBe(false)
  await other
})

test('a search may take no longer than a question; what brings the index up to date for it takes as long as it takes', async () => {
  const limitMs = 300
  await using store = await openTestStore()
  await using limited = await Database.open({ kind: 'url', url: store.url, questionMs: limitMs })
  await record(store, [observationOf({ id: 'orders' })])
  const { search } = askingOf(limited)
  const whileLocked = async <T>(mode: string, work: () => Promise<T>): Promise<T> => {
    const locked = Promise.withResolvers<void>()
    const holding = store.transaction(async connection => {
      await connection.query(`lock table document in ${mode} mode`)
      locked.resolve()
      await sleep(3 * limitMs)
    })
    await locked.promise
    return await work().finally(() => holding)
  }

  const isCurrent = await whileLocked('exclusive', () => search.indexPending(AbortSignal.timeout(10_000)))
  const find = () => search.find({ ...ALL_OF, text: 'orders' }, EVERYTHING)

  expect(isCurrent).toBe(true)
  expect(await find()).toMatchObject({ total: 1 })
  await expect(whileLocked('access exclusive', find)).rejects.toBeInstanceOf(TooSlow)
})
