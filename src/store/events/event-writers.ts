import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database.ts'

/** Transactions of ours take seconds. One that is still open then belongs to a process that was cut off and will not commit it. */
const WRITERS_MS_MAX = 60_000
const POLL_MS = 10
const POLL_MS_MAX = 500

/**
 * Waits until the transactions have ended that are writing events now. Of a process that was killed while it committed, one may still
 * be under way: what it keeps nobody would see who only read. A lock on the table would tell the same, but whoever queues for one
 * holds up all later writers; these are only watched.
 */
export async function eventWritersEnd(database: Database, signal: AbortSignal): Promise<void> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(WRITERS_MS_MAX)])
  let open = await writersNow(database)
  for (let pauseMs = POLL_MS; open.length > 0; pauseMs = Math.min(pauseMs * 2, POLL_MS_MAX)) {
    await sleep(pauseMs, undefined, { signal: patience }).catch(() => {})
    if (patience.aborted) return
    const now = new Set(await writersNow(database))
    open = open.filter(transaction => now.has(transaction))
  }
}

/** The transactions that wrote events and have not ended. */
async function writersNow(database: Database): Promise<string[]> {
  const rows = await database.query<{ transaction: string }>(
    `select virtualtransaction as transaction from pg_locks
     where locktype = 'relation' and relation = 'event'::regclass and mode = 'RowExclusiveLock' and granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows.map(({ transaction }) => transaction)
}
