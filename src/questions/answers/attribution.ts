import { z } from 'zod'
import { CERTAINTIES } from '../../model/attribution.ts'
import type { Attribution } from '../../store/queries/attribution.ts'
import type { KnownEvent } from '../../store/queries/events.ts'
import { ActorRef, actorRefOf, actorText } from './actor.ts'
import { isoOf } from './instant.ts'

/** An event that explains a version. */
const Explaining = z.object({
  id: z.string(),
  at: z.string().describe('When it happened, rounded down to the second'),
  source: z.string(),
  name: z.string(),
  actor: ActorRef,
})

/** Who made a version, and how that is known. */
export const AttributionRef = z.object({
  certainty: z
    .enum(CERTAINTIES)
    .describe('certain; ambiguous: any of them, or several; likely: the evidence is thinner; unknown: no event tells'),
  text: z.string().describe('In words: who, through which role, with which tool'),
  persons: z.array(z.string()).describe('Everybody who may have done it, the last one first'),
  events: z.array(Explaining).describe('The events that may explain it, the newest first'),
  moreEvents: z.boolean().describe('There are more events than are listed'),
})
export type AttributionRef = z.infer<typeof AttributionRef>

/** Events that are listed with one version; a storm has thousands. */
const EVENTS_MAX = 20
const PERSONS_NAMED_MAX = 3

/** An attribution as answers tell it. */
export function attributionRefOf({ certainty, source, events }: Attribution): AttributionRef {
  const people = [...new Map(events.toReversed().map(event => [event.person, event])).values()].toSorted(
    (a, b) => b.at - a.at,
  )
  return {
    certainty,
    text: textOf(certainty, people, source),
    persons: people.map(event => actorRefOf(event.actor).person),
    events: events.slice(0, EVENTS_MAX).map(({ id, at, source, name, actor }) => ({
      id,
      at: isoOf(at),
      source,
      name,
      actor: actorRefOf(actor),
    })),
    moreEvents: events.length > EVENTS_MAX,
  }
}

const FOUND_BY: Readonly<Record<string, string>> = { scan: 'found by scan', live: 'found by a live answer' }

/** `people`: the last event of each person, the newest first. */
function textOf(
  certainty: Attribution['certainty'],
  people: readonly KnownEvent[],
  source: string | undefined,
): string {
  const [first] = people
  if (first === undefined) return FOUND_BY[source ?? ''] ?? 'unknown'
  if (certainty === 'certain') return actorText(actorRefOf(first.actor))
  if (certainty === 'likely') return `probably ${actorText(actorRefOf(first.actor))}`
  const named = people.slice(0, PERSONS_NAMED_MAX).map(({ actor }) => actorRefOf(actor).person)
  const rest = people.length - named.length
  return `${named.join(' or ')}${rest > 0 ? ` or ${rest} more` : ''}`
}
