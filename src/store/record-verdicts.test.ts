import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import { CONSISTENCY_MS } from '../model/consistency.ts'
import { AccountId, assetIdOf, Region, ResourceTypeName } from '../model/identity.ts'
import type { Observation, Present } from '../model/observation.ts'
import { checkStore } from './check.ts'
import type { Database } from './database.ts'
import { record } from './record.ts'

const T = Date.UTC(2026, 0, 1)
let store: Database
let assets = 0

beforeAll(async () => {
  store = await openTestStore()
})
afterAll(async () => {
  expect(await checkStore(store)).toEqual([])
  await store[Symbol.asyncDispose]()
})

/** Another asset for each call, so that tests do not meet. */
function anAsset(nativeId = `i-${assets++}`): Observation['asset'] {
  const [account, region] = [AccountId.parse('111122223333'), Region.parse('eu-west-1')]
  return { provider: 'aws', account, region, type: ResourceTypeName.parse('AWS::EC2::Instance'), nativeId }
}

function seen(asset: Observation['asset'], at: number, present: Partial<Present> = {}): Observation {
  const nothing = { name: undefined, tags: {}, identifiers: [], edges: [], config: {}, volatile: {} }
  return { asset, at, source: 'scan', state: { kind: 'present', ...nothing, ...present } }
}

const gone = (asset: Observation['asset'], at: number): Observation => ({
  asset,
  at,
  source: 'scan',
  state: { kind: 'gone' },
})

describe('what came of each observation', () => {
  test('an empty batch changes nothing', async () => {
    expect(await record(store, [])).toEqual({ created: 0, changed: 0, ended: 0, unchanged: 0, verdicts: [] })
  })

  test('new, same, changed, gone, and still gone: told and counted, one by one or in one batch, in the order given', async () => {
    const stepsOf = (asset: Observation['asset']) => [
      seen(asset, T),
      seen(asset, T + 1),
      seen(asset, T + 2, { config: { a: 1 } }),
      gone(asset, T + 3),
      gone(asset, T + 4),
    ]
    const verdicts = ['created', 'unchanged', 'changed', 'ended', 'unchanged']
    const counts = []
    for (const step of stepsOf(anAsset())) counts.push(await record(store, [step]))

    const none = { created: 0, changed: 0, ended: 0, unchanged: 0 }
    expect(counts).toEqual(verdicts.map(verdict => ({ ...none, [verdict]: 1, verdicts: [verdict] })))
    const backwards = [...stepsOf(anAsset()), ...stepsOf(anAsset())].toReversed()
    expect(await record(store, backwards)).toEqual({
      created: 2,
      changed: 2,
      ended: 2,
      unchanged: 4,
      verdicts: [...verdicts, ...verdicts].toReversed(),
    })
  })

  test('what comes late is told by what it changes in the history', async () => {
    const asset = anAsset()
    await record(store, [seen(asset, T), seen(asset, T + 10)])
    const late = [gone(asset, T + 5), seen(asset, T + 10), seen(asset, T + 2), seen(asset, T + 4, { config: { a: 1 } })]
    expect((await record(store, late)).verdicts).toEqual(['ended', 'changed', 'unchanged', 'changed'])
    expect((await record(store, late)).verdicts).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged'])
  })
})

