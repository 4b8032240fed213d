// `npm run order -- [--cases 10000] [--seed N] [--json]`: random stories of events and observations, each told to several stores in
// different orders, batches and repetitions; ends with 0 when all of them left the same store, and the same author of each version.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkStore, type Inconsistency } from '../../src/store/check.ts'
import type { Database } from '../../src/store/database.ts'
import { stopServer } from '../../src/store/embedded.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { newStore } from '../new-store.ts'
import { type Divergence, divergenceOf, naturals, STORES, shortest, storiesOf } from './check.ts'

const TOGETHER = 50
const PROGRESS_EVERY_MS = 2_000

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    json: { type: 'boolean', default: false },
  },
})
const [cases, seed] = [Number(values.cases), Number(values.seed)]
if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run order -- [--cases N] [--seed N] [--json]\n')
  process.exit(2)
}
const { told, divergence, inconsistencies } = await withStores(run)
for (const { rule, asset, detail } of inconsistencies) process.stdout.write(`${rule}: ${asset} ${detail}\n`)
if (divergence !== undefined) process.stdout.write(`${JSON.stringify(divergence, null, 2)}\n`)
const isSound = divergence === undefined && inconsistencies.length === 0
process.stdout.write(
  isSound
    ? `${told} stories, each told in ${STORES} ways, left the same store (seed ${seed})\n`
    : `Story ${told} did not leave the same store, or not a sound one: repeat with --seed ${seed}\n`,
)
const metrics = { cases: told, divergences: divergence === undefined ? 0 : 1, inconsistencies: inconsistencies.length }
if (values.json) process.stdout.write(`${JSON.stringify({ order: 'stories', seed, metrics })}\n`)
process.exitCode = isSound ? 0 : 1

interface Outcome {
  readonly told: number
  readonly divergence: Divergence | undefined
  readonly inconsistencies: readonly Inconsistency[]
}

async function run(stores: readonly Database[]): Promise<Outcome> {
  const numbers = naturals()
  const started = Date.now()
  let [told, shownAt] = [0, started]
  let divergence: Divergence | undefined
  while (told < cases && divergence === undefined) {
    const stories = storiesOf(seed + told, Math.min(TOGETHER, cases - told))
    divergence = await divergenceOf(stores, stories, numbers)
    told += stories.length
    if (Date.now() - shownAt < PROGRESS_EVERY_MS) continue
    shownAt = Date.now()
    process.stderr.write(`${told} of ${cases} stories, ${Math.round((told * 1_000) / (shownAt - started))}/s\n`)
  }
  if (divergence !== undefined) divergence = await shortest(stores, divergence, numbers)
  const inconsistencies = (await Promise.all(stores.map(checkStore))).flat()
  return { told, divergence, inconsistencies }
}

/** Empty stores on a server of their own, which is gone afterwards. */
async function withStores<T>(work: (stores: readonly Database[]) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-order-'))
  await chmod(home, 0o755) // PostgreSQL may run as another user.
  const stores: Database[] = []
  try {
    while (stores.length < STORES) stores.push(await newStore(home))
    return await work(stores)
  } finally {
    await Promise.all(stores.map(store => store[Symbol.asyncDispose]()))
    await stopServer(home)
    await Promise.all([home, serverFolder(home)].map(path => rm(path, { recursive: true, force: true })))
  }
}
