import { type AssetRef, accountCell, nameOf } from '../answers/asset-ref.ts'
import { type Block, table, text, time } from '../answers/blocks.ts'

interface WhereOutput {
  readonly holders: readonly {
    readonly asset: AssetRef
    readonly value: string
    readonly since: string
    readonly through: readonly AssetRef[]
  }[]
  readonly networks: readonly { readonly network: string; readonly asset: AssetRef }[]
  readonly earlier: readonly { readonly asset: AssetRef; readonly from: string; readonly until: string }[]
  readonly later: readonly { readonly asset: AssetRef; readonly from: string }[]
  readonly more: boolean
}

/** The tables of an answer to `where`: who has it, networks, who had it, who got it. */
export function presentWhere({ holders, networks, earlier, later, more }: WhereOutput): readonly Block[] {
  const hasThrough = holders.some(holder => holder.through.length > 0)
  return [
    ...table(
      null,
      ['what', 'asset', 'account', 'region', 'owner', 'since', ...(hasThrough ? ['through'] : [])],
      holders.map(({ asset, value, since, through }) => [
        value,
        nameOf(asset),
        accountCell(asset),
        asset.region,
        asset.owner,
        time(since),
        ...(hasThrough ? [through.map(nameOf).join(', ')] : []),
      ]),
    ),
    ...(more ? [text('There are more: use --limit and --page, or a smaller network.')] : []),
    ...table(
      'Networks that hold it',
      ['network', 'asset', 'account', 'region'],
      networks.map(({ network, asset }) => [network, nameOf(asset), accountCell(asset), asset.region]),
    ),
    ...table(
      'Earlier',
      ['asset', 'account', 'region', 'from', 'until'],
      earlier.map(({ asset, from, until }) => [
        nameOf(asset),
        accountCell(asset),
        asset.region,
        time(from),
        time(until),
      ]),
    ),
    ...table(
      'Later',
      ['asset', 'account', 'region', 'from'],
      later.map(({ asset, from }) => [nameOf(asset), accountCell(asset), asset.region, time(from)]),
    ),
  ]
}
