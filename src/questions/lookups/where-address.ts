import { readCards } from '../../store/queries/cards.ts'
import type { Gap } from '../../store/queries/gaps.ts'
import { addressHolders, type Holding, networkHolders } from '../../store/queries/holders.ts'
import { describe, refOf } from '../answers/asset-ref.ts'
import { whenText } from '../answers/instant.ts'
import { gapsOf, provenanceOf } from '../answers/provenance.ts'
import type { Asking } from '../question.ts'
import { ADDRESS_TYPES } from './address-types.ts'
import { type Owner, ownersOf } from './behind.ts'
import { movedFrom } from './moved.ts'
import { networksHolding } from './sought.ts'
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

/** Of each network that holds an address, how many assets are looked at: 10.0.0.0/16 is a VPC in every second account. */
const NETWORKS_MAX = 10

/** Who has an IP address at a time; when nobody has: who had it, and in which networks it lies. */
export async function whereAddress(address: string, request: WhereRequest, asking: Asking): Promise<WhereAnswer> {
  const { at, limit } = request
  const [held, gaps] = await Promise.all([
    addressHolders(asking, address, at, limit + 1),
    gapsOf(asking, ADDRESS_TYPES),
  ])
  const holdings = held.filter(({ kind }) => kind !== 'cidr')
  if (holdings.length === 0) return unheld(address, { ...request, gaps }, asking)
  const more = holdings.length > limit
  const byAsset = new Map(holdings.slice(0, limit).map(holding => [holding.asset, holding]))
  const cards = [...byAsset.values()].map(({ card }) => card)
  const { owners, left } = movedFrom(await ownersOf(asking, cards, at), new Set(byAsset.keys()))
  const holdingOf = ({ card, through }: Owner): Holding =>
    byAsset.get(card.id) ??
    through.map(carrier => byAsset.get(carrier.id)).find(held => held !== undefined) ??
    (holdings[0] as Holding)
  const holders = owners.map(owner => holderOf(owner.card, holdingOf(owner), owner.through))
  const assets = holders.map(holder => holder.asset)
  return {
    found: true,
    headline: `${request.what} ${assets.length === 1 ? (at === asking.now ? 'is' : 'was') : at === asking.now ? 'is held by' : 'was held by'} ${listed(assets, more)}${atText(at, asking.now)}`,
    provenance: await provenanceOf(asking, {
      cards: [...owners, ...left.map(({ owner }) => owner)].map(({ card }) => card),
      types: ADDRESS_TYPES,
      at,
      found: true,
      gaps,
    }),
    holders,
    networks: [],
    earlier: left.map(({ owner, elasticIp }) =>
      earlierOf({ card: owner.card, holding: { ...holdingOf(owner), to: elasticIp.since } }),
    ),
    later: [],
    similar: [],
    more,
  }
}

async function unheld(
  address: string,
  { what, at, gaps }: WhereRequest & { readonly gaps: readonly Gap[] },
  asking: Asking,
): Promise<WhereAnswer> {
  const [{ earlier, later }, networks] = await Promise.all([
    around(asking, { address }, at),
    networksAround(asking, networksHolding(address), at),
  ])
  const [last] = earlier
  const [next] = later
  const provenance = await provenanceOf(asking, {
    cards: [...earlier.map(({ card }) => card), ...networks.map(({ card }) => card)],
    types: ADDRESS_TYPES,
    at,
    found: false,
    gaps,
  })
  const when = at === asking.now ? ' now' : atText(at, asking.now)
  const parts = [
    last === undefined && next === undefined
      ? `nobody is known to have or to have had ${what}`
      : `nobody has ${what}${when}`,
  ]
  if (last !== undefined)
    parts.push(`last held by ${describe(refOf(last.card))} until ${whenText(last.holding.to, asking.now)}`)
  else if (next !== undefined)
    parts.push(`first held by ${describe(refOf(next.card))} from ${whenText(next.holding.from, asking.now)}`)
  const [smallest] = networks
  if (smallest !== undefined) {
    const others = networks.filter(({ network }) => network === smallest.network).length - 1
    parts.push(
      `it lies in ${smallest.network}, ${describe(refOf(smallest.card))}${others > 0 ? ` and ${others} more` : ''}`,
    )
  }
  return {
    found: false,
    headline: parts.join('; '),
    provenance,
    holders: [],
    networks: networks.map(({ network, card }) => ({ network, asset: refOf(card) })),
    earlier: earlier.map(earlierOf),
    later: later.map(laterOf),
    similar: [],
    more: false,
  }
}

/** The known networks among these, in their order, with their assets. */
export async function networksAround(asking: Asking, networks: readonly string[], at: number) {
  const holdings = await networkHolders(asking, networks, at, NETWORKS_MAX)
  const cards = new Map((await readCards(asking, [...new Set(holdings.map(h => h.asset))], at)).map(c => [c.id, c]))
  return holdings
    .flatMap(({ asset, value }) => {
      const card = cards.get(asset)
      return card === undefined ? [] : [{ network: value, card }]
    })
    .toSorted((a, b) => Number(b.network.split('/')[1]) - Number(a.network.split('/')[1]))
}
