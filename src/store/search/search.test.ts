import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onlyAccounts, onlyTypes } from '../../../test/scopes.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import { AccountId, assetIdOf, Region, ResourceTypeName } from '../../model/identity.ts'
import type { Observation } from '../../model/observation.ts'
import type { SearchQuery } from '../../ports/search.ts'
import type { Database } from '../database.ts'
import { record } from '../record.ts'
import { PostgresSearch } from './postgres-search.ts'

const FOREVER = new AbortController().signal
const START = Date.parse('2026-11-22T06:00:00Z')

let database: Database
let search: PostgresSearch
beforeAll(async () => {
  database = await openTestStore()
  search = new PostgresSearch(database)
})
afterAll(() => database?.[Symbol.asyncDispose]())
beforeEach(() => database.query('truncate asset, version, identifier, address, edge, sighting, document, setting'))

function queue(
  id: string,
  { at = START, ...state }: { at?: number; name?: string; tags?: Record<string, string>; config?: object; gone?: true },
): Observation {
  const asset = {
    provider: 'aws' as const,
    account: AccountId.parse('111122223333'),
    region: Region.parse('eu-west-1'),
    type: ResourceTypeName.parse('AWS::SQS::Queue'),
    nativeId: id,
  }
  if (state.gone) return { asset, at, source: 'scan', state: { kind: 'gone' } }
  const { name = id, tags = {}, config = {} } = state
  return {
    asset,
    at,
    source: 'scan',
    state: {
      kind: 'present',
      name,
      tags,
      identifiers: [{ kind: 'id', value: id }],
      edges: [],
      config: { ...config },
      volatile: {},
    },
  }
}

/** Transactions of the other databases of the test server hold the horizon back as well: what waits for them is indexed after them. */
async function settle(): Promise<void> {
  const signal = AbortSignal.timeout(20_000)
  do await search.indexPending(signal)
  while ((await search.lag(START)).pending > 0 && !signal.aborted)
}

async function found(query: Partial<SearchQuery>): Promise<string[]> {
  const all = { tags: [], types: [], accounts: [], regions: [], deleted: false, limit: 100, offset: 0, ...query }
  const { ids } = await search.find(all, EVERYTHING)
  const rows = await database.query<{ id: string }>('select native_id as id from asset where id = any($1::uuid[])', [
    ids,
  ])
  return rows.map(row => row.id).sort()
}

