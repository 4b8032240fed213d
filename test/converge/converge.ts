import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Live, openLive } from '../../src/compose.ts'
import { EVENT_TIME_MS } from '../../src/model/consistency.ts'
import { keepUpToDate, takeIn } from '../../src/pipeline.ts'
import type { Database } from '../../src/store/database.ts'
import { openCloud, type SimulatedCloud } from './cloud.ts'
import { ACCOUNTS, CONSISTENCY_MS, LATENESS, READ_MS_MAX, REGIONS } from './options.ts'
import { presentAssets } from './registry.ts'
import { type Report, reportOn } from './report.ts'
import { openStores, type Stores } from './stores.ts'

export interface ConvergeOptions {
  readonly calls: number
  readonly seed: number
  readonly callsPerSecond: number
  note(text: string): void
}

/** Things that are there before anybody listens, for the first scan to find. */
const CALLS_BEFORE = 60
const SCAN_MS_MAX = 240_000
const QUEUE_MS_MAX = 120_000
const NOTE_EVERY_MS = 5_000
/** The simulator has no quota to save. */
const UNHURRIED = { callsPerSecond: 1_000, burst: 1_000 }

/**
 * People make random calls; their events are lost, doubled, late and out of order, and replies are stale. The product follows as `up` does.
 * When all has ended and one scan has run, its registry is compared with a full reading into an empty one, and its history with the truth.
 */
export async function converge({ calls, seed, callsPerSecond, note }: ConvergeOptions): Promise<Report> {
  await using stores = await openStores()
  await using cloud = await openCloud(seed)
  await using followed = await stores.create('followed')
  const startedAt = Date.now()
  const environment = await environmentOf(stores, cloud)
  const of = (database: Database) => ({ ...environment, DATABASE_URL: database.url })

  await cloud.generator.run(CALLS_BEFORE, Number.POSITIVE_INFINITY)
  const actsBefore = cloud.generator.acts
  note(`${cloud.truth.acts.length} calls before anybody listens; first scan`)
  await scan(of(followed))

  const faults: string[] = []
  const tell = (error: unknown) => void faults.push(String(error))
  const world = await openLive(of(followed), { note: () => {}, onFault: tell, consistencyMs: CONSISTENCY_MS })
  const stop = new AbortController()
  const following = keepUpToDate(world, { signal: stop.signal, onFault: tell })
  cloud.disturb(LATENESS)
  const noting = periodically(NOTE_EVERY_MS, () =>
    note(
      `${cloud.truth.acts.length} calls, ${cloud.truth.timelines.size} assets, ${world.refresher.size} being read again`,
    ),
  )
  try {
    await cloud.generator.run(calls, callsPerSecond)
    note(`${cloud.truth.acts.length} calls made; waiting until everything is read`)
    await settled(cloud, world)
  } finally {
    clearInterval(noting)
    stop.abort()
    await following
    await world[Symbol.asyncDispose]()
  }
  const beforeScan = await presentAssets(followed)
  Object.assign(cloud.recorder.consistency, { absentMs: 0, staleMs: 0 })
  note('one scan, and a full reading into an empty registry')
  await scan(of(followed))
  await using fresh = await stores.create('fresh')
  await scan(of(fresh))
  const { describes } = world.refresher.counts
  // Awaited here: the stores close when this function ends.
  return await reportOn({
    cloud,
    followed,
    fresh,
    beforeScan,
    actsBefore,
    faults,
    describes,
    durationMs: Date.now() - startedAt,
  })
}

async function environmentOf(stores: Stores, { recorder, queue }: SimulatedCloud): Promise<Record<string, string>> {
  const aws = {
    roleName: 'cadastre-read',
    accounts: ACCOUNTS,
    regions: REGIONS,
    homeRegion: REGIONS[0],
    endpoint: recorder.endpoint,
    queues: [queue],
    budget: { default: UNHURRIED },
  }
  await writeFile(join(stores.home, 'cadastre.json'), JSON.stringify({ aws }))
  // The SDK looks for credentials in the environment of the process.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIACADASTRE', AWS_SECRET_ACCESS_KEY: 'simulated' })
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL']) delete process.env[name]
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) process.env[name] = join(stores.home, 'none')
  return { CADASTRE_HOME: stores.home }
}

async function scan(environment: Readonly<Record<string, string>>): Promise<void> {
  await using world = await openLive(environment, { note: () => {}, onFault: () => {} })
  const { denied, failed } = await takeIn(world, { signal: AbortSignal.timeout(SCAN_MS_MAX) }, 'converge')
  if (denied + failed > 0) throw new Error(`the scan could not read ${denied + failed} scopes`)
}

/**
 * Until every event has been stored and nothing is doubted any more. What is being deleted is looked at for longer: the simulator shows
 * terminated instances for ever.
 */
async function settled(cloud: SimulatedCloud, { refresher }: Pick<Live, 'refresher'>): Promise<void> {
  const deadline = Date.now() + QUEUE_MS_MAX
  while ((await cloud.queued()) > 0) {
    if (Date.now() > deadline) throw new Error('events are still on the queue')
    await delay(500)
  }
  const doubtedUntil = Date.now() + CONSISTENCY_MS + EVENT_TIME_MS + READ_MS_MAX
  while (Date.now() < doubtedUntil && refresher.size + refresher.relists > 0) await delay(500)
}

function periodically(everyMs: number, work: () => void): NodeJS.Timeout {
  return setInterval(work, everyMs)
}
