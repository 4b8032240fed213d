import type { TouchedAsset } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { parseArn } from './arn.ts'
import type { Identity } from './identify.ts'
import { placeOf } from './owner.ts'

/** One touched asset, in its place. */
export function touched(
  record: CloudTrailRecord,
  identity: Identity,
  action: TouchedAsset['action'],
  derivation: string,
): TouchedAsset {
  const arn = identity.arn === undefined ? undefined : parseArn(identity.arn)
  const { account, region } = placeOf(record, identity.type.name, identity.id, arn)
  const place = { type: identity.type.name, id: identity.id, account, region, action, derivation }
  return identity.arn === undefined ? place : { ...place, arn: identity.arn }
}

/** Each asset once; what is said first about it holds. */
export function unique(assets: readonly TouchedAsset[]): readonly TouchedAsset[] {
  if (assets.length < 2) return assets
  const seen = new Map<string, TouchedAsset>()
  for (const asset of assets) {
    const key = `${asset.type}\n${asset.account}\n${asset.region}\n${asset.id}`
    if (!seen.has(key)) seen.set(key, asset)
  }
  return [...seen.values()]
}
