import type { Metrics } from '../../bench.ts'
import { instanceCloud } from '../../inputs/instance-cloud.ts'
import { Machines } from '../../inputs/machines.ts'
import { openLive } from './live.ts'
import { steadily } from './load.ts'

const ACCOUNTS = 1
/** Every other one is in the same account and region. */
const MACHINES = 400
const CHANGED = 200
const CHANGES = 1_000
const BURST_MS = 2_000

/** How many describe calls it takes to answer 1,000 changes that come within seconds on 200 assets of one type, account and region. */
export async function burst(home: string): Promise<Metrics> {
  const machines = new Machines(ACCOUNTS)
  let describes = 0
  const cloud = instanceCloud(ACCOUNTS, ids => {
    describes++
    return machines.reply(ids)
  })
  await using live = await openLive(home, cloud)
  await live.takeIn(Array.from({ length: MACHINES }, () => machines.create(Date.now()).body))
  describes = 0
  let made = 0
  await steadily(CHANGES / (BURST_MS / 1_000), BURST_MS, () => {
    const number = (made++ % CHANGED) * 2
    live.source.send([machines.update(number, Date.now(), false).body])
  })
  await live.idle()
  const [row] = await live.database.query<{ behind: number }>(
    `select count(*)::int as behind from unnest($1::uuid[], $2::text[]) as n (asset, revision)
     where revision is distinct from
       (select tags->>'revision' from version v where v.asset = n.asset order by valid_from desc limit 1)`,
    [
      Array.from({ length: CHANGED }, (_, at) => machines.assetId(at * 2)),
      Array.from({ length: CHANGED }, (_, at) => String(machines.machine(at * 2).revision)),
    ],
  )
  return { describes_per_change: describes / made, burst_assets_behind: row?.behind ?? CHANGED }
}
