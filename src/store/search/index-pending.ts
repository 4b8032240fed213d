import type { Database } from '../database.ts'

/*
 * The indexer follows `version.tx`, the transaction that wrote a version:
 *
 *   cursor   everything written by transactions before (tx, asset) is in the index; kept in `setting`
 *   horizon  pg_snapshot_xmin: the oldest transaction that still runs. What is before it is committed or rolled back for
 *            good, so no row can appear there later; what is after it waits for the next run.
 *
 * A batch reads the assets that changed between the two and writes each one's current state, whatever it is: repeating a
 * batch, or indexing an asset that changes meanwhile, does no harm. Batch and cursor are one transaction.
 */

/** Assets in one batch: some hundred milliseconds of work. */
const BATCH_MAX = 1_000
/** One indexer at a time; others leave the work to it. */
const LOCK_KEY = 7_206_114
const CURSOR = 'search.cursor'
const CURRENT_AT = 'search.current-at'

/** Brings the index up to the store; true when it got there, false when the signal or another indexer ended it first. */
export async function indexPending(database: Database, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const step = await indexBatch(database)
    if (step !== 'more') return step === 'done'
  }
  return false
}

async function indexBatch(database: Database): Promise<'more' | 'done' | 'busy'> {
  return database.transaction(async connection => {
    const { rows: locks } = await connection.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock($1) as locked',
      [LOCK_KEY],
    )
    if (locks[0]?.locked !== true) return 'busy'
    const { rows } = await connection.query<{ tx: string; asset: string }>({
      name: 'index-pending',
      text: PENDING,
      values: [CURSOR, BATCH_MAX],
    })
    const last = rows.at(-1)
    if (last !== undefined) {
      await connection.query({ name: 'index-write', text: WRITE, values: [[...new Set(rows.map(row => row.asset))]] })
      await connection.query({ name: 'index-setting', text: SET, values: [CURSOR, `${last.tx} ${last.asset}`] })
    }
    if (rows.length === BATCH_MAX) return 'more'
    await connection.query({ name: 'index-setting', text: SET, values: [CURRENT_AT, new Date().toISOString()] })
    return 'done'
  })
}

/** Where the index is: `transaction asset`, as two columns. */
const AT = `(select coalesce(split_part(max(value), ' ', 1), '0')::xid8 as tx,
     coalesce(nullif(split_part(max(value), ' ', 2), ''), '00000000-0000-0000-0000-000000000000')::uuid as asset
   from setting where key = $1)`

const PENDING = `
  with cursor as ${AT}
  select v.tx, v.asset from version v, cursor c
  where v.tx >= c.tx and (v.tx, v.asset) > (c.tx, c.asset) and v.tx < pg_snapshot_xmin(pg_current_snapshot())
  order by v.tx, v.asset limit $2`

/** A longer config is indexed by its beginning: a tsvector holds at most 1 MB. */
const WORDS_BYTES_MAX = 250_000

/** A gone asset stays searchable as it was last. */
const WRITE = `
  insert into document (asset, account, region, type, gone, name, names, tags, words)
  select a.id, a.account, a.region, a.type, v.digest is null, a.name,
    lower(concat_ws(E'\\n', a.native_id, a.name, (select string_agg(substr(i, strpos(i, ' ') + 1), E'\\n') from unnest(s.identifiers) i))),
    coalesce((select array_agg(t) from (
      select lower(key) as t from jsonb_each_text(s.tags) union select lower(key || '=' || value) from jsonb_each_text(s.tags)) x), '{}'),
    case when octet_length(s.config::text) <= ${WORDS_BYTES_MAX} then jsonb_to_tsvector('simple', s.config, '["string", "numeric"]')
      else to_tsvector('simple', substr(s.config::text, 1, ${WORDS_BYTES_MAX / 4})) end
    || jsonb_to_tsvector('simple', s.tags, '["key", "string"]')
  from unnest($1::uuid[]) n (id)
  join asset a on a.id = n.id
  cross join lateral (select digest from version v where v.asset = a.id order by valid_from desc limit 1) v
  cross join lateral (select * from version v where v.asset = a.id and v.digest is not null order by valid_from desc limit 1) s
  order by a.id
  on conflict (asset) do update set account = excluded.account, region = excluded.region, type = excluded.type,
    gone = excluded.gone, name = excluded.name, names = excluded.names, tags = excluded.tags, words = excluded.words`

const SET = 'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value'

const PENDING_COUNT = `
  with cursor as ${AT}
  select count(*)::int as pending, (select value from setting where key = $3) as "currentAt" from (
    select from version v, cursor c where v.tx >= c.tx and (v.tx, v.asset) > (c.tx, c.asset) limit $2
  ) p`

/** Versions that are counted as pending; with more the count says so. */
const PENDING_MAX = 10_000

/** How many versions are not indexed yet, and since when that is so. */
export async function indexLag(database: Database, now: number) {
  const [row] = await database.query<{ pending: number; currentAt: string | null }>(PENDING_COUNT, [
    CURSOR,
    PENDING_MAX,
    CURRENT_AT,
  ])
  const pending = row?.pending ?? 0
  const currentAt = row?.currentAt == null ? undefined : Date.parse(row.currentAt)
  const lagMs = pending === 0 || currentAt === undefined ? 0 : Math.max(0, now - currentAt)
  return { pending, isExact: pending < PENDING_MAX, lagMs }
}
