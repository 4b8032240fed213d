import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { defineBench } from './bench.ts'
import type { ScanFigures } from './workers/scan-once.ts'

const FEW = 10
const MANY = 2_000
/** The same number of assets in both runs, so that only the number of accounts differs. */
const ASSETS = 60_000
const TYPES = 3

/**
 * A whole scan (accounts, scopes, reading, recording, ending, outcomes) of an organisation that answers at once, through the product's
 * own AwsCloud into a real store. Its limit is `record` alone, given the same observations in the same process before the scan.
 * Each size runs in a process of its own: what is resident at its end would otherwise hold what the other one left.
 */
export default defineBench({
  name: 'scan',
  summary: 'assets per second of a scan of an instant cloud, and memory with 10 and 2,000 accounts',
  goals: { assets_per_s: { atLeast: 5_000 }, rss_growth: { atMost: 1.1 } },
  async run({ note, signal }) {
    const few = await scanOnce(FEW, note, signal)
    const many = await scanOnce(MANY, note, signal)
    return {
      assets_per_s: Math.min(few.assetsPerSecond, many.assetsPerSecond),
      assets_per_s_10_accounts: few.assetsPerSecond,
      assets_per_s_2000_accounts: many.assetsPerSecond,
      record_assets_per_s: many.recordPerSecond,
      share_of_record: many.assetsPerSecond / many.recordPerSecond,
      rss_mb_10_accounts: few.rssMb,
      rss_mb_2000_accounts: many.rssMb,
      rss_growth: many.rssMb / few.rssMb,
    }
  },
})

async function scanOnce(accounts: number, note: (text: string) => void, signal: AbortSignal): Promise<ScanFigures> {
  const home = join(tmpdir(), `cadastre-bench-scan-${process.pid}-${accounts}`)
  note(`scanning ${ASSETS} assets in ${accounts} accounts …`)
  const worker = join(import.meta.dirname, 'workers/scan-once.ts')
  const assetsPerScope = ASSETS / accounts / TYPES
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [worker, home, `${accounts}`, `${TYPES}`, `${assetsPerScope}`],
      { signal },
    )
    return JSON.parse(stdout) as ScanFigures
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
