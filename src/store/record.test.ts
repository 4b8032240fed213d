import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import type { Identifier } from '../model/asset.ts'
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

const ip = (value: string): Identifier => ({ kind: 'private-ip', value })

function history(asset: Observation['asset']) {
  return store.query<{ from: number; gone: boolean; config: unknown; tags: unknown }>(
    `select (extract(epoch from valid_from) * 1000)::float8 as from, gone, config, tags from history where asset = $1 order by 1`,
    [assetIdOf(asset)],
  )
}

/** Who had an address at a time. */
async function holders(address: string, at: number): Promise<string[]> {
  const rows = await store.query<{ asset: string }>(
    'select asset from address where address = $1 and valid_from <= to_timestamp($2::float8 / 1000) and valid_to > to_timestamp($2::float8 / 1000)',
    [address, at],
  )
  return rows.map(row => row.asset)
}

describe('what is a change', () => {
  const CHANGES: readonly [string, Partial<Present>, Partial<Present>, versions: number][] = [
    ['the order of keys is none', { config: { a: 1, b: 2 } }, { config: { b: 2, a: 1 } }, 1],
    [
      'the order of identifiers is none',
      { identifiers: [ip('10.9.0.1'), ip('10.9.0.2')] },
      { identifiers: [ip('10.9.0.2'), ip('10.9.0.1')] },
      1,
    ],
    [
      'another spelling of an address is none',
      { identifiers: [ip('2001:db8::9')] },
      { identifiers: [ip('2001:DB8:0::9/128')] },
      1,
    ],
    ['a volatile field is none', { volatile: { used: 1 } }, { volatile: { used: 2 } }, 1],
    ['a field is one', { config: { a: 1 } }, { config: { a: 2 } }, 2],
    ['a tag alone is one', { tags: { a: '1' } }, { tags: { a: '2' } }, 2],
    ['a name alone is one', { name: 'a' }, { name: 'b' }, 2],
    ['an identifier alone is one', { identifiers: [ip('10.9.0.3')] }, {}, 2],
    ['an edge alone is one', { edges: [{ kind: 'in-vpc', target: 'vpc-1' }] }, {}, 2],
  ]
  for (const [claim, before, after, versions] of CHANGES) {
    test(claim, async () => {
      const asset = anAsset()
      await record(store, [seen(asset, T, before)])
      await record(store, [seen(asset, T + 1, after)])
      expect(await history(asset)).toHaveLength(versions)
    })
  }
})

describe('time', () => {
  test('an address that moves is found at both times at the right owner, whatever came first', async () => {
    for (const order of [1, -1]) {
      const [a, b] = [anAsset(), anAsset()]
      const address = order === 1 ? '10.8.0.1' : '10.8.0.2'
      const steps = [
        [seen(a, T, { identifiers: [ip(address)] }), seen(b, T)],
        [seen(a, T + 10), seen(b, T + 10, { identifiers: [ip(address)] })],
      ]
      for (const step of order === 1 ? steps : steps.toReversed()) await record(store, step)

      expect(await holders(address, T + 5)).toEqual([assetIdOf(a)])
      expect(await holders(address, T + 15)).toEqual([assetIdOf(b)])
      expect(await holders(address, T - 1)).toEqual([])
    }
  })

  test('a late absence ends what was there before it, and not what was seen after', async () => {
    const asset = anAsset()
    await record(store, [seen(asset, T), seen(asset, T + 10)])
    await record(store, [gone(asset, T + 5)])
    expect((await history(asset)).map(version => [version.from, version.gone])).toEqual([
      [T, false],
      [T + 5, true],
      [T + 10, false],
    ])
  })

  test('an asset that only lost a version is seen to have changed by whoever follows transactions', async () => {
    const trial = anAsset()
    await record(
      store,
      [0, 1].map(number => seen(trial, T + number, { config: { number } })),
    )
    const byDigest = await store.query<{ config: { number: number } }>(
      'select config from version where asset = $1 order by digest',
      [assetIdOf(trial)],
    )
    const [lesser, greater] = byDigest.map(({ config }) => config)
    const asset = anAsset()
    await record(store, [seen(asset, T, { config: greater ?? {} }), seen(asset, T + 1, { config: lesser ?? {} })])
    const transactions = () =>
      store.query<{ tx: string }>('select tx::text from version where asset = $1', [assetIdOf(asset)])
    const before = await transactions()

    await record(store, [seen(asset, T + 1, { config: greater ?? {} })])

    const after = await transactions()
    expect(after).toHaveLength(1)
    expect(Number(after[0]?.tx)).toBeGreaterThan(Math.max(...before.map(({ tx }) => Number(tx))))
  })

  test('times at the ends of all calendars stay what they are, as far as PostgreSQL goes', async () => {
    const asset = anAsset()
    const times = [-Infinity, -8.64e15, Date.UTC(-4713, 10, 24), Date.UTC(1, 0, 1), T, 8.64e15 - 1, 8.64e15, Infinity]
    for (const [number, at] of times.entries()) await record(store, [seen(asset, at, { config: { number } })])
    expect((await history(asset)).map(version => version.from)).toEqual([...new Set(times.slice(2, 7))])
  })

  test('what is no time at all is refused, and named', async () => {
    await expect(record(store, [seen(anAsset('i-timeless'), Number.NaN)])).rejects.toThrow('i-timeless')
  })
})

