import fc from 'fast-check'
import { ACTOR_KINDS } from '../../src/model/actor.ts'
import { SOURCES } from '../../src/model/observation.ts'

/*
 * A story is what happened to three assets of one type, and all that was told of it: events, credentials and reads of the cloud.
 * Values are few, so that they agree and clash often; times lie on both sides of the bounds by which events explain versions.
 */

/** In how many steps everything is told. */
export const STEPS = 6
export const ASSETS = 3
export const KEYS = 4

const SECONDS = [0, 1, 2, 30, 59, 60, 61, 62, 119, 120, 121, 5_400, 5_460, 5_462]
const second = fc.constantFrom(...SECONDS)

/** Who acts: by name, by a temporary key whose owner another record tells, or by nothing that is told. */
const person = fc.record({
  kind: fc.constantFrom(...ACTOR_KINDS),
  name: fc.constantFrom(undefined, 'ada', 'Ada', 'bob', 'nul\0', '\ud800'),
  key: fc.option(fc.nat(KEYS - 1), { nil: undefined }),
})

const observation = fc.record({
  kind: fc.constant('observation' as const),
  asset: fc.nat(ASSETS - 1),
  second,
  ms: fc.constantFrom(0, 1, 500, 999),
  source: fc.constantFrom(...SOURCES),
  /** Which config, name and address; undefined: gone. */
  look: fc.option(fc.nat(2), { nil: undefined }),
  /** Not every read tells by which other ids an asset is known. */
  tellsAliases: fc.boolean(),
  /** It came in full with a message, among events. */
  isBrought: fc.boolean(),
})

const event = fc.record({
  kind: fc.constant('event' as const),
  second,
  person,
  outcome: fc.oneof(
    { weight: 6, arbitrary: fc.constant('mapped' as const) },
    { weight: 1, arbitrary: fc.constantFrom('none' as const, 'relist' as const, 'unmapped' as const) },
  ),
  touches: fc.uniqueArray(
    fc.record({
      asset: fc.nat(ASSETS - 1),
      /** By its own id, by an alias, or by one that another asset had, too. */
      name: fc.constantFrom('own', 'alias', 'shared'),
      action: fc.constantFrom('create' as const, 'update' as const, 'delete' as const),
    }),
    { maxLength: 3, selector: ({ asset, name }) => `${asset} ${name}` },
  ),
  /** Records of one call in several accounts' trails. */
  call: fc.option(fc.nat(1), { nil: undefined }),
  /** The owner of what it touched is not told. */
  isStray: fc.boolean(),
})

const credential = fc.record({ kind: fc.constant('credential' as const), key: fc.nat(KEYS - 1), person })

const fact = fc.oneof(
  { weight: 4, arbitrary: observation },
  { weight: 4, arbitrary: event },
  { weight: 1, arbitrary: credential },
)

/** What was told, and the steps in which it is: most of it once, some again and again. `turn` is its place in a step. */
const told = fc.record({
  fact,
  steps: fc.uniqueArray(fc.nat(STEPS - 1), { minLength: 1, maxLength: 3 }),
  turn: fc.nat(1_000),
})

export const story = fc.array(told, { minLength: 1, maxLength: 14 })
export type Told = typeof told extends fc.Arbitrary<infer T> ? T : never
export type Fact = Told['fact']
export type Story = readonly Told[]
