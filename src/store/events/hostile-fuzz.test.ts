import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestStore } from '../../../test/store.ts'
import { ACTOR_KINDS } from '../../model/actor.ts'
import { checkStore } from '../check.ts'
import { storeEvents } from './store-events.ts'

const CHECKS = 15
const TOGETHER = 100

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '\0',
    '\ud800',
    'unknown',
    '111122223333',
    'eu-west-1',
    'constructor',
    '__proto__',
    '*',
    '{',
    '\u202e',
  ),
)
const anything = fc.anything({ withBigInt: true, withDate: true, withSparseArray: true, withNullPrototype: true })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const actor = fc.record(
  {
    kind: fc.constantFrom(...ACTOR_KINDS),
    name: text,
    principal: text,
    account: text,
    via: fc.array(text, { maxLength: 3 }),
    invokedBy: text,
    tool: fc.record({ name: text, version: text }),
    sourceIp: text,
    accessKeyId: text,
    mfa: fc.boolean(),
    raw: anything,
  },
  { requiredKeys: ['kind', 'via', 'raw'] },
)
const scope = { type: text, account: text, region: text }
const action = fc.constantFrom('create' as const, 'update' as const, 'delete' as const)
const touched = fc.record({ ...scope, id: text, action, derivation: text, arn: text }, { noNullPrototype: true })
const reason = text
const outcome = fc.oneof(
  fc.record({ kind: fc.constant('mapped' as const), assets: fc.array(touched, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('relist' as const), types: fc.array(fc.record(scope), { maxLength: 4 }), reason }),
  fc.record({ kind: fc.constantFrom('none' as const, 'unmapped' as const), reason }),
)
const event = fc.record({
  provider: fc.constantFrom('aws' as const, 'gcp' as const),
  id: text,
  at: fc.oneof(fc.double(), fc.integer(), fc.constant(Date.UTC(2026, 0, 1))),
  source: text,
  name: text,
  account: text,
  region: text,
  outcome,
  actor,
  request: optional(fc.oneof(fc.json(), text)),
  sharedId: optional(text),
})
const rejected = fc.record({ source: text, reason: text, sample: text })
const credential = fc.record({ accessKeyId: text, caller: actor })

test('whatever is in them, events are stored, each once, and what is no event is rejected', async () => {
  await using store = await openTestStore()
  const batch = fc.record({
    events: fc.array(event, { minLength: TOGETHER, maxLength: TOGETHER }),
    credentials: fc.array(credential, { maxLength: 10 }),
    rejected: fc.array(rejected, { maxLength: 10 }),
  })
  const counts = { mapped: 0, none: 0, relist: 0, unmapped: 0, ignored: 0 }
  await fc.assert(
    fc.asyncProperty(batch, async parts => {
      const incoming = { ...parts, observations: [], counts }
      const timeless = parts.events.filter(({ at }) => Number.isNaN(at)).length
      const { fresh, duplicates } = await storeEvents(store, incoming, Date.UTC(2026, 0, 1))
      expect(fresh.length + duplicates + timeless).toBe(TOGETHER)
      expect((await storeEvents(store, incoming, Date.UTC(2026, 0, 2))).fresh).toEqual([])
    }),
    { numRuns: CHECKS, endOnFailure: true },
  )
  expect(await checkStore(store)).toEqual([])
}, 120_000)
