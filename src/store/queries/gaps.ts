import { ACCOUNT_ENTRY } from '../../model/scan-scope.ts'
import { milliseconds, type Reader, read, statement, timestamp, visible, visibleAccount } from './reader.ts'

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

/** Of these types, and whether the account could be entered at all: that holds for every type. */
const CONCERNED = `($3::text[] is null or s.type = any($3) or s.type = '${ACCOUNT_ENTRY}')`

const GAPS = statement(
  'gaps',
  `(select ${COLUMNS}, s.outcome ${FROM}
    where s.outcome in ('denied', 'failed') and ${CONCERNED} and ${visible('s', ACCOUNT_ENTRY)} limit $5)
   union all
   (select ${COLUMNS}, 'stale' ${FROM}
    where s.outcome = 'read' and s.read_at < $4 and ${CONCERNED} and s.type <> '${ACCOUNT_ENTRY}' and ${visible('s')} limit $5)`,
)

/** Of an account that was never tried there is no scope: it may be new, or its role may be missing. */
const UNREAD = statement(
  'unread-accounts',
  `select c.provider, c.id as account, c.name as "accountName", null as region, null as type, 'unread' as outcome,
     null as "readAt", null as detail, null as needs
   from account c
   where coalesce(c.status, 'ACTIVE') = 'ACTIVE' and ${visibleAccount('c')}
     and not exists (select 1 from scope s where s.provider = c.provider and s.account = c.id)
   order by c.id limit $3`,
)

/** Everything is read at least once a day; what is older than that and some grace is stale. */
const STALE_AFTER_MS = 26 * 3_600_000
/** Gaps that are read for one answer; more are said to be more. */
export const GAPS_MAX = 200

/** What of some types (null: all) could not be read, or was not for a day. */
export async function readGaps(reader: Reader, types: readonly string[] | null, now: number): Promise<Gap[]> {
  const rows = await read<Row>(reader, GAPS, [types, timestamp(now - STALE_AFTER_MS), GAPS_MAX])
  return rows.map(gapOf)
}

/** Accounts that are known and of which nothing was ever tried to be read. */
export async function readUnreadAccounts(reader: Reader): Promise<Gap[]> {
  return (await read<Row>(reader, UNREAD, [GAPS_MAX])).map(gapOf)
}

function gapOf(row: Row): Gap {
  return { ...row, readAt: row.readAt === null ? null : milliseconds(row.readAt), needs: row.needs ?? [] }
}
