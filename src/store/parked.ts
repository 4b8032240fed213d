import type { Action } from '../model/change.ts'
import type { Database } from './database.ts'

/** An asset that events touched and that is not read as they ask: parked for a person, or still waiting to be read again. */
export interface UnansweredAsset {
  readonly asset: string
  readonly type: string
  readonly id: string
  readonly account: string
  readonly accountName: string | null
  readonly region: string
  readonly action: Action
  /** The first and the last event. */
  readonly since: Date
  readonly until: Date
  readonly attempts: number
  readonly dueAt: Date
  /** Null: it waits. */
  readonly parkedAt: Date | null
  readonly detail: string | null
  readonly needs: readonly string[]
}

/** A message that could not be read. */
export interface RejectedMessage {
  readonly at: Date
  readonly source: string
  readonly reason: string
  readonly sample: string
}

/** Of each list the newest that many. */
const LISTED_MAX = 10_000

/** What is parked, the newest first; `waiting`: what still waits, too. */
export function unansweredAssets(
  database: Database,
  { waiting }: { readonly waiting: boolean },
): Promise<UnansweredAsset[]> {
  return database.query<UnansweredAsset>(
    `select r.asset, r.type, r.native_id as id, r.account, a.name as "accountName", r.region, r.action, r.since, r.until, r.attempts,
       r.due_at as "dueAt", r.parked_at as "parkedAt", r.detail, coalesce(r.needs, '{}') as needs
     from refresh r left join account a on a.provider = r.provider and a.id = r.account
     where $1 or r.parked_at is not null order by r.parked_at desc nulls last, r.due_at limit $2`,
    [waiting, LISTED_MAX],
  )
}

/** Messages that could not be read, the newest first. */
export function rejectedMessages(database: Database): Promise<RejectedMessage[]> {
  return database.query<RejectedMessage>('select at, source, reason, sample from rejected order by id desc limit $1', [
    LISTED_MAX,
  ])
}

/**
 * Lets what is parked be tried again: by asset or native id, or all of it. Whoever refreshes the store finds it within seconds.
 * Returns how many there were.
 */
export async function releaseParked(
  database: Database,
  which: { readonly ids: readonly string[] } | 'all',
  now: number,
): Promise<number> {
  const rows = await database.query<{ asset: string }>(
    `update refresh set parked_at = null, detail = null, needs = null, attempts = 0, due_at = $2
     where parked_at is not null and ($1::text[] is null or native_id = any($1) or asset::text = any($1)) returning asset`,
    [which === 'all' ? null : which.ids, new Date(now).toISOString()],
  )
  return rows.length
}
