import { parseTrailText } from '../src/clouds/aws/event-map/envelope.ts'
import { loadEventMap } from '../src/clouds/aws/event-map/load.ts'
import { resolve } from '../src/clouds/aws/event-map/resolve.ts'
import { trailClassifier } from '../src/clouds/aws/event-map/trail-classifier.ts'
import { classify } from '../src/stages/classify.ts'
import { defineBench, interleave, median } from './bench.ts'
import { trailRecords } from './inputs/trail-records.ts'

/** Enough of them that a round lasts longer than the scheduler's moods. */
const RECORDS_PER_ROUND = 20_000
const BATCH = 500

/** Records from text to outcome, beside JSON.parse of the same texts, which nothing that reads JSON can beat. */
export default defineBench({
  name: 'classify',
  summary: 'CloudTrail records per second through parse and resolve, beside JSON.parse of the same bytes',
  goals: { ratio: { atLeast: 0.6 }, records_per_s: { atLeast: 100_000 }, load_ms: { atMost: 50 } },
  async run({ note }) {
    const { records, origin } = await trailRecords()
    note(`Reading ${origin}`)
    const texts = Array.from({ length: RECORDS_PER_ROUND }, (_, n) => records[n % records.length] ?? '')
    const started = performance.now()
    const map = loadEventMap()
    const loadMs = performance.now() - started
    const cloud = trailClassifier(record => resolve(map, record))
    let kept = 0

    const times = await interleave(
      {
        parse: () => {
          for (const text of texts) kept += JSON.parse(text) ? 1 : 0
        },
        resolve: () => {
          for (const text of texts) {
            for (const parsed of parseTrailText(text)) {
              if (parsed.kind === 'record') kept += resolve(map, parsed.record).kind === 'mapped' ? 1 : 0
            }
          }
        },
        stage: () => {
          for (let at = 0; at < texts.length; at += BATCH) {
            const parsed = texts.slice(at, at + BATCH).flatMap(parseTrailText)
            kept += classify(
              cloud,
              parsed.flatMap(one => (one.kind === 'record' ? [one.record] : [])),
            ).counts.mapped
          }
        },
      },
      { measured: 15, warmUp: 5 },
    )
    if (kept === 0) throw new Error('nothing was read')
    const ratios = (against: readonly number[]) => median(against.map((ms, round) => (times.parse[round] ?? ms) / ms))
    const perSecond = (rounds: readonly number[]) => (1000 * texts.length) / median(rounds)
    return {
      ratio: ratios(times.resolve),
      records_per_s: perSecond(times.resolve),
      json_parse_records_per_s: perSecond(times.parse),
      stage_ratio: ratios(times.stage),
      stage_records_per_s: perSecond(times.stage),
      bytes_per_record: texts.reduce((sum, text) => sum + text.length, 0) / texts.length,
      load_ms: loadMs,
    }
  },
})