describe('an observation that is doubted', () => {
  const doubted = (observation: Observation): Observation => ({ ...observation, isDoubted: true })

  test('that shows what was there shortly before is kept, and told from a change', async () => {
    const stateOf = (asset: Observation['asset'], at: number, a: number) => seen(asset, at, { config: { a } })
    const verdictsOf = async (...observations: Observation[]) => {
      const told = []
      for (const each of observations) told.push(...(await record(store, [each])).verdicts)
      return told
    }
    const [asset, long, trusted] = [anAsset(), anAsset(), anAsset()]
    const [first, second] = [stateOf(asset, T, 1), stateOf(asset, T + 1_000, 2)]
    expect(await verdictsOf(first, second, doubted(stateOf(asset, T + 2_000, 1)))).toEqual([
      'created',
      'changed',
      'returned',
    ])
    expect(await verdictsOf(doubted(stateOf(asset, T + 3_000, 3)))).toEqual(['changed'])
    expect(await verdictsOf(doubted(stateOf(asset, T + 4_000, 2)), gone(asset, T + 5_000))).toEqual([
      'returned',
      'ended',
    ])
    expect(await verdictsOf(doubted(stateOf(asset, T + 6_000, 3)))).toEqual(['returned'])
    expect(
      await verdictsOf(stateOf(long, T, 1), stateOf(long, T + 1, 2), doubted(stateOf(long, T + CONSISTENCY_MS + 1, 1))),
    ).toEqual(['created', 'changed', 'changed'])
    expect(await verdictsOf(stateOf(trusted, T, 1), stateOf(trusted, T + 1, 2), stateOf(trusted, T + 2, 1))).toEqual([
      'created',
      'changed',
      'changed',
    ])
  })

  const rowsOf = async (asset: Observation['asset']) => {
    const [rows] = await store.query<{ versions: number; sightings: number; assets: number }>(
      `select (select count(*)::int from version where asset = $1) as versions,
         (select count(*)::int from sighting where asset = $1) as sightings,
         (select count(*)::int from asset where id = $1) as assets`,
      [assetIdOf(asset)],
    )
    return rows
  }

  test('is kept if it shows a change, and leaves nothing behind if not', async () => {
    const asset = anAsset()
    const volatile = { used: 2 }
    const verdicts = []
    for (const observation of [
      seen(asset, T),
      seen(asset, T + 1, { volatile }),
      seen(asset, T + 2, { config: { a: 1 } }),
      seen(asset, T + 3, { config: { a: 1 } }),
    ]) {
      verdicts.push(...(await record(store, [doubted(observation)])).verdicts)
    }
    expect(verdicts).toEqual(['created', 'doubted', 'changed', 'doubted'])
    expect(await rowsOf(asset)).toEqual({ versions: 2, sightings: 0, assets: 1 })
    expect(await store.query('select volatile from asset where id = $1', [assetIdOf(asset)])).toEqual([
      { volatile: null },
    ])
  })

  test('that something unknown is not there says nothing at all', async () => {
    const asset = anAsset()
    expect((await record(store, [doubted(gone(asset, T)), doubted(gone(asset, T + 1))])).verdicts).toEqual([
      'doubted',
      'doubted',
    ])
    expect(await rowsOf(asset)).toEqual({ versions: 0, sightings: 0, assets: 0 })
  })

  test('is held against its own time, in one batch with others and when it comes late', async () => {
    const asset = anAsset()
    const changed = (at: number) => seen(asset, at, { config: { a: 1 } })
    const batch = [doubted(changed(T + 3)), seen(asset, T), doubted(seen(asset, T + 1)), doubted(changed(T + 2))]
    expect((await record(store, batch)).verdicts).toEqual(['doubted', 'created', 'doubted', 'changed'])
    const late = [doubted(seen(asset, T + 1)), doubted(gone(asset, T + 1)), doubted(gone(asset, T - 1))]
    expect((await record(store, late)).verdicts).toEqual(['doubted', 'ended', 'doubted'])
    expect(await rowsOf(asset)).toEqual({ versions: 3, sightings: 0, assets: 1 })
  })
})

test('other ids that events use are kept, each once, whoever had them first', async () => {
  const [first, second] = [anAsset('192.0.2.1|eipalloc-1'), anAsset('192.0.2.1|eipalloc-2')]
  const observations = [
    seen(first, T, { aliases: ['eipalloc-1', '192.0.2.1'] }),
    seen(second, T + 1, { aliases: ['eipalloc-2', '192.0.2.1', '192.0.2.1'] }),
  ]
  await record(store, observations)
  await record(store, observations.toReversed())
  const rows = await store.query<{ alias: string; asset: string }>(
    'select alias, asset from alias where asset = any($1::uuid[])',
    [[first, second].map(assetIdOf)],
  )
  const pairs = [
    [first, 'eipalloc-1'],
    [first, '192.0.2.1'],
    [second, 'eipalloc-2'],
    [second, '192.0.2.1'],
  ] as const
  expect(rows.map(({ alias, asset }) => `${alias} ${asset}`).sort()).toEqual(
    pairs.map(([asset, nativeId]) => `${assetIdOf({ ...asset, nativeId })} ${assetIdOf(asset)}`).sort(),
  )
})
