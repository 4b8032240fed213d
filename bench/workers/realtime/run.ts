// One part of the bench `realtime` in a process of its own: `run.ts PART HOME`. Its figures are the last line of standard output.
import type { Metrics } from '../../bench.ts'
import { answerable } from './answerable.ts'
import { burst } from './burst.ts'
import { changes } from './changes.ts'
import { intake } from './intake.ts'
import { storm } from './storm.ts'

const PARTS: Readonly<Record<string, (home: string, note: (text: string) => void) => Promise<Metrics>>> = {
  intake,
  changes,
  answerable,
  storm,
  burst,
}

const [part = '', home = ''] = process.argv.slice(2)
const run = PARTS[part]
if (run === undefined) throw new RangeError(`there is no part ${part}: ${Object.keys(PARTS).join(', ')}`)
const metrics = await run(home, text => process.stderr.write(`  ${text}\n`))
process.stdout.write(`${JSON.stringify(metrics)}\n`)
