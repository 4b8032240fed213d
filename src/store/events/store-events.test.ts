import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instanceAt } from '../../../test/changes.ts'
import { ACCOUNT, ada, anEvent, incoming, REGION, T, TYPE, touched } from '../../../test/made-up-events.ts'
import { openTestStore } from '../../../test/store.ts'
import type { Actor } from '../../model/actor.ts'
import type { TouchedAsset } from '../../model/change.ts'
import type { Event } from '../../model/event.ts'
import { AccountId, assetIdOf, Region, ResourceTypeName } from '../../model/identity.ts'
import { checkStore } from '../check.ts'
import type { Connection, Database } from '../database.ts'
import { storeRelists } from './relists.ts'
import { storeEvents } from './store-events.ts'

let store: Database

beforeAll(async () => {
  store = await openTestStore()
})
afterAll(async () => {
  expect(await checkStore(store)).toEqual([])
  await store[Symbol.asyncDispose]()
})

const rowsOf = <Row extends object>({ id }: Event, columns = '*') =>
  store.query<Row>(`select ${columns} from event where id = $1`, [id])

const touchesOf = ({ id }: Event) =>
  store.query<{ asset: string; at: Date }>('select asset, at from touch where event = $1 order by asset', [id])

const idOf = (asset: TouchedAsset) =>
  assetIdOf({
    provider: 'aws',
    account: AccountId.parse(asset.account),
    region: Region.parse(asset.region),
    type: ResourceTypeName.parse(asset.type),
    nativeId: asset.id,
  })

test('nothing brought is nothing stored', async () => {
  expect(await storeEvents(store, incoming({}), T)).toEqual({ fresh: [], duplicates: 0, verdicts: [] })
})

test('an event is kept with its actor and what it touched', async () => {
  const assets = [touched('sg-a'), touched('sg-b'), touched('sg-a', { derivation: 'response' })]
  const event = anEvent({ outcome: { kind: 'mapped', assets }, sharedId: 'e6fb15d2-8b6a-4bd3-8d3a-5f9ff1d0f9f6' })
  await storeEvents(store, incoming({ events: [event] }), T + 500)
  expect(await rowsOf(event)).toMatchObject([
    {
      at: new Date(T),
      received_at: new Date(T + 500),
      provider: 'aws',
      source: event.source,
      name: event.name,
      account: ACCOUNT,
      region: REGION,
      outcome: 'mapped',
      reason: null,
      shared_id: event.sharedId,
      request: event.request,
    },
  ])
  const [row] = await rowsOf<{ touched: string }>(event)
  expect(JSON.parse(row?.touched ?? '')).toEqual(assets)
  expect(await touchesOf(event)).toEqual(
    [idOf(touched('sg-a')), idOf(touched('sg-b'))].sort().map(asset => ({ asset, at: new Date(T) })),
  )
  const actors = await store.query(
    'select kind, a.name, a.account, principal, body from actor a join event e on e.actor = a.id where e.id = $1',
    [event.id],
  )
  expect(actors).toEqual([{ kind: 'sso-user', name: 'ada@example.com', account: ACCOUNT, principal: null, body: ada }])
})

test('an event is one event, however often it comes: in one batch, in two, or in several at once', async () => {
  const batch = Array.from({ length: 50 }, () => anEvent())
  const twice = await storeEvents(store, incoming({ events: [...batch, ...batch.toReversed()] }), T)
  expect(twice.fresh.map(({ id }) => id).sort()).toEqual(batch.map(({ id }) => id).sort())
  expect(twice.duplicates).toBe(50)
  expect(await storeEvents(store, incoming({ events: batch }), T)).toMatchObject({ fresh: [], duplicates: 50 })

  const others = Array.from({ length: 200 }, (_, at) => anEvent({ actor: { ...ada, name: `racer-${at % 20}` } }))
  const raced = await Promise.all(
    [others, others.toReversed(), others.slice(50), others.slice(0, 150)].map(part =>
      storeEvents(store, incoming({ events: part }), T),
    ),
  )
  expect(raced.flatMap(({ fresh }) => fresh.map(({ id }) => id)).sort()).toEqual(others.map(({ id }) => id).sort())
  expect(raced.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(500)
})

describe('an answer to a commit that is lost', () => {
  /** The store, but nobody hears of the first commit: it is run anew, or it fails. */
  function deaf(answer: () => Promise<void>): Database {
    let isFirst = true
    const transaction = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
      const result = await store.transaction(work)
      if (!isFirst) return result
      isFirst = false
      await answer()
      return store.transaction(work)
    }
    return Object.create(store, { transaction: { value: transaction } }) as Database
  }

  test('what the lost attempt stored is told as fresh; what others stored before is not', async () => {
    const [known, ...others] = [anEvent(), anEvent(), anEvent()]
    await storeEvents(store, incoming({ events: [known] }), T + 1)
    const again = deaf(async () => {})
    const { fresh, duplicates } = await storeEvents(again, incoming({ events: [known, ...others] }), T + 2)
    expect(fresh.map(({ id }) => id).sort()).toEqual(others.map(({ id }) => id).sort())
    expect(duplicates).toBe(1)
  })

  test('it is told as fresh, too, when the caller tries again, and never after that', async () => {
    const batch = incoming({ events: [anEvent(), anEvent()] })
    const lost = deaf(() => Promise.reject(new Error('the connection was lost')))
    await expect(storeEvents(lost, batch, T + 3)).rejects.toThrow('lost')
    expect((await storeEvents(lost, batch, T + 3)).fresh).toHaveLength(2)
    expect((await storeEvents(lost, batch, T + 3)).fresh).toHaveLength(0)
  })
})

