// `npm run chaos -- scan [--kills 50] [--json]`: kills processes at random and looks what is left. Ends with 0 when nothing
// acknowledged was lost and the store is consistent.
import { parseArgs } from 'node:util'
import { chaosScan } from './scan.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '50' }, json: { type: 'boolean', default: false } },
})
const kills = Number(values.kills)
if (positionals.length !== 1 || positionals[0] !== 'scan' || !Number.isInteger(kills) || kills < 1) {
  process.stderr.write('Usage: npm run chaos -- scan [--kills N] [--json]\n')
  process.exit(2)
}
const { acknowledged, lost, inconsistencies } = await chaosScan(kills, text => process.stderr.write(`${text}\n`))
for (const { rule, asset, detail } of inconsistencies) process.stdout.write(`${rule}: ${asset} ${detail}\n`)
process.stdout.write(
  `${kills} kills, ${acknowledged} observations acknowledged, ${lost} of them lost, ${inconsistencies.length} inconsistencies\n`,
)
if (values.json) {
  const metrics = { kills, lost, inconsistencies: inconsistencies.length }
  process.stdout.write(`${JSON.stringify({ chaos: 'scan', metrics })}\n`)
}
process.exitCode = lost === 0 && inconsistencies.length === 0 ? 0 : 1
