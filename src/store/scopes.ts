import { canonicalText } from '../model/canonical.ts'
import { CONSISTENCY_MS } from '../model/consistency.ts'
import type { AccountId, AssetId, AssetIdentity } from '../model/identity.ts'
import { assetIdOf } from '../model/identity.ts'
import type { Outcome, Scope, ScopeResult } from '../model/scan-scope.ts'
import type { Account, Memory } from '../ports/cloud.ts'
import { uuids } from './binary.ts'
import type { Database } from './database.ts'

/**
 * The assets that a complete listing should have shown and did not: present until now, and not read since it began.
 * `isRecent`: an event told of it so shortly before that a listing may not show it yet. A scope of region `global` covers the account's
 * assets of the type in every region.
 */
export async function absentAssets(
  database: Database,
  scopes: readonly { readonly scope: Scope; readonly startedAt: number }[],
): Promise<{ asset: AssetIdentity; startedAt: number; isRecent: boolean }[]> {
  return (
    await database.query<AssetIdentity & { startedAt: number; isRecent: boolean }>({
      name: 'absent-assets',
      text: `select a.provider, a.account, a.region, a.type, a.native_id as "nativeId", n.started as "startedAt",
               v.source = 'event' and v.valid_from >= to_timestamp((n.started - $6) / 1000) as "isRecent"
             from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[]) as n (provider, account, region, type, started)
             join asset a on a.account = n.account and a.type = n.type and a.provider = n.provider and (n.region = 'global' or a.region = n.region)
             cross join lateral (select digest, valid_from, source from version v where v.asset = a.id order by valid_from desc limit 1) v
             where v.digest is not null and v.valid_from < to_timestamp(n.started / 1000)
               and not exists (select from sighting s where s.asset = a.id and s.at >= to_timestamp(n.started / 1000))`,
      values: [
        scopes.map(({ scope }) => scope.provider),
        scopes.map(({ scope }) => scope.account),
        scopes.map(({ scope }) => scope.region),
        scopes.map(({ scope }) => scope.type),
        scopes.map(({ startedAt }) => startedAt),
        CONSISTENCY_MS,
      ],
    })
  ).map(({ startedAt, isRecent, ...asset }) => ({ asset, startedAt, isRecent }))
}

/** Writes down how the reading of scopes ended. What was read in full before keeps its time when a later try fails. */
export async function saveScopes(database: Database, results: readonly ScopeResult[]): Promise<void> {
  const rows = results.map(({ scope, startedAt, outcome }) => ({
    ...scope,
    outcome: outcome.kind,
    tried_at: new Date(startedAt).toISOString(),
    detail: outcome.kind === 'read' ? null : outcome.detail,
    needs: outcome.kind === 'denied' ? outcome.needs : null,
    assets: outcome.kind === 'read' ? outcome.assets : null,
  }))
  await database.query(
    `insert into scope (provider, account, region, type, outcome, read_at, tried_at, detail, needs, assets)
     select provider, account, region, type, outcome, case when outcome = 'read' then tried_at end, tried_at, detail, needs, assets
     from jsonb_to_recordset($1) as n (provider text, account text, region text, type text, outcome text, tried_at timestamptz, detail text, needs text[], assets int)
     order by provider, account, region, type
     on conflict (provider, account, region, type) do update set outcome = excluded.outcome, read_at = coalesce(excluded.read_at, scope.read_at),
       tried_at = excluded.tried_at, detail = excluded.detail, needs = excluded.needs, assets = coalesce(excluded.assets, scope.assets)
     where scope.tried_at <= excluded.tried_at`,
    [canonicalText(rows)],
  )
}

/** When each scope of an account was last tried, and how that ended, by `region type`. */
export async function triedScopes(
  database: Database,
  account: AccountId,
): Promise<Map<string, { triedAt: number; outcome: Outcome['kind'] }>> {
  const rows = await database.query<{ region: string; type: string; tried: string; outcome: Outcome['kind'] }>(
    'select region, type, extract(epoch from tried_at) * 1000 as tried, outcome from scope where account = $1',
    [account],
  )
  return new Map(
    rows.map(({ region, type, tried, outcome }) => [`${region} ${type}`, { triedAt: Number(tried), outcome }]),
  )
}

