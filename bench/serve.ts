import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Database } from '../src/store/database.ts'
import { type BenchOptions, defineBench, type Metrics, median, percentile } from './bench.ts'
import { accountOf, addressOf, bucketOf, type Kind, keyOf, nameOf, numberOf, teamOf } from './inputs/estate.ts'
import { type Asking, HttpLoad, type Load, type Reply } from './inputs/http-load.ts'
import { foundCompany, SEEN, type Tokens } from './inputs/serve-company.ts'
import { type Serving, startServer } from './inputs/serve-process.ts'
import { askedInSlack } from './inputs/slack-load.ts'
import { fill } from './lookup.ts'

const CONNECTIONS = 64
const PER_S = 500
const WARM_UP_MS = 4_000
const ROUND_MS = 4_000
const ROUNDS = 5
/** Addresses of the hot set, for which everybody asks. */
const HOT = 100
const COST_WARM_UP = 200
const COST_ASKED = 1_000

export default defineBench({
  name: 'serve',
  summary:
    'questions over HTTP, over a million assets unless --assets N; --home DIR keeps the store for re-runs; --profile DIR: of the server',
  goals: {
    where_p99_ms: { atMost: 10 },
    throughput_ratio: { atLeast: 0.5 },
    access_cost: { atMost: 0.2 },
    slack_ack_p99_ms: { atMost: 200 },
    slack_answer_p99_ms: { atMost: 1_000 },
  },
  async run(options) {
    const { values } = parseArgs({
      args: [...options.args],
      options: {
        assets: { type: 'string', default: '1000000' },
        home: { type: 'string' },
        profile: { type: 'string' },
        only: { type: 'string', default: 'steady,throughput,access,slack' },
      },
    })
    const home = values.home === undefined ? await mkdtemp(join(tmpdir(), 'cadastre-bench-')) : resolve(values.home)
    if (!existsSync(home)) await mkdir(home, { recursive: true })
    await chmod(home, 0o755) // PostgreSQL may run as another user.
    try {
      await using database = await Database.open({ kind: 'embedded', home })
      const assets = Number(values.assets)
      await fill(database, assets, options)
      const tokens = await foundCompany(database, home)
      const parts = values.only.split(',')
      const slack = parts.includes('slack') ? await askedInSlack(home, assets, options) : {}
      if (parts.every(part => part === 'slack')) return slack
      await using server = await startServer(home, { worker: 'server.ts', profile: values.profile })
      const run: Run = { database, server, tokens, assets, options }
      return {
        ...(parts.includes('steady') && (await steady(run))),
        ...(parts.includes('throughput') && (await throughput(run))),
        ...(parts.includes('access') && (await access(run))),
        ...slack,
      }
    } finally {
      if (values.home === undefined) await rm(home, { recursive: true, force: true })
    }
  },
})

interface Run {
  readonly database: Database
  readonly server: Serving
  readonly tokens: Tokens
  readonly assets: number
  readonly options: BenchOptions
}

/**
 * How long answers take at a steady load, of addresses all over the estate, and of some for which everybody asks. In rounds, in turns with the
 * constant, and the round in the middle counts: what else the machine does for a moment is not the server's, and slows the constant too.
 */
async function steady(run: Run): Promise<Metrics> {
  const { signal, note } = run.options
  using load = await connected(run, CONNECTIONS)
  const contenders = { where: where(run), where_hot: where(run, HOT), constant: CONSTANT }
  const beside: number[] = []
  const rounds = new Map<string, Load[]>(Object.keys(contenders).map(name => [name, []]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, asking] of Object.entries(contenders)) {
      const durationMs = round === 0 ? WARM_UP_MS : ROUND_MS
      const [done, trips] = await Promise.all([
        load.steadily(PER_S, asking, durationMs, signal),
        roundTrips(run.database, durationMs),
      ])
      if (name === 'where' && round > 0) beside.push(percentile(trips, 0.99))
      note(`${name} at ${PER_S}/s: p99 ${percentile(done.latencies, 0.99).toFixed(2)} ms`)
      if (round > 0) rounds.get(name)?.push(done)
    }
  }
  const middle = (name: string, share: number) =>
    median((rounds.get(name) ?? []).map(({ latencies }) => percentile(latencies, share)))
  return {
    where_p50_ms: middle('where', 0.5),
    where_p99_ms: middle('where', 0.99),
    where_hot_p99_ms: middle('where_hot', 0.99),
    constant_p50_ms: middle('constant', 0.5),
    constant_p99_ms: middle('constant', 0.99),
    // What the least takes that one can ask of the store, at the same time: every answer needs some of these.
    roundtrip_p99_ms: median(beside),
  }
}

