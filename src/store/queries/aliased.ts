import type { Database } from '../database.ts'

const ALIASED = {
  name: 'read-aliased',
  text: 'select alias, asset from alias where alias = any($1::uuid[])',
}

/** The assets behind ids that are other names of them; it tells ids only, what is behind them applies the scope. */
export async function readAliased(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await database.query<{ alias: string; asset: string }>({ ...ALIASED, values: [ids] })
  return new Map(rows.map(({ alias, asset }) => [alias, asset]))
}
