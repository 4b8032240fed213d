import type { Actor } from '../../model/actor.ts'
import { HOPS_MAX, withCallers } from '../../model/actor-chain.ts'
import type { Database } from '../database.ts'

const CHAINS = {
  name: 'read-actor-chains',
  text: `with recursive chain as (
     select n.id as root, 0 as hop, a.id, a.access_key from unnest($1::uuid[]) as n (id) join actor a on a.id = n.id
     union all
     select c.root, c.hop + 1, a.id, a.access_key from chain c
     join credential k on k.access_key = c.access_key join actor a on a.id = k.caller where c.hop < ${HOPS_MAX}
   )
   select c.root, c.id, a.body - 'raw' as body from chain c join actor a on a.id = c.id order by c.root, c.hop`,
}

/**
 * Actors with whoever stood behind their temporary keys, by id. It applies no scope: ids come from events that the asker may see, and
 * who did something to one's assets is told, whatever account they came from.
 */
export async function readActors(database: Database, ids: readonly string[]): Promise<Map<string, Actor>> {
  if (ids.length === 0) return new Map()
  const rows = await database.query<{ root: string; id: string; body: Omit<Actor, 'raw'> }>({
    ...CHAINS,
    values: [[...new Set(ids)]],
  })
  const chains = Map.groupBy(rows, row => row.root)
  return new Map([...chains].map(([root, chain]) => [root, joinedOf(chain)]))
}

/** Keys that point at each other end the chain where it meets itself. */
function joinedOf(chain: readonly { readonly id: string; readonly body: Omit<Actor, 'raw'> }[]): Actor {
  const steps = chain.filter(({ id }, hop) => chain.findIndex(other => other.id === id) === hop)
  const [actor, ...callers] = steps.map(({ body }): Actor => ({ ...body, via: body.via ?? [], raw: null }))
  return withCallers(actor ?? NOBODY, callers)
}

const NOBODY: Actor = { kind: 'unknown', via: [], raw: null }