/** Writes accounts down. An account that was listed with its name is in the unit that was told, or in none; where only its id is known, what was known stays. */
export async function saveAccounts(
  database: Database,
  provider: string,
  accounts: readonly Account[],
  at: number,
): Promise<void> {
  const rows = accounts.map(({ id, name, email, status, path, tags }) => ({
    id,
    name: name ?? null,
    email: email ?? null,
    status,
    path: path ?? null,
    tags: tags ?? null,
  }))
  await database.query(
    `insert into account (provider, id, name, email, status, path, tags, read_at)
     select $1, id, name, email, status, path, coalesce(tags, '{}'), $3::timestamptz
     from jsonb_to_recordset($2) as n (id text, name text, email text, status text, path text, tags jsonb) order by id
     on conflict (provider, id) do update set name = coalesce(excluded.name, account.name), email = coalesce(excluded.email, account.email),
       status = excluded.status, path = case when excluded.name is null then account.path else excluded.path end,
       tags = case when account.id = any($4::text[]) then excluded.tags else account.tags end, read_at = excluded.read_at`,
    [
      provider,
      canonicalText(rows),
      new Date(at).toISOString(),
      accounts.flatMap(({ id, tags }) => (tags === undefined ? [] : [id])),
    ],
  )
}

/** What scans remember of assets, from their last present version. */
export function memoryOf(database: Database): Memory {
  return {
    async known(assets) {
      if (assets.length === 0) return new Map()
      const rows = await database.query<{
        asset: AssetId
        config: Record<string, unknown>
        tags: Record<string, string> | null
      }>({
        name: 'known-assets',
        text: `select n.id as asset, v.config, v.tags from unnest($1::uuid[]) as n (id)
               cross join lateral (select * from version v where v.asset = n.id order by valid_from desc limit 1) v where v.digest is not null`,
        values: [uuids(assets.map(assetIdOf))],
      })
      return new Map(rows.map(({ asset, config, tags }) => [asset, { config, tags: tags ?? {} }]))
    },
  }
}

/** Opens a row for a scan; its counts are filled in as it ends. */
export async function beginScan(database: Database, reason: string, at: number): Promise<string> {
  const rows = await database.query<{ id: string }>(
    'insert into scan (started_at, reason) values ($1, $2) returning id',
    [new Date(at).toISOString(), reason],
  )
  return rows[0]?.id ?? ''
}

export async function endScan(database: Database, id: string, at: number, counts: object): Promise<void> {
  await database.query('update scan set finished_at = $2, counts = $3 where id = $1', [
    id,
    new Date(at).toISOString(),
    JSON.stringify(counts),
  ])
}

/** A value that belongs to the store for good, made once by whoever is first. */
export async function lasting(database: Database, key: string, make: () => string): Promise<string> {
  const rows = await database.query<{ value: string }>(
    'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = setting.value returning value',
    [key, make()],
  )
  return rows[0]?.value ?? ''
}

/** One kind of problem of an account: the scopes that share it. */
export interface ScanProblem {
  readonly outcome: 'denied' | 'failed'
  readonly account: string
  readonly accountName: string | null
  readonly types: readonly string[]
  readonly regions: readonly string[]
  readonly needs: readonly string[]
  /** The provider's words, from one of the scopes. */
  readonly detail: string
}

/** What could not be read since a time, the most far-reaching first. */
export function scanProblems(database: Database, since: number): Promise<ScanProblem[]> {
  return database.query<ScanProblem>(
    `select s.outcome, s.account, a.name as "accountName", array_agg(distinct s.type order by s.type) as types,
       array_agg(distinct s.region order by s.region) as regions, coalesce(s.needs, '{}') as needs, min(s.detail) as detail
     from scope s left join account a on a.provider = s.provider and a.id = s.account
     where s.outcome in ('denied', 'failed') and s.tried_at >= to_timestamp($1::float8 / 1000)
     group by s.outcome, s.account, a.name, s.needs, case when s.outcome = 'failed' then s.type end
     order by count(*) desc, s.account, s.outcome limit 1000`,
    [since],
  )
}
