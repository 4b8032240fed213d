import { canonicalText } from '../../model/canonical.ts'
import { type Event, eventIdOf, type Rejected } from '../../model/event.ts'
import { type CopyWriter, TIME_MAX_MS, TIME_MIN_MS } from '../binary.ts'
import type { ActorRow, Actors } from './actors.ts'
import { bounded } from './bounded.ts'
import { requestText } from './request-text.ts'

/** An event in the form in which it is stored. */
export interface EventRow {
  readonly event: Event
  /** Milliseconds, as PostgreSQL can hold them. */
  readonly at: number
  readonly actor: ActorRow
}

interface EventRows {
  /** In the order of their key, each once: two writers of the same events then wait for each other, never both ways. */
  readonly rows: EventRow[]
  readonly repeated: number
  readonly rejected: Rejected[]
}

/** The rows of events; all that costs time and needs no database. */
export function eventRows(events: readonly Event[], actors: Actors): EventRows {
  const rows: EventRow[] = []
  const rejected: Rejected[] = []
  for (const event of events) {
    if (Number.isNaN(event.at)) rejected.push(timeless(event))
    else rows.push({ event: identified(event), at: storableTime(event.at), actor: actors.row(event.actor) })
  }
  rows.sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0))
  const once = rows.filter(({ event, at }, position) => {
    const before = rows[position - 1]
    return before?.at !== at || before.event.id !== event.id
  })
  return { rows: once, repeated: rows.length - once.length, rejected }
}

/** Sources make ids with `eventIdOf`; whatever else comes as an id becomes one here, so that it fails nobody's batch. */
function identified(event: Event): Event {
  const id = eventIdOf(event.provider, event.id)
  return id === event.id ? event : { ...event, id }
}

function storableTime(at: number): number {
  return Math.trunc(Math.min(Math.max(at, TIME_MIN_MS), TIME_MAX_MS))
}

function timeless(event: Event): Rejected {
  const { provider, id, source, name, account, region } = event
  const sample = canonicalText({ provider, id, source, name, account, region })
  return { source: `${provider} ${source}`, reason: 'an event that does not say when it happened', sample }
}

/** What is indexed must be short; nobody's name for a call is nearly as long. */
const TEXT_LENGTH_MAX = 200
const REASON_LENGTH_MAX = 1_000

/** One row of a COPY of events, its fields in the order of the statement in store-events.ts. */
export function writeEvent(writer: CopyWriter, { event, at, actor }: EventRow, receivedAt: number): void {
  const { provider, id, source, name, account, region, outcome, sharedId, request } = event
  writer
    .row(14)
    .time(at)
    .hex(id)
    .time(receivedAt)
    .text(provider)
    .text(bounded(source, TEXT_LENGTH_MAX))
    .text(bounded(name, TEXT_LENGTH_MAX))
  writer.text(bounded(account, TEXT_LENGTH_MAX)).text(bounded(region, TEXT_LENGTH_MAX)).text(outcome.kind)
  writer.text('reason' in outcome ? bounded(outcome.reason, REASON_LENGTH_MAX) : null).hex(actor.id)
  writer.hex(sharedId === undefined ? null : eventIdOf(provider, sharedId))
  if (outcome.kind === 'mapped') writer.canonicalText(outcome.assets)
  else if (outcome.kind === 'relist') writer.canonicalText(outcome.types)
  else writer.null()
  writer.text(request === undefined ? null : requestText(request))
}
