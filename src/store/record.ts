import { CONSISTENCY_MS } from '../model/consistency.ts'
import type { Observation } from '../model/observation.ts'
import type { Verdict } from '../ports/refresh-store.ts'
import { copyRows, digests, jsons, ONE_BY_ONE, texts, times, uuids, Writer } from './binary.ts'
import type { Connection, Database } from './database.ts'
import { PLAN_BY_INDEX } from './plan-by-index.ts'
import { raced, withoutRaces } from './raced.ts'
import { rewrite } from './rewrite.ts'
import { plain, type Row, rowOf } from './row.ts'
import { closeValues, OpenedValues, type Role, type ValueRow } from './values.ts'
import { insertSightings, insertVersions, roomFor } from './versions.ts'

/** What came of a batch: assets seen for the first time, changed, gone, or the same as before. */
export interface Recorded extends Counts {
  /** One for each observation, in order. */
  readonly verdicts: readonly Verdict[]
}

interface Counts {
  readonly created: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
}

/** The stored head of an asset, locked; `identifiers` and `edges`, one a line, only where the digest differs from the one asked with. */
interface Head {
  readonly id: string
  readonly digest: string | null
  readonly lastSeen: number
  /** It was as it is now read, before a change that replies may not show yet; asked of doubted observations only. */
  readonly wasSo: boolean
  readonly name: string | null
  readonly identifiers: string | null
  readonly edges: string | null
}

/**
 * The one write path: stores a batch of observations in one transaction. An observation that equals what is known
 * becomes a sighting; one that differs, a version, with its identifiers and edges opened and closed. Repeating a batch,
 * splitting it, or sending it in another order leaves the same store; parallel writers are safe. Best at 500 to 1,000 a batch.
 * An observation that is doubted is only kept if it shows a change, so that it alone depends on what was recorded before it.
 */
export async function record(database: Database, observations: readonly Observation[]): Promise<Recorded> {
  if (observations.length === 0) return { ...tally([]), verdicts: [] }
  using contents = new Writer(roomFor(observations.length))
  const rows = sortedRows(observations, contents)
  const verdicts = await withoutRaces(() => database.transaction(connection => recordRows(connection, rows)))
  return { ...tally(verdicts), verdicts }
}

/** Rows for `recordRows`, in the order in which assets are locked; the writer keeps their contents until they are stored. */
export function sortedRows(observations: readonly Observation[], contents: Writer): Row[] {
  const rows = observations.map((observation, position) => rowOf(observation, position, contents))
  return rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.at - b.at))
}

function tally(verdicts: readonly Verdict[]): Counts {
  const counts = { created: 0, changed: 0, returned: 0, ended: 0, unchanged: 0, doubted: 0 }
  for (const verdict of verdicts) counts[verdict]++
  const { created, changed, returned, ended, unchanged } = counts
  return { created, changed: changed + returned, ended, unchanged }
}

/** Records within a transaction of the caller's, who begins it anew when it throws `Raced`. One verdict for each row, by its position. */
export async function recordRows(connection: Connection, all: readonly Row[]): Promise<Verdict[]> {
  await connection.query(PLAN_BY_INDEX)
  const heads = await lockHeads(connection, all)
  const verdicts = all.map((): Verdict => 'doubted')
  // That something which nobody ever saw is not there, or not yet, tells nothing.
  const rows = all.filter(row => !row.isDoubted || row.digest !== null || heads.has(row.id))
  await insertAssets(connection, unknownOf(rows, heads), isAlone(rows))
  const created: Row[] = []
  const changed: Row[] = []
  const same: Row[] = []
  const late: Row[] = []
  rows.forEach((row, position) => {
    const head = heads.get(row.id)
    if (row.id === rows[position - 1]?.id || row.id === rows[position + 1]?.id) late.push(row)
    else if (head === undefined) created.push(row)
    else if (row.at <= head.lastSeen) late.push(row)
    else if (row.digest !== head.digest) changed.push(row)
    else if (!row.isDoubted) same.push(row)
  })
  await renameAssets(connection, changed, heads)
  await insertVersions(connection, [...created, ...changed])
  await moveValues(connection, created, changed, heads)
  await insertSightings(connection, same)
  for (const row of created) verdicts[row.position] = 'created'
  for (const row of changed) verdicts[row.position] = verdictOf(row, heads.get(row.id))
  for (const row of same) verdicts[row.position] = 'unchanged'
  for (const [row, verdict] of await rewrite(connection, late)) verdicts[row.position] = verdict
  await updateVolatile(connection, [...changed, ...same, ...late.filter(row => verdicts[row.position] !== 'doubted')])
  await insertAliases(connection, rows)
  return verdicts
}

