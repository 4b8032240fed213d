import { randomUUID } from 'node:crypto'
import type { Actor } from '../src/model/actor.ts'
import type { TouchedAsset } from '../src/model/change.ts'
import type { Event, Incoming } from '../src/model/event.ts'

export const T = Date.UTC(2026, 0, 1)
export const ACCOUNT = '111122223333'
export const REGION = 'eu-west-1'
export const TYPE = 'AWS::EC2::SecurityGroup'

export const ada: Actor = {
  kind: 'sso-user',
  name: 'ada@example.com',
  account: ACCOUNT,
  via: [],
  raw: { type: 'AssumedRole' },
}

export function touched(id: string, other: Partial<TouchedAsset> = {}): TouchedAsset {
  return { type: TYPE, id, account: ACCOUNT, region: REGION, action: 'update', derivation: 'request', ...other }
}

/** Another event for each call; `other` says in what it differs from a usual one. */
export function anEvent(other: Partial<Event> = {}): Event {
  return {
    provider: 'aws',
    id: randomUUID(),
    at: T,
    source: 'ec2.amazonaws.com',
    name: 'AuthorizeSecurityGroupIngress',
    account: ACCOUNT,
    region: REGION,
    outcome: { kind: 'mapped', assets: [touched(`sg-${randomUUID()}`)] },
    actor: ada,
    request: '{"groupId":"sg-1"}',
    sharedId: undefined,
    ...other,
  }
}

export function incoming(parts: Partial<Incoming>): Incoming {
  const counts = { mapped: 0, none: 0, relist: 0, unmapped: 0, ignored: 0 }
  return { events: [], credentials: [], observations: [], rejected: [], counts, ...parts }
}
