import { typeTitle } from '../questions/answers/asset-ref.ts'
import { relative } from '../questions/answers/instant.ts'
import type { Answer } from '../questions/question.ts'
import type { FreshnessSettings } from './freshness.ts'
import { hasMaximumAge, maximumAgeMs, mayFindNothing } from './freshness.ts'

/** Why the index is not enough for an answer, in words, and of which assets. */
export interface Reason {
  readonly why: string
  /** Ids of the assets that are to be read again, those first that were seen longest ago. */
  readonly assets: readonly string[]
  /** Where nothing is found, others are to be asked whether they know it. */
  readonly seeks: boolean
}

export interface Judged {
  readonly question: string
  readonly isForced: boolean
  readonly now: number
}

/** Undefined: the index is enough. Nothing but the answer itself is looked at: so what is hidden from the asker decides nothing. */
export function reasonFor(
  { found, provenance }: Pick<Answer<unknown>, 'found' | 'provenance'>,
  { question, isForced, now }: Judged,
  settings: FreshnessSettings,
): Reason | undefined {
  const aged = provenance.facts
    .map(fact => ({ ...fact, at: Date.parse(fact.observedAt) }))
    .toSorted((a, b) => a.at - b.at)
  const old = aged.filter(({ at, type }) => isForced || now - at > maximumAgeMs(settings, question, type))
  const seeks = isForced || !mayFindNothing(settings, question)
  const [oldest] = old
  const assets = [...new Set(old.map(({ asset }) => asset))]
  if (isForced) return { why: 'a live answer was asked for', assets, seeks }
  if (oldest !== undefined) {
    const wanted = duration(maximumAgeMs(settings, question, oldest.type))
    const why = `${typeTitle(oldest.type)} was last seen ${relative(oldest.at, now)}, and ${wanted} is the most that is wanted`
    return { why, assets, seeks }
  }
  return seeks && !found ? { why: 'nothing was found in the index', assets, seeks } : undefined
}

/** Why the index was enough; undefined: nobody wants more than it. */
export function freshEnough(settings: FreshnessSettings): string | undefined {
  return hasMaximumAge(settings) ? 'all of it is as fresh as is wanted' : undefined
}

const STEPS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
]

/** `15m`: as it is written in the configuration, in the greatest unit that fits. */
function duration(ms: number): string {
  const [size, unit] = STEPS.find(([step]) => ms >= step && ms % step === 0) ?? [1, 'ms']
  return `${ms / size}${unit}`
}
