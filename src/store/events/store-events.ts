import type { Event, Incoming } from '../../model/event.ts'
import type { Verdict } from '../../ports/refresh-store.ts'
import { CopyWriter, times, uuids, Writer } from '../binary.ts'
import type { Connection, Database } from '../database.ts'
import { PLAN_BY_INDEX } from '../plan-by-index.ts'
import { raced, withoutRaces } from '../raced.ts'
import { recordRows, sortedRows } from '../record.ts'
import { roomFor } from '../versions.ts'
import { Actors } from './actors.ts'
import { storeCredentials } from './credentials.ts'
import { type EventRow, eventRows, writeEvent } from './event-row.ts'
import { storeRejected } from './rejected.ts'
import { relistsOf, storeRelists } from './relists.ts'
import { touchesOf } from './touches.ts'

export interface StoredEvents {
  /** Those that were not known, each once. */
  readonly fresh: readonly Event[]
  /** How many were stored before, or came more than once in the batch. */
  readonly duplicates: number
  /** What came of each observation, in order. */
  readonly verdicts: readonly Verdict[]
}

/**
 * Keeps what a source brought, in one transaction: events with their actors and the assets they touched, credentials, the listings
 * that events ask for, what could not be read, and observations. An event is kept once, by whatever path and however often it comes.
 * Whatever is in an event, it fails no batch: what PostgreSQL cannot hold is replaced or cut, and what is no event at all is rejected.
 * `receivedAt` is in milliseconds since 1970. Best at 1,000 to 2,000 events a batch.
 *
 * When this throws, the same may be tried again with the same arguments. A connection that is lost while committing leaves nobody
 * knowing what was stored: what a repetition finds under its own `receivedAt` it therefore counts as fresh, so that no event is taken
 * for one that somebody was told of.
 */
export async function storeEvents(database: Database, incoming: Incoming, receivedAt: number): Promise<StoredEvents> {
  using contents = new Writer(roomFor(incoming.observations.length))
  const observations = sortedRows(incoming.observations, contents)
  const { actors, unsure } = memoryOf(database)
  const { rows, repeated, rejected } = eventRows(incoming.events, actors)
  const credentials = incoming.credentials.map(({ accessKeyId, caller }) => ({
    accessKeyId,
    caller: actors.row(caller),
  }))
  const acting = [...rows.map(({ actor }) => actor), ...credentials.map(({ caller }) => caller)]
  let isUnsure = unsure.has(incoming)
  unsure.add(incoming)
  const { fresh, verdicts } = await withoutRaces(() => {
    let runs = 0
    return database.transaction(async connection => {
      isUnsure ||= runs++ > 0
      await connection.query(PLAN_BY_INDEX)
      const verdicts = observations.length > 0 ? await recordRows(connection, observations) : []
      const { unknown, ours } = await divide(connection, rows, receivedAt)
      await insertEvents(connection, unknown, receivedAt)
      await actors.insert(connection, acting)
      await insertTouches(connection, unknown)
      await storeCredentials(connection, credentials)
      await storeRelists(connection, relistsOf(unknown.map(({ event }) => event)))
      await storeRejected(connection, [...incoming.rejected, ...rejected])
      return { fresh: isUnsure ? [...unknown, ...ours] : unknown, verdicts }
    })
  })
  unsure.delete(incoming)
  actors.remember(acting)
  return {
    fresh: fresh.map(({ event }) => event),
    duplicates: repeated + rows.length - fresh.length,
    verdicts,
  }
}

/** What is remembered of a store between two batches. */
interface Memory {
  readonly actors: Actors
  /** What was begun to be stored and has not ended well. */
  readonly unsure: WeakSet<Incoming>
}

/** Of each store, so that all who write to one share it. Nothing breaks when it is lost. */
const memories = new WeakMap<Database, Memory>()

function memoryOf(database: Database): Memory {
  const memory = memories.get(database) ?? { actors: new Actors(), unsure: new WeakSet() }
  memories.set(database, memory)
  return memory
}

interface Divided {
  /** Not stored yet. */
  readonly unknown: readonly EventRow[]
  /** Stored, under the same time of receipt. */
  readonly ours: readonly EventRow[]
}

async function divide(connection: Connection, rows: readonly EventRow[], receivedAt: number): Promise<Divided> {
  if (rows.length === 0) return { unknown: rows, ours: [] }
  const { rows: found } = await connection.query<{ place: number; isOurs: boolean }>({
    name: 'events-known',
    text: `select n.place::int, e.received_at = ($3::timestamptz[])[1] as "isOurs"
           from unnest($1::timestamptz[], $2::uuid[]) with ordinality as n (at, id, place) join event e on e.at = n.at and e.id = n.id`,
    values: [times(rows.map(({ at }) => at)), uuids(rows.map(({ event }) => event.id)), times([receivedAt])],
  })
  if (found.length === 0) return { unknown: rows, ours: [] }
  const known = new Map(found.map(({ place, isOurs }) => [place - 1, isOurs]))
  return {
    unknown: rows.filter((_, place) => !known.has(place)),
    ours: rows.filter((_, place) => known.get(place) === true),
  }
}

async function insertEvents(connection: Connection, rows: readonly EventRow[], receivedAt: number): Promise<void> {
  if (rows.length === 0) return
  using writer = new CopyWriter(rows.length * EVENT_BYTES)
  for (const row of rows) writeEvent(writer, row, receivedAt)
  try {
    await connection.copyFrom(
      `copy event (at, id, received_at, provider, source, name, account, region, outcome, reason, actor, shared_id, touched, request)
       from stdin (format binary)`,
      writer.finish(),
    )
  } catch (error) {
    throw raced(error)
  }
}

const EVENT_BYTES = 1_500

async function insertTouches(connection: Connection, rows: readonly EventRow[]): Promise<void> {
  const touches = touchesOf(rows)
  if (touches.length === 0) return
  using writer = new CopyWriter(touches.length * TOUCH_BYTES)
  for (const { asset, row } of touches) writer.row(3).hex(asset).time(row.at).hex(row.event.id)
  await connection.copyFrom('copy touch (asset, at, event) from stdin (format binary)', writer.finish())
}

const TOUCH_BYTES = 64
