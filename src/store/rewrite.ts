import { uuids } from './binary.ts'
import type { Connection } from './database.ts'
import { intervalsOf, type Moment, momentsOf, type Run, runsOf } from './history.ts'
import { insertSightings, insertVersions, type Recorded } from './record.ts'
import { plain, type Row } from './row.ts'
import { openValues, parsedValue, type ValueRow } from './values.ts'

/** A version as it is stored. */
interface Version {
  readonly asset: string
  readonly from: number
  readonly digest: string | null
  readonly source: string
  readonly config: string | null
  readonly tags: string | null
  readonly identifiers: readonly string[]
  readonly edges: readonly string[]
}

/** What a version says, whenever it holds. */
type Content = Pick<Version, 'config' | 'tags' | 'identifiers' | 'edges'>
const NOTHING: Content = { config: null, tags: null, identifiers: [], edges: [] }

interface Plan {
  readonly id: string
  readonly runs: readonly Run[]
  readonly contents: ReadonlyMap<string | null, Content>
  readonly stored: readonly Version[]
  readonly sightings: readonly Moment[]
}

/**
 * The slow half of `record`: for observations that are older than what is known of their asset, or several of one asset, the asset's
 * history is made anew from all its observations and only what differs is written. The caller's transaction holds, or gets here, the
 * assets' row locks.
 */
export async function rewrite(connection: Connection, rows: readonly Row[]): Promise<Recorded> {
  const counts = { created: 0, changed: 0, ended: 0, unchanged: 0 }
  if (rows.length === 0) return counts
  const byId = Map.groupBy(rows, row => row.id)
  counts.created = await insertUnknown(connection, byId)
  const plans = await plan(connection, byId)
  for (const plan of plans) {
    const before = new Set(plan.stored.map(version => version.from))
    for (const { first } of plan.runs) {
      if (before.has(first.at)) continue
      if (first.digest === null) counts.ended++
      else if (plan.stored.length > 0) counts.changed++
    }
  }
  counts.unchanged = Math.max(0, rows.length - counts.created - counts.changed - counts.ended)
  await replaceVersions(connection, plans)
  await replaceSightings(connection, plans)
  await replaceValues(connection, plans)
  await renameAssets(connection, plans)
  return counts
}

/** Several observations of an asset nobody knows: its row must exist before it can be locked. */
async function insertUnknown(connection: Connection, byId: ReadonlyMap<string, readonly Row[]>): Promise<number> {
  const firsts = [...byId.values()].map(rows => rows[0] as Row)
  const { rowCount } = await connection.query(
    `insert into asset (id, provider, account, region, type, native_id)
     select * from json_to_recordset($1) as n (id uuid, provider text, account text, region text, type text, native_id text)
     order by id on conflict (id) do nothing`,
    [
      JSON.stringify(
        firsts.map(({ id, observation: { asset } }) => ({
          id,
          provider: asset.provider,
          account: asset.account,
          region: asset.region,
          type: asset.type,
          native_id: plain(asset.nativeId),
        })),
      ),
    ],
  )
  return rowCount ?? 0
}

async function plan(connection: Connection, byId: ReadonlyMap<string, readonly Row[]>): Promise<Plan[]> {
  const ids = [...byId.keys()].sort()
  await connection.query('select 1 from asset where id = any($1::uuid[]) order by id for update', [uuids(ids)])
  const { rows: versions } = await connection.query<Version>(
    `select asset, extract(epoch from valid_from) * 1000 as "from", encode(digest, 'hex') as digest, source, config::text, tags::text,
       coalesce(identifiers, '{}') as identifiers, coalesce(edges, '{}') as edges
     from version where asset = any($1::uuid[]) order by asset, valid_from`,
    [uuids(ids)],
  )
  const { rows: seen } = await connection.query<{ asset: string; at: number; source: string }>(
    `select asset, extract(epoch from at) * 1000 as at, source from sighting where asset = any($1::uuid[])`,
    [uuids(ids)],
  )
  const versionsOf = Map.groupBy(
    versions.map(version => ({ ...version, from: Number(version.from) })),
    version => version.asset,
  )
  const sightingsOf = Map.groupBy(seen, sighting => sighting.asset)
  return ids.map(id => {
    const stored = versionsOf.get(id) ?? []
    const sightings = (sightingsOf.get(id) ?? []).map(({ at, source }) => ({ at: Number(at), source, digest: null }))
    const rows = byId.get(id) ?? []
    const contents = new Map<string | null, Content>([[null, NOTHING]])
    for (const version of stored) contents.set(version.digest, version)
    for (const row of rows) if (!contents.has(row.digest)) contents.set(row.digest, row)
    const known = momentsOf(storedRuns(stored, sightings))
    return { id, runs: runsOf([...known, ...rows]), contents, stored, sightings }
  })
}

