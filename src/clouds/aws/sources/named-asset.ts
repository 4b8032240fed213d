import type { Action, TouchedAsset } from '../../../model/change.ts'
import { parseArn } from '../event-map/arn.ts'
import { EC2_PREFIXES } from '../event-map/ec2-ids.ts'
import { identifyArn } from '../event-map/identify.ts'
import type { EventMap } from '../event-map/load.ts'
import { isGlobal } from '../event-map/owner.ts'

/** An asset by its ARN, or by an EC2 id that tells its type. */
export interface NamedAsset {
  readonly name: string
  readonly action: Action
}

const ACCOUNT = /^\d{12}$/

/** Which asset a name means, seen from an account and region; undefined: none of a type that we know. */
export function namedAsset(
  map: EventMap,
  { name, action }: NamedAsset,
  place: { readonly account: string; readonly region: string },
): Omit<TouchedAsset, 'derivation'> | undefined {
  const arn = parseArn(name)
  if (arn === undefined) return ofEc2(name, action, place)
  const identity = identifyArn(map, name)
  // EBS writes `arn:aws:ec2::us-east-1:snapshot/snap-…`: no template fits, but the id still tells all.
  if (identity === undefined) return ofEc2(name.slice(name.lastIndexOf('/') + 1), action, place)
  const type = identity.type.name
  const account = ACCOUNT.test(arn.account) ? arn.account : place.account
  const region = isGlobal(type, arn) ? 'global' : arn.region || place.region
  return { type, id: identity.id, arn: name, account, region, action }
}

function ofEc2(
  id: string,
  action: Action,
  place: { readonly account: string; readonly region: string },
): Omit<TouchedAsset, 'derivation'> | undefined {
  const type = EC2_PREFIXES.get(id.slice(0, id.lastIndexOf('-')))
  return type === undefined ? undefined : { type, id, account: place.account, region: place.region, action }
}
