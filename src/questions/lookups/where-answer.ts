import type { Card } from '../../store/queries/cards.ts'
import { readCards } from '../../store/queries/cards.ts'
import { type Holding, holdingsAround } from '../../store/queries/holders.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { type AssetRef, describe, refOf } from '../answers/asset-ref.ts'
import { isoOf, whenText } from '../answers/instant.ts'
import type { Provenance } from '../answers/provenance.ts'

/** What is asked for, in the asker's words, and of which time. */
export interface WhereRequest {
  readonly what: string
  readonly at: number
  readonly limit: number
  readonly offset: number
}

/** The parts of an answer to `where`, whatever was asked for. */
export interface WhereAnswer {
  found: boolean
  headline: string
  provenance: Provenance
  holders: {
    asset: AssetRef
    value: string
    valueKind: string
    since: string
    until: string | null
    through: AssetRef[]
  }[]
  networks: { network: string; asset: AssetRef }[]
  earlier: { asset: AssetRef; from: string; until: string }[]
  later: { asset: AssetRef; from: string }[]
  similar: string[]
  more: boolean
}

export function holderOf(card: Card, { value, kind, from, to }: Holding, through: readonly Card[]) {
  const until = to === Number.POSITIVE_INFINITY ? null : isoOf(to)
  return { asset: refOf(card), value, valueKind: kind, since: isoOf(from), until, through: through.map(refOf) }
}

/** Assets that are named in a headline; more are counted. */
const NAMED_MAX = 3

/** `A`, or `3 assets: A; B; C`, or with the rest counted. */
export function listed(assets: readonly AssetRef[], more: boolean): string {
  const [only] = assets
  if (assets.length === 1 && only !== undefined && !more) return describe(only)
  const named = assets.slice(0, NAMED_MAX).map(describe).join('; ')
  const rest = assets.length - NAMED_MAX
  const count = `${more ? 'more than ' : ''}${assets.length} assets`
  return `${count}: ${named}${rest > 0 || more ? `; and ${more ? 'others' : `${rest} more`}` : ''}`
}

/** ` at 2026-11-01 03:00Z (3 weeks ago)`; nothing for now. */
export function atText(at: number, now: number): string {
  return at === now ? '' : ` at ${whenText(at, now)}`
}

const AROUND_MAX = 5

/** Who had it before a time, the last one first, and who after it. */
export async function around(
  reader: Reader,
  sought: Parameters<typeof holdingsAround>[1],
  at: number,
): Promise<{ earlier: { card: Card; holding: Holding }[]; later: { card: Card; holding: Holding }[] }> {
  const holdings = await holdingsAround(reader, sought, at, { limit: AROUND_MAX })
  const now = Number.POSITIVE_INFINITY
  const cards = new Map((await readCards(reader, [...new Set(holdings.map(h => h.asset))], now)).map(c => [c.id, c]))
  const known = holdings.flatMap(holding => {
    const card = cards.get(holding.asset)
    return card === undefined ? [] : [{ card, holding }]
  })
  return {
    earlier: known.filter(({ holding }) => holding.to <= at),
    later: known.filter(({ holding }) => holding.from > at),
  }
}

export function earlierOf({ card, holding }: { card: Card; holding: Holding }) {
  return { asset: refOf(card), from: isoOf(holding.from), until: isoOf(holding.to) }
}

export function laterOf({ card, holding }: { card: Card; holding: Holding }) {
  return { asset: refOf(card), from: isoOf(holding.from) }
}
