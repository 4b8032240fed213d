// `npm run access -- [--cases 5000] [--seed N] [--json]`: random estates, policies and questions; ends with 0 when no answer tells of anything
// that the policy hides: each equals, to the last byte, that of a store which never had it.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Database } from '../../src/store/database.ts'
import { stopServer } from '../../src/store/embedded.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { newStore } from '../new-store.ts'
import { compare, type Telling } from './compare.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    json: { type: 'boolean', default: false },
  },
})
const [wanted, first] = [Number(values.cases), Number(values.seed)]
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(first)) {
  process.stderr.write('Usage: npm run access -- [--cases N] [--seed N] [--json]\n')
  process.exit(2)
}
/** Of one estate; stores cost more than questions. */
const ROUND = { policies: 6, probes: 60 }
const SHOWN_MAX = 10

const home = await mkdtemp(join(tmpdir(), 'cadastre-access-'))
await chmod(home, 0o755) // PostgreSQL may run as another user.
const tellings: Telling[] = []
const doors: Record<string, number> = {}
let [cases, found] = [0, 0]
try {
  for (let seed = first; cases < wanted && tellings.length === 0; seed++) {
    const round = await compare((): Promise<Database> => newStore(home), { seed, ...ROUND })
    cases += round.cases
    found += round.found
    tellings.push(...round.tellings)
    for (const [door, count] of Object.entries(round.doors)) doors[door] = (doors[door] ?? 0) + count
    process.stderr.write(`${cases} of ${wanted} cases\n`)
  }
} finally {
  await stopServer(home)
  await Promise.all([home, serverFolder(home)].map(path => rm(path, { recursive: true, force: true })))
}
for (const { seed, policy, visit, why } of tellings.slice(0, SHOWN_MAX))
  process.stdout.write(`${JSON.stringify(visit)} ${why}\n  policy ${policy}\n  seed ${seed}\n\n`)
process.stdout.write(
  tellings.length === 0
    ? `${cases} questions, ${found} of them answered with something, told nothing of what is hidden (seed ${first})\n`
    : `${tellings.length} of ${cases} questions told of something hidden: repeat with --seed ${tellings[0]?.seed}\n`,
)
if (values.json)
  process.stdout.write(
    `${JSON.stringify({ access: 'hidden', seed: first, metrics: { cases, found, tellings: tellings.length, ...doors } })}\n`,
  )
process.exitCode = tellings.length === 0 ? 0 : 1
