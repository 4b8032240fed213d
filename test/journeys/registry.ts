import type { Database } from '../../src/store/database.ts'

/** What the registry holds, in the words that journeys check. */
export interface Holdings {
  readonly versions: number
  /** Native ids of the assets that are said to be gone, in order. */
  readonly ended: readonly string[]
  readonly assets: number
}

export async function holdings(database: Database): Promise<Holdings> {
  const [row] = await database.query<{ versions: number; assets: number; ended: string[] | null }>(
    `select (select count(*)::int from version) as versions, (select count(*)::int from asset) as assets,
       (select array_agg(a.native_id order by a.native_id) from history h join asset a on a.id = h.asset
        where h.gone and h.valid_to = 'infinity') as ended`,
  )
  return { versions: row?.versions ?? 0, assets: row?.assets ?? 0, ended: row?.ended ?? [] }
}

export interface ScopeRow {
  readonly account: string
  readonly region: string
  readonly type: string
  readonly outcome: string
  readonly detail: string | null
  readonly needs: readonly string[] | null
  readonly wasRead: boolean
}

/** How the scopes of an account ended, those that were read in full left out. */
export function unreadScopes(database: Database, account: string): Promise<ScopeRow[]> {
  return database.query<ScopeRow>(
    `select account, region, type, outcome, detail, needs, read_at is not null as "wasRead"
     from scope where account = $1 and outcome <> 'read' order by region, type`,
    [account],
  )
}

/** What was written since a count of versions was taken, for a message that explains a failure. */
export async function changesSince(database: Database, at: number): Promise<string[]> {
  const rows = await database.query<{ line: string }>(
    `select a.type || ' ' || a.native_id || case when v.digest is null then ' gone' else '' end as line
     from version v join asset a on a.id = v.asset where v.valid_from > to_timestamp($1::float8 / 1000) order by 1`,
    [at],
  )
  return rows.map(({ line }) => line)
}
