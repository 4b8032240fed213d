// `node test/fuzz/classify.ts --runs 100000 [--seed 1]`: spoilt records through everything that `cadastre classify` does.
import { parseArgs } from 'node:util'
import { parseTrailText } from '../../src/clouds/aws/event-map/envelope.ts'
import { JsonValues } from '../../src/clouds/aws/event-map/json-values.ts'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../src/clouds/aws/event-map/resolve.ts'
import { trailClassifier } from '../../src/clouds/aws/event-map/trail-classifier.ts'
import type { Parsed } from '../../src/clouds/aws/event-map/trail-record.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'
import { type Change, classify } from '../../src/stages/classify.ts'
import { mutated } from './mutate.ts'
import { randomFrom } from './random.ts'

/** How often each answer was given. */
export type FuzzCounts = Record<string, number>

/** Longer than any honest record takes, by far: what takes longer is a way to stop the process. */
const MILLISECONDS_MAX = 2_000

/** Spoils the given records so many times; throws at the first answer that breaks a promise, with what caused it. */
export function fuzzClassify(seeds: readonly object[], runs: number, seed: number): FuzzCounts {
  const random = randomFrom(seed)
  const map = loadEventMap()
  const cloud = trailClassifier(record => resolve(map, record))
  const counts: FuzzCounts = {}
  for (let run = 0; run < runs; run++) {
    const text = mutated(random.pick(seeds), random)
    const started = performance.now()
    try {
      const parsed = parseTrailText(text)
      if (run % 10 === 0) streamed(text, 1 + random.number(text.length + 1))
      const { changes } = classify(cloud, parsed.flatMap(recordsIn))
      for (const one of parsed) if (one.kind === 'rejected') count(counts, rejectionOf(one))
      for (const change of changes) count(counts, outcomeOf(change))
      promise(performance.now() - started < MILLISECONDS_MAX, `an answer within ${MILLISECONDS_MAX} ms`)
    } catch (error) {
      throw new Error(`run ${run} of seed ${seed}, input: ${text.slice(0, 3_000)}`, { cause: error })
    }
  }
  promise(!('polluted' in {}), 'no input reaches the prototype of objects')
  return counts
}

function recordsIn(parsed: Parsed): CloudTrailRecord[] {
  return parsed.kind === 'record' ? [parsed.record] : []
}

/** The text cut into chunks: the scanner must survive it, whatever it makes of it. */
function streamed(text: string, size: number): void {
  const values = new JsonValues()
  for (let at = 0; at < text.length; at += size) values.push(text.slice(at, at + size))
  values.end()
}

function rejectionOf({ reason, sample }: Extract<Parsed, { kind: 'rejected' }>): string {
  promise(reason.length > 0 && reason.length < 500 && sample.length <= 400, 'a rejection has a short reason and sample')
  return 'rejected'
}

const ACTIONS = new Set(['create', 'update', 'delete'])

function outcomeOf({ outcome, actor }: Change<CloudTrailRecord>): string {
  promise(actor.name === undefined || typeof actor.name === 'string', 'an actor is named by text')
  promise(
    actor.via.every(step => typeof step === 'string'),
    'an actor comes through texts',
  )
  if (outcome.kind !== 'mapped') {
    promise(typeof outcome.reason === 'string' && outcome.reason !== '', 'an outcome has a reason')
    if (outcome.kind === 'relist') promise(outcome.types.length > 0, 'a relist names a type')
    return outcome.kind
  }
  promise(outcome.assets.length > 0, 'a mapped record touches something')
  for (const { type, id, account, region, action, derivation } of outcome.assets) {
    const texts = [type, id, account, region, derivation]
    promise(
      texts.every(text => typeof text === 'string' && text !== ''),
      `an asset is named by texts, not ${JSON.stringify(texts).slice(0, 300)}`,
    )
    promise(ACTIONS.has(action), 'an action is one of three')
  }
  return outcome.kind
}

function count(counts: FuzzCounts, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1
}

function promise(isKept: boolean, what: string): void {
  if (!isKept) throw new Error(`broken: ${what}`)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } } })
  const seed = Number(values.seed ?? Date.now() % 1e9)
  const { seedRecords } = await import('./seed-records.ts')
  const seeds = await seedRecords()
  const started = performance.now()
  const counts = fuzzClassify(seeds, Number(values.runs), seed)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${values.runs} spoilt records from ${seeds.length}, seed ${seed}, in ${seconds} s: no crash\n`)
  for (const [kind, times] of Object.entries(counts)) process.stdout.write(`  ${String(times).padStart(8)}  ${kind}\n`)
}
