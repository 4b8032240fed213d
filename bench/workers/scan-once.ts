// One scan of a simulated organisation in a process of its own: `scan-once.ts HOME ACCOUNTS TYPES ASSETS-PER-SCOPE`.

import { registryOf } from '../../src/compose.ts'
import { scan } from '../../src/flows/scan.ts'
import { AccountId, assetIdOf, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { Observation } from '../../src/model/observation.ts'
import { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { accountOf, instantCloud } from '../../test/instant-cloud.ts'

export interface ScanFigures {
  readonly assetsPerSecond: number
  readonly recordPerSecond: number
  readonly rssMb: number
}

const [home = '', accounts = '1', types = '1', assetsPerScope = '1'] = process.argv.slice(2)
const LIMIT_ROUNDS = 10
const LIMIT_BATCH = 1_000
const LANES = 3

{
  await using database = await Database.open({ kind: 'embedded', home })
  const cloud = instantCloud({
    accounts: Number(accounts),
    regions: 1,
    types: Number(types),
    assetsPerScope: Number(assetsPerScope),
  })
  const signal = new AbortController().signal
  const recordPerSecond = await recordAlone(database)
  let rss = 0
  const watch = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss())
  }, 50)
  const started = performance.now()
  const { assets, failed } = await scan(cloud, registryOf(database, 'aws'), { signal, now: Date.now })
  const seconds = (performance.now() - started) / 1000
  clearInterval(watch)
  if (failed > 0) throw new Error(`${failed} scopes failed`)
  const figures: ScanFigures = { assetsPerSecond: assets / seconds, recordPerSecond, rssMb: rss / 2 ** 20 }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

/** What `record` takes when nothing else is done: observations of the same shape, of an account that is not scanned. */
async function recordAlone(database: Database): Promise<number> {
  const alone = instantCloud({ accounts: 1, regions: 1, types: 1, assetsPerScope: LIMIT_BATCH * LIMIT_ROUNDS })
  const type = alone.types[0]?.name ?? ResourceTypeName.parse('none')
  const scope = { provider: 'aws' as const, account: accountOf(0), region: Region.parse('eu-west-1'), type }
  const batches: Observation[][] = []
  for await (const page of alone.read(scope, { known: async () => new Map() }, new AbortController().signal)) {
    const other = AccountId.parse('999999999999')
    batches.push(
      page.map(({ asset, present, at }) => ({
        asset: { ...asset, account: other },
        at,
        source: 'scan',
        state: present,
      })),
    )
  }
  const whole = batches.flat()
  if (new Set(whole.map(({ asset }) => assetIdOf(asset))).size !== whole.length)
    throw new Error('the simulated assets are not distinct')
  const started = performance.now()
  let next = 0
  const lane = async () => {
    while (next < whole.length) {
      const from = next
      next += LIMIT_BATCH
      await record(database, whole.slice(from, from + LIMIT_BATCH))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return whole.length / ((performance.now() - started) / 1000)
}
