import type { EventKey } from './events.ts'
import { milliseconds, type Reader, read, statement, timestamp, visible, visibleEvent } from './reader.ts'
import type { Window } from './timeline.ts'

/** Whose deeds: actors, in a window of time; `account`: only what happened there. */
export interface DeedsOf extends Window {
  readonly actors: readonly string[]
  readonly account: string | undefined
}

/** Deeds that are counted; with more, the count says so. */
export const COUNTED_MAX = 10_000

/** Events of one actor that are looked at, seen by the reader or not. */
const LOOKED_AT_MAX = 50_000

/** The last `last` events of each of the actors, two records of one call being one, as far as they may be seen. */
const DEEDS = (last: string) => `
  select d.* from unnest($3::uuid[]) as n (actor)
  cross join lateral (
    select e.at, e.id, e.account, e.outcome, e.touched from (
      select * from event e where e.actor = n.actor and e.at between $4 and $5 order by e.at desc limit ${LOOKED_AT_MAX}
    ) e
    where ${visibleEvent('e')}
      and (e.shared_id is null or not exists (
        select from event s where s.shared_id = e.shared_id and s.id < e.id and s.actor = any($3::uuid[]) and s.at between $4 and $5))
      and ($6::text is null or case when e.outcome = 'mapped'
        then exists (select from jsonb_to_recordset(e.touched::jsonb) as t (account text, type text) where t.account = $6 and ${visible('t')})
        else e.account = $6 end)
    order by e.at desc, e.id desc limit ${last}
  ) d`

const PAGE = statement(
  'deeds',
  `select d.at, d.id from (${DEEDS('$7::int + $8::int')}) d order by d.at desc, d.id desc limit $7 offset $8`,
)
const COUNTS = statement(
  'deed-counts',
  `with deeds as materialized (select * from (${DEEDS(`${COUNTED_MAX}`)}) d order by d.at desc limit ${COUNTED_MAX})
   select (select count(*)::int from deeds) as count, array(
     select distinct t.account from deeds d
     cross join lateral (
       select t.account from jsonb_to_recordset(case when d.outcome = 'mapped' then d.touched::jsonb end) as t (account text, type text)
       where ${visible('t')}
       union select d.account where d.outcome <> 'mapped'
     ) t order by t.account
   ) as accounts`,
)

/** What somebody did, the newest first. */
export async function readDeeds(
  reader: Reader,
  deeds: DeedsOf,
  page: { readonly limit: number; readonly offset: number },
): Promise<EventKey[]> {
  const rows = await read<{ at: Date; id: string }>(reader, PAGE, [...parameters(deeds), page.limit, page.offset])
  return rows.map(({ at, id }) => ({ id, at: milliseconds(at) }))
}

/** How much it was, up to COUNTED_MAX, and in which accounts. */
export async function countDeeds(reader: Reader, deeds: DeedsOf): Promise<{ count: number; accounts: string[] }> {
  const [row] = await read<{ count: number; accounts: string[] }>(reader, COUNTS, parameters(deeds))
  return row ?? { count: 0, accounts: [] }
}

function parameters({ actors, since, until, account }: DeedsOf): unknown[] {
  return [actors, timestamp(since), timestamp(until), account ?? null]
}

const LAST = statement(
  'last-deeds',
  `select distinct on (n.position) n.position, d.at, d.id from unnest($3::int[], $4::uuid[]) as n (position, actor)
   cross join lateral (
     select e.at, e.id from event e where e.actor = n.actor and e.at <= $5 and ${visibleEvent('e')} order by e.at desc, e.id desc limit 1
   ) d
   order by n.position, d.at desc, d.id desc`,
)

/** The last event until a time of each group of actors, by its position; of some there is none that may be seen. One statement for all. */
export async function lastDeeds(
  reader: Reader,
  groups: readonly (readonly string[])[],
  until: number,
): Promise<Map<number, EventKey>> {
  const named = groups.flatMap((actors, position) => actors.map(actor => ({ position, actor })))
  const rows = await read<{ position: number; at: Date; id: string }>(reader, LAST, [
    named.map(({ position }) => position),
    named.map(({ actor }) => actor),
    timestamp(until),
  ])
  return new Map(rows.map(({ position, at, id }) => [position, { id, at: milliseconds(at) }]))
}
