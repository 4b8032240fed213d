// `npm run chaos -- NAME [--kills 50] [--json]`: kills processes at random and looks what is left. Ends with 0 when nothing was lost or
// doubled and the store is consistent.
import { parseArgs } from 'node:util'
import type { Inconsistency } from '../../src/store/check.ts'
import { chaosRealtime } from './realtime.ts'
import { chaosScan } from './scan.ts'

/** What a run prints, and the figures by which it is judged: each but `kills` and what is counted must be 0. */
interface Outcome {
  readonly summary: string
  readonly findings: readonly string[]
  readonly metrics: Readonly<Record<string, number>>
  readonly isSound: boolean
}

const RUNS: Readonly<Record<string, (kills: number, note: (text: string) => void) => Promise<Outcome>>> = {
  async scan(kills, note) {
    const { acknowledged, lost, inconsistencies } = await chaosScan(kills, note)
    return {
      summary: `${kills} kills, ${acknowledged} observations acknowledged, ${lost} of them lost, ${inconsistencies.length} inconsistencies`,
      findings: inconsistencies.map(lineOf),
      metrics: { kills, lost, inconsistencies: inconsistencies.length },
      isSound: lost === 0 && inconsistencies.length === 0,
    }
  },
  async realtime(kills, note) {
    const { events, messages, lost, doubled, behind, parked, inconsistencies, settledMs } = await chaosRealtime(
      kills,
      note,
    )
    const faults = lost + doubled + behind.length + parked + inconsistencies.length
    return {
      summary: [
        `${kills} kills, ${events} events in ${messages} messages, ${lost} lost, ${doubled} doubled`,
        `${behind.length} assets not as they are, ${parked} parked, ${inconsistencies.length} inconsistencies`,
        `in order ${(settledMs / 1_000).toFixed(1)} s after the last event`,
      ].join('; '),
      findings: [...behind, ...inconsistencies.map(lineOf)],
      metrics: { kills, events, lost, doubled, behind: behind.length, parked, inconsistencies: inconsistencies.length },
      isSound: faults === 0,
    }
  },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '50' }, json: { type: 'boolean', default: false } },
})
const [name = ''] = positionals
const run = RUNS[name]
const kills = Number(values.kills)
if (positionals.length !== 1 || run === undefined || !Number.isInteger(kills) || kills < 1) {
  process.stderr.write(`Usage: npm run chaos -- ${Object.keys(RUNS).join('|')} [--kills N] [--json]\n`)
  process.exit(2)
}
const { summary, findings, metrics, isSound } = await run(kills, text => process.stderr.write(`${text}\n`))
for (const finding of findings) process.stdout.write(`${finding}\n`)
process.stdout.write(`${summary}\n`)
if (values.json) process.stdout.write(`${JSON.stringify({ chaos: name, metrics })}\n`)
process.exitCode = isSound ? 0 : 1

function lineOf({ rule, asset, detail }: Inconsistency): string {
  return `${rule}: ${asset} ${detail}`
}
