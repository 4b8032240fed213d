import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { incomingOf, madeEvent } from '../../test/made-events.ts'
import { openTestStore } from '../../test/store.ts'
import { AccountId, type AssetIdentity, assetIdOf, Region, ResourceTypeName } from '../model/identity.ts'
import type { Present } from '../model/observation.ts'
import type { Refresh, RefreshedEvent, RefreshStore } from '../ports/refresh-store.ts'
import type { Database } from './database.ts'
import { storeEvents } from './events/store-events.ts'
import { refreshStoreOf } from './refreshes.ts'

let database: Database
let store: RefreshStore

beforeAll(async () => {
  database = await openTestStore()
  store = refreshStoreOf(database)
})
afterAll(() => database?.[Symbol.asyncDispose]())
beforeEach(async () => {
  await database.query(
    `truncate asset, version, sighting, identifier, address, edge, event, actor, touch, alias, refresh, relist`,
  )
  await database.query(`delete from setting where key = 'refreshed-until'`)
})

const AT = Date.parse('2026-11-22T10:00:00Z')
const NEVER = new AbortController().signal

function bucket(nativeId: string, region = 'eu-west-3'): AssetIdentity {
  return {
    provider: 'aws',
    account: AccountId.parse('111122223333'),
    region: Region.parse(region),
    type: ResourceTypeName.parse('AWS::S3::Bucket'),
    nativeId,
  }
}

function refreshOf(nativeId: string, changes: Partial<Refresh> = {}): Refresh {
  return { asset: bucket(nativeId), since: AT, until: AT, action: 'update', attempts: 0, dueAt: AT, ...changes }
}

const present = (more: Partial<Present> = {}): Present => ({
  kind: 'present',
  name: 'b',
  tags: {},
  identifiers: [],
  edges: [],
  config: { a: 1 },
  volatile: {},
  ...more,
})

describe('aliases', () => {
  test('an asset is found by its other names and in the other regions that events place it in', async () => {
    const state = present({ aliases: ['other'], aliasRegions: [Region.parse('us-east-1')] })
    await store.record([{ asset: bucket('b'), at: AT, source: 'event', state }])
    const called = [bucket('other'), bucket('b', 'us-east-1'), bucket('other', 'us-east-1')].map(assetIdOf)

    const found = await store.aliased([...called, assetIdOf(bucket('unknown'))])

    expect(found).toEqual(new Map(called.map(id => [id, [bucket('b')]])))
    expect(await store.lastSeen(called)).toEqual(new Map(called.map(id => [id, AT])))
  })

  test('what was seen last is the last version or sighting, there or gone', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(id => bucket(id)) as [AssetIdentity, AssetIdentity, AssetIdentity]
    const seen = (asset: AssetIdentity, at: number) => ({ asset, at, source: 'scan' as const, state: present() })
    await store.record([seen(a, AT), seen(b, AT)])
    await store.record([seen(a, AT + 5), { asset: b, at: AT + 7, source: 'scan', state: { kind: 'gone' } }])

    expect(await store.lastSeen([a, b, c].map(assetIdOf))).toEqual(
      new Map([
        [assetIdOf(a), AT + 5],
        [assetIdOf(b), AT + 7],
      ]),
    )
  })
})

describe('rows', () => {
  test('what waits comes back as it was, soonest first, once it is due', async () => {
    const refreshes = [refreshOf('late', { dueAt: AT + 9 }), refreshOf('soon', { since: AT - 5, attempts: 3 })]
    await store.wait([...refreshes, refreshOf('later', { dueAt: AT + 99 })])

    expect(await store.waiting(AT + 9, 10)).toEqual(refreshes.toReversed())
    expect(await store.waiting(AT + 99, 1)).toHaveLength(1)
  })

  test('what is parked does not wait; a later event lets it wait again, an earlier one changes nothing', async () => {
    await store.park([{ refresh: refreshOf('b'), detail: 'no', needs: ['s3:ListAllMyBuckets'] }])
    expect(await store.waiting(AT + 99, 10)).toEqual([])
    expect(await store.kept()).toEqual({ waiting: [], parked: [assetIdOf(bucket('b'))] })

    await store.wait([refreshOf('b', { until: AT - 1 })])
    expect(await store.waiting(AT + 99, 10)).toEqual([])
    await store.wait([refreshOf('b', { until: AT + 1 })])
    expect(await store.waiting(AT + 99, 10)).toMatchObject([{ until: AT + 1 }])
  })

  test('what is settled is gone, unless a later event asked again', async () => {
    await store.wait([refreshOf('a'), refreshOf('b', { until: AT + 5 })])
    await store.settle([refreshOf('a'), refreshOf('b')])
    expect((await store.waiting(AT + 99, 10)).map(({ asset }) => asset.nativeId)).toEqual(['b'])
  })

  test('whatever an asset is called, its row is kept', async () => {
    await store.park([{ refresh: refreshOf('a\0b\ud800'), detail: 'NUL \0', needs: [] }])
    expect((await store.kept()).parked).toHaveLength(1)
  })
})

