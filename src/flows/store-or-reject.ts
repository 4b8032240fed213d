import type { Event, Incoming, Rejected } from '../model/event.ts'
import { Fault, messageOf } from '../model/fault.ts'
import { NOTHING } from '../model/incoming.ts'
import type { Clock } from '../ports/clock.ts'

/** Where events are kept: in one transaction, each once. */
export interface EventStore {
  store(incoming: Incoming, receivedAt: number): Promise<Stored>
}

export interface Stored {
  /** Those that were not known yet. */
  readonly fresh: readonly Event[]
  readonly duplicates: number
}

export interface Settled extends Stored {
  /** Events that the store refused for what they say, and that are kept as rejected instead. */
  readonly rejected: number
}

export interface Storing {
  readonly store: EventStore
  readonly clock: Clock
  /** Ends the waiting for a store that is away. */
  readonly signal: AbortSignal
  onFault(error: unknown): void
  /** By which source something came. */
  cameBy(part: unknown): string
}

const BACKOFF_MS = 200
const BACKOFF_MS_MAX = 15_000
/** So often in a row one event alone is refused before it is held to be the reason. */
const REFUSALS_MAX = 3
/** Of what is rejected, that much is kept. */
const SAMPLE_LENGTH_MAX = 8_000

/**
 * Stores what came, however long that takes, in these steps:
 *
 *   whole      one transaction for all of it
 *   away       the store cannot be reached, or a person has to do something: told, and tried again until it is there
 *   halves     the store refused: each half for itself, down to single parts
 *   rejected   one part alone is refused again and again: kept as rejected. That this is stored proves that the store works
 *              and the part was the reason; where it fails too, the store is the reason, and everything begins anew
 *
 * Throws the signal's reason when it is aborted while the store is away: then nothing of the unfinished rest is stored.
 */
export async function storeOrReject(incoming: Incoming, receivedAt: number, storing: Storing): Promise<Settled> {
  if (sizeOf(incoming) === 0) return { fresh: [], duplicates: 0, rejected: 0 }
  let error: unknown
  try {
    return { ...(await untilThere(incoming, receivedAt, storing)), rejected: 0 }
  } catch (refusal) {
    storing.signal.throwIfAborted()
    error = refusal
  }
  const halves = halvesOf(incoming)
  if (halves === undefined) return rejectSingle(incoming, receivedAt, storing, error)
  const first = await storeOrReject(halves[0], receivedAt, storing)
  const second = await storeOrReject(halves[1], receivedAt, storing)
  return {
    fresh: [...first.fresh, ...second.fresh],
    duplicates: first.duplicates + second.duplicates,
    rejected: first.rejected + second.rejected,
  }
}

/** Stores, waiting for a store that is away. Throws what the store refused. */
async function untilThere(incoming: Incoming, receivedAt: number, storing: Storing): Promise<Stored> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await storing.store.store(incoming, receivedAt)
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'malformed') throw error
      storing.onFault(error)
      await pause(attempt, storing)
    }
  }
}

async function rejectSingle(
  single: Incoming,
  receivedAt: number,
  storing: Storing,
  refusal: unknown,
): Promise<Settled> {
  let error = refusal
  for (let attempt = 0; ; attempt++) {
    await pause(attempt, storing)
    try {
      return { ...(await untilThere(single, receivedAt, storing)), rejected: 0 }
    } catch (again) {
      storing.signal.throwIfAborted()
      error = again
    }
    if (attempt + 1 < REFUSALS_MAX) continue
    try {
      await untilThere({ ...NOTHING, rejected: [rejectedOf(single, error, storing)] }, receivedAt, storing)
      storing.onFault(new Fault('malformed', 'the store refused an event; it is kept as rejected', { cause: error }))
      return { fresh: [], duplicates: 0, rejected: 1 }
    } catch (failure) {
      storing.signal.throwIfAborted()
      storing.onFault(failure)
    }
  }
}

function pause(attempt: number, { clock, signal }: Storing): Promise<void> {
  return clock.sleep(Math.min(BACKOFF_MS * 2 ** Math.min(attempt, 10), BACKOFF_MS_MAX), signal)
}

function rejectedOf(single: Incoming, error: unknown, { cameBy }: Storing): Rejected {
  const part = single.events[0] ?? single.observations[0] ?? single.credentials[0] ?? single.rejected[0]
  return {
    source: cameBy(part),
    reason: `the store refused it: ${messageOf(error)}`,
    sample: JSON.stringify(part ?? null).slice(0, SAMPLE_LENGTH_MAX),
  }
}

/** How many things there are to store. */
export function sizeOf({ events, credentials, observations, rejected }: Incoming): number {
  return events.length + credentials.length + observations.length + rejected.length
}

/** Two parts that together are the whole; undefined where there is no more than one thing in it. */
function halvesOf(incoming: Incoming): [Incoming, Incoming] | undefined {
  const { events, credentials, observations, rejected, counts } = incoming
  if (sizeOf(incoming) < 2) return undefined
  let before = Math.ceil(sizeOf(incoming) / 2)
  const split = <Part>(parts: readonly Part[]): [readonly Part[], readonly Part[]] => {
    const taken = Math.min(before, parts.length)
    before -= taken
    return [parts.slice(0, taken), parts.slice(taken)]
  }
  const [e, c, o, r] = [split(events), split(credentials), split(observations), split(rejected)]
  return [
    { events: e[0], credentials: c[0], observations: o[0], rejected: r[0], counts },
    { events: e[1], credentials: c[1], observations: o[1], rejected: r[1], counts: NOTHING.counts },
  ]
}
