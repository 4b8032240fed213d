import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryFile } from '../../../ports/event-history.ts'
import type { IncomingReader } from './incoming.ts'
import { trailPieces } from './trail-files.ts'
import { isTrailFile, mayHold, type TrailWindow } from './trail-path.ts'

/**
 * The log files of a trail in a folder of this machine, in the order of their paths, or the one file that the path names. Links to
 * folders are not followed.
 */
export async function* trailFolder(
  path: string,
  window: TrailWindow,
  reader: IncomingReader,
): AsyncGenerator<HistoryFile> {
  if (!(await stat(path)).isDirectory()) yield fileAt(path, reader)
  else for await (const file of below(path, window)) yield fileAt(file, reader)
}

async function* below(folder: string, window: TrailWindow): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.map(entry => ({ entry, name: entry.isDirectory() ? `${entry.name}/` : entry.name }))
  for (const { entry, name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name)
    if (!mayHold(path, window)) continue
    if (entry.isDirectory()) yield* below(path, window)
    else if (entry.isFile() && isTrailFile(path)) yield path
  }
}

function fileAt(path: string, reader: IncomingReader): HistoryFile {
  return { name: path, read: signal => trailPieces(createReadStream(path), reader, path, signal) }
}
