import { askingOf } from '../../src/compose.ts'
import { assetIdOf } from '../../src/model/identity.ts'
import type { Database } from '../../src/store/database.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { record } from '../../src/store/record.ts'
import { saveAccounts, saveScopes } from '../../src/store/scopes.ts'
import { incomingOf } from '../example-events.ts'
import { newToken } from '../http/api.ts'
import { settle } from '../search/drivers.ts'
import type { Tokens } from './doors.ts'
import { type Estate, NOW } from './estate.ts'

/** Puts an estate into a new store, and makes the tokens of those who ask. */
export async function fill(
  database: Database,
  estate: Estate,
  { isFull }: { readonly isFull: boolean },
): Promise<Tokens> {
  await saveAccounts(database, 'aws', estate.accounts, NOW)
  for (const { id, tags } of estate.accounts)
    await database.query('update account set tags = $2 where id = $1', [id, JSON.stringify(tags)])
  const times = [...new Set(estate.observations.map(({ at }) => Math.floor(at / 3_600_000)))].sort()
  for (const time of times)
    await record(
      database,
      estate.observations.filter(({ at }) => Math.floor(at / 3_600_000) === time),
    )
  await saveScopes(database, estate.scopes)
  const rejected = isFull ? [{ source: 'queue', reason: 'no JSON', sample: 'sample' }] : []
  await storeEvents(database, { ...incomingOf(estate.events, estate.credentials), rejected }, NOW - 5_000)
  for (const { asset, isParked } of estate.waiting)
    await database.query(
      `insert into refresh (asset, provider, account, region, type, native_id, since, until, action, attempts, due_at, parked_at, detail)
       values ($1, 'aws', $2, $3, $4, $5, $6, $6, 'update', 1, $6, $7, 'denied') on conflict do nothing`,
      [
        assetIdOf(asset),
        asset.account,
        asset.region,
        asset.type,
        asset.nativeId,
        new Date(NOW),
        isParked ? new Date(NOW) : null,
      ],
    )
  await index(database)
  return { curious: await newToken(database, 'curious'), knowing: await newToken(database, 'knowing') }
}

/** Brings the search index up to date, also with what waited for transactions of other stores of the same server. */
export function index(database: Database): Promise<void> {
  return settle(askingOf(database).search)
}
