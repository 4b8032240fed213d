import { assetIdOf } from '../../model/identity.ts'
import { touchedReader } from '../../model/touched-asset.ts'
import { readAliased } from '../../store/queries/aliased.ts'
import { attribute } from '../../store/queries/attribution.ts'
import { type ChangeFilter, type ChangeRow, readTheseChanges, readVersionsAfter } from '../../store/queries/changes.ts'
import { readDeeds } from '../../store/queries/deeds.ts'
import { type KnownEvent, readEvents } from '../../store/queries/events.ts'
import type { Window } from '../../store/queries/timeline.ts'
import type { Asking } from '../question.ts'

/** Events of one person that are looked at: the newest of the window. */
const DEEDS_MAX = 2_000
/** Versions of each touched asset that one event may have made: several follow, when a deletion takes long. */
const VERSIONS_MAX = 6
/** A scan may find only days later what an event that was not read in time has done. */
const FOUND_LATE_MS = 7 * 86_400_000

/** The changes of a window that some actors made, or may have made, the newest first: found from what they did. */
export async function readChangesBy(
  asking: Asking,
  actors: readonly string[],
  { window, filter, limit }: { readonly window: Window; readonly filter: ChangeFilter; readonly limit: number },
): Promise<ChangeRow[]> {
  const deeds = { actors, account: undefined, since: window.since - FOUND_LATE_MS, until: window.until }
  const keys = await readDeeds(asking, deeds, { limit: DEEDS_MAX, offset: 0 })
  const events = [...(await readEvents(asking.database, keys)).values()]
  const versions = await readVersionsAfter(asking, await touchesOf(asking, events), VERSIONS_MAX)
  const unique = new Map(versions.map(version => [`${version.asset} ${version.from}`, version]))
  const inWindow = [...unique.values()].filter(({ from }) => from >= window.since && from <= window.until)
  const done = new Set(events.map(event => event.id))
  const attributions = await attribute(asking, inWindow)
  const theirs = inWindow.filter((_, position) => attributions[position]?.events.some(({ id }) => done.has(id)))
  return (await readTheseChanges(asking, theirs, filter)).slice(0, limit)
}

async function touchesOf(asking: Asking, events: readonly KnownEvent[]): Promise<{ asset: string; at: number }[]> {
  const identityOf = touchedReader()
  const touches = events.flatMap(({ provider, at, touched }) =>
    touched.flatMap(asset => {
      const identity = identityOf(provider, asset)
      return identity === undefined ? [] : [{ asset: assetIdOf(identity) as string, at }]
    }),
  )
  const aliased = await readAliased(asking.database, [...new Set(touches.map(({ asset }) => asset))])
  return touches.map(({ asset, at }) => ({ asset: aliased.get(asset) ?? asset, at }))
}
