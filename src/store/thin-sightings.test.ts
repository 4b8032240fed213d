import { expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import { AccountId, Region, ResourceTypeName } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import { record } from './record.ts'
import { thinSightings } from './thin-sightings.ts'

const DAY = 24 * 3_600_000
const NOW = Date.UTC(2026, 5, 30)

function seen(nativeId: string, daysAgo: number, state: string): Observation {
  return {
    asset: {
      provider: 'aws',
      account: AccountId.parse('111122223333'),
      region: Region.parse('eu-west-1'),
      type: ResourceTypeName.parse('AWS::EC2::Instance'),
      nativeId,
    },
    at: NOW - daysAgo * DAY,
    source: 'scan',
    state: { kind: 'present', name: undefined, tags: {}, identifiers: [], edges: [], config: { state }, volatile: {} },
  }
}

test('of sightings older than a week only the last of each version stays, and no version changes', async () => {
  await using database = await openTestStore()
  const daily = (id: string, from: number, to: number, state: string) =>
    Array.from({ length: from - to + 1 }, (_, at) => seen(id, from - at, state))
  for (const observation of [
    ...daily('a', 30, 20, 'first'),
    ...daily('a', 19, 0, 'second'),
    ...daily('b', 3, 0, 'new'),
  ]) {
    await record(database, [observation])
  }
  const versions = () => database.query('select asset, valid_from, digest from version order by 1, 2')
  const before = await versions()

  const removed = await thinSightings(database, NOW, new AbortController().signal)

  const left = await database.query<{ id: string; days: number }>(
    `select native_id as id, (extract(epoch from to_timestamp($1::float8 / 1000) - at) / 86400)::int as days
     from sighting s join asset a on a.id = s.asset order by 1, 2 desc`,
    [NOW],
  )
  // Of `first` (30 to 20 days ago) the last sighting; of `second` one older than a week, and every younger one.
  expect(left.filter(({ id }) => id === 'a').map(({ days }) => days)).toEqual([20, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  expect(left.filter(({ id }) => id === 'b').map(({ days }) => days)).toEqual([2, 1, 0])
  expect(removed).toBe(9 + 10)
  expect(await versions()).toEqual(before)
})

test('it is done once a day', async () => {
  await using database = await openTestStore()
  const signal = new AbortController().signal
  expect(await thinSightings(database, NOW, signal)).toBe(0)
  expect(await thinSightings(database, NOW + DAY / 2, signal)).toBeUndefined()
  expect(await thinSightings(database, NOW + DAY, signal)).toBe(0)
})
