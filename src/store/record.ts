import type { Observation } from '../model/observation.ts'
import { copyRows, digests, jsons, texts, times, uuids } from './binary.ts'
import type { Connection, Database } from './database.ts'
import { rewrite } from './rewrite.ts'
import { plain, type Row, rowOf } from './row.ts'
import { closeValues, openValues, parsedValue, type ValueRow } from './values.ts'

/** What came of a batch: assets seen for the first time, changed, gone, or the same as before. */
export interface Recorded {
  readonly created: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
}

/** The stored head of an asset, locked; `identifiers` and `edges` only where the digest differs from the one asked with. */
interface Head {
  readonly id: string
  readonly digest: string | null
  readonly lastSeen: number
  readonly name: string | null
  readonly identifiers: readonly string[] | null
  readonly edges: readonly string[] | null
}

/**
 * The one write path: stores a batch of observations in one transaction. An observation that equals what is known
 * becomes a sighting; one that differs, a version, with its identifiers and edges opened and closed. Repeating a batch,
 * splitting it, or sending it in another order leaves the same store; parallel writers are safe. Best at 500 to 1,000 a batch.
 */
export async function record(database: Database, observations: readonly Observation[]): Promise<Recorded> {
  if (observations.length === 0) return { created: 0, changed: 0, ended: 0, unchanged: 0 }
  const rows = observations.map(rowOf).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.at - b.at))
  return database.transaction(connection => write(connection, rows))
}

async function write(connection: Connection, rows: readonly Row[]): Promise<Recorded> {
  const repeated = repeatedIds(rows)
  const heads = await lockHeads(connection, rows)
  const created: Row[] = []
  const changed: Row[] = []
  const same: Row[] = []
  const late: Row[] = []
  for (const row of rows) {
    const head = heads.get(row.id)
    if (repeated.has(row.id)) late.push(row)
    else if (head === undefined) created.push(row)
    else if (row.at <= head.lastSeen) late.push(row)
    else if (row.digest === head.digest) same.push(row)
    else changed.push(row)
  }
  const { inserted, raced } = await insertAssets(connection, created)
  await renameAssets(connection, changed, heads)
  await insertVersions(connection, [...inserted, ...changed])
  await moveValues(connection, inserted, changed, heads)
  await insertSightings(connection, same)
  await updateVolatile(connection, rows)
  const rewritten = await rewrite(connection, [...late, ...raced])
  return {
    created: inserted.length + rewritten.created,
    changed: changed.filter(row => row.digest !== null).length + rewritten.changed,
    ended: changed.filter(row => row.digest === null).length + rewritten.ended,
    unchanged: same.length + rewritten.unchanged,
  }
}

function repeatedIds(rows: readonly Row[]): Set<string> {
  const repeated = new Set<string>()
  for (let at = 1; at < rows.length; at++) if (rows[at]?.id === rows[at - 1]?.id) repeated.add(rows[at]?.id ?? '')
  return repeated
}

/** Locks in the order of ids, so that two writers cannot wait for each other; reads only then, so that what was waited for is seen. */
async function lockHeads(connection: Connection, rows: readonly Row[]): Promise<Map<string, Head>> {
  const ids = uuids(rows.map(row => row.id))
  await connection.query({
    name: 'record-lock',
    text: 'select 1 from asset where id = any($1::uuid[]) order by id for update',
    values: [ids],
  })
  const { rows: heads } = await connection.query<Head>({
    name: 'record-heads',
    text: `select a.id, a.name, encode(v.digest, 'hex') as digest,
             extract(epoch from greatest(v.valid_from, (select max(at) from sighting s where s.asset = a.id))) * 1000 as "lastSeen",
             case when v.digest is distinct from n.digest then v.identifiers end as identifiers,
             case when v.digest is distinct from n.digest then v.edges end as edges
           from unnest($1::uuid[], $2::bytea[]) as n (id, digest)
           join asset a on a.id = n.id
           cross join lateral (select * from version v where v.asset = a.id order by valid_from desc limit 1) v`,
    values: [ids, digests(rows.map(row => row.digest))],
  })
  return new Map(heads.map(head => [head.id, { ...head, lastSeen: Number(head.lastSeen) }]))
}