/** A stored sighting is one of the version in whose interval it lies. */
function storedRuns(versions: readonly Version[], sightings: readonly Moment[]): Run[] {
  return versions.map((version, position) => {
    const to = versions[position + 1]?.from ?? Number.POSITIVE_INFINITY
    return {
      first: { at: version.from, digest: version.digest, source: version.source },
      sightings: sightings.filter(({ at }) => at > version.from && at < to),
    }
  })
}

async function replaceVersions(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const removed: { asset: string; from: number }[] = []
  const added: Row[] = []
  for (const { id, runs, contents, stored } of plans) {
    const wanted = new Map(runs.map(run => [run.first.at, run.first]))
    for (const version of stored) {
      const moment = wanted.get(version.from)
      if (moment?.digest === version.digest && moment.source === version.source) wanted.delete(version.from)
      else removed.push({ asset: id, from: version.from })
    }
    for (const { at, source, digest } of wanted.values()) {
      added.push({ ...(contents.get(digest) as Row), id, at, source, digest })
    }
  }
  await connection.query(
    `delete from version v using json_to_recordset($1) as n (asset uuid, "from" float8)
     where v.asset = n.asset and v.valid_from = to_timestamp(n."from" / 1000)`,
    [JSON.stringify(removed)],
  )
  await insertVersions(connection, added)
}

async function replaceSightings(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const added: { id: string; at: number; source: string }[] = []
  const removed: { asset: string; at: number }[] = []
  for (const { id, runs, sightings } of plans) {
    const wanted = new Map(runs.flatMap(run => run.sightings.map(({ at, source }) => [at, source] as const)))
    for (const { at, source } of sightings) {
      if (wanted.get(at) === source) wanted.delete(at)
      else removed.push({ asset: id, at })
    }
    for (const [at, source] of wanted) added.push({ id, at, source })
  }
  await connection.query(
    `delete from sighting s using json_to_recordset($1) as n (asset uuid, at float8) where s.asset = n.asset and s.at = to_timestamp(n.at / 1000)`,
    [JSON.stringify(removed)],
  )
  await insertSightings(connection, added)
}

async function replaceValues(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const rows: ValueRow[] = []
  const stale: { table: string; value: string; asset: string }[] = []
  for (const { id, runs, contents, stored } of plans) {
    for (const role of ['identifier', 'edge'] as const) {
      const field = role === 'identifier' ? 'identifiers' : 'edges'
      const held = intervalsOf(
        runs.map(({ first }) => ({ from: first.at, values: contents.get(first.digest)?.[field] ?? [] })),
      )
      for (const text of new Set([...stored.flatMap(version => version[field]), ...held.keys()])) {
        const parsed = parsedValue(role, text)
        stale.push({ table: parsed.table, value: parsed.value, asset: id })
        for (const { from, to } of held.get(text) ?? []) rows.push({ ...parsed, asset: id, from, to })
      }
    }
  }
  for (const [table, column, owner, cast] of [
    ['identifier', 'value', 'asset', 'text'],
    ['address', 'address', 'asset', 'inet'],
    ['edge', 'target', 'source', 'text'],
  ] as const) {
    await connection.query(
      `delete from ${table} t using json_to_recordset($1) as n (value text, asset uuid) where t.${column} = n.value::${cast} and t.${owner} = n.asset`,
      [JSON.stringify(stale.filter(row => row.table === table))],
    )
  }
  await openValues(connection, rows)
}

/** An asset is called as in its last version; a gone one keeps the name that it had. */
async function renameAssets(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const names = plans.map(({ id, runs, contents }) => {
    const present = runs.findLast(run => run.first.digest !== null)?.first
    const identifiers = contents.get(present?.digest ?? null)?.identifiers ?? []
    return { id, name: identifiers.find(text => text.startsWith('name '))?.slice('name '.length) ?? null }
  })
  await connection.query(
    `update asset a set name = n.name from json_to_recordset($1) as n (id uuid, name text) where a.id = n.id and a.name is distinct from n.name`,
    [JSON.stringify(names)],
  )
}
