import { z } from 'zod'
import { type AccessScope, maySeeWhole } from '../../model/access-scope.ts'
import type { KnownEvent } from '../../store/queries/events.ts'
import { ActorRef, actorRefOf, eventWords } from './actor.ts'
import { isoOf } from './instant.ts'

/** One event as every answer tells of it. */
export const EventRef = z.object({
  id: z.string(),
  at: z.string().describe('When it happened, rounded down to the second'),
  source: z.string().describe("Who says so, in the provider's words"),
  name: z.string(),
  words: z.string().describe('The name in words'),
  account: z.string().describe('Whose trail it is in'),
  region: z.string(),
  actor: ActorRef,
  request: z
    .string()
    .nullable()
    .describe("The request's parameters as JSON, or the beginning of it; null: none, or not to be shown"),
})
export type EventRef = z.infer<typeof EventRef>

/** What is asked for may name anything: it is shown to who may see all that the event touched, with all fields. */
export function eventRefOf(event: KnownEvent, scope: AccessScope): EventRef {
  const { id, at, source, name, account, region, actor, request, touched } = event
  return {
    id,
    at: isoOf(at),
    source,
    name,
    words: eventWords(name),
    account,
    region,
    actor: actorRefOf(actor),
    request: mayShowRequest(scope, touched) ? request : null,
  }
}

function mayShowRequest(scope: AccessScope, touched: KnownEvent['touched']): boolean {
  if (touched.length === 0) return scope.limits?.grants.every(({ hides }) => hides.length === 0) ?? true
  return touched.every(asset => maySeeWhole(scope, asset))
}
