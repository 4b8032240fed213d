import { AccountId, assetIdOf, GLOBAL, ResourceTypeName } from '../../model/identity.ts'
import { type Card, readCards } from '../../store/queries/cards.ts'
import { holdingsAround, identifierHolders } from '../../store/queries/holders.ts'
import type { Reader } from '../../store/queries/reader.ts'

export const KEY_TYPE = 'AWS::IAM::AccessKey'
const USER_TYPE = ResourceTypeName.parse('AWS::IAM::User')

/** A key as it was while it existed, and when it did not any more, or not yet. */
export interface KeyHolding {
  readonly card: Card
  /** When it was found to be gone; undefined: it exists at the time asked for. */
  readonly goneAt: number | undefined
  /** When it was first seen, if that is after the time asked for. */
  readonly firstSeenAt: number | undefined
}

/** The access key of an id at a time; a deleted one as it was last, one not known yet as it was first. */
export async function findKey(reader: Reader, key: string, at: number): Promise<KeyHolding | undefined> {
  const [held] = await identifierHolders(reader, [key], at, { limit: 1, type: KEY_TYPE })
  if (held !== undefined) return holding(reader, held.asset, at, {})
  const [near] = await holdingsAround(reader, { values: [key] }, at, { limit: 1, type: KEY_TYPE })
  if (near === undefined) return undefined
  return near.to <= at
    ? holding(reader, near.asset, near.to - 1, { goneAt: near.to })
    : holding(reader, near.asset, near.from, { firstSeenAt: near.from })
}

async function holding(
  reader: Reader,
  asset: string,
  at: number,
  { goneAt, firstSeenAt }: { readonly goneAt?: number; readonly firstSeenAt?: number },
): Promise<KeyHolding | undefined> {
  const [card] = await readCards(reader, [asset], at)
  return card === undefined ? undefined : { card, goneAt, firstSeenAt }
}

/** The user of a key: a key names its user within its account, so the user's id can be told without looking for it. */
export async function userOf(reader: Reader, key: Card, userName: string, at: number): Promise<Card | undefined> {
  const account = AccountId.safeParse(key.account)
  if (!account.success) return undefined
  const id = assetIdOf({ provider: 'aws', account: account.data, region: GLOBAL, type: USER_TYPE, nativeId: userName })
  const [card] = await readCards(reader, [id], at)
  return card
}
