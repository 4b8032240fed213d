import type { Verdict } from '../ports/refresh-store.ts'
import { texts, times, uuids, Writer } from './binary.ts'
import type { Connection } from './database.ts'
import { intervalsOf, type Moment, momentsOf, type Run, runsOf } from './history.ts'
import { type Content, NOTHING, type Row } from './row.ts'
import { OpenedValues, removeValues, type ValueRow } from './values.ts'
import { insertSightings, insertVersions, type NewVersion } from './versions.ts'

/** A version as it is stored, without its config: histories are long, and few of the configs are needed. */
interface Version extends Pick<Content, 'identifiers' | 'edges'> {
  readonly asset: string
  readonly at: number
  readonly digest: string | null
  readonly source: string
}

interface Plan {
  readonly id: string
  readonly runs: readonly Run[]
  /** What is added; by digest, what it says. */
  readonly added: readonly Row[]
  readonly rows: ReadonlyMap<string | null, Row>
  readonly stored: readonly Version[]
  readonly sightings: readonly Moment[]
}

/**
 * The slow half of `record`: for observations that are older than what is known of their asset, or several of one asset, the asset's
 * history is made anew from all its observations and only what differs is written. The caller's transaction holds the assets' locks.
 */
export async function rewrite(connection: Connection, rows: readonly Row[]): Promise<ReadonlyMap<Row, Verdict>> {
  if (rows.length === 0) return new Map()
  const plans = await plan(connection, rows)
  await replaceVersions(connection, plans)
  await replaceSightings(connection, plans)
  await replaceValues(connection, plans)
  await renameAssets(connection, plans)
  return new Map(plans.flatMap(verdictsOf))
}

/** The observation that begins a new version created, changed or ended the asset; all others changed nothing. */
function verdictsOf({ runs, added, stored }: Plan): [Row, Verdict][] {
  const before = new Map(stored.map(({ at, digest }) => [at, digest]))
  const fresh = new Map(
    runs.filter(({ first }) => before.get(first.at) !== first.digest).map(run => [run.first.at, run]),
  )
  return added.map(row => {
    const run = fresh.get(row.at)
    if (run?.first.digest !== row.digest) return [row, 'unchanged']
    fresh.delete(row.at)
    if (stored.length === 0 && run === runs[0]) return [row, 'created']
    return [row, row.digest === null ? 'ended' : 'changed']
  })
}

async function plan(connection: Connection, rows: readonly Row[]): Promise<Plan[]> {
  const byId = Map.groupBy(rows, row => row.id)
  const ids = [...byId.keys()].sort()
  const { rows: versions } = await connection.query<Version>({
    name: 'rewrite-versions',
    text: `select asset, (extract(epoch from valid_from) * 1000)::float8 as at, encode(digest, 'hex') as digest, source,
             coalesce(identifiers, '{}') as identifiers, coalesce(edges, '{}') as edges
           from version where asset = any($1::uuid[]) order by asset, valid_from`,
    values: [uuids(ids)],
  })
  const { rows: sightings } = await connection.query<Moment & { asset: string }>({
    name: 'rewrite-sightings',
    text: `select asset, (extract(epoch from at) * 1000)::float8 as at, source, null as digest
           from sighting where asset = any($1::uuid[]) order by asset, at`,
    values: [uuids(ids)],
  })
  const versionsOf = Map.groupBy(versions, version => version.asset)
  const sightingsOf = Map.groupBy(sightings, sighting => sighting.asset)
  return ids.map(id => {
    const stored = versionsOf.get(id) ?? []
    const seen = sightingsOf.get(id) ?? []
    const before = momentsOf(storedRuns(stored, seen))
    const added = withoutDoubted(before, byId.get(id) ?? [])
    return {
      id,
      runs: runsOf([...before, ...added]),
      added,
      rows: new Map(added.map(row => [row.digest, row])),
      stored,
      sightings: seen,
    }
  })
}

/** Without those that are doubted and say what holds at their time anyway. */
function withoutDoubted(before: readonly Moment[], rows: readonly Row[]): Row[] {
  const added = rows.filter(row => !row.isDoubted)
  for (const row of rows.filter(({ isDoubted }) => isDoubted)) {
    const known = runsOf([...before, ...added]).findLast(({ first }) => first.at <= row.at)
    if ((known?.first.digest ?? null) !== row.digest) added.push(row)
  }
  return added
}

/** A stored sighting is one of the version in whose interval it lies. Both are in order of time. */
function storedRuns(versions: readonly Version[], sightings: readonly Moment[]): Run[] {
  let next = 0
  return versions.map((first, position) => {
    const to = versions[position + 1]?.at ?? Number.POSITIVE_INFINITY
    const start = next
    while (next < sightings.length && (sightings[next] as Moment).at < to) next++
    return { first, sightings: sightings.slice(start, next) }
  })
}

