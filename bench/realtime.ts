import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type BenchOptions, defineBench, type Metrics } from './bench.ts'

/** Each in a process and a store of its own, so that none inherits what another left. */
const PARTS = ['intake', 'changes', 'answerable', 'storm', 'burst'] as const

/** The way from messages to versions, in one process with PostgreSQL beside it; the cloud and the queue answer at once, from memory. */
export default defineBench({
  name: 'realtime',
  summary: `events to attributed versions and answers, in one process; --only ${PARTS.join(',')}`,
  goals: {
    intake_events_per_s: { atLeast: 60_000 },
    intake_lost: { atMost: 0 },
    changes_per_s: { atLeast: 10_000 },
    share_of_record: { atLeast: 0.5 },
    changes_without_version: { atMost: 0 },
    changes_attributed_share: { atLeast: 1 },
    answerable_p50_ms: { atMost: 150 },
    answerable_p99_ms: { atMost: 1_000 },
    storm_describes_per_min: { atMost: 9 },
    storm_others_p99_ratio: { atMost: 2 },
    storm_events_missing: { atMost: 0 },
    storm_last_state_missing: { atMost: 0 },
    describes_per_change: { atMost: 0.05 },
    burst_assets_behind: { atMost: 0 },
  },
  async run(options) {
    const { values } = parseArgs({ args: [...options.args], options: { only: { type: 'string' } } })
    const chosen = values.only?.split(',') ?? PARTS
    let metrics: Metrics = {}
    for (const part of chosen) metrics = { ...metrics, ...(await runPart(part, options)) }
    return metrics
  },
})

async function runPart(part: string, { note, signal }: BenchOptions): Promise<Metrics> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-bench-'))
  await chmod(home, 0o755) // PostgreSQL may run as another user.
  note(`${part}:`)
  try {
    const worker = join(import.meta.dirname, 'workers/realtime/run.ts')
    return await new Promise<Metrics>((resolve, reject) => {
      const child = execFile(process.execPath, [worker, part, home], { signal }, (error, stdout) => {
        if (error !== null) reject(error)
        else resolve(JSON.parse(stdout) as Metrics)
      })
      if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', note)
    })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
