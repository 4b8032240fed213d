import type { Connection } from '../database.ts'

/*
 * An indexer follows `version.tx`, the transaction that wrote a version. Its place:
 *
 *   (nothing)              -> rebuild, from the horizon of this moment
 *   rebuild HORIZON ASSET  all assets up to ASSET are indexed -> the next ones; after the last: follow HORIZON
 *   follow TX              all that was written by transactions before TX is indexed -> the next transactions
 *
 * The horizon is pg_snapshot_xmin: the oldest transaction that still runs. What is before it is committed or rolled back
 * for good, so no row can appear there later; what is not waits for the next run. A batch writes the current state of the
 * assets that changed, whatever it is by then: repeating a batch does no harm.
 */

export const FIRST_ASSET = '00000000-0000-0000-0000-000000000000'

export type Place =
  | { readonly kind: 'rebuild'; readonly horizon: string; readonly after: string }
  | { readonly kind: 'follow'; readonly from: string }

/** Assets to be indexed next, and the place after them. */
export interface PlacedBatch {
  readonly assets: readonly string[]
  readonly place: Place
}

/** The assets behind a place, about as many as `limit`; `current`: there are none; `lost`: the place is not of this store. */
export async function batchAfter(
  connection: Connection,
  place: Place | undefined,
  limit: number,
): Promise<PlacedBatch | 'current' | 'lost'> {
  if (place?.kind === 'follow') return await followed(connection, place.from, limit)
  return await rebuilt(connection, place ?? { horizon: await horizon(connection), after: FIRST_ASSET }, limit)
}

async function rebuilt(
  connection: Connection,
  { horizon, after }: { readonly horizon: string; readonly after: string },
  limit: number,
): Promise<PlacedBatch> {
  const { rows } = await connection.query<{ id: string }>({
    name: 'index-assets',
    text: 'select id from asset where id > $1 order by id limit $2',
    values: [after, limit],
  })
  const last = rows.at(-1)
  const isEnd = last === undefined || rows.length < limit
  return {
    assets: rows.map(row => row.id),
    place: isEnd ? { kind: 'follow', from: horizon } : { kind: 'rebuild', horizon, after: last.id },
  }
}

/** The assets of the next whole transactions. */
async function followed(
  connection: Connection,
  from: string,
  limit: number,
): Promise<PlacedBatch | 'current' | 'lost'> {
  const { rows } = await connection.query<{ tx: string }>({
    name: 'index-follow',
    text: `select tx from version where tx >= $1::text::xid8 and tx < pg_snapshot_xmin(pg_current_snapshot()) order by tx limit $2`,
    values: [from, limit],
  })
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return (await isAhead(connection, from)) ? 'lost' : 'current'
  // The last transaction may have more rows than were read: it waits, unless it is the only one.
  const isCut = rows.length === limit && first.tx !== last.tx
  const to = isCut ? String(BigInt(last.tx) - 1n) : last.tx
  const { rows: changed } = await connection.query<{ asset: string }>({
    name: 'index-changed',
    text: 'select distinct asset from version where tx >= $1::text::xid8 and tx <= $2::text::xid8',
    values: [from, to],
  })
  return { assets: changed.map(row => row.asset), place: { kind: 'follow', from: String(BigInt(to) + 1n) } }
}

/** A store that was restored into another server counts its transactions anew: a place of before would skip what comes now. */
async function isAhead(connection: Connection, from: string): Promise<boolean> {
  const { rows } = await connection.query<{ ahead: boolean }>({
    name: 'index-ahead',
    text: 'select $1::text::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as ahead',
    values: [from],
  })
  return rows[0]?.ahead === true
}

async function horizon(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ tx: string }>('select pg_snapshot_xmin(pg_current_snapshot()) as tx')
  return rows[0]?.tx ?? '0'
}

export function placeOf(text: string | undefined): Place | undefined {
  const [kind, tx, after] = text?.split(' ') ?? []
  if (kind === 'rebuild' && tx !== undefined && after !== undefined) return { kind, horizon: tx, after }
  return kind === 'follow' && tx !== undefined ? { kind, from: tx } : undefined
}

export function textOf(place: Place): string {
  return place.kind === 'rebuild' ? `rebuild ${place.horizon} ${place.after}` : `follow ${place.from}`
}

/** How far a place is on the way through all assets, from 0 to 1: their ids are hashes, and lie evenly. */
export function shareOf(place: Place | undefined): number {
  if (place === undefined) return 0
  return place.kind === 'follow' ? 1 : Number.parseInt(place.after.slice(0, 8), 16) / 2 ** 32
}

/** Changes that are counted as pending; with more, the count says so. */
const PENDING_MAX = 10_000
const PENDING_ASSETS = 'select count(*)::int as pending from (select from asset where id > $1 limit $2) p'
const PENDING_VERSIONS =
  'select count(*)::int as pending from (select from version where tx >= $1::text::xid8 limit $2) p'

type Query = (query: { name: string; text: string; values: unknown[] }) => Promise<{ pending: number }[]>

/** How many changes lie behind a place. */
export async function pendingAfter(
  query: Query,
  place: Place | undefined,
): Promise<{ pending: number; isExact: boolean }> {
  const [row] = await query(
    place?.kind === 'follow'
      ? { name: 'index-lag-versions', text: PENDING_VERSIONS, values: [place.from, PENDING_MAX] }
      : { name: 'index-lag-assets', text: PENDING_ASSETS, values: [place?.after ?? FIRST_ASSET, PENDING_MAX] },
  )
  const pending = row?.pending ?? 0
  return { pending, isExact: pending < PENDING_MAX }
}
