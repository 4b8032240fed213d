import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import { AccountId, Region, ResourceTypeName } from '../model/identity.ts'
import { type Observation, SOURCES } from '../model/observation.ts'
import { checkStore } from './check.ts'
import type { Database } from './database.ts'
import { record } from './record.ts'

const REGION = Region.parse('eu-west-1')
const TYPE = ResourceTypeName.parse('AWS::EC2::Instance')
/** Each case is one run of the property; cases of one check share their transactions, which is what makes a thousand affordable. */
const CASES = 50
const CHECKS = 24
const STEPS = 6
const WRITERS = 4

/** Few values of each kind, so that observations often agree, and clash in time. Hostile ones among them. */
const NAMES = [undefined, 'web', 'db', 'n'.repeat(700), 'a\0b\u202e"\'\\', '\ud800 alone']
const IDENTIFIERS = [
  { kind: 'private-ip', value: '10.0.0.1' },
  { kind: 'private-ip', value: '10.0.0.1/32' },
  { kind: 'public-ip', value: '2001:DB8::1' },
  { kind: 'public-ip', value: '2001:db8:0:0:0:0:0:1' },
  { kind: 'public-ip', value: '::ffff:192.0.2.1' },
  { kind: 'cidr', value: '10.0.0.0/8' },
  { kind: 'private-ip', value: '999.1.1.1' },
  { kind: 'private-ip', value: '' },
  { kind: 'dns', value: 'shop.example.com' },
  { kind: 'id', value: 'tab\tnul\0' },
  { kind: 'id', value: 'tab\tnul\u2400' },
  { kind: 'arn', value: `arn:${'x'.repeat(5_000)}` },
  { kind: 'name', value: 'a name that is none' },
] as const
const EDGES = ['vpc-1', 'vpc-2', 'a target with spaces', '\udfff'].map(target => ({ kind: 'in-vpc', target }))
const CONFIGS = [
  {},
  { a: 1, b: [1, { c: null }] },
  { b: [1, { c: null }], a: 1 },
  { a: 2, 'k\0': '\ud800', long: 'x'.repeat(5_000), n: 1e300, d: new Date(0) },
]
const TIMES = [0, 1, 2, 3, 4, 5, 6, 7].map(second => Date.UTC(2026, 0, 1) + second * 1_000)
const FAR = [-8.64e15, 8.64e15, 8.64e15 - 1, Date.UTC(1, 0, 1)]

const present = fc.record({
  kind: fc.constant('present' as const),
  name: fc.constantFrom(...NAMES),
  tags: fc.constantFrom({}, { team: 'shop' }, { team: 'shop\0', '\ud800': '' }),
  identifiers: fc.subarray([...IDENTIFIERS]),
  edges: fc.subarray(EDGES),
  config: fc.constantFrom(...CONFIGS),
  volatile: fc.constantFrom({}, { seen: 1 }, { seen: 2 }),
})
const observation = fc.record({
  asset: fc.nat(2),
  at: fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...TIMES) }, { weight: 1, arbitrary: fc.constantFrom(...FAR) }),
  source: fc.constantFrom(...SOURCES),
  state: fc.oneof({ weight: 3, arbitrary: present }, { weight: 1, arbitrary: fc.constant({ kind: 'gone' as const }) }),
})
/** Observations, each with the steps in which it is recorded: in any order, split in any way, some of them again and again. */
const aCase = fc.array(
  fc.record({ observation, steps: fc.uniqueArray(fc.nat(STEPS - 1), { minLength: 1, maxLength: 3 }), turn: fc.nat() }),
  { minLength: 1, maxLength: 8 },
)
type Case = typeof aCase extends fc.Arbitrary<infer T> ? T : never

test('any order, split and repetition of observations, by one writer or several, leaves the same store', async () => {
  await using store = await openTestStore()
  let check = 0
  await fc.assert(
    fc.asyncProperty(fc.array(aCase, { minLength: CASES, maxLength: CASES }), async cases => {
      check++
      const [together, stepwise, parallel] = ['together', 'stepwise', 'parallel'].map(name => `${name}-${check}`)
      await record(store, batch(cases, `${together}`))
      for (let step = 0; step < STEPS; step++) await record(store, batch(cases, `${stepwise}`, step))
      let next = 0
      const writers = Array.from({ length: WRITERS }, async () => {
        while (next < STEPS) await record(store, batch(cases, `${parallel}`, next++))
      })
      await Promise.all(writers)

      const expected = await contents(store, `${together}`)
      expect(await contents(store, `${stepwise}`)).toEqual(expected)
      expect(await contents(store, `${parallel}`)).toEqual(expected)
    }),
    { numRuns: CHECKS, endOnFailure: true },
  )
  expect(await checkStore(store)).toEqual([])
}, 120_000)

/** What is recorded in one step of all cases, or everything. The account tells apart in which way it was recorded. */
function batch(cases: readonly Case[], account: string, step?: number): Observation[] {
  return cases.flatMap((parts, number) =>
    parts
      .filter(({ steps }) => step === undefined || steps.includes(step))
      .toSorted((a, b) => (step === undefined ? 0 : a.turn - b.turn))
      .map(({ observation: { asset, at, source, state } }) => ({
        asset: {
          provider: 'aws',
          account: AccountId.parse(account),
          region: REGION,
          type: TYPE,
          nativeId: `${number}-${asset}`,
        },
        at,
        source,
        state,
      })),
  )
}

/** All that is stored of an account's assets but the ids, which the account is part of, and the transactions. */
async function contents(store: Database, account: string): Promise<unknown[]> {
  const tables = []
  for (const [table, [asset, ...others]] of Object.entries(TABLES)) {
    const rows = await store.query(
      `select a.native_id, to_jsonb(t) - $2::text[] as row from ${table} t join asset a on a.id = t.${asset}
       where a.account = $1 order by 1, 2`,
      [account, [asset, ...others]],
    )
    tables.push({ table, rows })
  }
  return tables
}

/** The column that holds the asset's id, and those that differ though the history is the same. */
const TABLES = {
  asset: ['id', 'account'],
  version: ['asset', 'tx'],
  sighting: ['asset'],
  identifier: ['asset'],
  address: ['asset'],
  edge: ['source'],
} as const
