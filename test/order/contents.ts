import { EVERYTHING } from '../../src/model/access-scope.ts'
import { eventIdOf } from '../../src/model/event.ts'
import { assetIdOf } from '../../src/model/identity.ts'
import type { Database } from '../../src/store/database.ts'
import { attribute } from '../../src/store/queries/attribution.ts'
import { assetOf, keysOf, typeOf } from './facts.ts'
import { ASSETS, type Story } from './story.ts'
import type { Stories } from './tell.ts'

/** What a story left in the store: for each table its rows as text, in one order; and who made each version. */
export type Contents = ReadonlyMap<string, readonly string[]>

/** Columns that tell when and by which transaction a row was written: they alone may differ. */
const PASSING = ['tx', 'received_at']

const OF_ASSETS = {
  asset: 'id',
  version: 'asset',
  sighting: 'asset',
  identifier: 'asset',
  address: 'asset',
  edge: 'source',
  alias: 'asset',
}

/** What all stories left, by their numbers. */
export async function contentsOf(store: Database, stories: Stories): Promise<Map<number, Contents>> {
  const assets = new Map([...stories.keys()].flatMap(story => assetIds(story).map(id => [id, story] as const)))
  const events = new Map([...stories].flatMap(([story, told]) => eventIds(story, told).map(id => [id, story] as const)))
  const contents = new Map([...stories.keys()].map(story => [story, new Map<string, string[]>()]))
  const add = (story: number | undefined, table: string, row: unknown) => {
    const tables = contents.get(story ?? -1)
    tables?.set(table, [...(tables.get(table) ?? []), JSON.stringify(row)])
  }
  for (const [table, key] of Object.entries(OF_ASSETS)) {
    for (const { id, row } of await rowsOf(store, table, key, [...assets.keys()])) add(assets.get(id), table, row)
  }
  for (const [table, key] of [
    ['event', 'id'],
    ['touch', 'event'],
  ] as const) {
    for (const { id, row } of await rowsOf(store, table, key, [...events.keys()])) add(events.get(id), table, row)
  }
  for (const { event, ...actor } of await actorsOf(store, [...events.keys()])) add(events.get(event), 'actor', actor)
  for (const { story, ...credential } of await credentialsOf(store, [...stories.keys()]))
    add(story, 'credential', credential)
  const types = new Map([...stories.keys()].map(story => [typeOf(story), story]))
  for (const relist of await relistsOf(store, [...types.keys()])) add(types.get(relist.type), 'relist', relist)
  const versions = await versionsOf(store, [...assets.keys()])
  const attributions = await attribute({ database: store, scope: EVERYTHING }, versions)
  for (const [at, attribution] of attributions.entries()) {
    const version = versions[at]
    add(assets.get(version?.asset ?? ''), 'attribution', { ...version, ...attribution })
  }
  return contents
}

export function assetIds(story: number): string[] {
  return Array.from({ length: ASSETS }, (_, asset) => assetIdOf(assetOf(story, asset)))
}

function eventIds(story: number, told: Story): string[] {
  return told.flatMap(({ fact }, number) => (fact.kind === 'event' ? [eventIdOf('aws', `${story} ${number}`)] : []))
}

function rowsOf(store: Database, table: string, key: string, ids: readonly string[]) {
  return store.query<{ id: string; row: unknown }>(
    `select t.${key} as id, to_jsonb(t) - $2::text[] as row from ${table} t where t.${key} = any($1::uuid[]) order by 1, 2`,
    [ids, PASSING],
  )
}

function actorsOf(store: Database, events: readonly string[]) {
  return store.query<{ event: string }>(
    'select e.id as event, to_jsonb(a) as actor from event e join actor a on a.id = e.actor where e.id = any($1::uuid[]) order by 1',
    [events],
  )
}

function credentialsOf(store: Database, stories: readonly number[]) {
  const keys = stories.flatMap(story => keysOf(story).map(key => ({ story, key })))
  return store.query<{ story: number }>(
    `select n.story, to_jsonb(c) as credential, to_jsonb(a) as caller from unnest($1::int[], $2::text[]) as n (story, key)
     join credential c on c.access_key = n.key left join actor a on a.id = c.caller order by c.access_key`,
    [keys.map(({ story }) => story), keys.map(({ key }) => key)],
  )
}

function relistsOf(store: Database, types: readonly string[]) {
  return store.query<{ type: string }>('select * from relist where type = any($1::text[]) order by type, account', [
    types,
  ])
}

function versionsOf(store: Database, assets: readonly string[]) {
  return store.query<{ asset: string; from: number }>(
    `select asset, (extract(epoch from valid_from) * 1000)::float8 as from from version where asset = any($1::uuid[]) order by 1, 2`,
    [assets],
  )
}
