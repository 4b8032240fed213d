import type { Connection, Database } from '../database.ts'
import { WRITE_DOCUMENTS } from './documents.ts'

/*
 * The indexer follows `version.tx`, the transaction that wrote a version. Its place is kept in `setting`:
 *
 *   (nothing)              -> rebuild, from the horizon of this moment
 *   rebuild HORIZON ASSET  all assets up to ASSET are indexed -> the next ones; after the last: follow HORIZON
 *   follow TX              all that was written by transactions before TX is indexed -> the next transactions
 *
 * The horizon is pg_snapshot_xmin: the oldest transaction that still runs. What is before it is committed or rolled back
 * for good, so no row can appear there later; what is not waits for the next run. A batch writes the current state of the
 * assets that changed, whatever it is by then: repeating a batch does no harm. Batch and place are one transaction.
 */

/** Assets in one batch: some hundred milliseconds of work. */
const BATCH_MAX = 1_000
/** One indexer at a time; others leave the work to it. */
const LOCK_KEY = 7_206_114
/** A change of what documents hold changes this key: the index is then made anew. */
const PLACE = 'search.place-2'
const CURRENT_AT = 'search.current-at'
const FIRST_ASSET = '00000000-0000-0000-0000-000000000000'

type Place =
  | { readonly kind: 'rebuild'; readonly horizon: string; readonly after: string }
  | { readonly kind: 'follow'; readonly from: string }

/** Brings the index up to the store; true when it got there, false when the signal or another indexer ended it first. */
export async function indexPending(database: Database, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const step = await database.transaction(indexBatch)
    if (step !== 'more') return step === 'done'
  }
  return false
}

async function indexBatch(connection: Connection): Promise<'more' | 'done' | 'busy'> {
  const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [
    LOCK_KEY,
  ])
  if (rows[0]?.locked !== true) return 'busy'
  const place = placeOf(await setting(connection, PLACE)) ?? {
    kind: 'rebuild',
    horizon: await horizon(connection),
    after: FIRST_ASSET,
  }
  const next = place.kind === 'rebuild' ? await rebuild(connection, place) : await follow(connection, place.from)
  if (next === undefined) {
    await save(connection, CURRENT_AT, new Date().toISOString())
    return 'done'
  }
  await save(connection, PLACE, textOf(next))
  return 'more'
}

async function rebuild(
  connection: Connection,
  { horizon, after }: Extract<Place, { kind: 'rebuild' }>,
): Promise<Place> {
  const { rows } = await connection.query<{ id: string }>({
    name: 'index-assets',
    text: 'select id from asset where id > $1 order by id limit $2',
    values: [after, BATCH_MAX],
  })
  await write(
    connection,
    rows.map(row => row.id),
  )
  const last = rows.at(-1)
  return last === undefined || rows.length < BATCH_MAX
    ? { kind: 'follow', from: horizon }
    : { kind: 'rebuild', horizon, after: last.id }
}

/** Indexes the next whole transactions; undefined: there are none. */
async function follow(connection: Connection, from: string): Promise<Place | undefined> {
  const { rows } = await connection.query<{ tx: string }>({
    name: 'index-follow',
    text: `select tx from version where tx >= $1::text::xid8 and tx < pg_snapshot_xmin(pg_current_snapshot()) order by tx limit $2`,
    values: [from, BATCH_MAX],
  })
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return undefined
  // The last transaction may have more rows than were read: it waits, unless it is the only one.
  const isCut = rows.length === BATCH_MAX && first.tx !== last.tx
  const to = isCut ? String(BigInt(last.tx) - 1n) : last.tx
  const { rows: changed } = await connection.query<{ asset: string }>({
    name: 'index-changed',
    text: 'select distinct asset from version where tx >= $1::text::xid8 and tx <= $2::text::xid8',
    values: [from, to],
  })
  const ids = changed.map(row => row.asset)
  for (let at = 0; at < ids.length; at += BATCH_MAX) await write(connection, ids.slice(at, at + BATCH_MAX))
  return { kind: 'follow', from: String(BigInt(to) + 1n) }
}

async function write(connection: Connection, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await connection.query({ name: 'index-write', text: WRITE_DOCUMENTS, values: [ids] })
}

async function horizon(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ tx: string }>('select pg_snapshot_xmin(pg_current_snapshot()) as tx')
  return rows[0]?.tx ?? '0'
}

async function setting(connection: Connection, key: string): Promise<string | undefined> {
  const { rows } = await connection.query<{ value: string }>('select value from setting where key = $1', [key])
  return rows[0]?.value
}

async function save(connection: Connection, key: string, value: string): Promise<void> {
  await connection.query({
    name: 'index-setting',
    text: 'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    values: [key, value],
  })
}

function placeOf(text: string | undefined): Place | undefined {
  const [kind, tx, after] = text?.split(' ') ?? []
  if (kind === 'rebuild' && tx !== undefined && after !== undefined) return { kind, horizon: tx, after }
  return kind === 'follow' && tx !== undefined ? { kind, from: tx } : undefined
}

function textOf(place: Place): string {
  return place.kind === 'rebuild' ? `rebuild ${place.horizon} ${place.after}` : `follow ${place.from}`
}

/** Changes that are counted as pending; with more, the count says so. */
const PENDING_MAX = 10_000
const PENDING_ASSETS = 'select count(*)::int as pending from (select from asset where id > $1 limit $2) p'
const PENDING_VERSIONS =
  'select count(*)::int as pending from (select from version where tx >= $1::text::xid8 limit $2) p'

/** How many changes are not indexed yet, and since when that is so. */
export async function indexLag(database: Database, now: number) {
  const rows = await database.query<{ key: string; value: string }>({
    name: 'index-settings',
    text: 'select key, value from setting where key = any($1::text[])',
    values: [[PLACE, CURRENT_AT]],
  })
  const settings = new Map(rows.map(row => [row.key, row.value]))
  const place = placeOf(settings.get(PLACE))
  const [row] = await database.query<{ pending: number }>(
    place?.kind === 'follow'
      ? { name: 'index-lag-versions', text: PENDING_VERSIONS, values: [place.from, PENDING_MAX] }
      : { name: 'index-lag-assets', text: PENDING_ASSETS, values: [place?.after ?? FIRST_ASSET, PENDING_MAX] },
  )
  const pending = row?.pending ?? 0
  const currentAt = settings.get(CURRENT_AT)
  const lagMs = pending === 0 || currentAt === undefined ? 0 : Math.max(0, now - Date.parse(currentAt))
  return { pending, isExact: pending < PENDING_MAX, lagMs }
}
