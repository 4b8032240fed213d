import { isUnlimited } from '../../model/access-scope.ts'
import { explainedFrom } from '../../model/attribution.ts'
import { LISTED_MS } from './attribution.ts'
import { milliseconds, type Reader, read, statement, timestamp, visible, visibleEvent } from './reader.ts'

/** How many changes of a type there were, and how many of them scans found and no event explains: lost events, or nobody tells of them. */
export interface TypeDrift {
  readonly type: string
  readonly changes: number
  readonly unexplained: number
}

export interface Drift {
  readonly types: readonly TypeDrift[]
  /** The changes since then were looked at; null: no event was ever kept, so that nothing could be explained. */
  readonly since: number | null
}

const FIRST_EVENT = statement(
  'first-event',
  `select e.at from event e where ${visibleEvent('e')} order by e.at limit 1`,
)

/** Assets of a scope that are looked at to tell whether it was read before; where it was, nearly all were there. */
const NEIGHBOURS_MAX = 20
/** Reading a large scope for the first time takes no longer. */
const FIRST_READING = "interval '1 hour'"

/**
 * A version counts if it can have had an event: its asset was last observed after events began, or it is new in a scope that had been read
 * before. The condition of an explaining event is that of src/model/attribution.ts and of `attribute`.
 */
const DRIFT = statement(
  'drift',
  `select type, count(*)::int as changes, count(*) filter (where source <> 'event' and not explained)::int as unexplained
   from (
     select a.type, v.source, v.source = 'event' or exists (
         select from (select v.asset as name union all select l.alias from alias l where l.asset = v.asset) n
         join touch t on t.asset = n.name
         where t.at <= v.valid_from and t.at > coalesce(p.at - (case when v.digest is null then $7::float8 else $6::float8 end) * interval '1 ms', '-infinity')
       ) or exists (
         select from event e where e.outcome = 'relist' and e.account = a.account and e.at <= v.valid_from
           and e.at > greatest(p.at - $6::float8 * interval '1 ms', v.valid_from - $8::float8 * interval '1 ms')
           and e.touched::jsonb @> jsonb_build_array(jsonb_build_object('account', a.account, 'region', a.region, 'type', a.type))
       ) as explained
     from version v join asset a on a.id = v.asset
     cross join lateral (
       select greatest(
         (select max(valid_from) from version b where b.asset = v.asset and b.valid_from < v.valid_from),
         (select max(s.at) from sighting s where s.asset = v.asset and s.at < v.valid_from)) as at
     ) p
     where v.valid_from >= $3 and v.valid_from < $4 and ${visible('a')}
       and case when p.at is not null then p.at >= $5 else v.source = 'event' or exists (
         select from (select o.id from asset o where o.account = a.account and o.type = a.type and o.region = a.region limit ${NEIGHBOURS_MAX}) o
         join version b on b.asset = o.id and b.valid_from < v.valid_from - ${FIRST_READING}) end
   ) v group by type`,
)

const WINDOW_MS = 1_000
const WINDOW_GROWTH = 4
/** Enough to tell a share: what is before that many versions, the reader's or not, is not looked at. */
const VERSIONS_MAX = 10_000

/** How many versions there are in a window, up to a number: it only says how much work there is, so that it needs no scope. */
const AMOUNT = {
  name: 'read-drift-amount',
  text: 'select count(*)::int as count from (select from version where valid_from >= $1 and valid_from < $2 limit $3) v',
}

/** The drift of each type between two times, looked at from the newest changes backwards. */
export async function readDrift(
  reader: Reader,
  { since, until }: { readonly since: number; readonly until: number },
): Promise<Drift> {
  const [first] = await read<{ at: Date }>(reader, FIRST_EVENT, [])
  if (first === undefined) return { types: [], since: null }
  const began = milliseconds(first.at)
  const earliest = Math.max(since, began)
  const types = new Map<string, TypeDrift>()
  let end = until
  let width = WINDOW_MS
  let left = VERSIONS_MAX
  while (end > earliest && left > 0) {
    const start = Math.max(earliest, end - width)
    const amount = await amountOf(reader, start, end, left + 1)
    if (amount > left && width > WINDOW_MS) {
      // So many that the time is too long; and when the shortest is, enough is known, unless it is the first.
      width /= WINDOW_GROWTH
      continue
    }
    if (amount > left && end < until) break
    // Whether others changed something is not to be told by how much is asked of the store.
    if (amount > 0 || !isUnlimited(reader.scope)) {
      const rows = await read<TypeDrift>(reader, DRIFT, [
        timestamp(start),
        timestamp(end),
        timestamp(began),
        -explainedFrom({ previous: 0, isGone: false }),
        -explainedFrom({ previous: 0, isGone: true }),
        LISTED_MS,
      ])
      for (const row of rows) types.set(row.type, sum(types.get(row.type), row))
    }
    left -= amount
    end = start
    width *= WINDOW_GROWTH
  }
  return { types: [...types.values()].toSorted(mostUnexplained), since: end }
}

async function amountOf({ database }: Reader, start: number, end: number, limit: number): Promise<number> {
  const [row] = await database.query<{ count: number }>({
    ...AMOUNT,
    values: [timestamp(start), timestamp(end), limit],
  })
  return row?.count ?? 0
}

function sum(a: TypeDrift | undefined, b: TypeDrift): TypeDrift {
  return a === undefined ? b : { ...b, changes: a.changes + b.changes, unexplained: a.unexplained + b.unexplained }
}

function mostUnexplained(a: TypeDrift, b: TypeDrift): number {
  return b.unexplained - a.unexplained || b.changes - a.changes || (a.type < b.type ? -1 : 1)
}
