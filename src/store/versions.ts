import { CopyWriter, texts, times, uuids } from './binary.ts'
import type { Connection } from './database.ts'
import type { Content, Row } from './row.ts'

const CONTENT_BYTES = 3_000
const ROOM_BYTES_MAX = 8_000_000

/** Bytes for so many usual contents: most batches then need no larger buffer. */
export function roomFor(contents: number): number {
  return Math.min(contents * CONTENT_BYTES, ROOM_BYTES_MAX)
}

/** What a row of `version` is made from. */
export interface NewVersion extends Pick<Row, 'id' | 'at' | 'source' | 'digest'>, Pick<Content, 'fields'> {}

export async function insertVersions(connection: Connection, versions: readonly NewVersion[]): Promise<void> {
  if (versions.length === 0) return
  using writer = new CopyWriter(roomFor(versions.length))
  for (const { id, at, source, digest, fields } of versions) {
    writer.row(8).hex(id).time(at).text(source).hex(digest).append(fields)
  }
  await connection.copyFrom(
    'copy version (asset, valid_from, source, digest, identifiers, edges, tags, config) from stdin (format binary)',
    writer.finish(),
  )
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
