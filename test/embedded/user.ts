// A process of its own that uses the store of a folder: records one asset, says where the store is, and leaves when its
// standard input ends.
import { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { instanceAt } from '../changes.ts'

const [home = '', asset = '0'] = process.argv.slice(2)
try {
  await using database = await Database.open({ kind: 'embedded', home })
  await record(database, [instanceAt({ asset: Number(asset), revision: 0, address: 0 }, Date.now())])
  process.stdout.write(`${database.url}\n`)
  for await (const _ of process.stdin);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
