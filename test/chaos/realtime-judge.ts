import type { Machines } from '../../bench/inputs/machines.ts'
import { checkStore, type Inconsistency } from '../../src/store/check.ts'
import type { Database } from '../../src/store/database.ts'

export interface Judgement {
  /** Delivered events that are not in the store. */
  readonly lost: number
  /** Rows too many: of an event, of its touch, of a state that an asset had once. */
  readonly doubled: number
  /** Machines whose last version is not what became of them. */
  readonly behind: readonly string[]
  readonly parked: number
  readonly inconsistencies: readonly Inconsistency[]
}

/** What the store holds, beside what was delivered and what the machines are like. */
export async function judge(
  database: Database,
  delivered: ReadonlySet<string>,
  machines: Machines,
): Promise<Judgement> {
  const stored = await database.query<{ id: string }>('select id::text from event')
  const known = new Set(stored.map(({ id }) => id))
  const [counts] = await database.query<{ touches: number; versions: number; parked: number }>(
    `select
       (select count(*) - count(distinct (asset, event)) from touch)::int
         + abs((select count(*) from touch) - (select count(distinct id) from event))::int as touches,
       (select count(*) - count(distinct (asset, digest)) from version where digest is not null)::int as versions,
       (select count(*) from refresh where parked_at is not null)::int as parked`,
  )
  return {
    lost: [...delivered].filter(id => !known.has(id)).length,
    doubled: stored.length - known.size + (counts?.touches ?? 0) + (counts?.versions ?? 0),
    behind: await withEvents(database, machines, await machinesBehind(database, machines)),
    parked: counts?.parked ?? 0,
    inconsistencies: await checkStore(database),
  }
}

/** A machine of which the store does not show the last state. */
interface Behind {
  readonly number: number
  readonly shown: string
  readonly actual: string
}

export async function machinesBehind(database: Database, machines: Machines): Promise<Behind[]> {
  const rows = await database.query<{ asset: string; revision: string | null }>(
    `select distinct on (asset) asset::text, case when digest is not null then tags->>'revision' end as revision
     from version order by asset, valid_from desc`,
  )
  const known = new Map(rows.map(({ asset, revision }) => [asset, revision ?? 'gone']))
  return Array.from({ length: machines.count }, (_, number) => number).flatMap(number => {
    const { revision, isGone } = machines.machine(number)
    const shown = known.get(machines.assetId(number)) ?? 'nothing'
    const actual = isGone ? 'gone' : String(revision)
    return shown === actual || (isGone && shown === 'nothing') ? [] : [{ number, shown, actual }]
  })
}

/** In words, with what was heard of it and when, for whoever looks for the reason. */
async function withEvents(database: Database, machines: Machines, behind: readonly Behind[]): Promise<string[]> {
  const rows = await database.query<{ asset: string; heard: string }>(
    `select t.asset::text, string_agg(e.name || ' of ' || e.at::time || ' received ' || e.received_at::time, ', ' order by e.at) as heard
     from touch t join event e on e.at = t.at and e.id = t.event where t.asset = any($1::uuid[]) group by t.asset`,
    [behind.map(({ number }) => machines.assetId(number))],
  )
  const heard = new Map(rows.map(row => [row.asset, row.heard]))
  return behind.map(
    ({ number, shown, actual }) =>
      `machine ${number} shows ${shown} and is ${actual}: ${heard.get(machines.assetId(number)) ?? 'nothing heard'}`,
  )
}
