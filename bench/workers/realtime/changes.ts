import type { Database } from '../../../src/store/database.ts'
import { type Metrics, median } from '../../bench.ts'
import { instanceCloud } from '../../inputs/instance-cloud.ts'
import { Machines } from '../../inputs/machines.ts'
import { Changes, recordAll } from '../../inputs/record-rounds.ts'
import { certainShare } from './attributed.ts'
import { collectGarbage } from './garbage.ts'
import { openLive } from './live.ts'

const ACCOUNTS = 100
const CHANGES = 60_000
const CREATES = CHANGES * 0.6
/** Of the updates, each so-and-so-many-th moves the public address. */
const MOVES_EVERY = 4
const ROUNDS_WARM_UP = 1
const ROUNDS = 3
const SAMPLE = 500

/**
 * How fast messages become versions: each tells of one change of one asset, which is read, recorded and attributed. Beside it `record`
 * alone, as the bench `record` measures it, in turns with it in the same process and store.
 */
export async function changes(home: string, note: (text: string) => void): Promise<Metrics> {
  const machines = new Machines(ACCOUNTS)
  let describes = 0
  const cloud = instanceCloud(ACCOUNTS, ids => {
    describes++
    return machines.reply(ids)
  })
  await using live = await openLive(home, cloud)
  const alone = new Changes()
  const rounds = { changes: [] as Pace[], record: [] as Pace[] }
  let made = 0
  for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
    const bodies = changesOf(machines)
    const observations = alone.next()
    made += bodies.length
    collectGarbage()
    const changed = await measured(bodies.length, () => live.takeIn(bodies))
    collectGarbage()
    const recorded = await measured(observations.length, () => recordAll(live.database, observations))
    note(
      `round ${round + 1}: ${Math.round(changed.perSecond)} changes/s, record alone ${Math.round(recorded.perSecond)}/s`,
    )
    if (round < ROUNDS_WARM_UP) continue
    rounds.changes.push(changed)
    rounds.record.push(recorded)
  }
  const numbers = Array.from({ length: machines.count }, (_, number) => number)
  return {
    changes_per_s: median(rounds.changes.map(({ perSecond }) => perSecond)),
    share_of_record: median(
      rounds.changes.map(({ perSecond }, round) => perSecond / (rounds.record[round]?.perSecond ?? Number.NaN)),
    ),
    record_changes_per_s: median(rounds.record.map(({ perSecond }) => perSecond)),
    changes_cpu_us: median(rounds.changes.map(({ cpuUs }) => cpuUs)),
    record_cpu_us: median(rounds.record.map(({ cpuUs }) => cpuUs)),
    changes_without_version: made - (await versionsOf(live.database, machines, numbers)),
    changes_attributed_share: await certainShare(live.database, machines, sampled(numbers)),
    changes_per_describe: made / describes,
  }
}

interface Pace {
  readonly perSecond: number
  /** What each took of this process's time; unlike the rate, it hardly depends on what else the machine does. */
  readonly cpuUs: number
}

async function measured(count: number, work: () => Promise<void>): Promise<Pace> {
  const [started, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { perSecond: (count / (performance.now() - started)) * 1_000, cpuUs: (user + system) / count }
}

/** New machines, and changes of some that were there: none of them twice, so that every change has to end in a version of its own. */
function changesOf(machines: Machines): string[] {
  const known = machines.count
  const creates = known === 0 ? CHANGES : CREATES
  const at = Date.now()
  const bodies = Array.from({ length: creates }, () => machines.create(at).body)
  const chosen = new Set<number>()
  while (chosen.size < CHANGES - creates) chosen.add(Math.floor(Math.random() * known))
  for (const number of chosen) bodies.push(machines.update(number, at, number % MOVES_EVERY === 0).body)
  return shuffled(bodies)
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map(value => ({ value, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

function sampled(numbers: readonly number[]): number[] {
  return shuffled(numbers).slice(0, SAMPLE)
}

async function versionsOf(database: Database, machines: Machines, numbers: readonly number[]): Promise<number> {
  const [row] = await database.query<{ versions: number }>(
    'select count(*)::int as versions from version where asset = any($1::uuid[])',
    [numbers.map(number => machines.assetId(number))],
  )
  return row?.versions ?? 0
}