function verdictOf({ digest }: Row, head: Head | undefined): Verdict {
  if (digest === null) return 'ended'
  return head?.wasSo === true ? 'returned' : 'changed'
}

/** Whether a row is the only one of its asset in a sorted batch. */
function isAlone(rows: readonly Row[]): (row: Row) => boolean {
  const several = new Set<string>()
  rows.forEach(({ id }, position) => {
    if (id === rows[position - 1]?.id) several.add(id)
  })
  return ({ id }) => !several.has(id)
}

/** The first row of each asset that has no head. */
function unknownOf(rows: readonly Row[], heads: ReadonlyMap<string, Head>): Row[] {
  return rows.filter((row, position) => !heads.has(row.id) && row.id !== rows[position - 1]?.id)
}

/** Versions before the last one that a stale reply may show. */
const RETURNS_MAX = 4

/** Locks in the order of ids, so that two writers cannot wait for each other; reads only then, so that what was waited for is seen. */
async function lockHeads(connection: Connection, rows: readonly Row[]): Promise<Map<string, Head>> {
  const { rows: locked } = await connection.query<{ id: string; name: string | null }>({
    name: 'record-lock',
    text: 'select id, name from asset where id = any($1::uuid[]) order by id for update',
    values: [uuids(rows.map(row => row.id))],
  })
  if (locked.length === 0) return new Map()
  const names = new Map(locked.map(({ id, name }) => [id, name]))
  const known = rows.filter((row, position) => names.has(row.id) && row.id !== rows[position - 1]?.id)
  const { rows: heads } = await connection.query<Omit<Head, 'name'>>({
    name: 'record-heads',
    text: `select n.id, encode(v.digest, 'hex') as digest,
             (extract(epoch from greatest(v.valid_from, (select max(at) from sighting s where s.asset = n.id))) * 1000)::float8 as "lastSeen",
             case when v.digest is distinct from n.digest then array_to_string(v.identifiers, E'\\n') end as identifiers,
             case when v.digest is distinct from n.digest then array_to_string(v.edges, E'\\n') end as edges,
             v.digest is distinct from n.digest and n.doubted and v.valid_from > n.at - $5::float8 * interval '1 ms' and n.digest in
               (select e.digest from version e where e.asset = n.id and e.valid_from < v.valid_from order by e.valid_from desc limit ${RETURNS_MAX}) as "wasSo"
           from unnest($1::uuid[], $2::bytea[], $3::timestamptz[], $4::bool[]) as n (id, digest, at, doubted)
           cross join lateral (select * from version v where v.asset = n.id order by valid_from desc limit 1) v`,
    values: [
      uuids(known.map(row => row.id)),
      digests(known.map(row => row.digest)),
      times(known.map(row => row.at)),
      known.map(row => row.isDoubted),
      CONSISTENCY_MS,
    ],
  })
  return new Map(heads.map(head => [head.id, { ...head, name: names.get(head.id) ?? null }]))
}

