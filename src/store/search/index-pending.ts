import type { Connection, Database } from '../database.ts'
import { WRITE_DOCUMENTS } from './documents.ts'
import { batchAfter, pendingAfter, placeOf, shareOf, textOf } from './place.ts'
import { readSetting, saveSetting } from './settings.ts'

/** Assets in one batch: some hundred milliseconds of work. Batch and place are one transaction. */
const BATCH_MAX = 1_000
/** One indexer at a time; others leave the work to it. */
const LOCK_KEY = 7_206_114
/** A change of what documents hold changes this key: the index is then made anew. */
const PLACE = 'search.place-2'
const CURRENT_AT = 'search.current-at'

/** Brings the index up to the store; true when it got there, false when the signal or another indexer ended it first. */
export async function indexPending(database: Database, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const step = await indexStep(database)
    if (step !== 'more') return step === 'done'
  }
  return false
}

/** One batch; `busy`: another process indexes. */
export function indexStep(database: Database): Promise<'more' | 'done' | 'busy'> {
  return database.transaction(indexBatch)
}

async function indexBatch(connection: Connection): Promise<'more' | 'done' | 'busy'> {
  const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [
    LOCK_KEY,
  ])
  if (rows[0]?.locked !== true) return 'busy'
  const place = placeOf(await readSetting(connection, PLACE))
  const batch = await batchAfter(connection, place, BATCH_MAX)
  if (batch === 'current') {
    await saveSetting(connection, CURRENT_AT, new Date().toISOString())
    return 'done'
  }
  if (batch === 'lost') {
    await forgetPlace(connection)
    return 'more'
  }
  // One transaction may have changed many.
  for (let at = 0; at < batch.assets.length; at += BATCH_MAX)
    await connection.query({
      name: 'index-write',
      text: WRITE_DOCUMENTS,
      values: [batch.assets.slice(at, at + BATCH_MAX)],
    })
  await saveSetting(connection, PLACE, textOf(batch.place))
  return 'more'
}

/** The index is made anew by the next runs; until then it answers as it is. */
export async function forgetPlace(connection: Pick<Connection, 'query'>): Promise<void> {
  await connection.query('delete from setting where key = $1', [PLACE])
}

/** How far the index is on the way through all assets, from 0 to 1. */
export async function indexedShare(database: Database): Promise<number> {
  const [row] = await database.query<{ value: string }>('select value from setting where key = $1', [PLACE])
  return shareOf(placeOf(row?.value))
}

/** How many changes are not indexed yet, and since when that is so. */
export async function indexLag(database: Database, now: number) {
  const rows = await database.query<{ key: string; value: string }>({
    name: 'index-settings',
    text: 'select key, value from setting where key = any($1::text[])',
    values: [[PLACE, CURRENT_AT]],
  })
  const settings = new Map(rows.map(row => [row.key, row.value]))
  const { pending, isExact } = await pendingAfter(query => database.query(query), placeOf(settings.get(PLACE)))
  const currentAt = settings.get(CURRENT_AT)
  const lagMs = pending === 0 || currentAt === undefined ? 0 : Math.max(0, now - Date.parse(currentAt))
  return { pending, isExact, lagMs }
}