test('whoever acted in a batch that could not be stored is stored with the next', async () => {
  const [actor, outcome] = [{ ...ada, name: 'carla@example.com' }, anEvent().outcome]
  await store.query('alter table touch rename to touch_away')
  await expect(storeEvents(store, incoming({ events: [anEvent({ actor, outcome })] }), T)).rejects.toThrow('touch')
  await store.query('alter table touch_away rename to touch')

  const event = anEvent({ actor, outcome })
  await storeEvents(store, incoming({ events: [event] }), T)
  const actors = await store.query('select a.name from event e join actor a on a.id = e.actor where e.id = $1', [
    event.id,
  ])
  expect(actors).toEqual([{ name: 'carla@example.com' }])
})

test('an observation that came with its message is recorded, and told of', async () => {
  const observation = instanceAt({ asset: 77, revision: 1, address: 0 }, T)
  const parts = incoming({ observations: [observation, { ...observation, at: T + 1, isDoubted: true }] })
  expect((await storeEvents(store, parts, T)).verdicts).toEqual(['created', 'doubted'])
})

describe('credentials', () => {
  const faint: Actor = { kind: 'account', account: '444455556666', via: [], raw: {} }
  const callers = [faint, { ...faint, kind: 'assumed-role' }, ada, { ...ada, name: 'bob@example.com' }] as const
  const callerOf = (key: string) =>
    store.query<{ name: string | null; kind: string }>(
      'select a.kind, a.name from credential c join actor a on a.id = c.caller where c.access_key = $1',
      [key],
    )

  test('of several accounts of one key the one that tells most stays, whichever came first', async () => {
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]
    for (const [number, order] of orders.entries()) {
      for (const at of order) {
        const caller = callers[at] as Actor
        await storeEvents(store, incoming({ credentials: [{ accessKeyId: `ASIA${number}`, caller }] }), T)
      }
      expect(await callerOf(`ASIA${number}`)).toEqual([{ kind: 'sso-user', name: 'ada@example.com' }])
    }
  })

  test('of two that tell as much it is always the same, in one batch as in two', async () => {
    const [, , a, b] = callers
    const both = [a, b].map(caller => ({ accessKeyId: 'ASIATIE', caller }))
    await storeEvents(store, incoming({ credentials: both }), T)
    const first = await callerOf('ASIATIE')
    await store.query("delete from credential where access_key = 'ASIATIE'")
    for (const credential of both.toReversed()) await storeEvents(store, incoming({ credentials: [credential] }), T)
    expect(await callerOf('ASIATIE')).toEqual(first)
  })
})

test('what changed without a name is to be listed anew: the latest request of each scope stays', async () => {
  const scope = { type: TYPE, account: ACCOUNT, region: 'us-east-1' }
  const at = (time: number, reason: string) =>
    anEvent({ at: time, outcome: { kind: 'relist', types: [scope, { ...scope, account: 'unknown' }], reason } })
  const event = at(T + 5, 'later')
  await storeEvents(store, incoming({ events: [event, at(T + 1, 'sooner')] }), T)
  await storeEvents(store, incoming({ events: [at(T + 2, 'late to come')] }), T)
  const [account, region, type] = [AccountId.parse(ACCOUNT), Region.parse('global'), ResourceTypeName.parse(TYPE)]
  const asked = { scope: { provider: 'aws', account, region, type }, requestedAt: T, reason: 'unmapped' } as const
  await store.transaction(connection => storeRelists(connection, [asked]))

  const rows = await store.query('select account, region, type, requested_at, reason from relist order by region')
  expect(rows).toEqual([
    { account: ACCOUNT, region: 'global', type: TYPE, requested_at: new Date(T), reason: 'unmapped' },
    { account: ACCOUNT, region: 'us-east-1', type: TYPE, requested_at: new Date(T + 5), reason: 'later' },
  ])
  expect(await rowsOf(event, 'outcome, reason')).toEqual([{ outcome: 'relist', reason: 'later' }])
})

test('what could not be read is kept, its beginning, and of all of it the latest', async () => {
  const rejected = Array.from({ length: 10_500 }, (_, at) => ({ source: 'queue', reason: `${at}`, sample: '\0<x/>' }))
  await storeEvents(store, incoming({ rejected: rejected.slice(0, 600) }), T)
  await storeEvents(store, incoming({ rejected: rejected.slice(600) }), T)
  await storeEvents(store, incoming({ rejected: [{ source: '\ud800', reason: 'r', sample: 'x'.repeat(1e6) }] }), T)
  const [row] = await store.query(
    `select count(*)::int, min(reason::int) filter (where source = 'queue') as first, max(length(sample)) as longest from rejected`,
  )
  expect(row).toEqual({ count: 10_000, first: 501, longest: 2_000 })
})
