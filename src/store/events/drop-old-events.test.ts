import { afterAll, beforeAll, expect, test } from 'vitest'
import { incomingOf, machineOf, madeEvent } from '../../../test/made-events.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import type { Event } from '../../model/event.ts'
import { assetIdOf } from '../../model/identity.ts'
import type { Observation } from '../../model/observation.ts'
import type { Database } from '../database.ts'
import { attribute } from '../queries/attribution.ts'
import { record } from '../record.ts'
import { dropOldEvents } from './drop-old-events.ts'
import { storeEvents } from './store-events.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const NEVER = new AbortController().signal
const KEPT = { keptFrom: NOW - 90 * DAY, now: NOW }

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())

const ago = (days: number) => NOW - days * DAY
const happened = (number: number, at: number, asset = number) => ({ ...madeEvent(asset), id: madeEvent(number).id, at })

function deleted(event: Event): Event {
  const { outcome } = event
  const assets = outcome.kind === 'mapped' ? outcome.assets.map(asset => ({ ...asset, action: 'delete' as const })) : []
  return { ...event, outcome: { kind: 'mapped', assets } }
}

function seen(number: number, at: number, state: number, aliases: readonly string[] = []): Observation {
  const parts = { name: undefined, tags: {}, identifiers: [], edges: [], volatile: {} }
  return {
    asset: machineOf(number),
    at,
    source: 'scan',
    state: { kind: 'present', ...parts, config: { state }, aliases },
  }
}

async function numbersLeft(): Promise<number[]> {
  const rows = await database.query<{ id: string }>('select id from event')
  const numbers = new Map(Array.from({ length: 10 }, (_, number) => [madeEvent(number).id as string, number]))
  return rows.flatMap(({ id }) => numbers.get(id) ?? []).sort()
}

test('old events are dropped once a day, but for those that may explain a younger version, whose authors stay', async () => {
  const versions = [2, 3, 4, 5].map(number => ({ asset: assetIdOf(machineOf(number)), from: ago(10) }))
  const events = [
    happened(1, ago(100)), // It made a version that is as old, and nothing since.
    happened(2, ago(95)), // It was last seen before, and next long after.
    happened(3, ago(95)), // Nobody saw it before.
    deleted(happened(4, ago(96) - HOUR)), // Being deleted takes its time.
    happened(5, ago(95), 7), // By another name of it.
    happened(6, ago(20)),
    happened(8, ago(99), 2), // It was seen after that.
  ]
  const none = Array.from({ length: 2_500 }, (_, at) =>
    madeEvent(100 + at, { at: ago(200) + at, outcome: { kind: 'none', reason: 'a sign-in' } }),
  )
  await storeEvents(database, incomingOf(events), NOW)
  await storeEvents(database, incomingOf(none), NOW)
  for (const observation of [
    ...[seen(1, ago(101), 1), seen(1, ago(99), 2), seen(1, ago(10), 2)],
    ...[seen(2, ago(98), 1), seen(2, ago(96), 1), seen(2, ago(10), 2)],
    seen(3, ago(10), 1),
    ...[seen(4, ago(96), 1), { ...seen(4, ago(10), 1), state: { kind: 'gone' as const } }],
    ...[seen(5, ago(96), 1), seen(5, ago(10), 2, [machineOf(7).nativeId])],
  ])
    await record(database, [observation])
  const before = await attribute({ database, scope: EVERYTHING }, versions)
  expect(before.map(({ events }) => events.length)).toEqual([1, 1, 1, 1])

  const dropped = await dropOldEvents(database, KEPT, NEVER)

  expect(dropped).toBe(2 + none.length)
  expect(await numbersLeft()).toEqual([2, 3, 4, 5, 6])
  expect(await database.query('select distinct event from touch')).toHaveLength(5)
  expect(await attribute({ database, scope: EVERYTHING }, versions)).toEqual(before)
  expect(await dropOldEvents(database, { ...KEPT, now: NOW + DAY / 2 }, NEVER)).toBeUndefined()
  expect(await dropOldEvents(database, { keptFrom: NOW, now: NOW + DAY }, NEVER)).toBe(5)
  expect(await database.query('select from touch')).toEqual([])
})
