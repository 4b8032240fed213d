import type { Database } from '../../../src/store/database.ts'
import { type Metrics, percentile } from '../../bench.ts'
import { instanceCloud } from '../../inputs/instance-cloud.ts'
import { instanceId, Machines } from '../../inputs/machines.ts'
import { openLive } from './live.ts'
import { steadily } from './load.ts'
import { Probes } from './probe.ts'

const ACCOUNTS = 100
const MACHINES = 30_000
const OTHERS_PER_S = 200
const WARM_UP_MS = 5_000
const NORMAL_MS = 40_000
const STORM_EVENTS = 250_000
const STORM_MS = 60_000
const PROBED_EVERY = 10
const HOT = 0

/**
 * A minute in which 250,000 events name one asset, beside the normal life of others. What is new to be asked of the others is measured
 * before it and during it.
 */
export async function storm(home: string, note: (text: string) => void): Promise<Metrics> {
  const machines = new Machines(ACCOUNTS)
  let describes = 0
  const cloud = instanceCloud(ACCOUNTS, ids => {
    if (ids.includes(instanceId(HOT))) describes++
    return machines.reply(ids)
  })
  await using live = await openLive(home, cloud, { isSearched: true })
  await live.takeIn(Array.from({ length: MACHINES }, () => machines.create(Date.now()).body))
  const probes = await Probes.open(live.database)
  let next = HOT + 1
  const changeAnother = () => {
    const number = next++
    live.source.send([machines.update(number, Date.now(), true).body])
    if (next % PROBED_EVERY === 0) probes.start(machines.publicAddress(number), performance.now())
  }
  await steadily(OTHERS_PER_S, WARM_UP_MS, changeAnother)
  await probes.reset()
  await steadily(OTHERS_PER_S, NORMAL_MS, changeAnother)
  await probes.done()
  const normal = probes.latencies
  note(
    `normal: p50 ${percentile(normal, 0.5).toFixed(1)} ms, p99 ${percentile(normal, 0.99).toFixed(1)} ms; now the storm`,
  )
  await probes.reset()
  describes = 0
  const changeHot = () => live.source.send([machines.update(HOT, Date.now(), false).body])
  const stormPerS = STORM_EVENTS / (STORM_MS / 1_000)
  await Promise.all([steadily(stormPerS, STORM_MS, changeHot), steadily(OTHERS_PER_S, STORM_MS, changeAnother)])
  const duringStorm = describes
  await probes.done()
  const others = probes.latencies
  note(
    `storm: p50 ${percentile(others, 0.5).toFixed(1)} ms, p99 ${percentile(others, 0.99).toFixed(1)} ms, ${duringStorm} describes`,
  )
  await live.idle()
  const { touches, revision } = await known(live.database, machines.assetId(HOT))
  return {
    storm_describes_per_min: duringStorm / (STORM_MS / 60_000),
    storm_others_p99_ratio: percentile(others, 0.99) / percentile(normal, 0.99),
    storm_others_p99_ms: percentile(others, 0.99),
    normal_p99_ms: percentile(normal, 0.99),
    storm_events_missing: STORM_EVENTS + 1 - touches,
    storm_last_state_missing: machines.machine(HOT).revision - Number(revision),
  }
}

/** How many events are on its timeline, and which state the store shows. */
async function known(database: Database, asset: string): Promise<{ touches: number; revision: string }> {
  const [row] = await database.query<{ touches: number; revision: string }>(
    `select (select count(*)::int from touch where asset = $1) as touches,
       (select tags->>'revision' from version where asset = $1 order by valid_from desc limit 1) as revision`,
    [asset],
  )
  if (row === undefined) throw new Error('the asset is not known')
  return row
}
