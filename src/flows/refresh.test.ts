import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { machineNamed, Refreshing, refusal, START } from '../../test/refreshing.ts'
import { openTestStore } from '../../test/store.ts'
import type { Database } from '../store/database.ts'

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
    'truncate asset, version, sighting, identifier, address, edge, scope, account, event, touch, alias, refresh, relist',
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

test('what is created is read once and recorded', async () => {
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(SECOND)

  expect(await world.history('i-1')).toEqual(['made'])
  expect(world.calls).toHaveLength(1)
  expect(world.refresher.size).toBe(0)
})

test('what is created and not found for 20 seconds is not gone, and recorded once it is there', async () => {
  world.reply = (id, now) => (now < START + 20 * SECOND ? undefined : machineNamed(id))
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(19 * SECOND)
  expect(await world.history('i-1')).toEqual([])
  expect(await world.rows()).toMatchObject([{ id: 'i-1', parked: false }])

  await world.clock.advance(20 * SECOND)

  expect(await world.history('i-1')).toEqual(['made'])
  expect(await world.rows()).toEqual([])
  expect(world.calls.length).toBeLessThan(10)
})

test('what was created and deleted before anybody read it leaves no asset', async () => {
  world.reply = () => undefined
  world.receive(world.event('i-1', 'create'), world.event('i-1', 'delete', START + SECOND))
  await world.clock.advance(90 * SECOND)

  expect(await world.history('i-1')).toEqual([])
  expect(world.refresher.size).toBe(0)
})

test('an unchanged reply after an update is read again with pauses, until the change shows', async () => {
  await known('i-1')
  world.reply = (id, now) => machineNamed(id, { Field0: now < START + 300 * SECOND + 12 * SECOND ? 'made' : 'new' })
  await until(START + 300 * SECOND)
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(30 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'new'])
  expect(await sightings('i-1')).toBe(0)
})

test('a reply from before a change that was seen does not stay: it is read again until the second change shows', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.reply = id => machineNamed(id, { Field0: 'one' })
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(SECOND)
  world.reply = (id, now) => machineNamed(id, { Field0: now < START + 304 * SECOND ? 'made' : 'two' })
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(90 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'one', 'made', 'two'])
  expect(world.refresher.size).toBe(0)
})

test('what was changed and changed back costs few reads', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.calls.length = 0
  for (const Field0 of ['one', 'made']) {
    world.reply = id => machineNamed(id, { Field0 })
    world.receive(world.event('i-1', 'update'))
    await world.clock.advance(SECOND)
  }
  await world.clock.advance(90 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'one', 'made'])
  expect(world.calls.length).toBeLessThan(12)
  expect(world.refresher.size).toBe(0)
})

test('an update that never shows ends as seen and unchanged, a minute after it', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.calls.length = 0
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(59 * SECOND)
  expect(await sightings('i-1')).toBe(0)
  await world.clock.advance(5 * SECOND)

  expect(await world.history('i-1')).toEqual(['made'])
  expect(await sightings('i-1')).toBe(1)
  expect(world.refresher.counts.unseen).toBe(1)
  expect(world.calls.length).toBeLessThanOrEqual(8)
  expect(await world.rows()).toEqual([])
})

test('where the read for the first of two updates shows both, the second finds no change of its own', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.reply = id => machineNamed(id, { Field0: 'both' })
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(200)
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(90 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'both'])
  expect(world.refresher.size).toBe(0)
})

test('what is deleted within the second of its last update is gone at once; what is made again then is not', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.reply = () => undefined
  world.receive(world.event('i-1', 'delete'), world.event('i-1', 'update'))
  world.receive(world.event('i-2', 'create'), world.event('i-2', 'delete'))
  await world.clock.advance(SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'gone'])
  expect(await world.rows()).toMatchObject([{ id: 'i-2' }])
  await world.clock.advance(90 * SECOND)
})

test('a delete that does not show yet ends the asset once it does', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.reply = (id, now) => (now < START + 310 * SECOND ? machineNamed(id) : undefined)
  world.receive(world.event('i-1', 'delete'))
  await world.clock.advance(5 * SECOND)
  expect(await world.history('i-1')).toEqual(['made'])
  await world.clock.advance(20 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'gone'])
  expect(await world.rows()).toEqual([])
})

test('what is being deleted is followed until it is gone', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  const state = (id: string, Name: string) => machineNamed(id, { State: { Name } })
  world.reply = (id, now) =>
    now < START + 600 * SECOND
      ? state(id, 'shutting-down')
      : now < START + 1_800 * SECOND
        ? state(id, 'terminated')
        : undefined
  world.receive(world.event('i-1', 'delete'))
  await world.clock.advance(2_400 * SECOND)

  expect(await world.history('i-1', 'State')).toMatchObject(
    [/running/, /shutting-down/, /terminated/, 'gone'].map(word =>
      typeof word === 'string' ? word : expect.stringMatching(word),
    ),
  )
  expect(world.calls.length).toBeLessThan(30)
  expect(await world.rows()).toEqual([])
})

