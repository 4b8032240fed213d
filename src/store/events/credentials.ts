import { tellingOf } from '../../model/actor-chain.ts'
import { texts, uuids } from '../binary.ts'
import type { Connection } from '../database.ts'
import type { ActorRow } from './actors.ts'
import { bounded } from './bounded.ts'

/** Temporary credentials, and who was given them. */
export interface CredentialRow {
  readonly accessKeyId: string
  readonly caller: ActorRow
}

/** As long as an actor's own key is kept. */
const KEY_LENGTH_MAX = 600

/**
 * A role of another account is assumed in two trails: the caller's own tells who it was, the role owner's only which account.
 * The one that tells most stays; of two that tell as much, always the same one.
 */
export async function storeCredentials(connection: Connection, rows: readonly CredentialRow[]): Promise<void> {
  const best = new Map<string, Ranked>()
  for (const { accessKeyId, caller } of rows) {
    const key = bounded(accessKeyId, KEY_LENGTH_MAX)
    const row = { caller: caller.id, rank: tellingOf(caller.actor) }
    const known = best.get(key)
    if (known === undefined || isBetter(row, known)) best.set(key, row)
  }
  if (best.size === 0) return
  const sorted = [...best].sort(([a], [b]) => (a < b ? -1 : 1))
  await connection.query({
    name: 'events-credentials',
    text: `insert into credential (access_key, caller, rank)
           select access_key, caller, rank::smallint from unnest($1::text[], $2::uuid[], $3::text[]) as n (access_key, caller, rank)
           on conflict (access_key) do update set caller = excluded.caller, rank = excluded.rank
           where (excluded.rank, excluded.caller) > (credential.rank, credential.caller)`,
    values: [
      texts(sorted.map(([key]) => key)),
      uuids(sorted.map(([, { caller }]) => caller)),
      texts(sorted.map(([, { rank }]) => String(rank))),
    ],
  })
}

interface Ranked {
  readonly caller: string
  readonly rank: number
}

function isBetter(row: Ranked, known: Ranked): boolean {
  return row.rank === known.rank ? row.caller > known.caller : row.rank > known.rank
}
