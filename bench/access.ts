import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { askingOf } from '../src/compose.ts'
import { type AccessScope, EVERYTHING, scopeOf } from '../src/model/access-scope.ts'
import { ask } from '../src/questions/ask.ts'
import { loadQuestion } from '../src/questions/load.ts'
import { Database } from '../src/store/database.ts'
import { defineBench, type Metrics, median } from './bench.ts'
import { accountOf, addressOf, bucketOf, keyOf, kindOf, nameOf, STARTED_AT, teamOf } from './inputs/estate.ts'
import { fill } from './lookup.ts'

const NOW = STARTED_AT + 300 * 86_400_000
const WARM_UP = 200
const ASKED = 1_500

export default defineBench({
  name: 'access',
  summary:
    'what it costs to ask as somebody with grants on 240 accounts and some types; --assets N, --home DIR as for lookup',
  goals: { access_cost: { atMost: 0.2 } },
  async run(options) {
    const { values } = parseArgs({
      args: [...options.args],
      options: { assets: { type: 'string', default: '100000' }, home: { type: 'string' } },
    })
    const home = values.home === undefined ? await mkdtemp(join(tmpdir(), 'cadastre-bench-')) : resolve(values.home)
    if (!existsSync(home)) await mkdir(home, { recursive: true })
    await chmod(home, 0o755) // PostgreSQL may run as another user.
    try {
      await using database = await Database.open({ kind: 'embedded', home })
      const assets = Number(values.assets)
      await fill(database, assets, options)
      return await measure(database, assets, options.signal)
    } finally {
      if (values.home === undefined) await rm(home, { recursive: true, force: true })
    }
  },
})

/** Accounts of two grants that overlap; each of the two names types of its own. */
const SEEN = [...new Set(Array.from({ length: 240 }, (_, at) => accountOf(at)))]
const LIMITED = scopeOf([
  { accounts: { only: SEEN, but: [] }, types: { only: ['AWS::EC2::*', 'AWS::IAM::*'], but: [] }, hides: [] },
  {
    accounts: { only: SEEN.slice(0, 200), but: [] },
    types: { only: ['AWS::S3::Bucket', 'AWS::EC2::Instance'], but: [] },
    hides: [{ types: ['AWS::S3::*'], fields: ['Policy'] }],
  },
  { accounts: { only: SEEN.slice(120), but: [] }, types: { only: null, but: ['AWS::IAM::*'] }, hides: [] },
])

type Question = 'where' | 'key' | 'bucket' | 'search'

/** Both ask the same in turn, so that whatever else the machine does slows them alike. */
async function measure(database: Database, assets: number, signal: AbortSignal): Promise<Metrics> {
  const asking = { ...askingOf(database), now: NOW }
  const inputs: Record<Question, () => object> = {
    where: () => ({ what: addressOf(seen('instance')) }),
    key: () => ({ key: keyOf(seen('key')) }),
    bucket: () => ({ bucket: bucketOf(seen('bucket')) }),
    search: () =>
      pick([
        { name: nameOf(seen('instance')) },
        { tag: [`team=${teamOf(seen('instance'))}`], type: 'AWS::EC2::Instance' },
      ]),
  }
  const costs: Record<string, number> = {}
  for (const [name, inputOf] of Object.entries(inputs)) {
    const question = await loadQuestion(name)
    const once = async (scope: AccessScope, input: object) => {
      const started = performance.now()
      const answer = await ask(question, input, { ...asking, scope })
      if (!answer.found) throw new Error(`${name} ${JSON.stringify(input)}: ${answer.headline}`)
      return performance.now() - started
    }
    const [free, limited]: number[][] = [[], []]
    for (let asked = 0; asked < WARM_UP + ASKED; asked++) {
      signal.throwIfAborted()
      const [first, second] = asked % 2 === 0 ? [EVERYTHING, LIMITED] : [LIMITED, EVERYTHING]
      const times = new Map([
        [first, await once(first, inputOf())],
        [second, await once(second, inputOf())],
      ])
      if (asked < WARM_UP) continue
      free?.push(times.get(EVERYTHING) ?? 0)
      limited?.push(times.get(LIMITED) ?? 0)
    }
    costs[`${name}_ms`] = median(free ?? [])
    costs[`${name}_limited_ms`] = median(limited ?? [])
    costs[`${name}_cost`] = median(limited ?? []) / median(free ?? []) - 1
  }
  const each = Object.keys(inputs).map(name => costs[`${name}_cost`] ?? 0)
  return { access_cost: each.reduce((sum, cost) => sum + cost, 0) / each.length, ...costs }

  function seen(kind: string): number {
    for (;;) {
      const { kind: found, number } = kindOf(Math.floor(Math.random() * assets))
      if (found === kind && SEEN.includes(accountOf(number))) return number
    }
  }
}

function pick<T>(all: readonly T[]): T {
  return all[Math.floor(Math.random() * all.length)] as T
}
