import { storableText } from '../../model/canonical.ts'
import type { Rejected } from '../../model/event.ts'
import { texts } from '../binary.ts'
import type { Connection } from '../database.ts'
import { bounded } from './bounded.ts'

/** Enough to see what is wrong, and little enough that a source of nonsense fills no disk. */
const REJECTED_MAX = 10_000
const SAMPLE_LENGTH_MAX = 2_000
const TEXT_LENGTH_MAX = 500

/** Keeps what could not be read; of all, the latest. */
export async function storeRejected(connection: Connection, all: readonly Rejected[]): Promise<void> {
  if (all.length === 0) return
  const rejected = all.slice(-REJECTED_MAX)
  await connection.query({
    name: 'events-rejected',
    text: 'insert into rejected (source, reason, sample) select * from unnest($1::text[], $2::text[], $3::text[])',
    values: [
      texts(rejected.map(({ source }) => bounded(source, TEXT_LENGTH_MAX))),
      texts(rejected.map(({ reason }) => bounded(reason, TEXT_LENGTH_MAX))),
      texts(rejected.map(({ sample }) => storableText(sample.slice(0, SAMPLE_LENGTH_MAX)))),
    ],
  })
  await connection.query({
    name: 'events-rejected-bound',
    text: 'delete from rejected where id <= (select max(id) from rejected) - $1::bigint',
    values: [REJECTED_MAX],
  })
}