test('what is deleted and made again is never recorded as gone for the lag of the first', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  world.reply = (id, now) => (now < START + 315 * SECOND ? undefined : machineNamed(id, { Field0: 'again' }))
  world.receive(world.event('i-1', 'delete'))
  world.receive(world.event('i-1', 'create', START + 301 * SECOND))
  await world.clock.advance(90 * SECOND)

  expect(await world.history('i-1')).toEqual(['made', 'again'])
})

test('a refusal parks, says what to grant, and is tried again when somebody says so', async () => {
  world.reply = () => refusal('AccessDenied', 'User is not authorized to perform: instant:DescribeMachines')
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(10 * SECOND)
  expect(await world.rows()).toMatchObject([{ id: 'i-1', parked: true, needs: ['instant:DescribeMachines'] }])
  expect(world.calls).toHaveLength(1)
  expect(world.refresher.parked).toBe(1)

  world.reply = id => machineNamed(id)
  await database.query('update refresh set parked_at = null, attempts = 0, due_at = $1', [
    new Date(world.clock.now()).toISOString(),
  ])
  await world.clock.advance(5 * SECOND)

  expect(await world.history('i-1')).toEqual(['made'])
  expect(await world.rows()).toEqual([])
  expect(world.refresher.parked).toBe(0)
})

test('a storm of events on what may not be read costs few refused calls', async () => {
  world.reply = () => refusal('AccessDenied')
  for (let tick = 0; tick < 600; tick++) {
    world.receive(world.event('i-1', 'update'))
    await world.clock.advance(100)
  }

  expect(world.calls.length).toBeLessThan(10)
  expect(await world.rows()).toMatchObject([{ id: 'i-1', parked: true }])
})

test('throttling parks nothing, however long it takes', async () => {
  world.reply = (id, now) => (now < START + 900 * SECOND ? refusal('ThrottlingException') : machineNamed(id))
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(910 * SECOND)

  expect(await world.history('i-1')).toEqual(['made'])
  expect(world.refresher.counts.parked).toBe(0)
})

test('what fails again and again is parked with the reason', async () => {
  world.reply = () => refusal('InternalOddity', 'it broke')
  world.receive(world.event('i-1', 'create'))
  await world.clock.advance(3_600 * SECOND)

  expect(await world.rows()).toMatchObject([{ id: 'i-1', parked: true, detail: 'InternalOddity: it broke' }])
  expect(world.calls.length).toBe(10)
})

test('one asset that cannot be read does not keep the others of its call from being read', async () => {
  world.reply = id => (id === 'i-3' ? refusal('InternalOddity') : machineNamed(id))
  world.receive(...['i-1', 'i-2', 'i-3', 'i-4', 'i-5'].map(id => world.event(id, 'create')))
  await world.clock.advance(500)

  for (const id of ['i-1', 'i-2', 'i-4', 'i-5']) expect(await world.history(id)).toEqual(['made'])
  expect(await world.rows()).toMatchObject([{ id: 'i-3' }])
})

test('types that nobody reads cost no describe', async () => {
  world.receive(world.event('x', 'create', START, 'AWS::Unknown::Thing'))
  await world.clock.advance(SECOND)

  expect(world.calls).toEqual([])
  expect(world.refresher.counts.unreadable).toBe(1)
})

test('tags that one reply lacks are read again before they are believed to be gone', async () => {
  await known('i-1')
  await until(START + 300 * SECOND)
  let asked = 0
  world.reply = id => machineNamed(id, { Field0: 'new', ...(asked++ === 0 ? { Tags: [] } : {}) })
  world.receive(world.event('i-1', 'update'))
  await world.clock.advance(SECOND)

  const [row] = await database.query<{ tags: unknown }>('select tags from version order by valid_from desc limit 1')
  expect(row?.tags).toEqual({ Name: 'i-1' })
  expect(await world.history('i-1')).toEqual(['made', 'new'])
})

/** The machine was recorded long ago. */
async function known(id: string): Promise<void> {
  world.receive(world.event(id, 'create'))
  await world.clock.advance(SECOND)
  expect(await world.history(id)).toEqual(['made'])
}

async function until(at: number): Promise<void> {
  await world.clock.advance(at - world.clock.now())
}

async function sightings(id: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'select count(*)::int from sighting s join asset a on a.id = s.asset where a.native_id = $1',
    [id],
  )
  return row?.count ?? 0
}
