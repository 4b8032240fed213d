import type { Action } from '../../model/change.ts'
import type { AssetId } from '../../model/identity.ts'
import { uuids } from '../binary.ts'
import type { Database } from '../database.ts'
import { milliseconds, timestamp } from './reader.ts'

interface Row {
  readonly id: AssetId
  readonly at: Date
  /** What the events of that moment did to assets of the type. */
  readonly actions: readonly Action[] | null
}

/** Touches of one moment that are looked at. */
const TOUCHES_MAX = 10

/**
 * The last event since a time of each asset that one touched, by its id or an alias, and what it did; where events did several things at
 * once, the one that leaves more in doubt. A version that an event led to counts as one, if its event is not known by the asset.
 */
export async function lastTouched(
  database: Database,
  ids: readonly AssetId[],
  since: number,
): Promise<ReadonlyMap<AssetId, { readonly at: number; readonly action: Action }>> {
  const rows = await database.query<Row>({
    name: 'last-touched',
    text: `select a.id, coalesce(t.at, v.at) as at, t.actions
           from unnest($1::uuid[]) as n (id) join asset a on a.id = n.id
           cross join lateral (
             select max(l.at) as at, jsonb_agg(s.action) filter (where l.at = l.latest) as actions from (
               select i.*, max(i.at) over () as latest from (
                 select t.at, t.event from (select n.id as name union all select l.alias from alias l where l.asset = n.id) k
                 join touch t on t.asset = k.name where t.at > $2 order by t.at desc limit ${TOUCHES_MAX}
               ) i
             ) l
             join event e on e.at = l.at and e.id = l.event
             cross join lateral jsonb_to_recordset(e.touched::jsonb) as s (type text, account text, action text)
             where s.type = a.type and s.account = a.account
           ) t
           cross join lateral (
             select max(valid_from) as at from version v
             where v.asset = n.id and v.valid_from > $2 and v.source = 'event' and v.digest is not null
           ) v
           where coalesce(t.at, v.at) is not null`,
    values: [uuids(ids), timestamp(since)],
  })
  return new Map(
    rows.map(({ id, at, actions }) => {
      const isDelete = actions?.every(action => action === 'delete') ?? false
      return [id, { at: milliseconds(at), action: isDelete ? 'delete' : 'update' }]
    }),
  )
}