/** Inserts assets that were unknown a moment ago; those that another writer has inserted since are `raced`. */
async function insertAssets(connection: Connection, rows: readonly Row[]): Promise<{ inserted: Row[]; raced: Row[] }> {
  if (rows.length === 0) return { inserted: [], raced: [] }
  const identities = rows.map(row => row.observation.asset)
  const { rows: ids } = await connection.query<{ id: string }>({
    name: 'record-insert-asset',
    text: `insert into asset (id, provider, account, region, type, native_id, name)
           select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
           on conflict (id) do nothing returning id`,
    values: [
      uuids(rows.map(row => row.id)),
      texts(identities.map(identity => identity.provider)),
      texts(identities.map(identity => identity.account)),
      texts(identities.map(identity => identity.region)),
      texts(identities.map(identity => identity.type)),
      texts(identities.map(identity => plain(identity.nativeId))),
      texts(rows.map(row => row.name)),
    ],
  })
  if (ids.length === rows.length) return { inserted: [...rows], raced: [] }
  const mine = new Set(ids.map(({ id }) => id))
  return { inserted: rows.filter(row => mine.has(row.id)), raced: rows.filter(row => !mine.has(row.id)) }
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

export async function insertVersions(connection: Connection, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  await connection.copyFrom(
    'copy version (asset, valid_from, source, digest, identifiers, edges, tags, config) from stdin (format binary)',
    copyRows(rows, 8, (writer, row) => {
      writer.hex(row.id).time(row.at).text(row.source).hex(row.digest)
      writer.texts(row.identifiers).texts(row.edges).json(row.tags).json(row.config)
    }),
  )
}

/** The identifiers, addresses and edges that new versions open and that changed ones close. */
async function moveValues(
  connection: Connection,
  created: readonly Row[],
  changed: readonly Row[],
  heads: ReadonlyMap<string, Head>,
): Promise<void> {
  const opened: ValueRow[] = []
  const closed: ValueRow[] = []
  for (const row of created) {
    for (const value of row.identifiers) opened.push(valueRow('identifier', row, value))
    for (const value of row.edges) opened.push(valueRow('edge', row, value))
  }
  for (const row of changed) {
    const head = heads.get(row.id)
    difference(row.identifiers, head?.identifiers ?? [], value => opened.push(valueRow('identifier', row, value)))
    difference(row.edges, head?.edges ?? [], value => opened.push(valueRow('edge', row, value)))
    difference(head?.identifiers ?? [], row.identifiers, value => closed.push(valueRow('identifier', row, value)))
    difference(head?.edges ?? [], row.edges, value => closed.push(valueRow('edge', row, value)))
  }
  await closeValues(connection, closed)
  await openValues(connection, opened)
}

function valueRow(role: 'identifier' | 'edge', row: Row, text: string): ValueRow {
  return { ...parsedValue(role, text), asset: row.id, from: row.at, to: Number.POSITIVE_INFINITY }
}

function difference(values: readonly string[], without: readonly string[], found: (value: string) => void): void {
  const known = new Set(without)
  for (const value of values) if (!known.has(value)) found(value)
}

export async function insertSightings(
  connection: Connection,
  rows: readonly { readonly id: string; readonly at: number; readonly source: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await connection.query({
    name: 'record-sighting',
    text: `insert into sighting (asset, at, source) select * from unnest($1::uuid[], $2::timestamptz[], $3::text[])
           on conflict (asset, at) do update set source = greatest(sighting.source, excluded.source)`,
    values: [uuids(rows.map(row => row.id)), times(rows.map(row => row.at)), texts(rows.map(row => row.source))],
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
