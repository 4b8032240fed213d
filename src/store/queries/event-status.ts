import { seesEveryType } from '../../model/access-scope.ts'
import {
  milliseconds,
  type Reader,
  read,
  statement,
  timestamp,
  visible,
  visibleAccount,
  visibleEvent,
} from './reader.ts'

/** How the intake of events stands. */
export interface EventStatus {
  /** When the newest event happened; null: there is none. */
  readonly newestAt: number | null
  /** When it was received. */
  readonly receivedAt: number | null
  /** Events since a time by what they meant, of the LOOKED_AT_MAX newest ones. */
  readonly counts: Readonly<Record<'mapped' | 'none' | 'relist' | 'unmapped', number>>
  readonly isExact: boolean
  /** Active accounts that none of these events is of, some of them by name; undefined: not all events were looked at. */
  readonly silent: { readonly count: number; readonly accounts: readonly SilentAccount[] } | undefined
  /** Writes that could not be placed, the most frequent first. */
  readonly unmapped: readonly {
    readonly source: string
    readonly name: string
    readonly count: number
    readonly lastAt: number
  }[]
  /** Assets that are read again because of an event, and those that wait for a person. */
  readonly waiting: number
  readonly parked: number
  /** Scopes to be listed because something changed there. */
  readonly relists: number
  /** Messages that could not be read. */
  readonly rejected: number
}

export interface SilentAccount {
  readonly account: string
  readonly accountName: string | null
}

/** The newest events are looked at, the reader's or not: that bounds the work for who may see few of them, too. */
const LOOKED_AT_MAX = 20_000
const UNMAPPED_MAX = 20

const NEWEST = statement(
  'event-status-newest',
  `select e.at, e.received_at as "receivedAt" from (select * from event order by at desc limit ${LOOKED_AT_MAX}) e
   where ${visibleEvent('e')} order by e.at desc limit 1`,
)
const COUNTS = statement(
  'event-status-counts',
  `with newest as materialized (
     select outcome, account, touched from event where at >= $3 order by at desc limit ${LOOKED_AT_MAX}
   )
   select e.outcome, count(*)::int as count, array_agg(distinct e.account) as accounts, (select count(*)::int from newest) as "lookedAt"
   from newest e where ${visibleEvent('e')} group by e.outcome`,
)
const UNMAPPED = statement(
  'event-status-unmapped',
  `select e.source, e.name, count(*)::int as count, max(e.at) as "lastAt" from event e
   where e.outcome = 'unmapped' and e.at >= $3 and ${visibleEvent('e')}
   group by e.source, e.name order by count(*) desc, e.source, e.name limit ${UNMAPPED_MAX}`,
)
const SILENT_MAX = 5
const SILENT = statement(
  'event-status-silent',
  `select c.id as account, c.name as "accountName", count(*) over ()::int as count from account c
   where coalesce(c.status, 'ACTIVE') = 'ACTIVE' and not c.id = any($3::text[]) and ${visibleAccount('c')}
   order by c.name, c.id limit ${SILENT_MAX}`,
)
const WORK = statement(
  'event-status-work',
  `select (select count(*) from refresh r where r.parked_at is null and ${visible('r')})::int as waiting,
     (select count(*) from refresh r where r.parked_at is not null and ${visible('r')})::int as parked,
     (select count(*) from relist r where ${visible('r')})::int as relists,
     (select count(*) from rejected where $1::text is null and $2::jsonb is null)::int as rejected`,
)

interface Counted {
  readonly outcome: keyof EventStatus['counts']
  readonly count: number
  readonly accounts: readonly string[]
  readonly lookedAt: number
}

/** The intake of events since a time, as far as the reader may see. */
export async function readEventStatus(reader: Reader, since: number): Promise<EventStatus> {
  const [newest, counts, unmapped, work] = await Promise.all([
    read<{ at: Date; receivedAt: Date }>(reader, NEWEST, []),
    read<Counted>(reader, COUNTS, [timestamp(since)]),
    read<{ source: string; name: string; count: number; lastAt: Date }>(reader, UNMAPPED, [timestamp(since)]),
    read<Pick<EventStatus, 'waiting' | 'parked' | 'relists' | 'rejected'>>(reader, WORK, []),
  ])
  const byOutcome = Object.fromEntries(counts.map(({ outcome, count }) => [outcome, count]))
  const isExact = counts.every(({ lookedAt }) => lookedAt < LOOKED_AT_MAX)
  const [last] = newest
  return {
    newestAt: last === undefined ? null : milliseconds(last.at),
    receivedAt: last === undefined ? null : milliseconds(last.receivedAt),
    counts: { mapped: 0, none: 0, relist: 0, unmapped: 0, ...byOutcome },
    isExact,
    silent:
      isExact && seesEveryType(reader.scope)
        ? await readSilent(
            reader,
            counts.flatMap(({ accounts }) => accounts),
          )
        : undefined,
    unmapped: unmapped.map(row => ({ ...row, lastAt: milliseconds(row.lastAt) })),
    ...(work[0] ?? { waiting: 0, parked: 0, relists: 0, rejected: 0 }),
  }
}

async function readSilent(reader: Reader, heard: readonly string[]) {
  const rows = await read<SilentAccount & { count: number }>(reader, SILENT, [heard])
  return {
    count: rows[0]?.count ?? 0,
    accounts: rows.map(({ account, accountName }) => ({ account, accountName })),
  }
}
