import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Machine } from '../../test/instant-cloud.ts'
import { ACCOUNT, machineNamed, REGION, Refreshing, refusal, START, TYPE } from '../../test/refreshing.ts'
import { openTestStore } from '../../test/store.ts'
import type { KeptOutcome } from '../model/event.ts'
import type { RefreshedEvent } from '../ports/refresh-store.ts'
import type { Database } from '../store/database.ts'

let database: Database
let world: Refreshing
let listings: { at: number; type: string }[]
let listed: (now: number) => readonly Machine[] | Error

beforeAll(async () => {
  database = await openTestStore()
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await database.query(
    'truncate asset, version, sighting, identifier, address, edge, scope, account, event, touch, alias, refresh, relist',
  )
  listings = []
  listed = () => [machineNamed('i-1')]
  world = new Refreshing(database, {
    brings: { [BRINGING]: { types: [TYPE], events: ['StartMachine'] } },
    async *list(_, __, type) {
      const now = world.clock.now()
      listings.push({ at: now, type })
      const page = listed(now)
      if (page instanceof Error) throw page
      yield page
    },
  })
  await world.start()
})
afterEach(async () => {
  await world.stop()
  expect(world.faults).toEqual([])
})

const SECOND = 1_000
/** A type whose machines bring machines of `TYPE`. */
const BRINGING = 'AWS::Instant::Machine2'

function event(outcome: KeptOutcome, at = world.clock.now()): RefreshedEvent {
  return { ...world.event('', 'update', at), outcome }
}

const relist = (type = TYPE): KeptOutcome => ({
  kind: 'relist',
  types: [{ type, account: ACCOUNT, region: REGION }],
  reason: 'the event does not say which one',
})

test('what changed without being named is listed soon, and once more when all can see it', async () => {
  world.receive(event(relist()))
  await world.clock.advance(5 * SECOND)
  expect(listings).toHaveLength(1)
  expect(await world.history('i-1')).toEqual(['made'])

  await world.clock.advance(120 * SECOND)
  expect(listings).toHaveLength(2)
  expect(listings[1]?.at).toBeGreaterThanOrEqual(START + 60 * SECOND)
  expect(await world.store.relists()).toEqual([])
  expect(world.refresher.relists).toBe(0)
})

test('any number of requests for a scope cost one listing every half minute', async () => {
  for (let second = 0; second < 120; second++) {
    world.receive(...Array.from({ length: 50 }, () => event(relist())))
    await world.clock.advance(SECOND)
  }
  expect(listings.length).toBeLessThanOrEqual(5)
})

test('a write that the map cannot place has its service listed, when its changes can be seen by all', async () => {
  world.receive(event({ kind: 'unmapped', reason: 'no rule places this operation' }))
  await world.clock.advance(55 * SECOND)
  expect(listings).toEqual([])
  await world.clock.advance(10 * SECOND)

  expect(new Set(listings.map(({ type }) => type))).toEqual(new Set([1, 2, 3].map(n => `AWS::Instant::Machine${n}`)))
  await world.clock.advance(600 * SECOND)
  expect(listings).toHaveLength(3)
})

test('a write to a service that nobody reads costs nothing', async () => {
  world.receive({ ...event({ kind: 'unmapped', reason: 'unknown' }), source: 'other.amazonaws.com' })
  world.receive(event(relist('AWS::Unknown::Thing')))
  await world.clock.advance(120 * SECOND)
  expect(listings).toEqual([])
})

test('a request outlives the process that took it', async () => {
  listed = () => refusal('InternalError', 'the page broke')
  world.receive(event(relist()))
  await world.clock.advance(6 * SECOND)
  await world.stop()
  listed = () => [machineNamed('i-1')]

  await world.start()
  await world.clock.advance(60 * SECOND)

  expect(await world.history('i-1')).toEqual(['made'])
})

test('a listing that does not show yet what an event just made ends nothing', async () => {
  listed = () => []
  world.receive(world.event('i-1', 'create'), event(relist()))
  await world.clock.advance(20 * SECOND)
  expect(listings).toHaveLength(1)

  expect(await world.history('i-1')).toEqual(['made'])
})

test('what neither a listing nor a describe shows is gone, however new it was', async () => {
  listed = () => []
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(SECOND)
  world.reply = () => undefined
  world.receive(event(relist()))
  await world.clock.advance(20 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'gone'])
})

test('what comes and goes with an asset is listed when one is made or deleted, not whenever it changes', async () => {
  world.receive(world.event('i-9', 'update', world.clock.now(), BRINGING))
  await world.clock.advance(90 * SECOND)
  expect(listings).toEqual([])

  world.receive(world.event('i-9', 'delete', world.clock.now(), BRINGING))
  await world.clock.advance(5 * SECOND)
  expect(listings.map(({ type }) => type)).toEqual([TYPE])
  expect(await world.history('i-1')).toEqual(['made'])

  world.receive({ ...world.event('i-9', 'update', world.clock.now(), BRINGING), name: 'StartMachine' })
  await world.clock.advance(100 * SECOND)
  expect(listings.length).toBeGreaterThan(1)
  expect(await world.store.relists()).toEqual([])
})
