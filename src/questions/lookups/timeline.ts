import { z } from 'zod'
import type { Attribution } from '../../store/queries/attribution.ts'
import type { Version } from '../../store/queries/versions.ts'
import { AttributionRef } from '../answers/attribution.ts'
import { isoOf } from '../answers/instant.ts'
import { CHANGES_MAX, changesOf, FieldChange } from './changes.ts'
import { madeByOf } from './made-by.ts'

/** One version of an asset as answers tell of it. */
export const TimelineEntry = z.object({
  number: z.int().describe('1 is the first version that was ever seen'),
  from: z.string(),
  until: z.string().nullable().describe('null: it still is so'),
  what: z.enum(['first seen', 'changed', 'gone', 'returned']),
  source: z.string().describe('scan, event or live'),
  actor: z.string().nullable().describe('Who did it, in words; null: no event has told'),
  attribution: AttributionRef,
  changes: z.array(FieldChange),
  moreChanges: z.boolean().describe(`There are more than ${CHANGES_MAX}`),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/**
 * Entries of versions that are given newest first, with who made each; `next` is when the newest of them ended, `newest` its number.
 * With `isComplete` the last one given is the asset's first; otherwise it is only there to compare with.
 */
export function timelineOf(
  versions: readonly Version[],
  attributions: readonly Attribution[],
  { newest, next, isComplete }: { readonly newest: number; readonly next: number | null; readonly isComplete: boolean },
): TimelineEntry[] {
  const shown = isComplete ? versions : versions.slice(0, -1)
  return shown.map((version, position) => {
    const previous = versions[position + 1]
    const until = position === 0 ? next : (versions[position - 1]?.from ?? null)
    const isChange = previous !== undefined && previous.config !== null && version.config !== null
    const changes = isChange ? changesOf(previous, version) : []
    return {
      number: newest - position,
      from: isoOf(version.from),
      until: until === null ? null : isoOf(until),
      what: whatOf(version, previous),
      source: version.source,
      ...madeByOf(attributions[position]),
      changes,
      moreChanges: changes.length >= CHANGES_MAX,
    }
  })
}

function whatOf(version: Version, previous: Version | undefined): TimelineEntry['what'] {
  if (version.config === null) return 'gone'
  if (previous === undefined) return 'first seen'
  return previous.config === null ? 'returned' : 'changed'
}
