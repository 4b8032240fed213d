import { setTimeout as sleep } from 'node:timers/promises'
import {
  CHANGE_COLUMNS,
  CHANGE_SOURCES,
  type ChangeFilter,
  type ChangeRow,
  changeOf,
  filterValues,
  matching,
  type StoredChange,
} from './changes.ts'
import { milliseconds, type Reader, read, statement, timestamp, visible } from './reader.ts'

/*
 * New versions are followed by the transaction that wrote them (`version.tx`), in the order (tx, valid_from, asset). Only what is below
 * the horizon is told: pg_snapshot_xmin, the oldest transaction that still runs. What is before it is committed or rolled back for good,
 * so no row can appear there later, and none is told twice or left out. A position is the last row that was told, or a horizon up to
 * which everything was; whoever gives it back goes on behind it.
 */

/** Changes that were committed since the last ones, in order; `position` is where to go on after them. */
export interface FollowedChanges {
  /** Each with the position behind it alone. */
  readonly changes: readonly (ChangeRow & { readonly position: string })[]
  readonly position: string
}

export interface Following {
  /** Undefined: from now on. */
  readonly position: string | undefined
  readonly filter: ChangeFilter
  readonly signal: AbortSignal
}

const BATCH_MAX = 200
/** Between two looks when there was nothing new: what is new is told within this. */
const EVERY_MS = 300

const FOLLOW = statement(
  'follow-changes',
  `with h as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as horizon)
   select h.horizon::text, c.* from h left join lateral (
     select v.tx::text as tx, ${CHANGE_COLUMNS} from ${CHANGE_SOURCES}
     where v.tx >= $3::text::xid8 and v.tx < h.horizon and (v.tx > $3::text::xid8 or (v.valid_from, v.asset) > ($4::timestamptz, $5::uuid))
       and ${visible('a')} and ${matching(7)}
     order by v.tx, v.valid_from, v.asset limit $6
   ) c on true order by c.tx::xid8, c."from", c.asset`,
)

interface Row extends StoredChange {
  readonly horizon: string
  /** Null: there is no new change. */
  readonly tx: string | null
}

interface Place {
  readonly tx: string
  readonly at: number
  readonly asset: string
}

/** Every new change once, in the order in which they were committed, until the signal is aborted. Yields at once, be it nothing, to tell the position. */
export async function* followChanges(
  reader: Reader,
  { position, filter, signal }: Following,
): AsyncIterable<FollowedChanges> {
  let place = placeOf(position) ?? (await here(reader))
  yield { changes: [], position: textOf(place) }
  while (!signal.aborted) {
    const rows = await read<Row>(reader, FOLLOW, [
      place.tx,
      timestamp(place.at),
      place.asset,
      BATCH_MAX,
      ...filterValues(filter),
    ])
    const changes = rows.filter(row => row.tx !== null)
    place = nextPlace(rows, changes) ?? place
    if (changes.length > 0) yield { changes: changes.map(row => changeRowOf(row, reader)), position: textOf(place) }
    if (changes.length < BATCH_MAX) await sleep(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

function nextPlace(rows: readonly Row[], changes: readonly Row[]): Place | undefined {
  const last = changes.at(-1)
  if (changes.length === BATCH_MAX && last !== undefined) return behind(last)
  const horizon = rows[0]?.horizon
  return horizon === undefined ? undefined : before(horizon)
}

function behind({ tx, from, asset }: Row): Place {
  return { tx: tx ?? '0', at: milliseconds(from), asset }
}

/** All that was written by transactions before this one is told. */
function before(tx: string): Place {
  return { tx, at: Number.NEGATIVE_INFINITY, asset: FIRST_ASSET }
}

const FIRST_ASSET = '00000000-0000-0000-0000-000000000000'

function changeRowOf({ horizon, tx, ...row }: Row, { scope }: Reader) {
  return { ...changeOf(row, scope), position: textOf(behind({ horizon, tx, ...row })) }
}

async function here({ database }: Reader): Promise<Place> {
  const [row] = await database.query<{ horizon: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as horizon',
  )
  return before(row?.horizon ?? '0')
}

const POSITION = /^(\d{1,20})(?:-(-?\d{1,16})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/

/** Whether a text has the form of a position; what it names need not be there (any more). */
export function isPosition(text: string): boolean {
  const { tx, at } = placeOf(text) ?? {}
  return (
    tx !== undefined && BigInt(tx) < 2n ** 63n && (at === Number.NEGATIVE_INFINITY || Math.abs(at ?? 0) <= DATE_MS_MAX)
  )
}

const DATE_MS_MAX = 8.64e15

/** Undefined also for what is no position: then following begins now. */
function placeOf(position: string | undefined): Place | undefined {
  const [, tx, at, asset] = POSITION.exec(position ?? '') ?? []
  if (tx === undefined) return undefined
  return at === undefined || asset === undefined ? before(tx) : { tx, at: Number(at), asset }
}

function textOf({ tx, at, asset }: Place): string {
  return Number.isFinite(at) ? `${tx}-${at}-${asset}` : tx
}
