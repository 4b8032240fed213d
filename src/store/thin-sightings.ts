import type { Database } from './database.ts'

const DAY_MS = 24 * 3_600_000
/** An observation that arrives later than this may find that sightings it would have stood between are gone. */
const KEPT_MS = 7 * DAY_MS
const EVERY_MS = DAY_MS
/** Assets are gone through in that many parts of their ids, so that no statement holds many rows for long. */
const PARTS = 256
const SETTING = 'sightings-thinned-at'

/**
 * Thins out sightings older than a week, once a day: of each version only the last one stays, because it says until when the
 * state is known to have held. Without this an unchanged asset would add a row with every scan for ever. Returns the rows
 * removed; undefined when it was not due.
 */
export async function thinSightings(database: Database, now: number, signal: AbortSignal): Promise<number | undefined> {
  const [last] = await database.query<{ value: string }>('select value from setting where key = $1', [SETTING])
  if (last !== undefined && now - Number(last.value) < EVERY_MS) return undefined
  let removed = 0
  for (let part = 0; part < PARTS && !signal.aborted; part++) removed += await thinPart(database, part, now - KEPT_MS)
  if (signal.aborted) return removed
  await database.query(
    'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [SETTING, String(now)],
  )
  return removed
}

async function thinPart(database: Database, part: number, before: number): Promise<number> {
  const [row] = await database.query<{ removed: number }>({
    name: 'thin-sightings',
    text: `with old as (
             select asset, at, lead(at) over (partition by asset order by at) as next from sighting
             where asset >= $1::uuid and asset <= $2::uuid and at < to_timestamp($3::float8 / 1000)
           ), removed as (
             delete from sighting s using old
             where s.asset = old.asset and s.at = old.at and old.next is not null
               and not exists (select from version v where v.asset = s.asset and v.valid_from > s.at and v.valid_from <= old.next)
             returning 1
           )
           select count(*)::int as removed from removed`,
    values: [bound(part, '0'), bound(part, 'f'), before],
  })
  return row?.removed ?? 0
}

/** The first or last id of a part. */
function bound(part: number, fill: '0' | 'f'): string {
  const hex = part.toString(16).padStart(2, '0') + fill.repeat(30)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
