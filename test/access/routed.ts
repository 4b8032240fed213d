import { setTimeout as delay } from 'node:timers/promises'
import { FreshnessSettings } from '../../src/answering/freshness.ts'
import { openRouter } from '../../src/answering/open-router.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Database } from '../../src/store/database.ts'
import { liveReadsOf } from '../../src/store/live-reads.ts'
import { record } from '../../src/store/record.ts'
import type { Random } from '../fuzz/random.ts'
import type { DoorsParts } from './doors.ts'
import { type CloudMood, cloudOf, sourceOf } from './elsewhere.ts'
import { type Estate, NOW } from './estate.ts'

/** How fresh answers have to be, and what the cloud makes of being asked. */
export interface Routes {
  readonly freshness: FreshnessSettings
  readonly mood: CloudMood
}

export function routesOf(random: Random): Routes {
  const said = random.pick([
    {},
    { default: '3h' },
    { types: { 'AWS::EC2::*': '1m' } },
    { questions: { where: '1m', bucket: { default: '90m' } } },
  ])
  // Machines of tests are slow, and what is slow is another answer.
  return {
    freshness: FreshnessSettings.parse({ ...said, limit: '60s' }),
    mood: random.pick(['tells', 'denied', 'failed'] as const),
  }
}

/**
 * Answers from the store, or by what else knows an estate. Every answer has a router of its own, as readings that are shared for seconds would
 * make one differ from the next. `onRecord`: what the cloud told is in the store from then on.
 */
export function routed(
  database: Database,
  { elsewhere }: Pick<Estate, 'elsewhere'>,
  { freshness, mood }: Routes,
  onRecord: (observations: readonly Observation[]) => void,
): DoorsParts['answer'] {
  const [cloud, source] = [cloudOf(elsewhere, mood), sourceOf(elsewhere)]
  const store = {
    ...liveReadsOf(database),
    async record(observations: readonly Observation[]) {
      onRecord(observations)
      return (await record(database, observations)).verdicts
    },
  }
  const clock = { now: () => NOW, sleep: async (ms: number) => void (await delay(ms)) }
  return async asked => {
    using router = openRouter({ freshness, openCloud: async () => cloud, store, sources: [source], clock })
    return await router.answer(asked)
  }
}
