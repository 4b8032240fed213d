import { ACCOUNT_ENTRY } from '../../model/scan-scope.ts'
import { milliseconds, type Reader, read, statement, visible, visibleAccount } from './reader.ts'

/** How the scopes of one type stand. */
export interface TypeStatus {
  readonly type: string
  readonly assets: number
  readonly read: number
  readonly denied: number
  readonly failed: number
  readonly skipped: number
  /** The read that is longest ago; null: none. */
  readonly oldest: number | null
}

const TYPES = statement(
  'status-types',
  `select s.type, coalesce(sum(s.assets), 0)::float8 as assets, min(s.read_at) filter (where s.outcome <> 'skipped') as oldest,
     count(*) filter (where s.outcome = 'read')::int as read, count(*) filter (where s.outcome = 'denied')::int as denied,
     count(*) filter (where s.outcome = 'failed')::int as failed, count(*) filter (where s.outcome = 'skipped')::int as skipped
   from scope s where ${visible('s', ACCOUNT_ENTRY)} group by s.type order by s.type`,
)

/** One row for each type; accounts that could not be entered are under the type `account`. */
export async function readTypeStatus(reader: Reader): Promise<TypeStatus[]> {
  const rows = await read<Omit<TypeStatus, 'oldest'> & { oldest: Date | null }>(reader, TYPES, [])
  return rows.map(row => ({ ...row, oldest: row.oldest === null ? null : milliseconds(row.oldest) }))
}

/** How one account stands. */
export interface AccountStatus {
  readonly provider: string
  readonly account: string
  readonly accountName: string | null
  readonly status: string | null
  readonly assets: number
  readonly read: number
  readonly unread: number
  readonly oldest: number | null
  readonly newest: number | null
}

const ACCOUNTS = statement(
  'status-accounts',
  `select c.provider, c.id as account, c.name as "accountName", c.status, coalesce(s.assets, 0)::float8 as assets,
     coalesce(s.read, 0)::int as read, coalesce(s.unread, 0)::int as unread, s.oldest, s.newest
   from account c
   left join lateral (
     select sum(assets) as assets, count(*) filter (where outcome = 'read') as read,
       count(*) filter (where outcome in ('denied', 'failed')) as unread, min(read_at) as oldest, max(read_at) as newest
     from scope s where s.account = c.id and s.provider = c.provider and ${visible('s', ACCOUNT_ENTRY)}
   ) s on true
   where ${visibleAccount('c')} order by s.unread > 0 desc nulls last, c.name, c.id limit $3`,
)
const ACCOUNT_COUNT = statement(
  'status-account-count',
  `select count(*)::int as count from account c where ${visibleAccount('c')}`,
)

/** Accounts, those with gaps first. */
export async function readAccountStatus(
  reader: Reader,
  limit: number,
): Promise<{ accounts: AccountStatus[]; total: number }> {
  const [rows, counts] = await Promise.all([
    read<Omit<AccountStatus, 'oldest' | 'newest'> & { oldest: Date | null; newest: Date | null }>(reader, ACCOUNTS, [
      limit,
    ]),
    read<{ count: number }>(reader, ACCOUNT_COUNT, []),
  ])
  const accounts = rows.map(row => ({
    ...row,
    oldest: row.oldest === null ? null : milliseconds(row.oldest),
    newest: row.newest === null ? null : milliseconds(row.newest),
  }))
  return { accounts, total: counts[0]?.count ?? 0 }
}
