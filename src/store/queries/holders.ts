import { arrayText } from '../text-array.ts'
import { CARD, type Card, type CardRow, cardOf } from './cards.ts'
import { lookup, milliseconds, type Reader, read, statement, timestamp, visible } from './reader.ts'
import { lookUpEach } from './together.ts'

/** That an asset had a value (an address, a name, an id) for a time. */
export interface Holding {
  readonly asset: string
  readonly value: string
  readonly kind: string
  readonly type: string
  readonly account: string
  readonly from: number
  /** Infinity: it still has. */
  readonly to: number
}

/** With who had it, as they were then. */
export interface Held extends Holding {
  readonly card: Card
}

interface Row extends Omit<Holding, 'from' | 'to'> {
  readonly from: Date | number
  readonly to: Date | number
}

interface HeldRow extends CardRow {
  readonly value: string
  readonly kind: string
  readonly from: Date | number
  readonly to: Date | number
}

const COLUMNS = `h.asset, h.kind, a.type, a.account, h.valid_from as "from", h.valid_to as "to"`
const THEN = 'h.valid_from <= $4 and h.valid_to > $4'

/** `of`: the type that is meant, if one is. */
const IDENTIFIER = lookup(
  'identifier-holders',
  `select n.position::int as position, h.* from unnest($3::text[], $4::timestamptz[], $5::int[], $6::text[]) with ordinality as n (held, at, most, of, position)
   cross join lateral (
     select h.value, ${COLUMNS} from identifier h join asset a on a.id = h.asset
     where h.value = any(n.held::text[]) and h.valid_from <= n.at and h.valid_to > n.at and (n.of is null or a.type = n.of) and ${visible('a')}
     order by h.value, h.asset, h.kind limit n.most
   ) h`,
)
/** The holders' cards come with them: most who ask for an address ask for these next. */
const ADDRESS = lookup(
  'address-holders',
  `select n.position::int as position, a.value, a.kind, a.valid_from as "from", a.valid_to as "to", ${CARD.columns}
   from unnest($3::inet[], $4::timestamptz[], $5::int[]) with ordinality as n (address, at, most, position)
   cross join lateral (
     select host(h.address) as value, h.kind, h.valid_from, h.valid_to, a.id, a.provider, a.account, a.region, a.type, a.native_id, a.name
     from address h join asset a on a.id = h.asset
     where h.address = n.address and h.valid_from <= n.at and h.valid_to > n.at and ${visible('a')}
     order by h.asset, h.kind limit n.most
   ) a ${CARD.joins}`,
)

/** Who has any of these values at a time; `type`: only assets of it. */
export async function identifierHolders(
  reader: Reader,
  values: readonly string[],
  at: number,
  { limit, type }: { readonly limit: number; readonly type?: string },
): Promise<Holding[]> {
  const [rows = []] = await lookUpEach<Row>(reader, IDENTIFIER, [
    [arrayText(values), timestamp(at), limit, type ?? null],
  ])
  return rows.map(holdingOf)
}

/** Who has this address (or exactly this network) at a time. */
export async function addressHolders(reader: Reader, address: string, at: number, limit: number): Promise<Held[]> {
  const [rows = []] = await lookUpEach<HeldRow>(reader, ADDRESS, [[address, timestamp(at), limit]])
  return rows.map(row => ({ ...holdingOf({ ...row, asset: row.id }), card: cardOf(row) }))
}

const NETWORKS = lookup(
  'networks',
  `select n.network::text as value, h.* from unnest($3::inet[]) as n (network)
   cross join lateral (
     select ${COLUMNS} from address h join asset a on a.id = h.asset
     where h.address = n.network and h.kind = 'cidr' and ${THEN} and ${visible('a')} order by h.asset limit $5
   ) h`,
)

