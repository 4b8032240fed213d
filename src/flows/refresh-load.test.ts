import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { accountOf } from '../../test/instant-cloud.ts'
import { incomingOf, madeEvent } from '../../test/made-events.ts'
import { ACCOUNT, machineNamed, Refreshing, START } from '../../test/refreshing.ts'
import { openTestStore } from '../../test/store.ts'
import type { Database } from '../store/database.ts'
import { storeEvents } from '../store/events/store-events.ts'

let database: Database
let world: Refreshing

beforeAll(async () => {
  database = await openTestStore()
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await database.query(
    'truncate asset, version, sighting, identifier, address, edge, scope, account, event, actor, touch, alias, refresh, relist',
  )
  await database.query(`delete from setting where key = 'refreshed-until'`)
  world = new Refreshing(database)
  await world.start()
})
afterEach(async () => {
  await world.stop()
  expect(world.faults).toEqual([])
})

const SECOND = 1_000

test('250,000 events a minute on one asset cost fewer than ten describes, and the others are answered at once', async () => {
  const EVENTS_PER_TICK = 1_000
  let slowest = 0
  world.reply = (id, now) => machineNamed(id, { Field0: `at ${now}` })
  for (let tick = 0; tick < 250; tick++) {
    const at = START + tick * 240
    world.receive(...Array.from({ length: EVENTS_PER_TICK }, () => world.event('i-hot', 'update')))
    if (tick % 25 === 0) {
      world.receive(world.event(`i-${tick}`, 'create'))
      await world.clock.advance(100)
      expect(await world.history(`i-${tick}`)).toHaveLength(1)
      slowest = Math.max(slowest, (world.calls.find(({ ids }) => ids.includes(`i-${tick}`))?.at ?? Infinity) - at)
    }
    await world.clock.advance(at + 240 - world.clock.now())
  }

  expect(world.calls.filter(({ ids }) => ids.includes('i-hot')).length).toBeLessThan(10)
  expect(slowest).toBeLessThanOrEqual(100)
  await world.clock.advance(120 * SECOND)
  expect((await world.history('i-hot')).at(-1)).toMatch(/at /)
  expect(world.refresher.size).toBe(0)
}, 60_000)

test('1,000 changes on 200 assets of one type cost at most 50 describes until all doubt has ended', async () => {
  const ids = Array.from({ length: 200 }, (_, at) => `i-${at}`)
  let revision = 0
  world.reply = id => machineNamed(id, { Field0: `revision ${revision}` })
  world.receive(...ids.map(id => world.event(id, 'create')))
  await world.clock.advance(200 * SECOND)
  world.calls.length = 0

  for (let round = 0; round < 5; round++) {
    revision++
    world.receive(...ids.map(id => world.event(id, 'update')))
    await world.clock.advance(50)
  }
  await world.clock.advance(200 * SECOND)

  expect(world.calls.length).toBeLessThanOrEqual(50)
  expect(new Set((await Promise.all(ids.map(id => world.history(id)))).map(history => history.at(-1)))).toEqual(
    new Set(['revision 5']),
  )
})

test('a scope that does not answer keeps no other from being read', async () => {
  let release = () => {}
  const stuck = new Promise<void>(resolve => {
    release = resolve
  })
  await world.stop()
  world = new Refreshing(database, {
    describe: async (ids, { type }) => {
      if (type === 'AWS::Instant::Machine2') await stuck
      return ids.map(id => machineNamed(id))
    },
  })
  await world.start()
  world.receive(
    ...Array.from({ length: 2_000 }, (_, at) => world.event(`i-${at}`, 'create', START, 'AWS::Instant::Machine2')),
  )
  await world.clock.advance(100)
  world.receive(world.event('i-quick', 'create'))
  await world.clock.advance(100)

  expect(await world.history('i-quick')).toEqual(['made'])
  release()
  await world.clock.advance(SECOND)
  expect(await world.history('i-1999')).toEqual(['made'])
})