describe('what is not answered', () => {
  test('is every event that was received since, in pages, with what it touched', async () => {
    const kept = [0, 1, 2].map(number => madeEvent(number, { at: AT + number * 1_000 }))
    const relist = madeEvent(3, {
      at: AT,
      outcome: { kind: 'relist', types: [{ type: 'AWS::EC2::EIP', account: '1', region: 'r' }], reason: 'why' },
    })
    const none = madeEvent(4, { at: AT, outcome: { kind: 'none', reason: 'a sign-in' } })
    const old = madeEvent(5, { at: AT - 48 * 3_600_000 })
    await storeEvents(database, incomingOf(kept.slice(0, 1)), AT + 10)
    await storeEvents(database, incomingOf([...kept.slice(1), relist, none, old]), AT + 20)
    await store.answeredUntil(AT + 10)

    const found = await all()

    expect(found.map(({ outcome }) => outcome.kind).sort()).toEqual(['mapped', 'mapped', 'relist'])
    expect(found.filter(({ outcome }) => outcome.kind === 'mapped').map(({ at, outcome }) => [at, outcome])).toEqual(
      kept.slice(1).map(({ at, outcome }) => [at, outcome]),
    )
    expect(found.find(({ outcome }) => outcome.kind === 'relist')?.outcome).toEqual(relist.outcome)
  })

  test('is, too, what a process that was killed was still committing, whoever writes meanwhile', async () => {
    const left = Promise.withResolvers<void>()
    const inserted = Promise.withResolvers<void>()
    await storeEvents(database, incomingOf([madeEvent(1, { at: AT })]), AT)
    await store.answeredUntil(AT)
    const committing = database.transaction(async connection => {
      await connection.query('insert into event select (jsonb_populate_record(e, $1)).* from event e', [
        JSON.stringify({ id: '00000000-0000-0000-0000-000000000001', received_at: new Date(AT + 1) }),
      ])
      inserted.resolve()
      await left.promise
    })
    await inserted.promise

    const reading = all()
    await storeEvents(database, incomingOf([madeEvent(2, { at: AT })]), AT + 2)
    left.resolve()
    await committing

    expect(await reading).toHaveLength(2)
  })

  test('is nothing where nobody ever refreshed', async () => {
    await storeEvents(database, incomingOf([madeEvent(1, { at: AT })]), AT)
    expect(await store.answered()).toBeUndefined()
    expect(await all()).toEqual([])
  })

  async function all(): Promise<RefreshedEvent[]> {
    return (await Array.fromAsync(store.unanswered(NEVER))).flat()
  }
})

test('a request to list is kept until a listing that began after it', async () => {
  const { provider, account, region, type } = bucket('')
  const scope = { provider, account, region, type }
  await store.requestRelists([{ scope, requestedAt: AT, reason: 'why' }])
  await store.relisted([scope], AT - 1)
  expect(await store.relists()).toEqual([{ scope, requestedAt: AT, reason: 'why' }])
  await store.relisted([scope], AT)
  expect(await store.relists()).toEqual([])
})

describe('the lead', () => {
  test('is with one at a time, and goes to whoever waits', async () => {
    const first = await store.lead(NEVER, () => expect.unreachable('nobody is there'))
    let waited = 0
    const second = store.lead(NEVER, () => waited++)
    await expect.poll(() => waited).toBe(1)

    await first[Symbol.asyncDispose]()

    await using lead = await second
    expect(lead.lost.aborted).toBe(false)
  })

  test('is lost with its connection, and nobody waits for it who was stopped', async () => {
    await using lead = await store.lead(NEVER, () => {})
    const stop = new AbortController()
    const waiting = store.lead(stop.signal, () => stop.abort())
    await expect(waiting).rejects.toThrow()

    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cadastre refresh' and datname = current_database()`,
    )

    await expect.poll(() => lead.lost.aborted).toBe(true)
  })
})
