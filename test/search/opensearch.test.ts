import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EVERYTHING } from '../../src/model/access-scope.ts'
import type { Search, SearchQuery } from '../../src/ports/search.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { refusedAssets } from '../../src/store/search/store-feed.ts'
import { openTestStore } from '../store.ts'
import { openSearchOf, settle } from './drivers.ts'
import { AT, observationOf, type Sought } from './estate.ts'
import { whyNotInstalled } from './installed.ts'
import { type OpenSearch, startOpenSearch } from './server.ts'
import { type TroubledProxy, troubledProxy } from './troubled-proxy.ts'

const whyNot = whyNotInstalled()
const ALL_OF: SearchQuery = { tags: [], types: [], accounts: [], regions: [], deleted: true, limit: 1_000, offset: 0 }

test.skipIf(whyNot === undefined)(`OpenSearch is not tested: ${whyNot}`, () => {})

describe.skipIf(whyNot !== undefined)('an index in OpenSearch', () => {
  let server: OpenSearch
  let proxy: TroubledProxy
  let database: Database
  let search: Search
  let faults: unknown[]
  beforeAll(async () => {
    server = await startOpenSearch()
    proxy = await troubledProxy(server.url)
  }, 180_000)
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    proxy.trouble = undefined
    proxy.bulks.length = 0
    for (const index of await indexes()) await request('DELETE', `/${index}`)
    database = await openTestStore()
    faults = []
    search = openSearchOf(database, proxy.url, error => faults.push(error))
  })
  afterEach(() => database?.[Symbol.asyncDispose]())

  async function request(method: string, path: string): Promise<unknown> {
    return (await fetch(`${server.url}${path}`, { method })).json()
  }

  async function indexes(): Promise<string[]> {
    return Object.keys((await request('GET', '/cadastre-*')) as object)
  }

  /** The name of every document, by what the server holds, not by what our search says. */
  async function held(): Promise<Map<string, string>> {
    await request('POST', '/cadastre/_refresh')
    const names = new Map<string, string>()
    let after = ''
    for (;;) {
      const reply = await fetch(`${server.url}/cadastre/_search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          size: 1_000,
          sort: ['asset'],
          ...(after && { search_after: [after] }),
          _source: ['name'],
        }),
      })
      const { hits } = (await reply.json()) as { hits: { hits: { _id: string; _source: { name: string } }[] } }
      for (const { _id, _source } of hits.hits) names.set(_id, _source.name)
      const last = hits.hits.at(-1)
      if (last === undefined) return names
      after = last._id
    }
  }

  async function stored(): Promise<Map<string, string>> {
    const rows = await database.query<{ id: string; name: string }>('select id, lower(name) as name from asset')
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  const many = (count: number, of: Partial<Sought> = {}) =>
    Array.from({ length: count }, (_, at) => observationOf({ id: `asset-${at}`, ...of }))

  test('loses nothing when its feeder is killed in mid-stream, again and again, and the server as well', async () => {
    const feeders: ChildProcess[] = []
    const feed = async () => {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'feed.ts'), database.url, server.url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      feeders.push(child)
      await once(child.stdout as NodeJS.ReadableStream, 'data')
      return child
    }
    const writing = (async () => {
      for (let round = 0; round < 60; round++) {
        const named = Array.from({ length: 100 }, (_, at) => {
          // Most are written once: what is left out then is not made good by a later change.
          const number = at % 5 === 0 ? round * 7 + at : round * 100 + at
          return observationOf({ id: `asset-${number}`, name: `name-${number}-${round}`, at: AT + round })
        })
        await record(database, named)
        await sleep(20)
      }
    })()
    for (let kills = 0; kills < 6; kills++) {
      const child = await feed()
      await sleep(100 + 130 * kills)
      child.kill('SIGKILL')
      if (kills === 3) {
        await server.kill()
        await server.start()
      }
    }
    await writing
    expect(feeders.every(child => child.killed)).toBe(true)

    await settle(search)

    expect(await held()).toEqual(await stored())
    expect((await held()).size).toBeGreaterThan(1_000)
  }, 180_000)

  test.each([
    ['refuses requests for a while', { kind: 'busy', times: 2 }],
    ['takes some documents of a request', { kind: 'partly-busy', times: 3 }],
    ['takes small requests only', { kind: 'small', bytes: 20_000 }],
    ['writes, and its replies are lost', { kind: 'cut', times: 1 }],
  ] as const)('holds everything at last when the server %s', async (_, trouble) => {
    await record(database, many(500))
    proxy.trouble = { ...trouble }
    await settle(search)

    expect(await held()).toEqual(await stored())
    expect(await refusedAssets(database)).toEqual([])
    expect(proxy.bulks.length).toBeGreaterThan(3)
  })

  test('keeps where a person sees it what the server does not take, and finds it by its names', async () => {
    const words = Array.from({ length: 3_000 }, (_, at) => `word${at}`)
    await record(database, [...many(20), observationOf({ id: 'too-large', config: { Words: words } })])
    proxy.trouble = { kind: 'small', bytes: 9_000 }
    await settle(search)

    expect(await refusedAssets(database)).toMatchObject([
      { nativeId: 'too-large', reason: expect.stringContaining('by its names only') },
    ])
    expect((await search.lag(AT)).problem).toContain('1 document')
    expect((await search.find({ ...ALL_OF, text: 'too-large' }, EVERYTHING)).total).toBe(1)
    proxy.trouble = undefined
    await record(database, [observationOf({ id: 'too-large', config: { Words: words }, name: 'again', at: AT + 1 })])
    await settle(search)
    expect(await refusedAssets(database)).toEqual([])
    expect((await search.find({ ...ALL_OF, text: 'word2999' }, EVERYTHING)).total).toBe(1)
  })

  test('an older state never replaces a later one', async () => {
    await record(database, [observationOf({ id: 'a', name: 'first' })])
    await settle(search)
    const [id = ''] = (await stored()).keys()
    const [index = ''] = await indexes()
    const late = JSON.stringify({ index: { _id: id, version: 1, version_type: 'external_gte' } })
    const reply = await fetch(`${server.url}/${index}/_bulk`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${late}\n{"asset":"${id}","name":"older"}\n`,
    })

    expect(await reply.json()).toMatchObject({ items: [{ index: { status: 409 } }] })
    expect(await held()).toEqual(await stored())
  })

  test('answers from PostgreSQL while the server is away, says so, and catches up', async () => {
    await record(database, many(10))
    expect((await search.find({ ...ALL_OF, text: 'asset' }, EVERYTHING)).notice).toContain('not complete')
    await settle(search)
    await server.kill()
    await record(database, [observationOf({ id: 'asset-new' })])

    expect(await search.indexPending(AbortSignal.timeout(10_000))).toBe(false)
    const page = await search.find({ ...ALL_OF, text: 'asset' }, EVERYTHING)

    expect(page).toMatchObject({ total: 11, notice: 'OpenSearch does not answer: found with PostgreSQL instead' })
    expect((await search.lag(Date.now())).problem).toContain('OpenSearch does not answer')
    expect(faults.length).toBeGreaterThan(0)
    await server.start()
    await sleep(5_100)
    await settle(search)
    const after = await search.find({ ...ALL_OF, text: 'asset' }, EVERYTHING)
    expect(after.total).toBe(11)
    expect(after.notice).toBeUndefined()
  }, 120_000)

  test('is built anew beside the one that answers, and takes its place', async () => {
    await record(database, many(3_000))
    await settle(search)
    const [old] = await indexes()
    const found: number[] = []
    const signal = AbortSignal.timeout(60_000)
    const rebuilding = search.rebuild(signal, async () => {
      const { total, notice } = await search.find({ ...ALL_OF, text: 'asset-2999' }, EVERYTHING)
      found.push(notice === undefined ? total : -1)
    })
    await record(database, [observationOf({ id: 'asset-2999', name: 'meanwhile', at: AT + 1 })])
    expect(await rebuilding).toBe(true)
    await settle(search)

    const now = await indexes()
    expect(now).toHaveLength(1)
    expect(now).not.toContain(old)
    expect(new Set(found)).toEqual(new Set([1]))
    expect(await held()).toEqual(await stored())
  })

  test('that was deleted is not made by writing to it, but built anew', async () => {
    await record(database, many(50))
    await settle(search)
    for (const index of await indexes()) await request('DELETE', `/${index}`)
    await record(database, [observationOf({ id: 'asset-more' })])

    await settle(search)

    expect(await held()).toEqual(await stored())
    expect((await search.find({ ...ALL_OF, text: 'sset-mor' }, EVERYTHING)).total).toBe(1)
  })

  test('of a store that was restored elsewhere is built anew', async () => {
    await record(database, many(50))
    await settle(search)
    await database.query(
      `update setting set value = regexp_replace(value, 'follow [0-9]+', 'follow 9000000000') where key = 'search.feed'`,
    )
    await record(database, [observationOf({ id: 'asset-more' })])

    await settle(search)

    expect(await held()).toEqual(await stored())
  })
})
