import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { askingOf } from '../src/compose.ts'
import { assetIdOf } from '../src/model/identity.ts'
import { ask } from '../src/questions/ask.ts'
import { loadQuestion } from '../src/questions/load.ts'
import type { Asking } from '../src/questions/question.ts'
import { Database } from '../src/store/database.ts'
import { record } from '../src/store/record.ts'
import { type BenchOptions, defineBench, type Metrics, percentile } from './bench.ts'
import {
  addressOf,
  bucketOf,
  dnsOf,
  keyOf,
  kindOf,
  nameOf,
  observationsOf,
  STARTED_AT,
  teamOf,
} from './inputs/estate.ts'

const DAY_MS = 86_400_000
/** Now, and a time at which every address was its neighbour's. */
const NOW = STARTED_AT + 300 * DAY_MS
const THEN = STARTED_AT + 150 * DAY_MS
const ASKED = 2_000
const WARM_UP = 300
const WRITERS = 3
const BATCH = 400
const READY = 'bench.lookup.assets'

export default defineBench({
  name: 'lookup',
  summary:
    'point questions and searches, over a million assets unless --assets N; --home DIR keeps the store for re-runs',
  goals: {
    where_p99_ms: { atMost: 5 },
    where_at_p99_ms: { atMost: 5 },
    key_p99_ms: { atMost: 5 },
    bucket_p99_ms: { atMost: 5 },
    dns_p99_ms: { atMost: 5 },
    search_p99_ms: { atMost: 50 },
  },
  async run(options) {
    const { values } = parseArgs({
      args: [...options.args],
      options: { assets: { type: 'string', default: '1000000' }, home: { type: 'string' } },
    })
    const home = values.home === undefined ? await mkdtemp(join(tmpdir(), 'cadastre-bench-')) : resolve(values.home)
    if (!existsSync(home)) await mkdir(home, { recursive: true })
    await chmod(home, 0o755) // PostgreSQL may run as another user.
    try {
      await using database = await Database.open({ kind: 'embedded', home })
      const assets = Number(values.assets)
      await fill(database, assets, options)
      return await measure(database, assets, options)
    } finally {
      if (values.home === undefined) await rm(home, { recursive: true, force: true })
    }
  },
})

/** Everything goes through `record`, so that the store is what it would be; all versions of an asset in one batch. */
export async function fill(database: Database, assets: number, { note, signal }: BenchOptions): Promise<void> {
  const [ready] = await database.query<{ value: string }>('select value from setting where key = $1', [READY])
  if (ready !== undefined && Number(ready.value) !== assets)
    throw new Error(`the store was made with --assets ${ready.value}: remove it, or give another --home`)
  if (ready === undefined) {
    const started = performance.now()
    const seconds = () => `${Math.round((performance.now() - started) / 1_000)} s`
    let next = 0
    const writer = async () => {
      while (next < assets) {
        signal.throwIfAborted()
        const from = next
        next = Math.min(assets, from + BATCH)
        await record(database, Array.from({ length: next - from }, (_, at) => observationsOf(from + at)).flat())
        if (from % 100_000 < BATCH) note(`${from.toLocaleString('en')} assets recorded, ${seconds()}`)
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, writer))
    await database.query('insert into setting (key, value) values ($1, $2)', [READY, String(assets)])
    note(`recorded in ${seconds()}; building the search index`)
  }
  await askingOf(database).search.indexPending(signal)
  if (ready === undefined) await database.query('vacuum analyze')
  const [counts] = await database.query<Record<string, number>>(`select (select count(*)::int from asset) as assets,
    (select count(*)::int from identifier) + (select count(*)::int from address) as identifiers, (select count(*)::int from version) as versions`)
  note(
    Object.entries(counts ?? {})
      .map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
      .join(', '),
  )
}

async function measure(database: Database, assets: number, { note, signal }: BenchOptions): Promise<Metrics> {
  const asking: Asking = { ...askingOf(database), now: NOW }
  const random = (kind: string): number => {
    for (;;) {
      const { kind: found, number } = kindOf(Math.floor(Math.random() * assets))
      if (found === kind) return number
    }
  }
  const at = new Date(THEN).toISOString()
  const contenders: Record<string, () => Promise<unknown>> = {
    roundtrip: () =>
      database.query({ name: 'bench', text: 'select * from asset where id = $1', values: [assetIdAt(assets)] }),
    where: await asker('where', () => ({ what: addressOf(random('instance')) })),
    where_at: await asker('where', () => ({ what: addressOf(random('instance'), true), at })),
    key: await asker('key', () => ({ key: keyOf(random('key')) })),
    key_at: await asker('key', () => ({ key: keyOf(random('key')), at })),
    bucket: await asker('bucket', () => ({ bucket: bucketOf(random('bucket')) })),
    bucket_at: await asker('bucket', () => ({ bucket: bucketOf(random('bucket')), at })),
    dns: await asker('dns', () => ({ name: dnsOf(random('instance')) })),
    search: await asker('search', () => SEARCHES[Math.floor(Math.random() * SEARCHES.length)]?.(random('instance'))),
  }
  const times = Object.fromEntries(Object.keys(contenders).map(name => [name, [] as number[]]))
  for (let asked = 0; asked < WARM_UP + ASKED; asked++) {
    signal.throwIfAborted()
    for (const [name, run] of Object.entries(contenders)) {
      if (name === 'search' && asked >= WARM_UP + ASKED / 4) continue
      const started = performance.now()
      await run()
      if (asked >= WARM_UP) times[name]?.push(performance.now() - started)
    }
  }
  for (const [name, all] of Object.entries(times))
    note(
      `${name}: median ${percentile(all, 0.5).toFixed(2)} ms, p95 ${percentile(all, 0.95).toFixed(2)} ms, most ${Math.max(...all).toFixed(1)} ms`,
    )
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [`${name}_p99_ms`, percentile(all, 0.99)]))

  /** Asks through the question's own code path, and insists on an answer. */
  async function asker(name: string, input: () => unknown): Promise<() => Promise<unknown>> {
    const question = await loadQuestion(name)
    return async () => {
      const given = input()
      const answer = await ask(question, given, asking)
      if (!answer.found) throw new Error(`${name} ${JSON.stringify(given)}: ${answer.headline}`)
    }
  }
}

/** By name, by tag, by type and account, by words anywhere: what has an index, alone and combined. */
const SEARCHES: readonly ((instance: number) => unknown)[] = [
  instance => ({ name: nameOf(instance) }),
  instance => ({ name: `${nameOf(instance)}*` }),
  instance => ({ tag: [`team=${teamOf(instance)}`], type: 'AWS::EC2::Instance' }),
  instance => ({ type: 'bucket', tag: [`team=${teamOf(instance)}`] }),
  instance => ({ text: nameOf(instance) }),
  instance => ({ text: addressOf(instance) }),
  () => ({ type: 'AWS::EC2::Instance', region: 'eu-west-1' }),
]

function assetIdAt(assets: number): string {
  const [first] = observationsOf(Math.floor(Math.random() * assets))
  if (first === undefined) throw new Error('every asset has versions')
  return assetIdOf(first.asset)
}