describe('the index', () => {
  test('follows changes, and shows the state that is current', async () => {
    await record(database, [queue('a', { name: 'before' })])
    await settle()
    await record(database, [queue('a', { name: 'after', at: START + 1 }), queue('b', {})])
    expect(await found({ name: 'after' })).toEqual([])
    expect((await search.lag(START)).pending).toBeGreaterThanOrEqual(2)

    await settle()

    expect(await found({ name: 'after' })).toEqual(['a'])
    expect(await found({ name: 'before' })).toEqual([])
    expect(await found({ text: 'b' })).toEqual(['b'])
    expect((await search.lag(START)).pending).toBe(0)
  })

  test('keeps what is gone, for who asks for it', async () => {
    await record(database, [queue('a', { name: 'orders' })])
    await record(database, [queue('a', { at: START + 1, gone: true })])
    await settle()

    expect(await found({ name: 'orders' })).toEqual([])
    expect(await found({ name: 'orders', deleted: true })).toEqual(['a'])
  })

  test('waits for a transaction that began earlier and commits later', async () => {
    await settle()
    const slow = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const early = database.transaction(async connection => {
      await connection.query('select pg_current_xact_id()')
      written.resolve()
      await slow.promise
      const id = assetIdOf(queue('early', {}).asset)
      await connection.query(
        `insert into asset (id, provider, account, region, type, native_id, name) values ($1, 'aws', '111122223333', 'eu-west-1', 'AWS::SQS::Queue', 'early', 'early')`,
        [id],
      )
      await connection.query(
        `insert into version (asset, valid_from, source, digest, identifiers, edges, tags, config) values ($1, now(), 'scan', '\\x00', '{}', '{}', '{}', '{}')`,
        [id],
      )
    })
    await written.promise
    await record(database, [queue('late', {})])
    await search.indexPending(FOREVER)
    slow.resolve()
    await early
    await settle()

    expect(await found({})).toEqual(['early', 'late'])
  })

  test('loses nothing while several write', async () => {
    const batches = Array.from({ length: 12 }, (_, batch) =>
      Array.from({ length: 50 }, (_, at) => queue(`q-${batch}-${at}`, {})),
    )
    const writers = Promise.all(
      [0, 1, 2].map(async lane => {
        for (const batch of batches.filter((_, at) => at % 3 === lane)) await record(database, batch)
      }),
    )
    let isWriting = true
    const indexer = (async () => {
      while (isWriting) await search.indexPending(FOREVER)
    })()
    await writers
    isWriting = false
    await indexer
    await settle()

    const [row] = await database.query<{ count: number }>('select count(*)::int as count from document')
    expect(row?.count).toBe(600)
  })

  test('is made anew from the store when its place is forgotten', async () => {
    await record(
      database,
      Array.from({ length: 1_500 }, (_, at) => queue(`q-${at}`, {})),
    )
    await settle()
    await database.query("delete from setting where key like 'search.%'")
    await database.query('truncate document')
    await settle()

    const [row] = await database.query<{ count: number }>('select count(*)::int as count from document')
    expect(row?.count).toBe(1_500)
  })

  test('takes configs that are too long for a tsvector', async () => {
    const words = Array.from({ length: 300_000 }, (_, at) => `word${at}`).join(' ')
    await record(database, [queue('long', { config: { Id: 'needle', Words: words } })])

    await settle()
    expect(await found({ text: 'needle' })).toEqual(['long'])
  })
})

describe('a search', () => {
  beforeEach(async () => {
    await record(database, [
      queue('orders', { name: 'Orders-Prod', tags: { Team: 'Shop' }, config: { Kms: 'alias/orders', Size: 256 } }),
      queue('100%_a\\b', { name: '100%_a\\b' }),
      queue("o'brien", { name: "o'brien; drop table asset --" }),
    ])
    await settle()
  })

  test.each<[string, Partial<SearchQuery>, string[]]>([
    ['part of a name in any case', { name: 'ORDERS' }, ['orders']],
    ['a start of a name', { name: 'orders*' }, ['orders']],
    ['no end of a name', { name: '*orders' }, []],
    ['part of a word in text', { text: 'rders-pr' }, ['orders']],
    ['a word of the config', { text: 'alias/orders' }, ['orders']],
    ['a number of the config', { text: '256' }, ['orders']],
    ['words that must all be there', { text: '256 brien' }, []],
    ['a tag by key in any case', { tags: [{ key: 'team' }] }, ['orders']],
    ['a tag by value', { tags: [{ key: 'Team', value: 'shop' }] }, ['orders']],
    ['no other value', { tags: [{ key: 'Team', value: 'sho' }] }, []],
    ['wildcards of SQL as they are', { name: '%_a\\' }, ['100%_a\\b']],
    ['a single underscore as it is', { text: '_' }, ['100%_a\\b']],
    ['quotes as they are', { name: "o'brien; drop" }, ["o'brien"]],
    ['types', { types: ['AWS::SQS::Queue'] }, ['100%_a\\b', "o'brien", 'orders']],
    ['no other account', { accounts: ['444455556666'] }, []],
  ])('finds %s', async (_, query, ids) => {
    expect(await found(query)).toEqual(ids)
  })

  test('stays within the scope', async () => {
    const all = { tags: [], types: [], accounts: [], regions: [], deleted: false, limit: 10, offset: 0 }
    for (const scope of [onlyAccounts(), onlyTypes(), onlyAccounts('444455556666'), onlyTypes('AWS::EC2::*')])
      expect(await search.find(all, scope)).toEqual({ ids: [], total: 0, isTotalExact: true, similar: [] })
  })
})
