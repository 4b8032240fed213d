import type { Actor } from '../../src/model/actor.ts'
import type { TouchedAsset } from '../../src/model/change.ts'
import { type Credential, type Event, eventIdOf, type KeptOutcome } from '../../src/model/event.ts'
import { AccountId, type AssetIdentity, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { Observation } from '../../src/model/observation.ts'
import { type Fact, KEYS } from './story.ts'

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>

const ACCOUNT = AccountId.parse('111122223333')
const REGION = Region.parse('eu-west-1')
const TYPE = ResourceTypeName.parse('AWS::EC2::EIP')
/** Each story has a day of its own, so that what one tells is nothing to the others. */
const FIRST_DAY = Date.UTC(2026, 0, 1)
const DAY_MS = 24 * 60 * 60_000

function timeOf(story: number, second: number): number {
  return FIRST_DAY + (story % 10_000) * DAY_MS + second * 1_000
}

export function assetOf(story: number, asset: number): AssetIdentity {
  return { provider: 'aws', account: ACCOUNT, region: REGION, type: TYPE, nativeId: nameOf(story, asset, 'own') }
}

function nameOf(story: number, asset: number, name: string): string {
  if (name === 'shared') return `ip-${story}`
  return name === 'own' ? `ip-${story}|eipalloc-${story}-${asset}` : `eipalloc-${story}-${asset}`
}

export function observationOf(story: number, fact: FactOf<'observation'>): Observation {
  const { asset, second, ms, source, look, tellsAliases } = fact
  const base = { asset: assetOf(story, asset), at: timeOf(story, second) + ms, source }
  if (look === undefined) return { ...base, state: { kind: 'gone' } }
  return {
    ...base,
    state: {
      kind: 'present',
      name: look === 0 ? undefined : `name-${look}`,
      tags: { look: String(look) },
      identifiers: [
        { kind: 'public-ip', value: `198.51.100.${look}` },
        { kind: 'id', value: `eipalloc-${story}-${asset}` },
      ],
      edges: look === 2 ? [{ kind: 'attached-to', target: `i-${story}` }] : [],
      config: { look, nul: '\0' },
      volatile: { used: second },
      ...(tellsAliases && { aliases: [nameOf(story, asset, 'alias'), nameOf(story, asset, 'shared')] }),
    },
  }
}

/** `number` tells the facts of a story apart. */
export function eventOf(story: number, number: number, fact: FactOf<'event'>): Event {
  const { second, person, call, touches } = fact
  return {
    provider: 'aws',
    id: eventIdOf('aws', `${story} ${number}`),
    at: timeOf(story, second),
    source: 'ec2.amazonaws.com',
    name: `Do${number}`,
    account: call === undefined ? ACCOUNT : `44445555666${call}`,
    region: REGION,
    outcome: outcomeOf(story, fact),
    actor: actorOf(story, person),
    request: touches.length > 1 ? JSON.stringify({ number, password: 'x' }) : undefined,
    sharedId: call === undefined ? undefined : eventIdOf('aws', `${story} call ${call}`),
  }
}

function outcomeOf(story: number, { outcome, touches, isStray, second }: FactOf<'event'>): KeptOutcome {
  const place = { account: isStray ? 'unknown' : ACCOUNT, region: REGION, type: TYPE }
  if (outcome === 'relist') return { kind: outcome, types: [{ ...place, type: typeOf(story) }], reason: `${second}` }
  if (outcome !== 'mapped') return { kind: outcome, reason: `of story ${story}` }
  const assets = touches.map(({ asset, name, action }): TouchedAsset => {
    return { ...place, id: nameOf(story, asset, name), action, derivation: 'request' }
  })
  return { kind: outcome, assets }
}

/** A type of its own: each story asks for its own listing. */
export function typeOf(story: number): string {
  return `${TYPE}${story}`
}

export function credentialOf(story: number, { key, person }: FactOf<'credential'>): Credential {
  return { accessKeyId: keyOf(story, key), caller: actorOf(story, person) }
}

export function keysOf(story: number): string[] {
  return Array.from({ length: KEYS }, (_, key) => keyOf(story, key))
}

function keyOf(story: number, key: number): string {
  return `ASIA${story}K${key}`
}

function actorOf(story: number, { kind, name, key }: FactOf<'credential'>['person']): Actor {
  return {
    kind,
    ...(name !== undefined && { name }),
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/r/${kind}`,
    via: [],
    ...(key !== undefined && { accessKeyId: keyOf(story, key) }),
    raw: { story, kind, name: name ?? null },
  }
}