/** Inserts assets that were unknown a moment ago, in the order of their ids. COPY costs half of an `insert … on conflict`. */
async function insertAssets(
  connection: Connection,
  rows: readonly Row[],
  isComplete: (row: Row) => boolean,
): Promise<void> {
  if (rows.length === 0) return
  const bytes = copyRows(rows, 9, (writer, row) => {
    const { asset } = row.observation
    writer.hex(row.id).text(asset.provider).text(plain(asset.account)).text(plain(asset.region))
    writer.text(plain(asset.type)).text(plain(asset.nativeId)).text(row.name)
    if (row.volatile === null || !isComplete(row)) writer.null().null()
    else writer.json(row.volatile).time(row.at)
  })
  try {
    await connection.copyFrom(
      `copy asset (id, provider, account, region, type, native_id, name, volatile, volatile_at) from stdin (format binary) where ${ONE_BY_ONE}`,
      bytes,
    )
  } catch (error) {
    throw raced(error)
  }
}

/** A gone asset keeps the name that it had; few changes are of the name. */
async function renameAssets(
  connection: Connection,
  changed: readonly Row[],
  heads: ReadonlyMap<string, Head>,
): Promise<void> {
  const rows = changed.filter(row => row.digest !== null && row.name !== heads.get(row.id)?.name)
  if (rows.length === 0) return
  await connection.query({
    name: 'record-rename',
    text: 'update asset a set name = n.name from unnest($1::uuid[], $2::text[]) as n (id, name) where a.id = n.id',
    values: [uuids(rows.map(row => row.id)), texts(rows.map(row => row.name))],
  })
}

/** The identifiers, addresses and edges that new versions open and that changed ones close. */
async function moveValues(
  connection: Connection,
  created: readonly Row[],
  changed: readonly Row[],
  heads: ReadonlyMap<string, Head>,
): Promise<void> {
  const opened = new OpenedValues()
  const closed: ValueRow[] = []
  for (const { id, at, identifiers, edges } of created) {
    for (const text of identifiers) opened.add('identifier', text, id, at)
    for (const text of edges) opened.add('edge', text, id, at)
  }
  for (const row of changed) {
    const head = heads.get(row.id)
    move('identifier', row, linesOf(head?.identifiers), row.identifiers)
    move('edge', row, linesOf(head?.edges), row.edges)
  }
  await closeValues(connection, closed)
  await opened.store(connection)

  function move(role: Role, { id, at }: Row, before: readonly string[], after: readonly string[]): void {
    for (const text of without(before, after)) closed.push({ role, text, asset: id, at })
    for (const text of without(after, before)) opened.add(role, text, id, at)
  }
}

function without(values: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return values.filter(value => !known.has(value))
}

function linesOf(text: string | null | undefined): string[] {
  return text ? text.split('\n') : []
}

/** Whoever holds an asset's lock is alone in writing its aliases. An alias that two assets had, one after the other, is kept for both. */
async function insertAliases(connection: Connection, rows: readonly Row[]): Promise<void> {
  const pairs = rows.flatMap(({ id, aliases }) => aliases.map(alias => ({ id, alias })))
  if (pairs.length === 0) return
  await connection.query({
    name: 'record-alias',
    text: 'insert into alias (alias, asset) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing',
    values: [uuids(pairs.map(({ alias }) => alias)), uuids(pairs.map(({ id }) => id))],
  })
}

async function updateVolatile(connection: Connection, all: readonly Row[]): Promise<void> {
  const rows = all.filter(row => row.volatile !== null)
  if (rows.length === 0) return
  // Of one asset read twice in a batch, or in one millisecond, the greater (time, text) stays: the order does not matter.
  await connection.query({
    name: 'record-volatile',
    text: `update asset a set volatile = n.volatile, volatile_at = n.at
           from (select distinct on (id) * from unnest($1::uuid[], $2::timestamptz[], $3::jsonb[]) as u (id, at, volatile) order by id, at desc, volatile desc) n
           where a.id = n.id and (a.volatile_at is null or (n.at, n.volatile) > (a.volatile_at, a.volatile))`,
    values: [uuids(rows.map(row => row.id)), times(rows.map(row => row.at)), jsons(rows.map(row => row.volatile))],
  })
}
