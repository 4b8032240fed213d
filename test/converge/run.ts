// `npm run converge -- [--calls 2000] [--seed 1] [--rate 12] [--json]`: people change a simulated cloud at random while the product
// follows. Ends with 0 when its registry is what is there, and says who did what as it was.
import { parseArgs } from 'node:util'
import { converge } from './converge.ts'
import { METRICS } from './report.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '12' },
    json: { type: 'boolean', default: false },
  },
})
const [calls, seed, callsPerSecond] = [values.calls, values.seed, values.rate].map(Number)
if (![calls, seed, callsPerSecond].every(value => value !== undefined && Number.isInteger(value) && value > 0)) {
  process.stderr.write('Usage: npm run converge -- [--calls N] [--seed S] [--rate CALLS_PER_SECOND] [--json]\n')
  process.exit(2)
}
const startedAt = Date.now()
const seconds = () => String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)
const { metrics, aside, findings } = await converge({
  calls: calls as number,
  seed: seed as number,
  callsPerSecond: callsPerSecond as number,
  note: text => process.stderr.write(`${seconds()} s  ${text}\n`),
})
for (const finding of findings) process.stdout.write(`${finding}\n`)
for (const [name, value] of [...Object.entries(metrics), ...Object.entries(aside)])
  process.stdout.write(`${name.padEnd(24)} ${value}\n`)
const isRight = METRICS.slice(2).every(name => metrics[name] === 0)
process.stdout.write(isRight ? 'The registry is what is there.\n' : 'The registry is not what is there.\n')
if (values.json) process.stdout.write(`${JSON.stringify({ converge: { seed }, metrics })}\n`)
process.exitCode = isRight ? 0 : 1
