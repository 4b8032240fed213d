import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readTrail } from '../../src/clouds/aws/event-map/trail-stream.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'

const FOLDER = join(process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../shared'), 'data/cloudtrail')

/** Files of real CloudTrail records beside the repository; none where they are absent. */
export const TRAIL_FILES: readonly string[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter(file => file.endsWith('.ndjson.gz'))
      .sort()
      .map(file => join(FOLDER, file))
  : []

/** Why tests over them are skipped. */
export const NO_TRAIL_FILES =
  'there are no real records in ../shared/data/cloudtrail (CADASTRE_SHARED names another folder)'

/** All records of those files. Any that cannot be read is an error here: they are known to be good. */
export async function sharedRecords(): Promise<CloudTrailRecord[]> {
  const records: CloudTrailRecord[] = []
  for (const file of TRAIL_FILES) {
    for await (const batch of readTrail(createReadStream(file))) {
      for (const parsed of batch) {
        if (parsed.kind === 'rejected') throw new Error(`${file}: ${parsed.reason}`)
        records.push(parsed.record)
      }
    }
  }
  return records
}
