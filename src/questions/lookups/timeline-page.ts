import { z } from 'zod'
import { attribute } from '../../store/queries/attribution.ts'
import { type KnownEvent, readEvents } from '../../store/queries/events.ts'
import { type Moment, readMoments, type Window } from '../../store/queries/timeline.ts'
import { countVersions, readVersions } from '../../store/queries/versions.ts'
import { EventRef, eventRefOf } from '../answers/event.ts'
import type { Asking } from '../question.ts'
import { TimelineEntry, timelineOf } from './timeline.ts'

/** One thing that happened to an asset. */
export const TimelineMoment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('version'), at: z.string(), version: TimelineEntry.omit({ until: true }) }),
  z.object({ kind: z.literal('event'), at: z.string(), event: EventRef }),
])
export type TimelineMoment = z.infer<typeof TimelineMoment>

/** Versions with their authors and events, the newest first; `more`: there are more on the next page. */
export async function timelinePage(
  asking: Asking,
  asset: string,
  window: Window,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ moments: TimelineMoment[]; more: boolean }> {
  const found = await readMoments(asking, asset, window, { limit: limit + 1, offset })
  const page = found.slice(0, limit)
  const [versions, events] = await Promise.all([versionsAt(asking, asset, page), readPageEvents(asking, page)])
  const moments = page.flatMap((moment): TimelineMoment[] => {
    if (moment.kind === 'version') {
      const version = versions.get(moment.at)
      return version === undefined ? [] : [{ kind: 'version', at: version.from, version }]
    }
    const known = events.get(moment.id)
    if (known === undefined) return []
    const event = eventRefOf(known, asking.scope)
    return [{ kind: 'event', at: event.at, event }]
  })
  return { moments, more: found.length > limit }
}

/** The versions of a page follow each other, so that the newest of them tells the numbers of all. */
async function versionsAt(asking: Asking, asset: string, page: readonly Moment[]) {
  const times = page.flatMap(moment => (moment.kind === 'version' ? [moment.at] : []))
  const [newest] = times
  if (newest === undefined) return new Map<number, Omit<TimelineEntry, 'until'>>()
  const [number, versions, attributions] = await Promise.all([
    countVersions(asking, asset, newest),
    readVersions(asking, asset, newest, { limit: times.length + 1, offset: 0 }),
    attribute(
      asking,
      times.map(from => ({ asset, from })),
    ),
  ])
  const isComplete = versions.length <= times.length
  const entries = timelineOf(versions, attributions, { newest: number, next: null, isComplete })
  return new Map(entries.map(({ until: _, ...entry }, position) => [versions[position]?.from ?? 0, entry]))
}

function readPageEvents(asking: Asking, page: readonly Moment[]): Promise<Map<string, KnownEvent>> {
  const keys = page.flatMap(moment => (moment.kind === 'event' ? [moment] : []))
  return readEvents(asking.database, keys, { withRequest: true })
}
