import { type Metrics, percentile } from '../../bench.ts'
import { instanceCloud } from '../../inputs/instance-cloud.ts'
import { Machines } from '../../inputs/machines.ts'
import { openLive } from './live.ts'
import { steadily } from './load.ts'
import { Probes } from './probe.ts'

const ACCOUNTS = 100
const MACHINES = 60_000
const CHANGES_PER_S = 2_000
const WARM_UP_MS = 5_000
const MEASURED_MS = 20_000
/** One change in so many is asked about. */
const PROBED_EVERY = 80

/**
 * How long after its message was handed out a new address is found by `where`, at a steady load. Every change moves an address, and no
 * machine changes twice. Beside it what a bare round trip to the store takes at the same time.
 */
export async function answerable(home: string, note: (text: string) => void): Promise<Metrics> {
  const machines = new Machines(ACCOUNTS)
  const cloud = instanceCloud(ACCOUNTS, ids => machines.reply(ids))
  await using live = await openLive(home, cloud, { isSearched: true })
  await live.takeIn(Array.from({ length: MACHINES }, () => machines.create(Date.now()).body))
  note(`${MACHINES} machines are known; ${CHANGES_PER_S} changes a second`)
  const probes = await Probes.open(live.database)
  let next = 0
  const change = () => {
    const number = next++
    live.source.send([machines.update(number, Date.now(), true).body])
    if (next % PROBED_EVERY === 0) probes.start(machines.publicAddress(number), performance.now())
  }
  await steadily(CHANGES_PER_S, WARM_UP_MS, change)
  await probes.reset()
  await steadily(CHANGES_PER_S, MEASURED_MS, change)
  await probes.done()
  await live.idle()
  note(`${probes.latencies.length} addresses asked for`)
  return {
    answerable_p50_ms: percentile(probes.latencies, 0.5),
    answerable_p99_ms: percentile(probes.latencies, 0.99),
    roundtrip_p50_ms: percentile(probes.roundTrips, 0.5),
    roundtrip_p99_ms: percentile(probes.roundTrips, 0.99),
  }
}
