import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessScope, EVERYTHING, maySee, maySeeWhole, scopeOf } from '../../src/model/access-scope.ts'
import { ALL, type Choice, type Grant } from '../../src/model/grant.ts'
import type { Search, SearchPage, SearchQuery } from '../../src/ports/search.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { randomFrom } from '../fuzz/random.ts'
import { openTestStore } from '../store.ts'
import { DRIVERS, type Engine, settle } from './drivers.ts'
import { AT, ESTATE, GONE, observationOf } from './estate.ts'

const ALL_OF: SearchQuery = { tags: [], types: [], accounts: [], regions: [], deleted: false, limit: 100, offset: 0 }

describe.each(DRIVERS.filter(({ whyNot }) => whyNot !== undefined))('search in $name', ({ whyNot }) => {
  test.skip(`is not tested: ${whyNot}`, () => {})
})

describe.each(DRIVERS.filter(({ whyNot }) => whyNot === undefined))('search in $name', ({ open }) => {
  let engine: Engine
  let database: Database
  let search: Search
  let ids: ReadonlyMap<string, string>
  beforeAll(async () => {
    engine = await open()
    database = await openTestStore()
    search = engine.searchOf(database)
    await record(database, ESTATE.map(observationOf))
    await record(database, [observationOf(GONE)])
    await settle(search)
    const rows = await database.query<{ id: string; native: string }>('select id, native_id as native from asset')
    ids = new Map(rows.map(({ id, native }) => [id, native]))
  }, 180_000)
  afterAll(async () => {
    await database?.[Symbol.asyncDispose]()
    await engine?.[Symbol.asyncDispose]()
  })

  async function find(query: Partial<SearchQuery>, scope: AccessScope = EVERYTHING): Promise<SearchPage> {
    const page = await search.find({ ...ALL_OF, ...query }, scope)
    expect(page.notice).toBeUndefined()
    const named = (all: readonly string[]) => all.map(id => ids.get(id) ?? id)
    return { ...page, ids: named(page.ids), similar: named(page.similar) }
  }

  test.each<[string, Partial<SearchQuery>, string[]]>([
    ['part of a name in any case', { name: 'ORDERS' }, ['orders']],
    ['a start of a name', { name: 'orders*' }, ['orders']],
    ['no end of a name', { name: '*orders' }, []],
    ['an end of a name', { name: '*-prod' }, ['orders']],
    ['the middle of a name', { name: 'b*-w*2' }, ['i-0aa3']],
    ['two letters of a name', { name: 'we' }, ['i-0aa1', 'i-0aa2', 'i-0aa3']],
    ['part of a word in text', { text: 'rders-pr' }, ['orders']],
    ['a word of the config', { text: 'alias/orders' }, ['orders']],
    ['a number of the config', { text: '256' }, ['orders']],
    ['the start of a word of the config', { text: 'ami-0ab' }, ['i-0aa1']],
    ['words that must all be there', { text: '256 brien' }, []],
    ['words of name and config together', { text: '256 prod' }, ['orders']],
    ['part of a tag', { text: 'team=sho' }, ['orders']],
    ['a tag by key in any case', { tags: [{ key: 'team' }] }, ['orders']],
    ['a tag by value', { tags: [{ key: 'Team', value: 'shop' }] }, ['orders']],
    ['no other value', { tags: [{ key: 'Team', value: 'sho' }] }, []],
    ['wildcards of SQL as they are', { name: '%_a\\' }, ['100%_a\\b']],
    ['wildcards of Lucene as they are', { text: 'b?c' }, ['a*b?c']],
    ['a single underscore as it is', { text: '_' }, ['100%_a\\b']],
    ['quotes as they are', { name: "o'brien; drop" }, ["o'brien"]],
    ['letters beyond ASCII in any case', { text: 'GRößE-ünÏcode' }, ['unicode']],
    ['characters beyond the first plane', { text: '😀-te' }, ['unicode']],
    ['types and regions', { types: ['AWS::EC2::Instance'], regions: ['us-east-1'] }, ['i-0aa3']],
    ['text in an account', { text: 'web', accounts: ['444455556666'] }, ['i-0aa1']],
    [
      'all filters together',
      {
        text: 'web',
        name: 'web*',
        tags: [{ key: 'env' }],
        types: ['AWS::EC2::Instance'],
        regions: ['eu-west-1'],
        accounts: ['111122223333'],
      },
      ['i-0aa2'],
    ],
    ['no other account', { accounts: ['999900001111'] }, []],
    ['not what is gone', { text: 'was-here' }, []],
    ['what is gone, when asked for', { text: 'was-here', deleted: true }, ['was-here']],
  ])('finds %s', async (_, query, expected) => {
    const page = await find(query)

    expect([...page.ids].sort()).toEqual([...expected].sort())
    expect(page).toMatchObject({ total: expected.length, isTotalExact: true })
  })

  test('puts what is called so first, then what begins so, holds it, is tagged so, and is configured so', async () => {
    expect((await find({ text: 'web' })).ids).toEqual(['i-0aa1', 'i-0aa2', 'i-0aa3', 'vpc-77', 'q-tagged', 'q-config'])
    expect((await find({ text: 'vpc-77' })).ids[0]).toBe('vpc-77')
    expect((await find({ text: 'two words' })).ids).toEqual(['two words'])
    expect((await find({ name: 'web' })).ids).toEqual(['i-0aa1', 'i-0aa2', 'i-0aa3'])
  })

  test('gives pages of what it found, and the same total with each', async () => {
    const pages = [await find({ limit: 5 }), await find({ limit: 5, offset: 5 }), await find({ limit: 5, offset: 10 })]
    expect(new Set(pages.flatMap(page => page.ids)).size).toBe(ESTATE.length - 1)
    const words = [
      await find({ text: 'web', limit: 4 }),
      await find({ text: 'web', limit: 4, offset: 4 }),
      await find({ text: 'web', offset: 90 }),
    ]
    expect(words.map(page => page.ids.length)).toEqual([4, 2, 0])
    expect(words.map(page => page.total)).toEqual([6, 6, 6])
  })

  test.each([
    ['letters that changed places', { text: 'wbe-1' }, 'i-0aa2'],
    ['a letter that is missing', { text: 'invoces' }, 'invoices-archive'],
    ['a letter too many, in a name', { name: 'orderrs' }, 'orders'],
    ['a tag', { text: 'paymnets' }, 'invoices-archive'],
    ['one of two words', { text: 'orders-prdo 256' }, 'orders'],
  ])('tells of what is similar where nothing is found: %s', async (_, query, id) => {
    const page = await find(query)
    expect(page).toMatchObject({ ids: [], total: 0 })
    expect(page.similar).toContain(id)
    expect((await find({ ...query, types: ['AWS::EC2::VPC'] })).similar).toEqual([])
  })

  test('words of configs are not taken for slips of the pen', async () => {
    expect(await find({ text: 'huhs-huhs' })).toMatchObject({ ids: [], similar: [] })
  })

  test('stays within any scope: what is found, counted and similar', async () => {
    const random = randomFrom(22)
    const accounts = ['111122223333', '444455556666', '777788889999']
    const types = [
      'AWS::SQS::Queue',
      'AWS::EC2::Instance',
      'AWS::EC2::VPC',
      'AWS::S3::Bucket',
      'AWS::EC2::*',
      'AWS::S3::*',
    ]
    const some = (values: readonly string[]) => values.filter(() => random.oneIn(2))
    const choice = (values: readonly string[]): Choice => ({
      only: random.oneIn(3) ? null : some(values),
      but: random.oneIn(3) ? some(values) : [],
    })
    const hides = () => (random.oneIn(2) ? [{ types: random.oneIn(4) ? ['*'] : some(types), fields: ['Acl'] }] : [])
    const grant = (): Grant => ({ accounts: choice(accounts), types: choice(types), hides: hides() })
    const placed = ESTATE.map(sought => observationOf(sought).asset)
    const seen = (scope: AccessScope, is: typeof maySee) =>
      placed.filter(asset => is(scope, asset) && asset.nativeId !== 'was-here').map(asset => asset.nativeId)
    for (let at = 0; at < 150; at++) {
      const scope = scopeOf(Array.from({ length: random.number(4) }, grant))
      const visible = seen(scope, maySee)
      const whole = seen(scope, maySeeWhole)

      const all = await find({}, scope)
      expect([...all.ids].sort()).toEqual([...visible].sort())
      expect(all.total).toBe(visible.length)
      const hushed = await find({ text: 'hush-hush' }, scope)
      expect(hushed.ids).toEqual(whole.filter(id => id === 'invoices-archive'))
      const web = await find({ text: 'web' }, scope)
      const held = visible.filter(id => ['i-0aa1', 'i-0aa2', 'i-0aa3', 'vpc-77', 'q-tagged'].includes(id))
      expect([...web.ids].sort()).toEqual([...held, ...whole.filter(id => id === 'q-config')].sort())
      const { similar } = await find({ text: 'invoces' }, scope)
      expect(similar).toEqual(visible.filter(id => id === 'invoices-archive'))
    }
    expect(await find({}, { limits: { ...scopeOf([]).limits, grants: [] } as never })).toMatchObject({
      ids: [],
      total: 0,
    })
    expect((await find({}, scopeOf([{ accounts: ALL, types: ALL, hides: [] }]))).total).toBe(ESTATE.length - 1)
  })

  test('of more than are counted, what is called so is first all the same', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => ({ id: `crowd-member-${at}`, config: { In: 'crowd' } }))
    await record(database, many.map(observationOf))
    await record(database, [
      observationOf({ id: 'the-crowd', name: 'crowd' }),
      observationOf({ id: 'crowd-7', name: null }),
    ])
    await settle(search)

    const crowd = await find({ text: 'crowd', limit: 3 })
    expect(crowd).toMatchObject({ total: 500, isTotalExact: false })
    expect(await named(crowd.ids[0])).toBe('the-crowd')
    expect(await named((await find({ text: 'crowd-member-7', limit: 3 })).ids[0])).toBe('crowd-member-7')
  })

  test('follows changes, and shows the state that is current', async () => {
    await record(database, [observationOf({ id: 'follow-1', name: 'before' })])
    await settle(search)
    expect((await find({ name: 'before' })).total).toBe(1)
    await record(database, [observationOf({ id: 'follow-1', name: 'afterwards', at: AT + 5 })])
    expect((await search.lag(Date.now())).pending).toBeGreaterThanOrEqual(1)

    await settle(search)

    expect((await find({ name: 'before' })).total).toBe(0)
    expect((await find({ name: 'afterwards' })).total).toBe(1)
    expect((await search.lag(Date.now())).pending).toBe(0)
  })

  test('takes what is too long for others', async () => {
    const words = Array.from({ length: 300_000 }, (_, at) => `word${at}`).join(' ')
    await record(database, [observationOf({ id: 'long', config: { Id: 'needle', Words: words } })])
    const letters = Array.from({ length: 2_000 }, (_, at) => `${at * 7_919}-`).join('')
    const tags = { [`k${letters.slice(0, 3_000)}`]: letters, other: 'v'.repeat(9_000) }
    await record(database, [observationOf({ id: 'longname', name: `begin-${letters}-end`, tags })])
    await settle(search)

    expect((await find({ text: 'needle' })).total).toBe(1)
    expect((await find({ name: 'begin-0-*' })).total).toBe(1)
    expect((await search.lag(Date.now())).problem).toBeUndefined()
  })

  test('is made anew from the store', async () => {
    const before = await find({ limit: 1_000 })
    const shares: number[] = []

    expect(await search.rebuild(AbortSignal.timeout(60_000), share => shares.push(share))).toBe(true)
    await settle(search)

    expect(shares.every(share => share >= 0 && share <= 1)).toBe(true)
    expect((await find({ limit: 1_000 })).ids).toEqual(before.ids)
    expect((await find({ text: 'vpc-77' })).ids[0]).toBe('vpc-77')
  })

  async function named(id: string | undefined): Promise<string | undefined> {
    const [row] = await database.query<{ native: string }>('select native_id as native from asset where id = $1', [id])
    return row?.native
  }
})
