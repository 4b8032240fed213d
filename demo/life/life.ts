import { setTimeout as pause } from 'node:timers/promises'
import { Random } from '../organisation/random.ts'
import type { Deed, Stage, Story } from './deed.ts'
import { debugRole, joinAndLeave, renewAccessKey, stolenKey } from './identities.ts'
import { openDoor, rotateKeys, shareReports } from './perimeter.ts'
import { keepLogs, moveAddress, replaceInstances, resizeDatabase, switchNames, tagInstances } from './platform.ts'
import {
  nameTopics,
  protectTables,
  releaseFunctions,
  releasePayments,
  scaleContainers,
  tuneHealthChecks,
  tuneQueues,
} from './releases.ts'

export const STORIES: readonly Story[] = [
  openDoor,
  shareReports,
  rotateKeys,
  replaceInstances,
  tagInstances,
  moveAddress,
  switchNames,
  resizeDatabase,
  keepLogs,
  renewAccessKey,
  joinAndLeave,
  debugRole,
  stolenKey,
  releaseFunctions,
  releasePayments,
  scaleContainers,
  tuneQueues,
  tuneHealthChecks,
  protectTables,
  nameTopics,
]

/**
 * The company at work, for ever: a deed about every so often. First each story begins, then one or the other goes on, the same for the
 * same seed. A story whose call fails is told to `onFault` and not continued. As many assets come as go, but for a bounded number of
 * instances.
 */
export async function* live(
  stage: Stage,
  given: {
    readonly signal: AbortSignal
    /** Between two deeds, more or less. */
    everyMs(): number
    readonly seed?: number
    onFault(error: unknown): void
  },
): AsyncGenerator<Deed, void, void> {
  const { signal, everyMs, seed = 1, onFault } = given
  const random = new Random(seed)
  const waiting = random.shuffled(STORIES).map(story => story(stage))
  let beginning = waiting.length
  for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) {
    await pause(everyMs() * (0.5 + random.next()), undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    try {
      const step = await story.next()
      if (step.done) continue
      yield step.value
      // Not soon again, so that nobody changes one asset twice within the second to which an event tells its time.
      const place = beginning-- > 0 ? waiting.length : Math.ceil(waiting.length * (0.5 + 0.5 * random.next()))
      waiting.splice(place, 0, story)
    } catch (error) {
      onFault(error)
    }
  }
}
