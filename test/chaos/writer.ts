// Scans a small organisation that keeps changing, again and again until it is killed, and says on standard output what
// the store has acknowledged: a line for each batch, an asset id and a time for each observation.
import { registryOf } from '../../src/compose.ts'
import { scan } from '../../src/flows/scan.ts'
import { assetIdOf } from '../../src/model/identity.ts'
import { Database } from '../../src/store/database.ts'
import { instantCloud, machine } from '../instant-cloud.ts'

const [home = '', seed = '0'] = process.argv.slice(2)
const ASSETS_PER_SCOPE = 250
const PAGE = 100
let pass = Number(seed)

await using database = await Database.open({ kind: 'embedded', home })
const registry = registryOf(database, 'aws')
const cloud = instantCloud({ accounts: 4, regions: 2, types: 2, assetsPerScope: ASSETS_PER_SCOPE, list: machines })
for (;;) {
  pass++
  await scan(
    cloud,
    {
      ...registry,
      async record(observations) {
        const counted = await registry.record(observations)
        const seen = observations.map(({ asset, at, state }) => [assetIdOf(asset), at, state.kind])
        process.stdout.write(`${JSON.stringify(seen)}\n`)
        return counted
      },
    },
    { signal: new AbortController().signal, now: Date.now },
  )
}

/** In each pass a tenth of the machines is missing and a fifth has another state than before. */
async function* machines(account: string, region: string, type: string) {
  const numbers = Array.from({ length: ASSETS_PER_SCOPE }, (_, number) => number).filter(n => (n + pass) % 10 !== 0)
  for (let from = 0; from < numbers.length; from += PAGE) {
    yield numbers.slice(from, from + PAGE).map(number => ({
      ...machine(account, region, type, number),
      State: { Name: (number + pass) % 5 === 0 ? 'stopped' : 'running' },
      PrivateIpAddress: `10.0.${number % 7}.${(number + pass) % 200}`,
    }))
  }
}
