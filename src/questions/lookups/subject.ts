import { countDeeds, type DeedsOf, lastDeeds, readDeeds } from '../../store/queries/deeds.ts'
import { type KnownEvent, readEvents } from '../../store/queries/events.ts'
import { actorsNamed, type Naming, peopleNamed } from '../../store/queries/people.ts'
import type { Asking } from '../question.ts'

/** Somebody who acted, and the last that they are known to have done. */
export interface Subject {
  readonly naming: Naming | undefined
  readonly actors: readonly string[]
  /** Of what the asker may see. */
  readonly last: KnownEvent
}

/** Who is meant by a text: `one`, several to choose from, or nobody of whom the asker may see anything. */
export type FoundSubject =
  | { readonly kind: 'one'; readonly subject: Subject }
  | { readonly kind: 'many'; readonly subjects: readonly Subject[] }
  | { readonly kind: 'none' }

const CANDIDATES_MAX = 20

/**
 * Finds who is meant; who did nothing that the asker may see is not told to exist. A whole name comes before a part of one, and a name
 * before the identity that is called after it. As many statements, whatever is found.
 */
export async function findSubject(asking: Asking, text: string): Promise<FoundSubject> {
  const { exact, partial } = await peopleNamed(asking.database, text)
  const groups = [exact, ...partial.map(naming => [naming])]
  const actors = await actorsNamed(asking.database, groups)
  const keys = await lastDeeds(asking, actors, asking.now)
  const events = await readEvents(asking.database, [...keys.values()])
  const [whole, ...parts] = groups.map((group, position): Subject | undefined => {
    const last = events.get(keys.get(position)?.id ?? '')
    return last === undefined ? undefined : { naming: group[0], actors: actors[position] ?? [], last }
  })
  if (whole !== undefined) return { kind: 'one', subject: whole }
  const known = parts.flatMap(subject => subject ?? [])
  const named = known.filter(({ naming }) => naming?.kind === 'name')
  const subjects = (named.length > 0 ? named : known).slice(0, CANDIDATES_MAX)
  const [first] = subjects
  if (first === undefined) return { kind: 'none' }
  return subjects.length === 1 ? { kind: 'one', subject: first } : { kind: 'many', subjects }
}

/** What somebody did in a window: a page of events, the newest first, and how much it was in all. */
export async function deedsOf(
  asking: Asking,
  deeds: DeedsOf,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ events: KnownEvent[]; more: boolean; count: number; accounts: string[] }> {
  const [keys, counts] = await Promise.all([
    readDeeds(asking, deeds, { limit: limit + 1, offset }),
    countDeeds(asking, deeds),
  ])
  const known = await readEvents(asking.database, keys.slice(0, limit), { withRequest: true })
  const events = keys.slice(0, limit).flatMap(({ id }) => known.get(id) ?? [])
  return { events, more: keys.length > limit, ...counts }
}
