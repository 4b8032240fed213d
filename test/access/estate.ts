import type { Actor } from '../../src/model/actor.ts'
import type { Action, TouchedAsset } from '../../src/model/change.ts'
import { type Credential, type Event, eventIdOf } from '../../src/model/event.ts'
import { AccountId, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { Observation } from '../../src/model/observation.ts'
import { ACCOUNT_ENTRY, type ScopeResult } from '../../src/model/scan-scope.ts'
import type { Account } from '../../src/ports/cloud.ts'
import { type ExampleAsset, observed } from '../example-store.ts'
import type { Random } from '../fuzz/random.ts'
import { ASSET_MAKERS, HIDEABLE, markOf, REGIONS } from './estate-assets.ts'

/*
 * A registry by chance, small and crowded: few names, addresses and zones are shared by accounts that may see each other and those that
 * may not. Every asset bears a mark of its own wherever it can, so that one byte of it is recognised in an answer.
 */

export const NOW = Date.parse('2026-11-22T06:30:00Z')
const HOUR_MS = 3_600_000
const SCANS = [72, 48, 26, 2].map(hours => NOW - hours * HOUR_MS)
const ASSETS = 90
/** Assets that were never read: only the cloud and other sources know them. */
const UNREAD = 15
const EVENTS = 120

export interface EstateAccount extends Account {
  readonly tags: Readonly<Record<string, string>>
}

export interface Estate {
  readonly accounts: readonly EstateAccount[]
  readonly observations: readonly Observation[]
  readonly scopes: readonly ScopeResult[]
  readonly events: readonly Event[]
  readonly credentials: readonly Credential[]
  /** Assets that wait to be read again, `isParked`: for a person. */
  readonly waiting: readonly { readonly asset: Observation['asset']; readonly isParked: boolean }[]
  /** What the cloud and other sources would say now of these assets, and of some that nobody read. */
  readonly elsewhere: readonly Observation[]
  /** Words that an asset alone bears, by the key of the asset. */
  readonly marks: ReadonlyMap<string, string>
}

export function estateOf(random: Random): Estate {
  const accounts = accountsOf(random)
  // One account is in no list: its assets came by events.
  const ids = [...accounts.map(({ id }) => id as string), '999900001111']
  const makers = Array.from({ length: ASSETS + UNREAD }, (_, number) => {
    const [account, make] = [random.pick(ids), random.pick(ASSET_MAKERS)]
    return (): ExampleAsset => ({ account, ...make(number, random, account) })
  })
  const all = makers.map(make => make())
  const assets = all.slice(0, ASSETS)
  // What was read may have other addresses by now.
  const later = makers.map((make, number) => (random.oneIn(3) ? make() : (all[number] as ExampleAsset)))
  const observations = SCANS.flatMap((at, scan) => assets.flatMap(asset => readOf(asset, { at, scan, random })))
  const identities = assets.map(asset => observed(asset, 0).asset)
  const types = [...new Set(assets.map(({ type }) => type))]
  const actors = actorsOf(ids)
  return {
    accounts,
    observations,
    scopes: ids.flatMap(account => scopesOf(account, types, random)),
    events: Array.from({ length: EVENTS }, (_, number) => eventOf(number, { identities, actors, ids, random })),
    credentials: [{ accessKeyId: 'ASIAQAAAAAAADEPLOY01', caller: actors[0] as Actor }],
    waiting: identities.filter(() => random.oneIn(8)).map(asset => ({ asset, isParked: random.oneIn(2) })),
    elsewhere: later.flatMap(asset => (random.oneIn(4) ? [] : readOf(asset, { at: NOW - 90_000, scan: 4, random }))),
    marks: new Map(
      [all, later].flatMap(each => each.map((asset, number) => [keyOf(observed(asset, 0).asset), markOf(number)])),
    ),
  }
}

export function keyOf({ account, region, type, nativeId }: Observation['asset']): string {
  return [account, region, type, nativeId].join(' ')
}

const UNITS = ['Workloads', 'Workloads/Shop', 'Workloads/Pay', 'Infrastructure', undefined]
const NAMES = ['shop-prod', 'shop-dev', 'payments', 'network', 'shop-archive']

function accountsOf(random: Random): EstateAccount[] {
  return NAMES.map((name, number) => ({
    id: AccountId.parse(`10000000000${number}`),
    name,
    email: undefined,
    path: random.pick(UNITS),
    status: random.oneIn(8) ? 'SUSPENDED' : 'ACTIVE',
    isActive: true,
    tags: { env: random.pick(['prod', 'dev']) },
  }))
}

/** What a scan shows of an asset: it may have changed in any part, not be there any more, or not yet. */
function readOf(
  asset: ExampleAsset,
  { at, scan, random }: { readonly at: number; readonly scan: number; readonly random: Random },
): Observation[] {
  if (scan === 0 && random.oneIn(4)) return []
  if (random.oneIn(9)) return [{ ...observed(asset, at), state: { kind: 'gone' } }]
  const config = { ...asset.config, Revision: random.number(3) }
  const hidden = Object.fromEntries(
    HIDEABLE.map(field => [field, `${String(asset.config?.['Note'])}${random.number(2)}`]),
  )
  const nested = Object.fromEntries(Object.entries(hidden).map(([field, value]) => [field, `n${value}`]))
  const source = random.oneIn(3) ? ('event' as const) : ('scan' as const)
  return [
    observed(
      { ...asset, source, config: { ...config, ...hidden, Nested: { Open: 1, ...nested } } },
      at + random.number(60_000),
    ),
  ]
}

function scopesOf(id: string, types: readonly string[], random: Random): ScopeResult[] {
  const account = AccountId.parse(id)
  const place = { provider: 'aws' as const, account }
  const entry = { ...place, region: Region.parse('global'), type: ResourceTypeName.parse(ACCOUNT_ENTRY) }
  const closed: ScopeResult[] = random.oneIn(4)
    ? [
        {
          scope: entry,
          startedAt: SCANS[3] ?? 0,
          outcome: { kind: 'denied', needs: ['sts:AssumeRole'], detail: `no entry to ${id}` },
        },
      ]
    : []
  const read = types.flatMap(type =>
    REGIONS.flatMap((region): ScopeResult[] => {
      if (random.oneIn(4)) return []
      const scope = { ...place, region: Region.parse(region), type: ResourceTypeName.parse(type) }
      const startedAt = random.pick(SCANS)
      if (random.oneIn(6)) return [{ scope, startedAt, outcome: { kind: 'failed', detail: `${type} of ${id} failed` } }]
      if (random.oneIn(6))
        return [{ scope, startedAt, outcome: { kind: 'denied', needs: [`read:${type}`], detail: `denied in ${id}` } }]
      return [{ scope, startedAt, outcome: { kind: 'read', assets: random.number(40) } }]
    }),
  )
  return [...closed, ...read]
}

function actorsOf(ids: readonly string[]): Actor[] {
  const person = (name: string, account: string): Actor => ({
    kind: 'iam-user',
    name,
    principal: `arn:aws:iam::${account}:user/${name}`,
    account,
    via: [],
    accessKeyId: `AKIAQAAAAAAAA${name.toUpperCase().padEnd(7, '0')}`,
    raw: {},
  })
  const deployer: Actor = {
    kind: 'assumed-role',
    principal: `arn:aws:iam::${ids[0]}:role/deploy`,
    account: ids[0] ?? '',
    via: [],
    tool: { name: 'terraform' },
    accessKeyId: 'ASIAQAAAAAAADEPLOY01',
    raw: {},
  }
  return [...['ada', 'bob', 'eve', 'kim'].map((name, at) => person(name, ids[at % ids.length] ?? '')), deployer]
}

const CALLS = ['PutBucketPolicy', 'ModifyInstanceAttribute', 'CreateTags', 'DeleteThing', 'RunInstances'] as const

function eventOf(
  number: number,
  from: {
    readonly identities: readonly Observation['asset'][]
    readonly actors: readonly Actor[]
    readonly ids: readonly string[]
    readonly random: Random
  },
): Event {
  const { identities, actors, ids, random } = from
  const touched = Array.from({ length: 1 + random.number(3) }, () => random.pick(identities))
  const at = Math.floor((random.pick(SCANS) - random.number(20 * HOUR_MS)) / 1000) * 1000
  const marks = touched.map(({ nativeId }) => nativeId)
  const account = random.oneIn(3) ? random.pick(ids) : (touched[0]?.account ?? '')
  const outcome = random.number(10)
  return {
    provider: 'aws',
    id: eventIdOf('aws', `estate ${number}`),
    at,
    source: 'ec2.amazonaws.com',
    name: random.pick(CALLS),
    account,
    region: 'eu-west-1',
    outcome:
      outcome < 7
        ? { kind: 'mapped', assets: touched.map(asset => touchedOf(asset, random)) }
        : outcome < 8
          ? { kind: 'unmapped', reason: `not known of ${account}` }
          : { kind: 'none', reason: 'a sign-in' },
    actor: random.pick(actors),
    request: JSON.stringify({ on: marks, secret: `asked-of-${account}` }),
    sharedId: undefined,
  }
}

function touchedOf({ account, region, type, nativeId }: Observation['asset'], random: Random): TouchedAsset {
  const action = random.pick(['create', 'update', 'update', 'delete'] as const satisfies readonly Action[])
  return { account, region, type, id: nativeId, action, derivation: 'estate' }
}
