import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkStore, type Inconsistency } from '../../src/store/check.ts'
import { Database } from '../../src/store/database.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { kill, serverProcesses } from './processes.ts'

/** What a round kills: the scanning process, the whole server, one of its backends, or all of these. */
const VICTIMS = ['scan', 'postmaster', 'backend', 'server', 'everything'] as const
type Victim = (typeof VICTIMS)[number]

/** Somewhere in these many milliseconds after the first acknowledgement the blow falls. */
const BLOW_MS_MAX = 900
/** A scan that outlives its server must go on within this time. */
const RECOVERY_MS_MAX = 60_000

/** What the store acknowledged: asset id, time in milliseconds, `present` or `gone`. */
type Acknowledged = readonly [asset: string, at: number, kind: string]

export interface ChaosResult {
  readonly kills: number
  readonly acknowledged: number
  readonly lost: number
  readonly inconsistencies: readonly Inconsistency[]
}

/** Scans while the scanning process and PostgreSQL are killed at random, then looks whether anything acknowledged is missing. */
export async function chaosScan(kills: number, note: (text: string) => void): Promise<ChaosResult> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-chaos-'))
  await chmod(home, 0o755) // PostgreSQL may run as another user.
  try {
    const acknowledged: Acknowledged[] = []
    for (let round = 0; round < kills; round++) {
      const victim = VICTIMS[round % VICTIMS.length] as Victim
      const seen = await strike(home, victim, round)
      acknowledged.push(...seen)
      const missing = await missingOf(home, seen)
      note(`kill ${round + 1} of ${kills} (${victim}): ${seen.length} acknowledged, ${missing} of them lost`)
    }
    await using database = await Database.open({ kind: 'embedded', home })
    const lost = await missingFrom(database, acknowledged)
    return { kills, acknowledged: acknowledged.length, lost, inconsistencies: await checkStore(database) }
  } finally {
    kill(serverProcesses(home))
    const folder = serverFolder(home)
    await Promise.all([home, folder].map(path => rm(path, { recursive: true, force: true, maxRetries: 5 })))
  }
}

/** One round: scan, strike, and if the scan outlives it, let it go on before it is killed too. */
async function strike(home: string, victim: Victim, round: number): Promise<Acknowledged[]> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), home, String(round * 1_000)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const acknowledged = collect(writer)
    await moreThan(acknowledged, 0, writer)
    await sleep(Math.random() * BLOW_MS_MAX)
    const server = serverProcesses(home)
    if (victim === 'scan' || victim === 'everything') writer.kill('SIGKILL')
    if (victim === 'server' || victim === 'everything') kill(server)
    if (victim === 'postmaster') kill(server.slice(0, 1))
    if (victim === 'backend')
      kill(
        server
          .slice(1)
          .sort(() => Math.random() - 0.5)
          .slice(0, 1),
      )
    if (writer.killed) return acknowledged
    await moreThan(acknowledged, acknowledged.length, writer)
    return acknowledged
  } finally {
    writer.kill('SIGKILL')
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
  }
}

/** Whole lines only: what was being written when the process died was not acknowledged. */
function collect(writer: ChildProcess): Acknowledged[] {
  const acknowledged: Acknowledged[] = []
  if (writer.stdout === null) throw new Error('the writer has no standard output')
  createInterface({ input: writer.stdout }).on('line', line => {
    if (line.endsWith(']]')) acknowledged.push(...(JSON.parse(line) as Acknowledged[]))
  })
  return acknowledged
}

async function moreThan(acknowledged: readonly unknown[], count: number, writer: ChildProcess): Promise<void> {
  for (let waited = 0; acknowledged.length <= count; waited += 20) {
    if (writer.exitCode !== null) throw new Error(`the scan gave up with exit code ${writer.exitCode}`)
    if (waited > RECOVERY_MS_MAX) throw new Error(`the scan stood still for ${RECOVERY_MS_MAX / 1_000} s`)
    await sleep(20)
  }
}

async function missingOf(home: string, acknowledged: readonly Acknowledged[]): Promise<number> {
  await using database = await Database.open({ kind: 'embedded', home })
  return await missingFrom(database, acknowledged)
}

/** Of what was acknowledged, how much is neither a version of that time nor a sighting of one. */
async function missingFrom(database: Database, acknowledged: readonly Acknowledged[]): Promise<number> {
  const PAGE = 20_000
  let missing = 0
  for (let from = 0; from < acknowledged.length; from += PAGE) {
    const page = acknowledged.slice(from, from + PAGE)
    const [row] = await database.query<{ missing: number }>(
      `select count(*)::int as missing
       from unnest($1::uuid[], $2::float8[], $3::text[]) as n (asset, at, kind)
       where not exists (
         select from (select digest, valid_from from version v
                      where v.asset = n.asset and v.valid_from <= to_timestamp(n.at / 1000) order by valid_from desc limit 1) v
         where (v.digest is null) = (n.kind = 'gone')
           and (v.valid_from = to_timestamp(n.at / 1000)
             or exists (select from sighting s where s.asset = n.asset and s.at = to_timestamp(n.at / 1000))))`,
      [page.map(([asset]) => asset), page.map(([, at]) => at), page.map(([, , kind]) => kind)],
    )
    missing += row?.missing ?? page.length
  }
  return missing
}
