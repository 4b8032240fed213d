import { z } from 'zod'
import { type Card, readCards } from '../../store/queries/cards.ts'
import { addressHolders, type Holding, holdingsAround, identifierHolders } from '../../store/queries/holders.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { accountText, describe, refOf } from '../answers/asset-ref.ts'
import { ownersOf } from './behind.ts'
import { movedFrom } from './moved.ts'
import { soughtOf } from './sought.ts'

/** What a name in a question turned out to mean. */
export type Found =
  | { readonly kind: 'one'; readonly card: Card }
  /** The asker has to say which. */
  | { readonly kind: 'many'; readonly cards: readonly Card[] }
  | { readonly kind: 'none' }

/** How the asker says which of several. */
export interface Narrowing {
  readonly account?: string | undefined
  readonly type?: string | undefined
}

/** The input fields of every question about one asset. */
export const WhichAsset = {
  asset: z
    .string()
    .trim()
    .min(1)
    .max(2048)
    .describe('The asset: its id, ARN, name, DNS name, IP address or access key'),
  account: z.string().max(256).optional().describe('Of several, the one in this account (id or name)'),
  type: z.string().max(256).optional().describe('Of several, the one of this type (or its last word: instance)'),
}

const CANDIDATES_MAX = 50
const OWN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The asset that is meant by any identifier at a time; one that had it before, or later, if none has it then. */
export async function findAsset(reader: Reader, text: string, at: number, narrowing: Narrowing = {}): Promise<Found> {
  const cards = (await candidates(reader, text, at)).filter(card => fits(card, narrowing))
  const [first] = cards
  if (first === undefined) return { kind: 'none' }
  return cards.length === 1 ? { kind: 'one', card: first } : { kind: 'many', cards }
}

/** What to say of an asset that is not found, or not one. */
export function notOne(text: string, found: Exclude<Found, { kind: 'one' }>): string {
  if (found.kind === 'none') return `nothing known is or was called ${text}`
  const named = found.cards.slice(0, 3).map(card => describe(refOf(card)))
  const rest = found.cards.length - named.length
  const accounts = new Set(found.cards.map(accountText)).size
  return `${text} may be ${found.cards.length} assets; say which with ${accounts > 1 ? '--account or ' : ''}--type: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`
}

async function candidates(reader: Reader, text: string, at: number): Promise<Card[]> {
  if (OWN_ID.test(text)) return readCards(reader, [text], at)
  const sought = soughtOf(text)
  if (sought.kind === 'address') {
    const held = await addressHolders(reader, sought.address, at, CANDIDATES_MAX)
    const holders = held.length > 0 ? held : nearestOf(await holdingsAround(reader, sought, at, { limit: 1 }))
    const cards = await cardsOf(reader, holders, at)
    const { owners } = movedFrom(await ownersOf(reader, cards, at), new Set(cards.map(({ id }) => id)))
    return owners.map(({ card }) => card)
  }
  if (sought.kind === 'network')
    return cardsOf(reader, await addressHolders(reader, sought.network, at, CANDIDATES_MAX), at)
  const held = await identifierHolders(reader, sought.values, at, { limit: CANDIDATES_MAX })
  if (held.length > 0) return cardsOf(reader, mostExact(held), at)
  return cardsOf(reader, nearestOf(await holdingsAround(reader, sought, at, { limit: CANDIDATES_MAX })), at)
}

/** An asset of which it is the id or ARN is meant rather than one that is only called so. */
function mostExact(holdings: readonly Holding[]): readonly Holding[] {
  const exact = holdings.filter(({ kind }) => kind === 'arn' || kind === 'id' || kind === 'access-key')
  return exact.length > 0 ? exact : holdings
}

/** Of the holders before and after a time: the last before, and those that lost it at that moment too; else the first after. */
function nearestOf(holdings: readonly Holding[]): readonly Holding[] {
  const [first] = holdings
  return holdings.filter(({ to, from }) =>
    first?.to === Number.POSITIVE_INFINITY ? from === first.from : to === first?.to,
  )
}

async function cardsOf(reader: Reader, holdings: readonly Holding[], at: number): Promise<Card[]> {
  const ids = [...new Set(holdings.map(holding => holding.asset))]
  const cards = await readCards(reader, ids, at)
  // Before an asset was first seen it has no card: what is known of it is from later.
  return cards.length === ids.length ? cards : readCards(reader, ids, Number.POSITIVE_INFINITY)
}

function fits(card: Card, { account, type }: Narrowing): boolean {
  const inAccount =
    account === undefined || card.account === account || card.accountName?.toLowerCase() === account.toLowerCase()
  return inAccount && (type === undefined || isType(card.type, type))
}

/** `AWS::EC2::Instance` is meant by itself, by `EC2 Instance`, and by `instance`. */
export function isType(type: string, given: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const parts = type.split(/::|[./]/)
  const wanted = plain(given)
  return parts.some((_, at) => plain(parts.slice(at).join('')) === wanted)
}
