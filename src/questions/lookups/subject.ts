import { countDeeds, type DeedsOf, readDeeds } from '../../store/queries/deeds.ts'
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

/** Finds who is meant; who did nothing that the asker may see is not told to exist. */
export async function findSubject(asking: Asking, text: string): Promise<FoundSubject> {
  const { namings, isExact } = await peopleNamed(asking.database, text)
  const groups = isExact ? [namings] : namings.slice(0, CANDIDATES_MAX).map(naming => [naming])
  const subjects = (await Promise.all(groups.map(group => subjectOf(asking, group)))).flatMap(subject => subject ?? [])
  const [first] = subjects
  if (first === undefined) return { kind: 'none' }
  return subjects.length === 1 ? { kind: 'one', subject: first } : { kind: 'many', subjects }
}

async function subjectOf(asking: Asking, namings: readonly Naming[]): Promise<Subject | undefined> {
  const actors = await actorsNamed(asking.database, namings)
  const ever: DeedsOf = { actors, account: undefined, since: Number.NEGATIVE_INFINITY, until: asking.now }
  const keys = await readDeeds(asking, ever, { limit: 1, offset: 0 })
  const [last] = (await readEvents(asking.database, keys)).values()
  return last === undefined ? undefined : { naming: namings[0], actors, last }
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
