/*
 * START HERE. What happens to what a cloud says, from top to bottom:
 *
 *   cloud -read-> assets -record-> versions -index-> search         a question -answer-> answer
 *
 *   read     src/clouds/…      an account, region and type is listed page by page; each page becomes observations
 *   record   src/store/record  observations become versions, with every name they can be asked for, in one transaction
 *   end      src/flows/scan    what a complete listing did not show is gone; what could not be read stays as it was known
 *   index    src/ports/search  full-text search follows behind the store and says how far
 *   answer   src/questions/…   one file for each question; src/surfaces carry them to people
 *
 * Events take the same way in, ahead of the scans: src/stages/classify says which assets a CloudTrail record touched.
 */
import { type Progress, type Registry, type ScanPlan, scan } from './flows/scan.ts'
import type { Clock } from './ports/clock.ts'
import type { Cloud } from './ports/cloud.ts'
import type { Search } from './ports/search.ts'

export interface World {
  readonly cloud: Cloud
  readonly registry: Registry
  readonly search: Search
  readonly scans: ScanLog
  readonly clock: Clock
}

/** Where it is written down that a scan began and what came of it. */
export interface ScanLog {
  begin(reason: string, at: number): Promise<string>
  end(id: string, at: number, counts: Progress): Promise<void>
}

/** Reads a cloud into the registry once. The search index follows while the scan runs, and is up to date when this returns. */
export async function takeIn(world: World, plan: Omit<ScanPlan, 'now'>, reason: string): Promise<Progress> {
  const { cloud, registry, search, scans, clock } = world
  const id = await scans.begin(reason, clock.now())
  // What fails on the way is tried again at the end, where it is thrown.
  await using _ = following(search, clock, plan.signal, () => {})
  const progress = await scan(cloud, registry, { ...plan, now: clock.now })
  await scans.end(id, clock.now(), progress)
  return progress
}

const INDEX_EVERY_MS = 500
const INDEX_RETRY_MS = 10_000

/**
 * Keeps the search index close behind the store until disposed, and then brings it up to the end. A failure on the way is told to
 * `onFault` and tried again; one at the end is thrown.
 */
export function following(
  search: Search,
  clock: Clock,
  signal: AbortSignal,
  onFault: (error: unknown) => void,
): AsyncDisposable {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const loop = (async () => {
    while (!either.aborted) {
      let pause = INDEX_EVERY_MS
      try {
        await search.indexPending(either)
      } catch (error) {
        if (!either.aborted) onFault(error)
        pause = INDEX_RETRY_MS
      }
      await clock.sleep(pause, either).catch(() => {})
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await loop
      await search.indexPending(signal)
    },
  }
}
