import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Machines } from '../../bench/inputs/machines.ts'
import { Database } from '../../src/store/database.ts'
import { serverFolder } from '../../src/store/server-user.ts'
import { startMoto } from '../moto/server.ts'
import { kill, serverProcesses } from './processes.ts'
import { ACCOUNTS, serveMachines } from './realtime-cloud.ts'
import { type CuttableConnection, cuttableConnection } from './realtime-connection.ts'
import { type Judgement, judge, machinesBehind } from './realtime-judge.ts'
import { Pipeline } from './realtime-pipeline.ts'
import { Sender } from './realtime-sender.ts'

/*
 * What is killed, of these processes:
 *
 *   this one     changes simulated machines and tells of it through SQS (moto); keeps PostgreSQL up
 *   worker       the product: SQS -> intake -> refresher -> store, by way of a connection that can be cut, or of its own
 *   postgres     the postmaster and its backends
 */
const VICTIMS = ['worker', 'connections', 'postmaster', 'backend', 'server', 'everything'] as const
type Victim = (typeof VICTIMS)[number]

/** Somewhere in these many milliseconds after the worker has shown that it works, the blow falls. */
const BLOW_MS_MAX = 900
const DOWN_MS_MAX = 1_500
const VISIBILITY_S = 5
const SUPERVISED_EVERY_MS = 200
/** After the last message was taken everything must be in order within this time. */
const SETTLED_MS_MAX = 120_000

export interface RealtimeChaosResult extends Judgement {
  readonly kills: number
  readonly events: number
  readonly messages: number
  /** From the last kill and the last event until the store showed every machine as it is. */
  readonly settledMs: number
}

/** Feeds the pipeline while it, PostgreSQL and what connects them are killed at random; then looks what is missing, double or behind. */
export async function chaosRealtime(kills: number, note: (text: string) => void): Promise<RealtimeChaosResult> {
  const home = await mkdtemp(join(tmpdir(), 'cadastre-chaos-'))
  await chmod(home, 0o755) // PostgreSQL may run as another user.
  try {
    await using moto = await startMoto()
    await using database = await Database.open({ kind: 'embedded', home })
    await using connection = await cuttableConnection(() => database.url)
    await using _ = supervised(database)
    const machines = new Machines(ACCOUNTS)
    await using cloud = await serveMachines(machines)
    const client = new SQSClient({ endpoint: moto.endpoint, region: 'eu-west-1', credentials: CREDENTIALS })
    const { QueueUrl: queue = '' } = await client.send(
      new CreateQueueCommand({ QueueName: 'events', Attributes: { VisibilityTimeout: String(VISIBILITY_S) } }),
    )
    const sender = new Sender(machines, { client, url: queue })
    const stop = new AbortController()
    const sending = sender.run(stop.signal)
    const settings = { endpoint: moto.endpoint, queue, cloud: cloud.url }
    await using pipeline = new Pipeline(round => ({
      ...settings,
      ...(round % 2 === 0 ? { url: connection.url } : { home }),
    }))
    for (let round = 0; round < kills; round++) {
      const victim = VICTIMS[round % VICTIMS.length] as Victim
      await pipeline.works()
      await sleep(Math.random() * BLOW_MS_MAX)
      await strike(victim, { home, pipeline, connection, database })
      note(
        `kill ${round + 1} of ${kills} (${victim}): ${sender.delivered.size} events delivered, ${pipeline.stored} stored`,
      )
    }
    stop.abort()
    await sending
    const started = performance.now()
    await settled(sender, database, machines, pipeline)
    const settledMs = performance.now() - started
    await pipeline.stop()
    client.destroy()
    const judgement = await judge(database, sender.delivered, machines)
    return { ...judgement, kills, events: sender.delivered.size, messages: sender.messages, settledMs }
  } finally {
    kill(serverProcesses(home))
    const folder = serverFolder(home)
    await Promise.all([home, folder].map(path => rm(path, { recursive: true, force: true, maxRetries: 5 })))
  }
}

const CREDENTIALS = { accessKeyId: 'chaos', secretAccessKey: 'chaos' }

interface Targets {
  readonly home: string
  readonly pipeline: Pipeline
  readonly connection: CuttableConnection
  readonly database: Database
}

async function strike(victim: Victim, { home, pipeline, connection, database }: Targets): Promise<void> {
  const [postmaster = 0, ...backends] = serverProcesses(home)
  const all = [postmaster, ...backends].filter(pid => pid > 0)
  if (victim === 'worker' || victim === 'everything') pipeline.kill()
  if (victim === 'connections' || victim === 'everything') {
    connection.cut(Math.random() * DOWN_MS_MAX)
    // A worker that has its own way to the server is cut off from there.
    await database
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'cadastre'`,
      )
      .catch(() => {})
  }
  if (victim === 'server' || victim === 'everything') kill(all)
  if (victim === 'postmaster') kill(all.slice(0, 1))
  if (victim === 'backend') kill(backends.toSorted(() => Math.random() - 0.5).slice(0, 1))
}

/** Starts PostgreSQL again when it was killed, as the one who operates it would: a lost connection makes `Database` do so. */
function supervised(database: Database): AsyncDisposable {
  const over = new AbortController()
  const watch = async () => {
    while (!over.signal.aborted) {
      await database.query('select').catch(() => {})
      await sleep(SUPERVISED_EVERY_MS, undefined, { signal: over.signal }).catch(() => {})
    }
  }
  const watching = watch()
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await watching
    },
  }
}

/**
 * Until the queue is empty and the store shows every machine as it is; the judge tells what is wrong if that does not come. A busy machine
 * may need long to empty the queue: the time counts from the last message that was taken.
 */
async function settled(sender: Sender, database: Database, machines: Machines, pipeline: Pipeline): Promise<void> {
  let held = Number.POSITIVE_INFINITY
  let deadline = Date.now() + SETTLED_MS_MAX
  while (Date.now() < deadline) {
    pipeline.ensure()
    const stillHeld = await sender.held()
    if (stillHeld < held) deadline = Date.now() + SETTLED_MS_MAX
    held = stillHeld
    if (held === 0 && (await machinesBehind(database, machines)).length === 0) return
    await sleep(500)
  }
}