/** The assets that are one of these networks at a time, at most `limit` for each: equality on a list of prefixes is an index lookup each, containment is none. */
export async function networkHolders(
  reader: Reader,
  networks: readonly string[],
  at: number,
  limit: number,
): Promise<Holding[]> {
  return (await read<Row>(reader, NETWORKS, [networks, timestamp(at), limit])).map(holdingOf)
}

const WITHIN = statement(
  'within',
  `select case when h.kind = 'cidr' then h.address::text else host(h.address) end as value, ${COLUMNS}
   from address h join asset a on a.id = h.asset
   where h.address between network($3::inet) and set_masklen(broadcast($3::inet), case family($3::inet) when 4 then 32 else 128 end)
     and h.address <<= $3::inet and ${THEN} and ${visible('a')}
   order by h.address, h.asset, h.kind limit $5 offset $6`,
)

/** Everything whose address or network lies in a network at a time, in order of address. */
export async function holdersWithin(
  reader: Reader,
  network: string,
  at: number,
  page: { readonly limit: number; readonly offset: number },
): Promise<Holding[]> {
  return (await read<Row>(reader, WITHIN, [network, timestamp(at), page.limit, page.offset])).map(holdingOf)
}

const AROUND = (table: string, value: string, match: string) => `
  (select ${value} as value, ${COLUMNS} from ${table} h join asset a on a.id = h.asset
   where ${match} and h.valid_to <= $4 and ($6::text is null or a.type = $6) and ${visible('a')} order by h.valid_to desc, h.asset, h.kind, h.valid_from limit $5)
  union all
  (select ${value} as value, ${COLUMNS} from ${table} h join asset a on a.id = h.asset
   where ${match} and h.valid_from > $4 and ($6::text is null or a.type = $6) and ${visible('a')} order by h.valid_from, h.asset, h.kind limit $5)`

const IDENTIFIER_AROUND = lookup('identifier-around', AROUND('identifier', 'h.value', 'h.value = any($3::text[])'))
const ADDRESS_AROUND = lookup('address-around', AROUND('address', 'host(h.address)', 'h.address = $3::inet'))

/** The last holders before a time (the latest first), then the first ones after it. */
export async function holdingsAround(
  reader: Reader,
  sought: { readonly address: string } | { readonly values: readonly string[] },
  at: number,
  { limit, type }: { readonly limit: number; readonly type?: string },
): Promise<Holding[]> {
  const [statement, value] = 'address' in sought ? [ADDRESS_AROUND, sought.address] : [IDENTIFIER_AROUND, sought.values]
  return (await read<Row>(reader, statement, [value, timestamp(at), limit, type ?? null])).map(holdingOf)
}

/**
 * Rows that are looked at for suggestions, of those that begin like the text. Somebody who may see few of them is to find these all the
 * same, so that more is looked at for who may not see everything: up to as much as takes tens of milliseconds.
 */
const SIMILAR_ROWS_MAX = 200
const SIMILAR_ROWS_LIMITED_MAX = 20_000

const LIKE = statement(
  'identifiers-like',
  `select distinct h.value from (
     select h.value from (
       select value, asset from identifier
       where value >= $3 and value < $3 || U&'\\+10FFFF' and valid_to = 'infinity' order by value
       limit case when $1::text is null then ${SIMILAR_ROWS_MAX} else ${SIMILAR_ROWS_LIMITED_MAX} end
     ) h join asset a on a.id = h.asset where ${visible('a')} order by h.value limit ${SIMILAR_ROWS_MAX}
   ) h order by h.value limit $4`,
)

/** Identifiers that start with a text: for suggestions. */
export async function identifiersStartingWith(reader: Reader, start: string, limit: number): Promise<string[]> {
  return (await read<{ value: string }>(reader, LIKE, [start, limit])).map(row => row.value).sort()
}

function holdingOf({ asset, value, kind, type, account, from, to }: Row): Holding {
  return { asset, value, kind, type, account, from: milliseconds(from), to: milliseconds(to) }
}
