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
    behind: await machinesBehind(database, machines),
    parked: counts?.parked ?? 0,
    inconsistencies: await checkStore(database),
  }
}

/** Machines of which the store does not show the last state, each with what it shows instead. */
export async function machinesBehind(database: Database, machines: Machines): Promise<string[]> {
  const rows = await database.query<{ asset: string; revision: string | null }>(
    `select distinct on (asset) asset::text, case when digest is not null then tags->>'revision' end as revision
     from version order by asset, valid_from desc`,
  )
  const shown = new Map(rows.map(({ asset, revision }) => [asset, revision ?? 'gone']))
  return Array.from({ length: machines.count }, (_, number) => number).flatMap(number => {
    const { revision, isGone } = machines.machine(number)
    const found = shown.get(machines.assetId(number)) ?? 'gone'
    const expected = isGone ? 'gone' : String(revision)
    return found === expected ? [] : [`machine ${number}: ${found} instead of ${expected}`]
  })
}