const TRIP_EVERY_MS = 10

async function roundTrips(database: Database, durationMs: number): Promise<number[]> {
  const started = performance.now()
  const trips: number[] = []
  while (performance.now() - started < durationMs) {
    const sent = performance.now()
    await database.query({ name: 'bench', text: 'select value from setting where key = $1', values: ['bench'] })
    trips.push(performance.now() - sent)
    await sleep(TRIP_EVERY_MS)
  }
  return trips
}

/** How many answers a second, in turns with the same server answering a constant, so that what else the machine does slows both alike. */
async function throughput(run: Run): Promise<Metrics> {
  const { signal, note } = run.options
  using load = await connected(run, CONNECTIONS)
  const contenders = { where: where(run), constant: CONSTANT, where_hot: where(run, HOT), bare: BARE }
  const rates = new Map<string, Load[]>(Object.keys(contenders).map(name => [name, []]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, asking] of Object.entries(contenders)) {
      const used = await run.server.count()
      const done = await load.asFastAsPossible(asking, round === 0 ? WARM_UP_MS : ROUND_MS, signal)
      const cpu = ((await run.server.count()) - used) / done.latencies.length
      note(`${name}: ${Math.round(done.perSecond)}/s, ${(cpu * 1_000).toFixed(0)} µs of the server's time each`)
      if (round > 0) rates.get(name)?.push(done)
    }
  }
  const perSecond = (name: string) => (rates.get(name) ?? []).map(done => done.perSecond)
  const ratio = (name: string, to = 'constant') =>
    median(perSecond(name).map((rate, at) => rate / (perSecond(to)[at] ?? Number.NaN)))
  return {
    throughput_ratio: ratio('where'),
    throughput_hot_ratio: ratio('where_hot'),
    // Of what the HTTP server does by itself: nobody is recognised, nothing granted, logged or made into an answer.
    bare_ratio: ratio('where', 'bare'),
    ...Object.fromEntries(Object.keys(contenders).map(name => [`${name}_per_s`, median(perSecond(name))])),
  }
}

/** What it costs to ask with grants on 240 accounts and some types. Both ask the same in turn. */
async function access(run: Run): Promise<Metrics> {
  const { assets, options } = run
  const seen = (kind: Kind) => numberOf(kind, assets, number => SEEN.includes(accountOf(number)))
  const inputs: Readonly<Record<string, () => Record<string, string>>> = {
    where: () => ({ what: addressOf(seen('instance')) }),
    key: () => ({ key: keyOf(seen('key')) }),
    bucket: () => ({ bucket: bucketOf(seen('bucket')) }),
    search: () =>
      Math.random() < 0.5
        ? { name: nameOf(seen('instance')) }
        : { tag: `team=${teamOf(seen('instance'))}`, type: 'AWS::EC2::Instance' },
  }
  using free = await connected(run, 1)
  using limited = await connected(run, 1, run.tokens.limited)
  const costs: Record<string, number> = {}
  for (const [name, inputOf] of Object.entries(inputs)) {
    const [unrestricted, restricted]: [number[], number[]] = [[], []]
    for (let asked = 0; asked < COST_WARM_UP + COST_ASKED; asked++) {
      options.signal.throwIfAborted()
      const path = `/v1/${name}?${new URLSearchParams(inputOf())}`
      const turns = [
        [free, unrestricted],
        [limited, restricted],
      ] as const
      for (const [load, times] of asked % 2 === 0 ? turns : turns.toReversed()) {
        const took = await load.once({ next: () => path, isRight })
        if (asked >= COST_WARM_UP) times.push(took)
      }
    }
    costs[`${name}_ms`] = median(unrestricted)
    costs[`${name}_limited_ms`] = median(restricted)
    costs[`${name}_cost`] = median(restricted) / median(unrestricted) - 1
  }
  const each = Object.keys(inputs).map(name => costs[`${name}_cost`] ?? 0)
  return { access_cost: each.reduce((sum, cost) => sum + cost, 0) / each.length, ...costs }
}

function connected({ server, tokens }: Run, connections: number, token = tokens.everything): Promise<HttpLoad> {
  return HttpLoad.open(server.url, connections, { authorization: `Bearer ${token}` })
}

function isRight({ status, body }: Reply): boolean {
  return status === 200 && body.includes('"found":true')
}

/** Asked, granted, logged and answered like any other; what is found out is the same for everybody. */
const CONSTANT: Asking = { next: () => '/v1/where?what=0.0.0.0', isRight }
const BARE: Asking = { next: () => '/bare', isRight }

function where({ assets }: Run, most = assets): Asking {
  return { next: () => `/v1/where?what=${addressOf(numberOf('instance', most))}`, isRight }
}
