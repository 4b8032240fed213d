import type { Event } from '../../model/event.ts'
import { touchedReader } from '../../model/touched-asset.ts'
import type { Relist } from '../../ports/refresh-store.ts'
import { texts, times } from '../binary.ts'
import type { Connection } from '../database.ts'
import { bounded } from './bounded.ts'

const REASON_LENGTH_MAX = 300

/** What events say has changed without naming it. Scopes of accounts or regions that there cannot be are left out. */
export function relistsOf(events: readonly Event[]): Relist[] {
  const identityOf = touchedReader()
  return events.flatMap(event => {
    const { outcome, at } = event
    if (outcome.kind !== 'relist') return []
    return outcome.types.flatMap(scope => {
      const identity = identityOf(event.provider, { ...scope, id: ANY })
      if (identity === undefined) return []
      const { provider, account, region, type } = identity
      return [{ scope: { provider, account, region, type }, requestedAt: at, reason: outcome.reason }]
    })
  })
}

const ANY = '*'

/** Keeps of each scope the request of the latest event. */
export async function storeRelists(connection: Connection, relists: readonly Relist[]): Promise<void> {
  if (relists.length === 0) return
  const latest = new Map<string, Relist>()
  for (const { scope, requestedAt, reason } of relists) {
    const relist = { scope, requestedAt, reason: bounded(reason, REASON_LENGTH_MAX) }
    const key = `${scope.provider}\n${scope.account}\n${scope.region}\n${scope.type}`
    const known = latest.get(key)
    if (known === undefined || isLater(relist, known)) latest.set(key, relist)
  }
  const sorted = [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relist]) => relist)
  await connection.query({
    name: 'events-relists',
    text: `insert into relist (provider, account, region, type, requested_at, reason)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
           on conflict (provider, account, region, type) do update set requested_at = excluded.requested_at, reason = excluded.reason
           where (excluded.requested_at, excluded.reason) > (relist.requested_at, relist.reason)`,
    values: [
      texts(sorted.map(({ scope }) => scope.provider)),
      texts(sorted.map(({ scope }) => scope.account)),
      texts(sorted.map(({ scope }) => scope.region)),
      texts(sorted.map(({ scope }) => scope.type)),
      times(sorted.map(({ requestedAt }) => requestedAt)),
      texts(sorted.map(({ reason }) => reason)),
    ],
  })
}

function isLater(relist: Relist, known: Relist): boolean {
  return relist.requestedAt === known.requestedAt
    ? relist.reason > known.reason
    : relist.requestedAt > known.requestedAt
}
