import { addressBytes } from '../../model/address.ts'
import { readCards } from '../../store/queries/cards.ts'
import { holdersWithin } from '../../store/queries/holders.ts'
import { type AssetRef, describe, refOf, typeTitle } from '../answers/asset-ref.ts'
import { provenanceOf } from '../answers/provenance.ts'
import type { Asking } from '../question.ts'
import { ADDRESS_TYPES } from './address-types.ts'
import { networkOf, networksHolding, type Sought } from './sought.ts'
import { networksAround } from './where-address.ts'
import { atText, holderOf, type WhereAnswer, type WhereRequest } from './where-answer.ts'

/** Everything with an address in a network at a time, and the networks that the network lies in or is. */
export async function whereNetwork(
  { network: given, bits }: Extract<Sought, { kind: 'network' }>,
  { at, limit, offset }: WhereRequest,
  asking: Asking,
): Promise<WhereAnswer> {
  const network = networkOf(addressBytes(given), bits)
  const [holdings, networks] = await Promise.all([
    holdersWithin(asking, network, at, { limit: limit + 1, offset }),
    networksAround(asking, networksHolding(network, bits), at),
  ])
  const more = holdings.length > limit
  const inside = holdings.slice(0, limit)
  const cards = await readCards(asking, [...new Set(inside.map(holding => holding.asset))], at)
  const byId = new Map(cards.map(card => [card.id, card]))
  const holders = inside.flatMap(holding => {
    const card = byId.get(holding.asset)
    return card === undefined ? [] : [holderOf(card, holding, [])]
  })
  const assets = [...new Map(holders.map(({ asset }) => [asset.id, asset])).values()]
  const found = holders.length > 0
  const [smallest] = networks
  const others = assets.filter(asset => asset.id !== smallest?.card.id)
  const itself =
    smallest === undefined
      ? `${network} is no known network`
      : `${network} ${smallest.network === network ? 'is' : `lies in ${smallest.network},`} ${describe(refOf(smallest.card))}`
  return {
    found: found || networks.length > 0,
    headline: `${itself}; it holds ${countsOf(others, more)}${atText(at, asking.now)}`,
    provenance: await provenanceOf(asking, {
      cards: [...cards, ...networks.map(({ card }) => card)],
      types: [...ADDRESS_TYPES, 'AWS::EC2::Subnet', 'AWS::EC2::VPC'],
      at,
      found,
    }),
    holders,
    networks: networks.map(({ network, card }) => ({ network, asset: refOf(card) })),
    earlier: [],
    later: [],
    similar: [],
    more,
  }
}

/** `2 EC2 Instance, 1 EC2 NetworkInterface`, or the asset itself where it is one. */
function countsOf(assets: readonly AssetRef[], more: boolean): string {
  const [only] = assets
  if (only === undefined) return 'nothing known'
  if (assets.length === 1) return describe(only)
  const types = [...Map.groupBy(assets, asset => asset.type)].map(([type, of]) => `${of.length} ${typeTitle(type)}`)
  return `${more ? 'more than ' : ''}${types.join(', ')}`
}