async function replaceVersions(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const removed: Version[] = []
  const added: { plan: Plan; first: Moment }[] = []
  for (const plan of plans) {
    const wanted = new Map(plan.runs.map(({ first }) => [first.at, first]))
    const [same = [], stale = []] = [true, false].map(is =>
      plan.stored.filter(version => isSame(wanted.get(version.at), version) === is),
    )
    const kept = new Set(same.map(version => version.at))
    const fresh = plan.runs.map(({ first }) => first).filter(first => !kept.has(first.at))
    const last = plan.stored.find(version => version.at === plan.runs.at(-1)?.first.at)
    // The search index follows what is added: an asset that only lost versions must be seen to have changed.
    if (stale.length > 0 && fresh.length === 0 && last !== undefined) {
      stale.push(last)
      fresh.push(last)
    }
    removed.push(...stale)
    added.push(...fresh.map(first => ({ plan, first })))
  }
  const fields = await storedFields(connection, added)
  if (removed.length > 0) {
    await connection.query({
      name: 'rewrite-remove-versions',
      text: `delete from version v using unnest($1::uuid[], $2::timestamptz[]) as n (asset, at)
             where v.asset = n.asset and v.valid_from = n.at`,
      values: [uuids(removed.map(version => version.asset)), times(removed.map(version => version.at))],
    })
  }
  await insertVersions(
    connection,
    added.map(({ plan: { id, rows }, first: { at, source, digest } }): NewVersion => {
      const content = digest === null ? NOTHING.fields : (rows.get(digest)?.fields ?? fields.get(`${id} ${digest}`))
      if (content === undefined) throw new Error(`the version ${digest} of asset ${id} is in none of its observations`)
      return { id, at, source, digest, fields: content }
    }),
  )
}

function isSame(moment: Moment | undefined, version: Version): boolean {
  return moment?.digest === version.digest && moment.source === version.source
}

/** What stored versions say, for those moments of which the batch itself does not: by 'asset digest'. */
async function storedFields(
  connection: Connection,
  added: readonly { readonly plan: Plan; readonly first: Moment }[],
): Promise<Map<string, Uint8Array>> {
  const sources = added.flatMap(({ plan: { rows, stored }, first: { digest } }) => {
    if (digest === null || rows.has(digest)) return []
    return stored.find(version => version.digest === digest) ?? []
  })
  if (sources.length === 0) return new Map()
  const { rows } = await connection.query<{
    key: string
    identifiers: string[]
    edges: string[]
    tags: string
    config: string
  }>({
    name: 'rewrite-contents',
    text: `select v.asset || ' ' || encode(v.digest, 'hex') as key, v.identifiers, v.edges, v.tags::text, v.config::text
           from (select distinct * from unnest($1::uuid[], $2::timestamptz[]) as u (asset, at)) n
           join version v on v.asset = n.asset and v.valid_from = n.at`,
    values: [uuids(sources.map(version => version.asset)), times(sources.map(version => version.at))],
  })
  const writer = new Writer()
  return new Map(
    rows.map(({ key, identifiers, edges, tags, config }) => {
      const start = writer.at
      return [key, writer.texts(identifiers).texts(edges).json(tags).json(config).since(start)]
    }),
  )
}

async function replaceSightings(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const added: { id: string; at: number; source: string }[] = []
  const removed: { id: string; at: number }[] = []
  for (const { id, runs, sightings } of plans) {
    const wanted = new Map(runs.flatMap(run => run.sightings.map(({ at, source }) => [at, source] as const)))
    for (const { at, source } of sightings) {
      if (wanted.get(at) === source) wanted.delete(at)
      else removed.push({ id, at })
    }
    for (const [at, source] of wanted) added.push({ id, at, source })
  }
  if (removed.length > 0) {
    await connection.query({
      name: 'rewrite-remove-sightings',
      text: `delete from sighting s using unnest($1::uuid[], $2::timestamptz[]) as n (asset, at)
             where s.asset = n.asset and s.at = n.at`,
      values: [uuids(removed.map(({ id }) => id)), times(removed.map(({ at }) => at))],
    })
  }
  await insertSightings(connection, added)
}

/** Only values whose intervals are other than before are written: most histories change in one place. */
async function replaceValues(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const opened = new OpenedValues()
  const removed: Omit<ValueRow, 'at'>[] = []
  for (const { id, runs, rows, stored } of plans) {
    const contents = new Map<string | null, Pick<Content, 'identifiers' | 'edges'>>([...rows, [null, NOTHING]])
    for (const version of stored) contents.set(version.digest, version)
    for (const role of ['identifier', 'edge'] as const) {
      const valuesOf = (digest: string | null) => contents.get(digest)?.[`${role}s`] ?? []
      const before = intervalsOf(stored.map(({ at, digest }) => ({ from: at, values: valuesOf(digest) })))
      const after = intervalsOf(runs.map(({ first }) => ({ from: first.at, values: valuesOf(first.digest) })))
      for (const text of new Set([...before.keys(), ...after.keys()])) {
        const intervals = after.get(text) ?? []
        if (JSON.stringify(before.get(text)) === JSON.stringify(after.get(text))) continue
        if (before.has(text)) removed.push({ role, text, asset: id })
        for (const { from, to } of intervals) opened.add(role, text, id, from, to)
      }
    }
  }
  await removeValues(connection, removed)
  await opened.store(connection)
}

/** An asset is called as in its last version; a gone one keeps the name that it had. */
async function renameAssets(connection: Connection, plans: readonly Plan[]): Promise<void> {
  const names = plans.map(({ runs, rows, stored }) => {
    const digest = runs.findLast(run => run.first.digest !== null)?.first.digest ?? null
    const content = digest === null ? NOTHING : (rows.get(digest) ?? stored.find(version => version.digest === digest))
    return content?.identifiers.find(text => text.startsWith('name '))?.slice('name '.length) ?? null
  })
  await connection.query({
    name: 'rewrite-rename',
    text: `update asset a set name = n.name from unnest($1::uuid[], $2::text[]) as n (id, name)
           where a.id = n.id and a.name is distinct from n.name`,
    values: [uuids(plans.map(({ id }) => id)), texts(names)],
  })
}
