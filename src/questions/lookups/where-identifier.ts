import { readCards } from '../../store/queries/cards.ts'
import { identifierHolders, identifiersStartingWith } from '../../store/queries/holders.ts'
import { describe, refOf } from '../answers/asset-ref.ts'
import { whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import type { Asking } from '../question.ts'
import {
  around,
  atText,
  earlierOf,
  holderOf,
  laterOf,
  listed,
  type WhereAnswer,
  type WhereRequest,
} from './where-answer.ts'

const SIMILAR_MAX = 5

/** Which assets have an id, ARN, name, DNS name or key at a time; when none has: which had, and what is called like it. */
export async function whereIdentifier(
  values: readonly string[],
  request: WhereRequest,
  asking: Asking,
): Promise<WhereAnswer> {
  const { what, at, limit, offset } = request
  const holdings = await identifierHolders(asking, values, at, { limit: offset + limit + 1 })
  if (holdings.length === 0) return unheld(values, request, asking)
  // An asset may have a value as its id and as its name.
  const byAsset = new Map(
    holdings
      .slice(offset, offset + limit)
      .toReversed()
      .map(holding => [holding.asset, holding]),
  )
  const cards = await readCards(asking, [...byAsset.keys()], at)
  const holders = cards.flatMap(card => {
    const holding = byAsset.get(card.id)
    return holding === undefined ? [] : [holderOf(card, holding, [])]
  })
  const more = holdings.length > offset + limit
  const assets = holders.map(holder => holder.asset)
  const isUnique = holders.every(holder => holder.valueKind !== 'name' && holder.valueKind !== 'dns')
  const verb = at === asking.now ? 'is' : 'was'
  return {
    found: true,
    headline: `${what} ${assets.length === 1 ? verb : `${verb} the name of`} ${listed(assets, more)}${atText(at, asking.now)}`,
    provenance: await provenanceOf(asking, { cards, types: isUnique ? [] : null, at, found: true }),
    holders,
    networks: [],
    earlier: [],
    later: [],
    similar: [],
    more,
  }
}

async function unheld(values: readonly string[], { what, at }: WhereRequest, asking: Asking): Promise<WhereAnswer> {
  const { earlier, later } = await around(asking, { values }, at)
  const isKnown = earlier.length + later.length > 0
  const similar = isKnown ? [] : await identifiersStartingWith(asking, values.at(-1) ?? what, SIMILAR_MAX)
  const [last] = earlier
  const [next] = later
  const then = at === asking.now ? '' : atText(at, asking.now)
  const headline =
    last !== undefined
      ? `${what} ${last.card.isGone ? 'no longer exists' : 'is no longer in use'}${then}: it was ${describe(refOf(last.card))} until ${whenText(last.holding.to, asking.now)}`
      : next !== undefined
        ? `${what} was not known yet${then}: it is ${describe(refOf(next.card))}, first seen ${whenText(next.holding.from, asking.now)}`
        : `nothing known is or was called ${what}${similar.length > 0 ? `; similar: ${similar.join(', ')}` : ''}`
  return {
    found: false,
    headline,
    provenance: await provenanceOf(asking, {
      cards: earlier.map(({ card }) => card),
      types: isKnown ? [] : null,
      at,
      found: false,
    }),
    holders: [],
    networks: [],
    earlier: earlier.map(earlierOf),
    later: later.map(laterOf),
    similar,
    more: false,
  }
}
