import { afterAll, beforeEach, expect, test } from 'vitest'
import { CREDENTIALS, eventOf, HAPPENINGS, incomingOf } from '../../../test/example-events.ts'
import { type ExampleAsset, observed } from '../../../test/example-store.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import type { Source } from '../../model/observation.ts'
import type { Database } from '../database.ts'
import { storeEvents } from '../events/store-events.ts'
import { record } from '../record.ts'
import { readDrift } from './drift.ts'

const DAY = Date.parse('2026-11-20T00:00:00Z')
const hour = (hours: number) => DAY + hours * 3_600_000

let database: Database
beforeEach(async () => {
  await database?.[Symbol.asyncDispose]()
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

const asset = (id: string): ExampleAsset => ({ type: 'AWS::SQS::Queue', id })
const read = (id: string, version: number, at: number, source: Source = 'scan') =>
  record(database, [observed({ ...asset(id), config: { version }, source }, at)])

async function happened(id: string, at: number) {
  const [first] = HAPPENINGS
  if (first === undefined) throw new Error('no happening')
  const event = eventOf({ ...first, call: `sqs:Set-${id}`, at, on: [[asset(id), 'update']] })
  await storeEvents(database, incomingOf([event], CREDENTIALS), at)
}

async function drift() {
  const { types } = await readDrift({ database, scope: EVERYTHING }, { since: DAY, until: hour(24) })
  return types.map(({ changes, unexplained }) => `${unexplained} of ${changes}`)
}

test('without events there is none to be told', async () => {
  await read('a', 1, hour(1))
  expect(await readDrift({ database, scope: EVERYTHING }, { since: DAY, until: hour(24) })).toEqual({
    types: [],
    since: null,
  })
})

test('a change that a scan found and no event explains is drift; one that an event explains is none, however late it comes', async () => {
  await happened('other', hour(0))
  await read('a', 1, hour(1))
  await read('b', 1, hour(1))
  await read('a', 2, hour(5))
  await read('b', 2, hour(5))
  expect(await drift()).toEqual(['2 of 2'])
  await happened('b', hour(3))
  expect(await drift()).toEqual(['1 of 2'])
})

test('so is a change that a live answer found first', async () => {
  await happened('other', hour(0))
  await read('a', 1, hour(1))
  await read('a', 2, hour(5), 'live')
  expect(await drift()).toEqual(['1 of 1'])
  await happened('a', hour(3))
  expect(await drift()).toEqual(['0 of 1'])
})

test('what a listing found because an event named only the type is explained by that', async () => {
  await happened('other', hour(0))
  await read('a', 1, hour(1))
  await read('a', 2, hour(5) + 30_000)
  expect(await drift()).toEqual(['1 of 1'])
  const [first] = HAPPENINGS
  if (first === undefined) throw new Error('no happening')
  const types = [{ type: asset('a').type, account: '111122223333', region: 'eu-west-1' }]
  const event = eventOf({ ...first, at: hour(5), outcome: { kind: 'relist', types, reason: 'it does not say which' } })
  await storeEvents(database, incomingOf([event], CREDENTIALS), hour(5))
  expect(await drift()).toEqual(['0 of 1'])
})

test('what the first reading of a scope shows is no drift, what a later one finds new is', async () => {
  await happened('other', hour(0))
  await read('a', 1, hour(1))
  await read('b', 1, hour(1) + 60_000)
  expect(await drift()).toEqual([])
  await read('c', 1, hour(6))
  expect(await drift()).toEqual(['1 of 1'])
})

test('a change that may be older than the first event is no drift', async () => {
  await read('a', 1, hour(1))
  await happened('other', hour(2))
  await read('a', 2, hour(3))
  expect(await drift()).toEqual([])
})
