/*
 * START HERE. How the registry comes to know what happens in a cloud, from top to bottom. Events lead the way, scans make sure:
 *
 *   events   -store->    which assets to read again   -describe->  ╮
 *                                                                  ├  observations  -record->  versions  -index->  search
 *   scopes   -list->     everything that is there                  ╯
 *
 *   a question  -answer->  an answer, with the events that explain each version
 *
 *   read      src/clouds/…/sources     messages become events: what was touched, by whom; reads and failures are only counted
 *   store     src/flows/intake.ts      events are kept, each once, in batches; only then are messages acknowledged
 *   describe  src/flows/refresh.ts     each touched asset is read again, many in one call, until the cloud shows what was written
 *   list      src/flows/scan.ts        an account, region and type is listed in full; what it does not show is gone
 *   record    src/store/record.ts      observations become versions, with every name they can be asked for, in one transaction
 *   index     src/ports/search.ts      full-text search follows behind the store and says how far
 *   answer    src/questions/…          one file for each question; src/surfaces carry them to people
 *
 * Neither way knows of the other: both end in observations, which are ordered by the time at which the cloud was read.
 */
import { following } from './flows/following.ts'
import { type Progress, type Registry, type ScanPlan, scan } from './flows/scan.ts'
import { keepScanning, type Tried } from './flows/up.ts'
import type { Clock } from './ports/clock.ts'
import type { Cloud } from './ports/cloud.ts'
import type { Search } from './ports/search.ts'

/** What one scan needs. */
export interface World {
  readonly cloud: Cloud
  readonly registry: Registry
  readonly search: Search
  readonly scans: ScanLog
  readonly clock: Clock
}

/** What staying up to date needs besides. */
export interface LiveWorld extends World {
  /** Takes in what all sources bring. */
  readonly intake: Flow
  /** Reads touched assets again, in one process of those that share a store; `beside` runs in the same one. */
  readonly refresher: { run(signal: AbortSignal, beside: Flow['run']): Promise<void> }
  readonly tried: Tried
  /** Drops sightings that no answer needs any more. */
  thin(now: number, signal: AbortSignal): Promise<unknown>
}

/** Work that goes on until it is aborted, and then ends well. */
export interface Flow {
  run(signal: AbortSignal): Promise<void>
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

/** What is told while the registry is kept up to date. */
export interface Watch {
  readonly signal: AbortSignal
  onProgress?(progress: Progress): void
  onRound?(progress: Progress): Promise<void> | void
  /** What was being done, for the reader of the message. */
  onFault(error: unknown, doing: 'scan' | 'search'): void
}

/** Keeps the registry up to date until aborted: events within seconds, and scans on their cadence for what no event told. */
export async function keepUpToDate(world: LiveWorld, watch: Watch): Promise<void> {
  const { cloud, registry, search, clock, intake, refresher, tried } = world
  await together(watch.signal, [
    signal => refresher.run(signal, leading => intake.run(leading)),
    signal =>
      keepScanning(cloud, registry, tried, {
        clock,
        signal,
        onProgress: progress => watch.onProgress?.(progress),
        async onRound(progress) {
          await watch.onRound?.(progress)
          await world.thin(clock.now(), signal)
        },
        onFault: error => watch.onFault(error, 'scan'),
      }),
    async signal => {
      await using _ = following(search, clock, signal, error => watch.onFault(error, 'search'))
      await aborted(signal)
    },
  ])
}

/** Runs all parts until aborted. Where one fails the others are ended well, and the failure is thrown. */
async function together(signal: AbortSignal, parts: readonly ((signal: AbortSignal) => Promise<void>)[]) {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const ended = await Promise.allSettled(parts.map(part => part(either).finally(() => stop.abort())))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
}
