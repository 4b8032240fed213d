import { canonicalText } from '../model/canonical.ts'
import type { RelistScope, TouchedAsset } from '../model/change.ts'
import type { KeptOutcome } from '../model/event.ts'
import { type AssetId, type AssetIdentity, assetIdOf } from '../model/identity.ts'
import type { Scope } from '../model/scan-scope.ts'
import type { Parked, Refresh, RefreshedEvent, RefreshStore, Relist } from '../ports/refresh-store.ts'
import { times, uuids } from './binary.ts'
import type { Database } from './database.ts'
import { eventWritersEnd } from './events/event-writers.ts'
import { storeRelists } from './events/relists.ts'
import { takeLead } from './lead.ts'
import { record } from './record.ts'
import { memoryOf } from './scopes.ts'

/** Under this key `setting` says until when everything received is answered, in milliseconds since 1970. */
const ANSWERED_KEY = 'refreshed-until'
const EVENTS_OF_A_BATCH = 5_000
/** What happened that long before we stopped is history when it arrives: scans have read what became of it. */
const LATE_MS_MAX = 24 * 60 * 60_000

/** What refreshing keeps in the store. */
export function refreshStoreOf(database: Database): RefreshStore {
  return {
    ...memoryOf(database),
    record: async observations => (await record(database, observations)).verdicts,
    aliased: ids => aliased(database, ids),
    lastSeen: ids => lastSeen(database, ids),
    wait: refreshes => wait(database, refreshes),
    park: parked => park(database, parked),
    settle: refreshes => settle(database, refreshes),
    waiting: (dueBy, limit) => waiting(database, dueBy, limit),
    kept: () => kept(database),
    answered: () => answered(database),
    unanswered: signal => unanswered(database, signal),
    answeredUntil: receivedAt => answeredUntil(database, receivedAt),
    relists: () => relists(database),
    requestRelists: relists => database.transaction(connection => storeRelists(connection, relists)),
    relisted: (scopes, startedAt) => relisted(database, scopes, startedAt),
    lead: (signal, onWait) => takeLead(database, signal, onWait),
  }
}

async function aliased(database: Database, ids: readonly AssetId[]): Promise<ReadonlyMap<AssetId, AssetIdentity[]>> {
  const rows = await database.query<AssetIdentity & { alias: AssetId }>({
    name: 'refresh-aliased',
    text: `select l.alias, a.provider, a.account, a.region, a.type, a.native_id as "nativeId"
           from alias l join asset a on a.id = l.asset where l.alias = any($1::uuid[])`,
    values: [uuids(ids)],
  })
  return new Map(
    [...Map.groupBy(rows, ({ alias }) => alias)].map(([id, group]) => [id, group.map(({ alias, ...asset }) => asset)]),
  )
}

async function lastSeen(database: Database, ids: readonly AssetId[]): Promise<ReadonlyMap<AssetId, number>> {
  const rows = await database.query<{ id: AssetId; at: number | null }>({
    name: 'refresh-last-seen',
    text: `select n.id, (extract(epoch from max(greatest(
               (select max(valid_from) from version v where v.asset = b.asset), (select max(at) from sighting s where s.asset = b.asset)))) * 1000)::float8 as at
           from unnest($1::uuid[]) as n (id)
           cross join lateral (select n.id as asset union all select l.asset from alias l where l.alias = n.id) b
           group by n.id`,
    values: [uuids(ids)],
  })
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])))
}

const COLUMNS =
  'asset, provider, account, region, type, native_id, since, until, action, attempts, due_at, parked_at, detail, needs'
/** A row that knows of a later event is left as it is. */
const UPSERT = {
  name: 'refresh-upsert',
  text: `insert into refresh (${COLUMNS})
         select ${COLUMNS} from jsonb_populate_recordset(null::refresh, $1) order by asset
         on conflict (asset) do update set since = least(refresh.since, excluded.since), until = excluded.until, action = excluded.action,
           attempts = excluded.attempts, due_at = excluded.due_at, parked_at = excluded.parked_at, detail = excluded.detail, needs = excluded.needs
         where refresh.until <= excluded.until`,
}

async function wait(database: Database, refreshes: readonly Refresh[]): Promise<void> {
  await database.query({ ...UPSERT, values: [canonicalText(refreshes.map(rowOf))] })
}

async function park(database: Database, parked: readonly Parked[]): Promise<void> {
  const rows = parked.map(({ refresh, detail, needs }) => ({
    ...rowOf(refresh),
    parked_at: iso(refresh.dueAt),
    detail,
    needs,
  }))
  await database.query({ ...UPSERT, values: [canonicalText(rows)] })
}

function rowOf({ asset, since, until, action, attempts, dueAt }: Refresh) {
  const { provider, account, region, type, nativeId: native_id } = asset
  const place = { asset: assetIdOf(asset), provider, account, region, type, native_id }
  return { ...place, since: iso(since), until: iso(until), action, attempts, due_at: iso(dueAt) }
}

