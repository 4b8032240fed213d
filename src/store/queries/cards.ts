import { lookup, milliseconds, type Reader, timestamp, visible } from './reader.ts'
import { lookUpEach } from './together.ts'

/** One asset as it was at a time: who it is, and the version that held then. */
export interface Card {
  readonly id: string
  readonly provider: string
  readonly account: string
  readonly accountName: string | null
  readonly region: string
  readonly type: string
  readonly nativeId: string
  /** The name in that version; a gone asset is called as it was last. */
  readonly name: string | null
  readonly arn: string | null
  /** The asset did not exist (any more) at the time asked for. */
  readonly isGone: boolean
  /** When the version was first seen. */
  readonly since: number
  /** When the cloud was last read and showed this version. */
  readonly seenAt: number
  /** How: scan, event or live. */
  readonly source: string
  /** 'kind value' each. */
  readonly identifiers: readonly string[]
  /** 'kind target' each. */
  readonly edges: readonly string[]
  readonly tags: Readonly<Record<string, string>>
}

/**
 * What a statement adds to tell the cards of assets as of a time: `a` has the columns of the asset that say who it is, `n.at` is the time. An
 * asset that was not known yet is left out.
 */
export const CARD = {
  columns: `a.id, a.provider, a.account, c.name as "accountName", a.region, a.type, a.native_id as "nativeId", a.name,
     v.digest is null as "isGone", v.valid_from as since, v.source, v.identifiers, v.edges, v.tags,
     s.at as "sightedAt", s.source as "sightedBy"`,
  joins: `left join account c on c.provider = a.provider and c.id = a.account
   join lateral (select * from version v where v.asset = a.id and v.valid_from <= n.at order by v.valid_from desc limit 1) v on true
   left join lateral (select at, source from sighting s where s.asset = a.id and s.at <= n.at order by s.at desc limit 1) s on true`,
}

const CARDS = lookup(
  'cards',
  `select n.position::int as position, ${CARD.columns}
   from unnest($3::uuid[], $4::timestamptz[]) with ordinality as n (id, at, position)
   join asset a on a.id = n.id ${CARD.joins}
   where ${visible('a')}`,
)

/** A card as `CARD` reads it. */
export interface CardRow extends Omit<Card, 'since' | 'seenAt' | 'arn' | 'identifiers' | 'edges' | 'tags'> {
  readonly since: Date
  readonly identifiers: readonly string[] | null
  readonly edges: readonly string[] | null
  readonly tags: Readonly<Record<string, string>> | null
  readonly sightedAt: Date | null
  readonly sightedBy: string | null
}

/** The cards of assets as of a time, in the order of the ids; an asset that was not known yet, or may not be seen, is left out. */
export async function readCards(reader: Reader, ids: readonly string[], at: number): Promise<Card[]> {
  const then = timestamp(at)
  const rows = await lookUpEach<CardRow>(
    reader,
    CARDS,
    ids.map(id => [id, then]),
  )
  return rows.flat().map(cardOf)
}

export function cardOf(row: CardRow): Card {
  const { id, provider, account, accountName, region, type, nativeId, isGone, identifiers, sightedAt, sightedBy } = row
  const since = milliseconds(row.since)
  const sighted = sightedAt === null ? 0 : milliseconds(sightedAt)
  const isSighted = sighted > since
  return {
    ...{ id, provider, account, accountName, region, type, nativeId, isGone, since },
    seenAt: isSighted ? sighted : since,
    source: isSighted ? (sightedBy ?? row.source) : row.source,
    name: firstValue(identifiers, 'name') ?? (isGone ? row.name : null),
    arn: firstValue(identifiers, 'arn') ?? null,
    identifiers: identifiers ?? [],
    edges: row.edges ?? [],
    tags: row.tags ?? {},
  }
}

/** The first value of a kind in a list of 'kind value'. */
export function firstValue(texts: readonly string[] | null, kind: string): string | undefined {
  return texts?.find(text => text.startsWith(`${kind} `))?.slice(kind.length + 1)
}

/** All values of some kinds in a list of 'kind value'. */
export function valuesOf(texts: readonly string[], ...kinds: readonly string[]): string[] {
  return texts.flatMap(text => {
    const space = text.indexOf(' ')
    return kinds.includes(text.slice(0, space)) ? [text.slice(space + 1)] : []
  })
}
