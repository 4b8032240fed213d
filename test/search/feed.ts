// `node feed.ts STORE-URL OPENSEARCH-URL`: feeds the index until it is killed.
import { setTimeout as sleep } from 'node:timers/promises'
import { Database } from '../../src/store/database.ts'
import { openSearchOf } from './drivers.ts'

const [, , store = '', server = ''] = process.argv
const search = openSearchOf(await Database.open({ kind: 'url', url: store }), server)
process.stdout.write('feeding\n')
for (;;) {
  await search.indexPending(AbortSignal.timeout(60_000))
  await sleep(20)
}
