import { hash } from 'node:crypto'
import { z } from 'zod'

/** Which cloud. The names are the ones used in every table and answer. */
export const Provider = z.enum(['aws', 'gcp'])
export type Provider = z.infer<typeof Provider>

/** An account, as its provider writes it: twelve digits on AWS, a project id on Google. */
export const AccountId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9:.-]{4,62}$/, 'an account id: 12 digits on AWS, a project id on Google')
  .brand('AccountId')
export type AccountId = z.infer<typeof AccountId>

/** A region code (`eu-west-1`), or `global` for what belongs to no region. */
export const Region = z
  .string()
  .regex(/^[a-z0-9-]{2,32}$/, 'a region code such as eu-west-1, or global')
  .brand('Region')
export type Region = z.infer<typeof Region>

/** Where an asset of a global service (IAM, Route 53, CloudFront) is said to be. */
export const GLOBAL = Region.parse('global')

/** The provider's own name of a kind of asset: `AWS::EC2::Instance`, `compute.googleapis.com/Instance`. */
export const ResourceTypeName = z.string().min(3).max(200).brand('ResourceTypeName')
export type ResourceTypeName = z.infer<typeof ResourceTypeName>

/** What an asset is called by its provider within (account, region, type). Several parts are joined with `|`, as CloudFormation does. */
export type NativeId = string

/** What makes an asset this asset, and none other, for as long as it exists. */
export interface AssetIdentity {
  readonly provider: Provider
  readonly account: AccountId
  readonly region: Region
  readonly type: ResourceTypeName
  readonly nativeId: NativeId
}

/** A UUID made from an asset's identity, so that no database has to be asked for it. */
export const AssetId = z.uuid().brand('AssetId')
export type AssetId = z.infer<typeof AssetId>

/** The asset id of an identity: the first 128 bits of its SHA-256, as a UUID of version 8 (RFC 9562, section 5.8). */
export function assetIdOf(identity: AssetIdentity): AssetId {
  const { provider, account, region, type, nativeId } = identity
  const hex = hash('sha256', `${provider}\n${account}\n${region}\n${type}\n${nativeId}`, 'hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}` as AssetId
}
