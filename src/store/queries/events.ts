import type { Actor } from '../../model/actor.ts'
import { personOf, tellingOf } from '../../model/actor-chain.ts'
import type { TouchedAsset } from '../../model/change.ts'
import type { Provider } from '../../model/identity.ts'
import type { Database } from '../database.ts'
import { readActors } from './actors.ts'
import { milliseconds } from './reader.ts'

/** What an event that is kept says; records of one call in several accounts' trails are one. */
export interface KnownEvent {
  /** Of the record that tells most of the actor. */
  readonly id: string
  readonly at: number
  readonly provider: Provider
  readonly source: string
  readonly name: string
  /** Whose trails it is in. */
  readonly account: string
  readonly region: string
  readonly outcome: 'mapped' | 'none' | 'relist' | 'unmapped'
  readonly reason: string | null
  readonly touched: readonly TouchedAsset[]
  /** The request's parameters as JSON text, or the beginning of it. */
  readonly request: string | null
  /** With whoever stood behind them. */
  readonly actor: Actor
  /** Equal for one person. */
  readonly person: string
}

/** Events are found by time and id: that is their key. */
export interface EventKey {
  readonly at: number
  readonly id: string
}

interface Row extends Omit<KnownEvent, 'at' | 'touched' | 'actor' | 'person'> {
  readonly wanted: string
  readonly at: Date
  readonly actor: string
  readonly touched: string | null
}

const COLUMNS = (withRequest: boolean) =>
  `e.id, e.at, e.provider, e.source, e.name, e.account, e.region, e.outcome, e.reason, e.actor, e.touched, ${withRequest ? 'e.request' : 'null as request'}`

const EVENTS = (withRequest: boolean) => `
  with wanted as materialized (
    select e.* from unnest($1::timestamptz[], $2::uuid[]) as n (at, id) join event e on e.at = n.at and e.id = n.id
  )
  select e.id as wanted, ${COLUMNS(withRequest)} from wanted e
  union all
  select w.id as wanted, ${COLUMNS(withRequest)} from wanted w join event e on e.shared_id = w.shared_id
  where w.shared_id is not null and e.id <> w.id`
const BRIEF = { name: 'read-events', text: EVENTS(false) }
const WITH_REQUEST = { name: 'read-events-whole', text: EVENTS(true) }

/**
 * The events of these keys, each under the id it was asked by. It applies no scope: keys come from statements that do. Of what an event
 * touched, the reader shows only what may be seen.
 */
export async function readEvents(
  database: Database,
  keys: readonly EventKey[],
  { withRequest = false }: { readonly withRequest?: boolean } = {},
): Promise<Map<string, KnownEvent>> {
  if (keys.length === 0) return new Map()
  const rows = await database.query<Row>({
    ...(withRequest ? WITH_REQUEST : BRIEF),
    values: [keys.map(({ at }) => new Date(at)), keys.map(({ id }) => id)],
  })
  const actors = await readActors(
    database,
    rows.map(row => row.actor),
  )
  const records = rows.map(row => ({ row, actor: actors.get(row.actor) ?? NOBODY }))
  const groups = Map.groupBy(records, ({ row }) => row.wanted)
  return new Map([...groups].flatMap(([wanted, group]) => oneOf(group).map(event => [wanted, event] as const)))
}

const NOBODY: Actor = { kind: 'unknown', via: [], raw: null }

interface ActedRecord {
  readonly row: Row
  readonly actor: Actor
}

/** The record that tells most speaks for all; what they touched is put together. */
function oneOf(records: readonly ActedRecord[]): KnownEvent[] {
  const sorted = records.toSorted((a, b) => tellingOf(b.actor) - tellingOf(a.actor) || (a.row.id < b.row.id ? -1 : 1))
  const [best] = sorted
  if (best === undefined) return []
  const { wanted: _, ...row } = best.row
  const touched = sorted.flatMap(({ row }) => touchedOf(row))
  const unique = new Map(touched.map(asset => [`${asset.account} ${asset.region} ${asset.type} ${asset.id}`, asset]))
  return [
    {
      ...row,
      at: milliseconds(row.at),
      touched: [...unique.values()],
      actor: best.actor,
      person: personOf(best.actor) || row.actor,
    },
  ]
}

/** Only what was read of an event's own mapping; the scopes of a relist are no assets. */
function touchedOf({ outcome, touched }: Row): TouchedAsset[] {
  return outcome === 'mapped' && touched !== null ? (JSON.parse(touched) as TouchedAsset[]) : []
}
