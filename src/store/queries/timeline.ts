import type { EventKey } from './events.ts'
import { milliseconds, type Reader, read, statement, timestamp, visible } from './reader.ts'

/** What happened to an asset, one thing: a version began, or an event touched it. */
export type Moment = { readonly kind: 'version'; readonly at: number } | ({ readonly kind: 'event' } & EventKey)

/** A stretch of time, both ends in it; milliseconds since 1970. */
export interface Window {
  readonly since: number
  readonly until: number
}

/**
 * An event that touched the asset under two of its names, or of which two records did, is one; so more rows are read than are shown. Two
 * names and two records are the most there are.
 */
const TWINS_MAX = 4

const MOMENTS = statement(
  'timeline',
  `with names as materialized (select $3::uuid as name union select l.alias from alias l where l.asset = $3),
   touches as (
     select distinct t.at, t.event from names n
     cross join lateral (
       select t.at, t.event from touch t where t.asset = n.name and t.at between $4 and $5 order by t.at desc, t.event desc limit ($6::int + $7::int) * ${TWINS_MAX}
     ) t
   )
   select m.kind, m.at, m.event from (
     (select 'version' as kind, v.valid_from as at, null::uuid as event from version v
      where v.asset = $3 and v.valid_from between $4 and $5 order by v.valid_from desc limit $6::int + $7::int)
     union all
     (select 'event', t.at, t.event from touches t join event e on e.at = t.at and e.id = t.event
      where e.shared_id is null or not exists (
        select from event s join touch o on o.at = s.at and o.event = s.id
        where s.shared_id = e.shared_id and s.id < e.id and s.at between $4 and $5 and o.asset in (select name from names)))
   ) m
   where exists (select from asset a where a.id = $3 and ${visible('a')})
   order by m.at desc, m.kind desc, m.event desc limit $6 offset $7`,
)

/** Versions of an asset and events that touched it under any of its names, the newest first. */
export async function readMoments(
  reader: Reader,
  asset: string,
  { since, until }: Window,
  page: { readonly limit: number; readonly offset: number },
): Promise<Moment[]> {
  const rows = await read<{ kind: Moment['kind']; at: Date; event: string | null }>(reader, MOMENTS, [
    asset,
    timestamp(since),
    timestamp(until),
    page.limit,
    page.offset,
  ])
  return rows.map(({ at, event }) =>
    event === null ? { kind: 'version', at: milliseconds(at) } : { kind: 'event', at: milliseconds(at), id: event },
  )
}
