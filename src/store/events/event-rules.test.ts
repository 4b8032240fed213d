import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStore } from '../../../test/store.ts'
import type { Actor } from '../../model/actor.ts'
import type { TouchedAsset } from '../../model/change.ts'
import { eventIdOf } from '../../model/event.ts'
import { AccountId, Region, ResourceTypeName } from '../../model/identity.ts'
import { checkStore } from '../check.ts'
import type { Database } from '../database.ts'
import { storeEvents } from './store-events.ts'

const DAMAGE: readonly [statement: string, rule: string][] = [
  ['delete from event', 'a touch is by an event'],
  ["update touch set at = at + interval '1 second'", 'a touch is by an event'],
  ['delete from touch where asset = (select min(asset::text)::uuid from touch)', 'an event touches all that it names'],
  ["update event set touched = '[]'", 'an event touches all that it names'],
  ["delete from actor where name = 'ada'", 'an event is due to an actor'],
  ["delete from actor where name = 'bob'", 'a key was given to an actor'],
  ['delete from asset', 'an alias stands for an asset'],
]

describe('damaged events are told from sound ones', () => {
  let store: Database
  beforeAll(async () => {
    store = await openTestStore()
  })
  afterAll(() => store[Symbol.asyncDispose]())

  for (const [number, [statement, rule]] of DAMAGE.entries()) {
    test(statement, async () => {
      await store.query('truncate asset, version, identifier, alias, event, touch, actor, credential')
      await fill(store, String(number))
      expect(await checkStore(store)).toEqual([])

      await store.query(statement)

      expect((await checkStore(store)).map(found => found.rule)).toContain(rule)
    })
  }
})

/** One event on two assets, one of them named twice and another unnameable; a credential; an asset with an alias. */
function fill(store: Database, run: string) {
  const [account, region, type] = ['111122223333', 'eu-west-1', 'AWS::EC2::EIP']
  const touched: TouchedAsset = { type, id: 'eipalloc-1', account, region, action: 'update', derivation: '' }
  const assets = [
    touched,
    { ...touched, id: '192.0.2.1' },
    { ...touched, arn: 'arn' },
    { ...touched, region: 'unknown' },
  ]
  const actor = (name: string): Actor => ({ kind: 'iam-user', name, via: [], raw: run })
  const event = { provider: 'aws', id: eventIdOf('aws', 'e'), at: 0, source: 's', name: 'n', account, region } as const
  const asset = {
    provider: 'aws',
    account: AccountId.parse(account),
    region: Region.parse(region),
    type: ResourceTypeName.parse(type),
    nativeId: '192.0.2.1|eipalloc-1',
  } as const
  const nothing = { name: undefined, tags: {}, identifiers: [], edges: [], config: {}, volatile: {} }
  const state = { kind: 'present', ...nothing, aliases: ['eipalloc-1'] } as const
  const outcome = { kind: 'mapped', assets } as const
  const incoming = {
    events: [{ ...event, outcome, actor: actor('ada'), request: undefined, sharedId: undefined }],
    credentials: [{ accessKeyId: 'ASIA', caller: actor('bob') }],
    observations: [{ asset, at: 1, source: 'event', state } as const],
    rejected: [],
    counts: { mapped: 1, none: 0, relist: 0, unmapped: 0, ignored: 0 },
  }
  return storeEvents(store, incoming, 1)
}
