import { z } from 'zod'
import type { Card } from '../../store/queries/cards.ts'
import type { Cell } from './blocks.ts'

/** One asset as every answer names it. */
export const AssetRef = z.object({
  id: z.string().describe("Cadastre's own id of the asset"),
  provider: z.string(),
  account: z.string(),
  accountName: z.string().nullable(),
  region: z.string(),
  type: z.string(),
  nativeId: z.string(),
  name: z.string().nullable(),
  arn: z.string().nullable(),
  owner: z.string().nullable().describe('Who the tags say owns it'),
  gone: z.boolean().describe('It did not exist (any more) at the time asked for'),
})
export type AssetRef = z.infer<typeof AssetRef>

export function refOf(card: Card): AssetRef {
  const { id, provider, account, accountName, region, type, nativeId, name, arn, isGone, tags } = card
  return { id, provider, account, accountName, region, type, nativeId, name, arn, owner: ownerOf(tags), gone: isGone }
}

/** Tag keys by which people say who owns something, the most telling first. */
const OWNER_KEYS = ['owner', 'team', 'owned-by', 'ownedby', 'contact', 'squad']

function ownerOf(tags: Readonly<Record<string, string>>): string | null {
  const byKey = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]))
  return OWNER_KEYS.map(key => byKey.get(key)).find(value => value !== undefined && value !== '') ?? null
}

/** `EC2 Instance`, from `AWS::EC2::Instance`; other providers' names stay. */
export function typeTitle(type: string): string {
  const parts = type.split('::')
  return parts.length === 3 ? parts.slice(1).join(' ') : type
}

/** `EC2 Instance web-1 (i-0abc)`. */
export function nameOf(asset: Pick<AssetRef, 'type' | 'name' | 'nativeId'>): string {
  const { type, name, nativeId } = asset
  const shown = shortId(nativeId)
  return `${typeTitle(type)} ${name === null || name === nativeId || name === shown ? shown : `${name} (${shown})`}`
}

/** The part of an ARN or URL that tells one asset of a type from another. */
function shortId(nativeId: string): string {
  if (nativeId.startsWith('arn:')) return nativeId.split(':').at(-1) ?? nativeId
  return /^https:\/\/.*\/([^/]+)$/.exec(nativeId)?.[1] ?? nativeId
}

/** `shop-prod (111122223333)`. */
export function accountText({ account, accountName }: Pick<AssetRef, 'account' | 'accountName'>): string {
  return accountName === null ? account : `${accountName} (${account})`
}

/** `shop-prod (111122223333), eu-west-1`, without the region of what is global. */
export function placeOf(asset: Pick<AssetRef, 'account' | 'accountName' | 'region'>): string {
  return asset.region === 'global' ? accountText(asset) : `${accountText(asset)}, ${asset.region}`
}

/** `EC2 Instance web-1 (i-0abc) in shop-prod (111122223333), eu-west-1, owner shop`. */
export function describe(asset: AssetRef): string {
  return `${nameOf(asset)} in ${placeOf(asset)}${asset.owner === null ? '' : `, owner ${asset.owner}`}`
}

export function accountCell({ account, accountName }: Pick<AssetRef, 'account' | 'accountName'>): Cell {
  return { account, accountName }
}