test('an account whose calls hang keeps no other account from being read', async () => {
  let release = () => {}
  const stuck = new Promise<void>(resolve => {
    release = resolve
  })
  await world.stop()
  world = new Refreshing(database, {
    accounts: 2,
    types: 200,
    describe: async (ids, { account }) => {
      if (account === ACCOUNT) await stuck
      return ids.map(id => machineNamed(id))
    },
  })
  await world.start()
  const types = Array.from({ length: 200 }, (_, at) => `AWS::Instant::Machine${at + 1}`)
  world.receive(...types.map(type => world.event(`i-${type}`, 'create', START, type)))
  await world.clock.advance(100)
  const event = world.event('i-quick', 'create')
  const [asset] = event.outcome.kind === 'mapped' ? event.outcome.assets : []
  if (asset === undefined) expect.unreachable('the event touches a machine')
  world.receive({ ...event, outcome: { kind: 'mapped', assets: [{ ...asset, account: accountOf(1) }] } })
  await world.clock.advance(100)

  expect(await world.history('i-quick')).toEqual(['made'])
  release()
  await world.clock.advance(SECOND)
  expect(world.refresher.size).toBe(0)
})

test('what a killed process had not answered is answered by the next, whether it was in memory or had a row', async () => {
  const stored = ['i-1', 'i-2', 'i-3'].map(created)
  world.reply = () => undefined
  await storeEvents(database, incomingOf(stored), world.clock.now())
  world.receive(...stored)
  await world.clock.advance(5 * SECOND)
  expect(await world.rows()).toHaveLength(3)
  await world.stop()
  // These came while nobody refreshed: they were stored, and nothing else.
  const unseen = ['i-4', 'i-5'].map(created)
  await storeEvents(database, incomingOf(unseen), world.clock.now())

  world.reply = id => machineNamed(id)
  await world.start()
  await world.clock.advance(5 * SECOND)

  for (const id of ['i-1', 'i-2', 'i-3', 'i-4', 'i-5']) expect(await world.history(id)).toEqual(['made'])
  expect(await world.rows()).toEqual([])
})

test('what a process still holds that has lost the lead is answered by the one that has it then', async () => {
  world.receive(world.event('i-1', 'create'))
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cadastre refresh' and datname = current_database()`,
  )
  await expect.poll(() => world.refresher.isLeading).toBe(false)

  const next = new Refreshing(database)
  await next.start()
  await next.clock.advance(5 * SECOND)
  await next.stop()

  expect(await next.history('i-1')).toEqual(['made'])
  expect(await world.rows()).toEqual([])
})

test('what is answered is not asked for again after a restart', async () => {
  const stored = ['i-1', 'i-2'].map(created)
  await storeEvents(database, incomingOf(stored), world.clock.now())
  world.receive(...stored)
  await world.clock.advance(5 * SECOND)
  await world.stop()
  await world.clock.advance(5 * SECOND)
  world.calls.length = 0

  await world.start()
  await world.clock.advance(5 * SECOND)

  expect(world.calls).toEqual([])
})

test('nothing received while a batch is being stored counts as answered, though later batches are', async () => {
  const early = world.refresher.begin(world.clock.now())
  await world.clock.advance(3 * SECOND)
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(10 * SECOND)

  expect(await world.store.answered()).toBeLessThan(START)
  early[Symbol.dispose]()
  await world.clock.advance(3 * SECOND)
  expect(await world.store.answered()).toBeGreaterThanOrEqual(START + 3 * SECOND - 1)
})

test('an event that arrives long after its asset was seen costs no describe', async () => {
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(600 * SECOND)
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(100 * SECOND)
  world.calls.length = 0

  world.receive(world.event('i-1', 'update', START + 300 * SECOND))
  await world.clock.advance(100 * SECOND)

  expect(world.calls).toEqual([])
  expect(world.refresher.counts.late).toBe(1)
})

test('a second process waits, and holds back whoever brings events', async () => {
  const second = new Refreshing(database)
  const starting = second.start()
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(second.refresher.isLeading).toBe(false)
  expect(second.refresher.isFull).toBe(true)

  await world.stop()
  await starting
  expect(second.refresher.isFull).toBe(false)
  await second.stop()
})

/** A whole event, as the store keeps it. */
function created(id: string) {
  return madeEvent(Number(id.slice(2)), world.event(id, 'create'))
}