async function settle(database: Database, refreshes: readonly Refresh[]): Promise<void> {
  await database.query({
    name: 'refresh-settle',
    text: `delete from refresh r using unnest($1::uuid[], $2::timestamptz[]) as n (asset, until)
           where r.asset = n.asset and r.until <= n.until`,
    values: [uuids(refreshes.map(({ asset }) => assetIdOf(asset))), times(refreshes.map(({ until }) => until))],
  })
}

async function waiting(database: Database, dueBy: number, limit: number): Promise<readonly Refresh[]> {
  const rows = await database.query<AssetIdentity & Omit<Refresh, 'asset'>>({
    name: 'refresh-waiting',
    text: `select provider, account, region, type, native_id as "nativeId", action, attempts, ${ms('since')} as since, ${ms('until')} as until,
             ${ms('due_at')} as "dueAt"
           from refresh where parked_at is null and due_at <= to_timestamp($1::float8 / 1000) order by due_at limit $2`,
    values: [dueBy, limit],
  })
  return rows.map(({ action, attempts, since, until, dueAt, ...asset }) => ({
    asset,
    action,
    attempts,
    since,
    until,
    dueAt,
  }))
}

async function kept(database: Database): Promise<{ waiting: AssetId[]; parked: AssetId[] }> {
  const rows = await database.query<{ asset: AssetId; isParked: boolean }>(
    'select asset, parked_at is not null as "isParked" from refresh',
  )
  const of = (isParked: boolean) => rows.filter(row => row.isParked === isParked).map(({ asset }) => asset)
  return { waiting: of(false), parked: of(true) }
}

async function answered(database: Database): Promise<number | undefined> {
  const [row] = await database.query<{ value: string }>('select value from setting where key = $1', [ANSWERED_KEY])
  return row === undefined ? undefined : Number(row.value)
}

async function answeredUntil(database: Database, receivedAt: number): Promise<void> {
  await database.query(
    'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [ANSWERED_KEY, String(receivedAt)],
  )
}

/** In the order in which things happened, page by page along the key. */
async function* unanswered(database: Database, signal: AbortSignal): AsyncGenerator<readonly RefreshedEvent[]> {
  const since = await answered(database)
  if (since === undefined) return
  await eventWritersEnd(database, signal)
  let after = { at: new Date(since - LATE_MS_MAX).toISOString(), id: '00000000-0000-0000-0000-000000000000' }
  while (!signal.aborted) {
    const rows = await database.query<EventRow>({
      name: 'refresh-unanswered',
      text: `select at::text, id, ${ms('at')} as ms, provider, source, name, account, region, outcome, coalesce(reason, '') as reason, touched
             from event where (at, id) > ($1::timestamptz, $2::uuid) and received_at > to_timestamp($3::float8 / 1000) and outcome <> 'none'
             order by at, id limit $4`,
      values: [after.at, after.id, since, EVENTS_OF_A_BATCH],
    })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(eventOf)
    after = last
  }
}

interface EventRow extends Omit<RefreshedEvent, 'at' | 'outcome'> {
  readonly at: string
  readonly id: string
  readonly ms: number
  readonly outcome: KeptOutcome['kind']
  readonly reason: string
  readonly touched: string | null
}

function eventOf({ provider, ms, source, name, account, region, outcome, reason, touched }: EventRow): RefreshedEvent {
  return { provider, at: ms, source, name, account, region, outcome: outcomeOf(outcome, reason, touched) }
}

/** As `storeEvents` wrote it. */
function outcomeOf(kind: KeptOutcome['kind'], reason: string, touched: string | null): KeptOutcome {
  if (kind === 'mapped') return { kind, assets: JSON.parse(touched ?? '[]') as TouchedAsset[] }
  if (kind === 'relist') return { kind, types: JSON.parse(touched ?? '[]') as RelistScope[], reason }
  return { kind, reason }
}

async function relists(database: Database): Promise<readonly Relist[]> {
  const rows = await database.query<Scope & { requestedAt: number; reason: string }>(
    `select provider, account, region, type, ${ms('requested_at')} as "requestedAt", reason from relist order by requested_at limit $1`,
    [RELISTS_MAX],
  )
  return rows.map(({ requestedAt, reason, ...scope }) => ({ scope, requestedAt, reason }))
}

const RELISTS_MAX = 10_000

async function relisted(database: Database, scopes: readonly Scope[], startedAt: number): Promise<void> {
  await database.query(
    `delete from relist r using unnest($1::text[], $2::text[], $3::text[], $4::text[]) as n (provider, account, region, type)
     where (r.provider, r.account, r.region, r.type) = (n.provider, n.account, n.region, n.type) and r.requested_at <= to_timestamp($5::float8 / 1000)`,
    [
      scopes.map(({ provider }) => provider),
      scopes.map(({ account }) => account),
      scopes.map(({ region }) => region),
      scopes.map(({ type }) => type),
      startedAt,
    ],
  )
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

function ms(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::float8`
}
