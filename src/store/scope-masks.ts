import type { AccessScope, Mask } from '../model/access-scope.ts'
import type { Database } from './database.ts'

/** A mask in use is written down again after this, and one that is not is dropped after that. */
const FRESH_MS = 3_600_000
const UNUSED_DAYS = 7

const SAVE = {
  name: 'scope-mask',
  text: `with old as (delete from scope_mask where used_at < now() - interval '${UNUSED_DAYS} days' and key <> $1)
    insert into scope_mask (key, bits, used_at) values ($1, $2, now()) on conflict (key) do update set used_at = excluded.used_at`,
}

interface Saved {
  readonly at: number
  readonly done: Promise<unknown>
}

const saved = new WeakMap<Database, Map<string, Saved>>()

/**
 * What a statement is given for a scope: the key of its accounts' mask, which is in the store from then on, and the types' mask. Of a key
 * that is not there nothing may be seen.
 */
export async function scopeParameters(
  database: Database,
  { limits }: AccessScope,
): Promise<[string | null, string | null]> {
  if (limits === null) return [null, null]
  await ensure(database, limits.accounts)
  return [limits.accounts.key, limits.types.json]
}

async function ensure(database: Database, { key, json }: Mask): Promise<void> {
  const known = saved.get(database) ?? new Map<string, Saved>()
  saved.set(database, known)
  const before = known.get(key)
  const now = performance.now()
  if (before !== undefined && now - before.at < FRESH_MS) {
    await before.done
    return
  }
  const done = database.query({ ...SAVE, values: [key, json] })
  known.set(key, { at: now, done })
  try {
    await done
  } catch (error) {
    known.delete(key)
    throw error
  }
}

/** The same store by other connections: masks that are in it need not be written down again. */
export function shareMasks(from: Database, to: Database): void {
  const known = saved.get(from) ?? new Map<string, Saved>()
  saved.set(from, known)
  saved.set(to, known)
}

/** A mask in a statement, by its key: a whole value, so that it is fetched once and not for every row. */
export function maskOf(key: string): string {
  return `(select m.bits #> '{}' from scope_mask m where m.key = ${key})`
}
