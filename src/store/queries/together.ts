import type { Database } from '../database.ts'
import { type Reader, read, type Statement } from './reader.ts'
import { Rounds } from './rounds.ts'

/** A row of a statement that takes many keys; `position`: of its key, from 1 on. */
interface Placed {
  readonly position: number
}

/** The values of one key, in the order of the statement's parameters from $3 on, each of which is an array of them. */
export type Key = readonly unknown[]

type AnyRounds = Rounds<never, readonly object[]>
const rounds = new WeakMap<Database, Map<string, AnyRounds>>()

/**
 * The rows of each key, in the order of the keys, by a statement that takes many of them (`unnest(…) with ordinality`). What is looked up at
 * the same time by whoever may see the same is one statement: under load that costs the store a fraction of asking one by one.
 */
export async function lookUpEach<Row extends object>(
  reader: Reader,
  statement: Statement,
  keys: readonly Key[],
): Promise<(readonly Row[])[]> {
  if (keys.length === 0) return []
  const together = roundsOf<Key, Row>(reader, statement.name, all => rowsOfEach<Row>(reader, statement, all))
  return [...(await together.find(keys))]
}

/** What rows of a statement say. Whoever may see the same and asks for the same at the same time shares one reading. */
export async function readShared<Row extends object, Value extends object>(
  reader: Reader,
  statement: Statement,
  values: readonly unknown[],
  meaningOf: (row: Row) => Value,
): Promise<readonly Value[]> {
  const together = roundsOf<null, Value>(reader, `${statement.name} ${JSON.stringify(values)}`, async all => {
    const found = (await read<Row>(reader, statement, values)).map(meaningOf)
    return all.map(() => found)
  })
  const [found = []] = await together.find([null])
  return found
}

async function rowsOfEach<Row extends object>(
  reader: Reader,
  statement: Statement,
  keys: readonly Key[],
): Promise<Row[][]> {
  const columns = keys[0]?.map((_, column) => keys.map(key => key[column])) ?? []
  const found: Row[][] = keys.map(() => [])
  for (const row of await read<Row & Placed>(reader, statement, columns)) found[row.position - 1]?.push(row)
  return found
}

/** Those that exist are in use: what is idle is forgotten. */
function roundsOf<K, Row extends object>(
  { database, scope: { limits } }: Reader,
  name: string,
  find: (keys: readonly K[]) => Promise<readonly (readonly Row[])[]>,
): Rounds<K, readonly Row[]> {
  const all = rounds.get(database) ?? new Map<string, AnyRounds>()
  rounds.set(database, all)
  const key = limits === null ? name : `${name} ${limits.accounts.key} ${limits.types.key}`
  const known = all.get(key) as Rounds<K, readonly Row[]> | undefined
  if (known !== undefined) return known
  const made = new Rounds(find, () => all.delete(key))
  all.set(key, made as unknown as AnyRounds)
  return made
}
