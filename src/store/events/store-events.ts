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
 * that events ask for, what could not be read, and observations. An event is kept once, by whatever path and however often it comes. Whatever is in an event, it fails no batch: what PostgreSQL cannot hold is replaced or cut, and what is no
 * event at all is rejected. `receivedAt` is in milliseconds since 1970. Best at 1,000 to 2,000 events a batch.
 */
export async function storeEvents(database: Database, incoming: Incoming, receivedAt: number): Promise<StoredEvents> {
  using contents = new Writer(roomFor(incoming.observations.length))
  const observations = sortedRows(incoming.observations, contents)
  const actors = Actors.of(database)
  const { rows, repeated, rejected } = eventRows(incoming.events, actors)
  const credentials = incoming.credentials.map(({ accessKeyId, caller }) => ({
    accessKeyId,
    caller: actors.row(caller),
  }))
  const acting = [...rows, ...credentials].map(row => ('actor' in row ? row.actor : row.caller))
  const stored = await withoutRaces(() =>
    database.transaction(async connection => {
      await connection.query(PLAN_BY_INDEX)
      const verdicts = observations.length > 0 ? await recordRows(connection, observations) : []
      const fresh = await unknownOf(connection, rows)
      await insertEvents(connection, fresh, receivedAt)
      await actors.insert(connection, acting)
      await insertTouches(connection, fresh)
      await storeCredentials(connection, credentials)
      await storeRelists(connection, relistsOf(fresh.map(({ event }) => event)))
      await storeRejected(connection, [...incoming.rejected, ...rejected])
      return { fresh, verdicts }
    }),
  )
  actors.remember(acting)
  const fresh = stored.fresh.map(({ event }) => event)
  return { fresh, duplicates: repeated + rows.length - fresh.length, verdicts: stored.verdicts }
}

/** Events that are not stored yet. */
async function unknownOf(connection: Connection, rows: readonly EventRow[]): Promise<readonly EventRow[]> {
  if (rows.length === 0) return rows
  const { rows: found } = await connection.query<{ place: number }>({
    name: 'events-known',
    text: `select n.place::int from unnest($1::timestamptz[], $2::uuid[]) with ordinality as n (at, id, place)
           join event e on e.at = n.at and e.id = n.id`,
    values: [times(rows.map(({ at }) => at)), uuids(rows.map(({ event }) => event.id))],
  })
  if (found.length === 0) return rows
  const known = new Set(found.map(({ place }) => place - 1))
  return rows.filter((_, place) => !known.has(place))
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