describe('hostile values', () => {
  test('NUL, lone surrogates, quotes, control and right-to-left characters are kept as far as PostgreSQL can', async () => {
    const asset = anAsset(`a\0b'"\\\n\u202e\ud800`)
    const text = `x\0y'"\\\t\u001b[31m\u202e\udfff😀`
    await record(store, [
      seen(asset, T, {
        name: text,
        tags: { [text]: text },
        identifiers: [{ kind: 'dns', value: text }],
        edges: [{ kind: 'in-vpc', target: text }],
        config: { [text]: [text] },
        volatile: { text },
      }),
    ])
    const stored = `x\u2400y'"\\\t\u001b[31m\u202e\ufffd😀`
    expect((await history(asset))[0]).toMatchObject({ config: { [stored]: [stored] }, tags: { [stored]: stored } })
    const named = await store.query<{ name: string }>('select name from asset where id = $1', [assetIdOf(asset)])
    expect(named).toEqual([{ name: stored.replace(/[\t\u001b]/g, '\u2400') }])
  })

  test('a config of 5 MB is stored whole', async () => {
    const asset = anAsset()
    const config = { text: 'é'.repeat(2_500_000), list: Array.from({ length: 1_000 }, (_, at) => ({ at })) }
    await record(store, [seen(asset, T, { config })])
    expect((await history(asset))[0]?.config).toEqual(config)
  })

  test('values that cannot be looked up cost nobody else anything', async () => {
    const [asset, other] = [anAsset(), anAsset()]
    const identifiers: Identifier[] = [
      ...['', 'nonsense', '10.0.0.1.2', '010.0.0.1', '10.0.0.0/33', 'fe80::1%eth0', '1::2::3', '10.0.0.1/-1'].map(ip),
      { kind: 'arn', value: `arn:${'x'.repeat(100_000)}` },
    ]
    const edges = [{ kind: 'in-vpc', target: 'é'.repeat(3_000) }]
    await record(store, [seen(asset, T, { identifiers, edges, name: 'n'.repeat(5_000) }), seen(other, T)])
    expect(await history(asset)).toHaveLength(1)
    expect(await history(other)).toHaveLength(1)
  })

  test('every form of an IPv6 address is one address', async () => {
    const asset = anAsset()
    const forms = [
      '2001:db8:0:0:0:ff00:42:8329',
      '2001:DB8::FF00:42:8329',
      '2001:db8::ff00:0042:8329',
      '2001:db8::ff00:42:8329/128',
    ]
    await record(store, [seen(asset, T, { identifiers: forms.map(ip) })])
    for (const form of forms) expect(await holders(form, T)).toEqual([assetIdOf(asset)])
  })

  test('addresses come back as they went in', async () => {
    const values = [
      '0.0.0.0',
      '255.255.255.255',
      '10.0.0.0/8',
      '::',
      '::1',
      '::ffff:192.0.2.1',
      '64:ff9b::192.0.2.33',
      'fe80::/10',
      '1:2:3:4:5:6:7:8',
      '1::8',
    ]
    const asset = anAsset()
    await record(store, [seen(asset, T, { identifiers: values.map(ip) })])
    for (const value of values) expect(await holders(value, T)).toEqual([assetIdOf(asset)])
  })
})

test('a batch whose connection is cut in the middle is stored, once', async () => {
  const observations = Array.from({ length: 300 }, (_, at) => seen(anAsset(`cut-${at}`), T + at))
  let cuts = 0
  let rounds = 0
  // A round may be over before anybody could cut it: so many that one is cut are enough.
  for (; rounds < 8 || (cuts === 0 && rounds < 80); rounds++) {
    const stop = new AbortController()
    const cutting = cutUntil(stop.signal)
    const batch = observations.map(observation => ({ ...observation, at: observation.at + rounds * 1_000 }))
    await record(store, batch).finally(() => stop.abort())
    cuts += await cutting
  }
  expect(cuts).toBeGreaterThan(0)
  const [row] = await store.query<{ versions: number; sightings: number }>(
    `select (select count(*)::int from version v where v.asset = any($1::uuid[])) as versions, (select count(*)::int from sighting s where s.asset = any($1::uuid[])) as sightings`,
    [observations.map(({ asset }) => assetIdOf(asset))],
  )
  expect(row).toEqual({ versions: 300, sightings: 300 * (rounds - 1) })
})

/** Fewer than a transaction is tried again: on a busy machine each attempt lasts long enough to be cut. */
const CUTS_MAX = 5

/** Cuts all connections that are in a transaction, every few milliseconds; how often there was one. */
async function cutUntil(stop: AbortSignal): Promise<number> {
  let cuts = 0
  while (cuts < CUTS_MAX && !stop.aborted) {
    await sleep(3)
    const cut = await store.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`,
    )
    if (cut.length > 0) cuts++
  }
  return cuts
}
