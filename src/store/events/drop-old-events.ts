import { explainedFrom } from '../../model/attribution.ts'
import type { TouchedAsset } from '../../model/change.ts'
import { assetIdOf, type Provider } from '../../model/identity.ts'
import { touchedReader } from '../../model/touched-asset.ts'
import { times, uuids } from '../binary.ts'
import type { Database } from '../database.ts'

const EVERY_MS = 24 * 3_600_000
const SETTING = 'events-dropped-at'
const EVENTS_OF_A_BATCH = 2_000
/** Of one run, so that it holds up nothing; what is left is dropped by the next. */
const BATCHES_MAX = 100
/** An event that is younger may explain a version that began after the time from which all are kept. */
const YOUNGER_MS = -explainedFrom({ previous: 0, isGone: true })

/**
 * Drops events from before a time, in milliseconds since 1970, once a day; those that may explain a version which began later stay.
 * Returns how many were dropped; undefined when it was not due.
 */
export async function dropOldEvents(
  database: Database,
  { keptFrom, now }: { readonly keptFrom: number; readonly now: number },
  signal: AbortSignal,
): Promise<number | undefined> {
  const [last] = await database.query<{ value: string }>('select value from setting where key = $1', [SETTING])
  if (last !== undefined && now - Number(last.value) < EVERY_MS) return undefined
  let dropped = 0
  let after = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' }
  for (let batch = 0; batch < BATCHES_MAX && !signal.aborted; batch++) {
    const events = await oldEvents(database, after, keptFrom - YOUNGER_MS)
    const end = events.at(-1)
    if (end === undefined) {
      await done(database, now)
      break
    }
    dropped += await drop(database, events, keptFrom)
    after = end
  }
  return dropped
}

interface OldEvent {
  readonly at: string
  readonly id: string
  readonly ms: number
  readonly provider: Provider
  readonly touched: string | null
}

function oldEvents(
  database: Database,
  after: Pick<OldEvent, 'at' | 'id'>,
  before: number,
): Promise<readonly OldEvent[]> {
  return database.query<OldEvent>({
    name: 'old-events',
    text: `select at::text, id, (extract(epoch from at) * 1000)::float8 as ms, provider, case when outcome = 'mapped' then touched end as touched
           from event where (at, id) > ($1::timestamptz, $2::uuid) and at < to_timestamp($3::float8 / 1000) order by at, id limit $4`,
    values: [after.at, after.id, before, EVENTS_OF_A_BATCH],
  })
}

/**
 * What may explain a version that began later touched the asset after it was last seen before that version, or so shortly before as
 * attribution looks back. Later versions of the asset cannot be explained by it: in between it was seen.
 */
async function drop(database: Database, events: readonly OldEvent[], keptFrom: number): Promise<number> {
  const touches = touchesOf(events)
  const [row] = await database.query<{ dropped: number }>({
    name: 'drop-old-events',
    text: `with touched as materialized (
             select * from unnest($3::uuid[], $4::timestamptz[], $5::uuid[]) as t (asset, at, event)
           ), needed as (
             select distinct t.event from touched t
             cross join lateral (select t.asset as id union all select l.asset from alias l where l.alias = t.asset) a
             cross join lateral (
               select v.valid_from as at from version v where v.asset = a.id and v.valid_from >= to_timestamp($6::float8 / 1000) order by v.valid_from limit 1
             ) v
             where t.at > coalesce(greatest(
               (select max(e.valid_from) from version e where e.asset = a.id and e.valid_from < v.at),
               (select max(s.at) from sighting s where s.asset = a.id and s.at < v.at)
             ) - $7::float8 * interval '1 ms', '-infinity')
           ), dropped as (
             delete from event e using unnest($1::timestamptz[], $2::uuid[]) as o (at, id)
             where e.at = o.at and e.id = o.id and o.id not in (select event from needed) returning e.id
           ), untouched as (
             delete from touch t using touched n
             where t.asset = n.asset and t.at = n.at and t.event = n.event and n.event not in (select event from needed)
           )
           select count(*)::int as dropped from dropped`,
    values: [
      times(events.map(({ ms }) => ms)),
      uuids(events.map(({ id }) => id)),
      uuids(touches.map(({ asset }) => asset)),
      times(touches.map(({ event }) => event.ms)),
      uuids(touches.map(({ event }) => event.id)),
      keptFrom,
      YOUNGER_MS,
    ],
  })
  return row?.dropped ?? 0
}

/** As `storeEvents` wrote them. */
function touchesOf(events: readonly OldEvent[]) {
  const identityOf = touchedReader()
  return events.flatMap(event =>
    (JSON.parse(event.touched ?? '[]') as TouchedAsset[]).flatMap(asset => {
      const identity = identityOf(event.provider, asset)
      return identity === undefined ? [] : [{ asset: assetIdOf(identity), event }]
    }),
  )
}

async function done(database: Database, now: number): Promise<void> {
  await database.query(
    'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [SETTING, String(now)],
  )
}
