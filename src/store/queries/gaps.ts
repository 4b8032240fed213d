import { ACCOUNT_ENTRY } from '../../model/scan-scope.ts'
import { lookup, milliseconds, type Reader, read, statement, timestamp, visible, visibleAccount } from './reader.ts'
import { readShared } from './together.ts'

/** A part of the clouds of which something is not, or no longer, known. */
export interface Gap {
  readonly provider: string
  readonly account: string
  readonly accountName: string | null
  /** Null: every one. */
  readonly region: string | null
  readonly type: string | null
  readonly outcome: 'denied' | 'failed' | 'stale' | 'unread'
  /** The last read in full; null: never. */
  readonly readAt: number | null
  readonly detail: string | null
  readonly needs: readonly string[]
}

interface Row extends Omit<Gap, 'readAt' | 'needs'> {
  readonly readAt: Date | null
  readonly needs: readonly string[] | null
}

const COLUMNS = `s.provider, s.account, c.name as "accountName", s.region, s.type, s.read_at as "readAt", s.detail, s.needs`
const FROM = 'from scope s left join account c on c.provider = s.provider and c.id = s.account'

/** In an order that the indexes have: which ones are told does not depend on others that are there. */
const GAPS = (types: string) => `
  (select ${COLUMNS}, s.outcome ${FROM}
   where s.outcome in ('denied', 'failed') ${types} and ${visible('s', ACCOUNT_ENTRY)}
   order by s.type, s.account, s.region limit $4)
  union all
  (select ${COLUMNS}, 'stale' ${FROM}
   where s.outcome = 'read' and s.read_at < $3 ${types} and s.type <> '${ACCOUNT_ENTRY}' and ${visible('s')}
   order by s.type, s.read_at, s.account, s.region limit $4)`

/** Two statements, because a condition that may not hold is no use to an index. */
const ALL_GAPS = lookup('gaps', GAPS(''))
const GAPS_OF_TYPES = lookup('gaps-of-types', GAPS('and s.type = any($5::text[])'))

/** Of an account that was never tried there is no scope: it may be new, or its role may be missing. */
const UNREAD = statement(
  'unread-accounts',
  `select c.provider, c.id as account, c.name as "accountName", null as region, null as type, 'unread' as outcome,
     null as "readAt", null as detail, null as needs
   from account c
   where coalesce(c.status, 'ACTIVE') = 'ACTIVE' and ${visibleAccount('c')}
     and not exists (select 1 from scope s where s.provider = c.provider and s.account = c.id and ${visible('s', ACCOUNT_ENTRY)})
   order by c.id limit $3`,
)

/** Everything is read at least once a day; what is older than that and some grace is stale. */
const STALE_AFTER_MS = 26 * 3_600_000
const MINUTE_MS = 60_000

/**
 * What of some types (null: all) could not be read, or was not for a day; of each sort at most `limit`. That an account
 * could not be entered at all concerns every type.
 */
export async function readGaps(
  reader: Reader,
  types: readonly string[] | null,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<readonly Gap[]> {
  // To the minute: whoever asks at the same time asks for the same.
  const stale = timestamp(Math.floor((now - STALE_AFTER_MS) / MINUTE_MS) * MINUTE_MS)
  return types === null
    ? readShared(reader, ALL_GAPS, [stale, limit], gapOf)
    : readShared(reader, GAPS_OF_TYPES, [stale, limit, [...types, ACCOUNT_ENTRY]], gapOf)
}

/** Accounts that are known and of which nothing was ever tried to be read. */
export async function readUnreadAccounts(reader: Reader, limit: number): Promise<Gap[]> {
  return (await read<Row>(reader, UNREAD, [limit])).map(gapOf)
}

function gapOf(row: Row): Gap {
  return { ...row, readAt: row.readAt === null ? null : milliseconds(row.readAt), needs: row.needs ?? [] }
}
