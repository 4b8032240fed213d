import {
  type Certainty,
  EARLIER_MAX,
  type Explanation,
  explain,
  explainedFrom,
  type Seen,
  type Touch,
} from '../../model/attribution.ts'
import type { Action } from '../../model/change.ts'
import { assetIdOf } from '../../model/identity.ts'
import { isNotice } from '../../model/notice.ts'
import { touchedReader } from '../../model/touched-asset.ts'
import { type KnownEvent, readEvents } from './events.ts'
import { lookup, milliseconds, type Reader, read, timestamp, visible } from './reader.ts'

/** A version: the asset, and when it was first seen so. */
export interface VersionKey {
  readonly asset: string
  readonly from: number
}

/** Which events explain a version, as far as is known when it is asked. */
export interface Attribution {
  readonly certainty: Certainty
  /** How the version was found: scan, event or live; undefined: it may not be seen, or is none. */
  readonly source: string | undefined
  /** The newest first. */
  readonly events: readonly KnownEvent[]
}

/** Touches that are looked at for one version: with more, nothing is certain. */
const TOUCHES_MAX = 200

/** The ids that events may have touched an asset by. */
const NAMES = (table: string) =>
  `select ${table}.asset as name union all select l.alias from alias l where l.asset = ${table}.asset`

/**
 * Each version with those before it that may share events with it (`hop` 1 and up; none, where nothing happened shortly before), and what touched the asset under any of its names in
 * the time that may explain it.
 */
const CHAINS = lookup(
  'attribution',
  `with recursive chain as (
     select n.position, 0 as hop, n.asset, n.at from unnest($3::uuid[], $4::timestamptz[]) with ordinality as n (asset, at, position)
     join asset a on a.id = n.asset where ${visible('a')}
     union all
     select c.position, c.hop + 1, c.asset, e.valid_from from chain c
     cross join lateral (select valid_from from version v where v.asset = c.asset and v.valid_from < c.at order by valid_from desc limit 1) e
     left join lateral (select s.at from sighting s where s.asset = c.asset and s.at < c.at order by s.at desc limit 1) s on true
     where c.hop < ${EARLIER_MAX} and e.valid_from > greatest(e.valid_from, s.at) - $5::float8 * interval '1 ms' and exists (
       select from (${NAMES('c')}) n join touch t on t.asset = n.name
       where t.at <= greatest(e.valid_from, s.at) and t.at > greatest(e.valid_from, s.at) - $5::float8 * interval '1 ms')
   ), spans as (
     select c.*, v.source, v.digest is null as gone, e.valid_from is null or e.digest is null as absent, greatest(e.valid_from, s.at) as previous
     from chain c
     join version v on v.asset = c.asset and v.valid_from = c.at
     left join lateral (select valid_from, digest from version e where e.asset = c.asset and e.valid_from < c.at order by e.valid_from desc limit 1) e on true
     left join lateral (select s.at from sighting s where s.asset = c.asset and s.at < c.at order by s.at desc limit 1) s on true
   )
   select s.position, s.hop, s.asset, s.at, s.source, s.gone, s.absent, s.previous, t.events, t.times, t.names
   from spans s
   cross join lateral (
     select array_agg(t.event) as events, array_agg(extract(epoch from t.at) * 1000)::float8[] as times, array_agg(t.asset) as names
     from (
       select t.event, t.at, t.asset from (${NAMES('s')}) n
       cross join lateral (
         select t.event, t.at, t.asset from touch t where t.asset = n.name and t.at <= s.at
           and t.at > coalesce(s.previous - (case when s.gone then $6::float8 else $5::float8 end) * interval '1 ms', '-infinity')
         order by t.at desc, t.event desc limit ${TOUCHES_MAX + 1}
       ) t
       order by t.at desc, t.event desc limit ${TOUCHES_MAX + 1}
     ) t
   ) t
   order by s.position, s.hop`,
)

/** What is told to have touched some asset of a type and place, in the times that may explain versions of such assets. */
const RELISTS = lookup(
  'attribution-relists',
  `select n.position, e.events, e.times from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[]) with ordinality as n (asset, since, until, position)
   join asset a on a.id = n.asset and ${visible('a')}
   cross join lateral (
     select array_agg(e.id) as events, array_agg(extract(epoch from e.at) * 1000)::float8[] as times from (
       select e.id, e.at from event e where e.outcome = 'relist' and e.account = a.account and e.at > n.since and e.at <= n.until
         and e.touched::jsonb @> jsonb_build_array(jsonb_build_object('account', a.account, 'region', a.region, 'type', a.type))
       order by e.at desc, e.id desc limit ${TOUCHES_MAX}
     ) e
   ) e
   where e.events is not null`,
)

interface Relisted {
  readonly position: string
  readonly events: readonly string[]
  readonly times: readonly number[]
}

interface Span {
  readonly asset: string
  readonly source: string
  readonly position: string
  readonly hop: number
  readonly at: Date
  readonly gone: boolean
  readonly absent: boolean
  readonly previous: Date | null
  readonly events: readonly string[] | null
  readonly times: readonly number[] | null
  readonly names: readonly string[] | null
}

/** Who made each version, in the order of the versions; one that may not be seen is unknown. */
export async function attribute(reader: Reader, versions: readonly VersionKey[]): Promise<Attribution[]> {
  if (versions.length === 0) return []
  const rows = await read<Span>(reader, CHAINS, [
    versions.map(({ asset }) => asset),
    versions.map(({ from }) => timestamp(from)),
    -explainedFrom({ previous: 0, isGone: false }),
    -explainedFrom({ previous: 0, isGone: true }),
  ])
  const vague = await relisted(reader, rows)
  const keys = new Map([...rows, ...vague.values()].flatMap(keysOf).map(key => [key.id, key]))
  const events = await readEvents(reader.database, [...keys.values()])
  const spans = Map.groupBy(rows, row => Number(row.position) - 1)
  const identityOf = touchedReader()
  return versions.map((_, position) => attributionOf(spans.get(position) ?? [], { events, vague, identityOf }))
}

/** An event that does not name its asset leads to a listing within this time; what is found later has other reasons. */
export const LISTED_MS = 60 * 60_000

async function relisted(reader: Reader, spans: readonly Span[]): Promise<Map<Span, Relisted>> {
  const rows = await read<Relisted>(reader, RELISTS, [
    spans.map(({ asset }) => asset),
    spans.map(({ at, previous }) => {
      const from = explainedFrom({ previous: previous === null ? 0 : milliseconds(previous), isGone: false })
      return timestamp(Math.max(from, milliseconds(at) - LISTED_MS))
    }),
    spans.map(({ at }) => timestamp(milliseconds(at))),
  ])
  return new Map(rows.map(row => [spans[Number(row.position) - 1] as Span, row]))
}

function keysOf({ events, times }: Pick<Span, 'events' | 'times'>) {
  return (events ?? []).map((id, at) => ({ id, at: times?.[at] ?? 0 }))
}

function attributionOf(
  spans: readonly Span[],
  known: {
    readonly events: ReadonlyMap<string, KnownEvent>
    readonly vague: ReadonlyMap<Span, Relisted>
    readonly identityOf: ReturnType<typeof touchedReader>
  },
): Attribution {
  const { identityOf } = known
  const touches = new Map<string, { touch: Touch; event: KnownEvent }>()
  for (const span of spans) {
    const { events, names } = span
    for (const id of known.vague.get(span)?.events ?? []) {
      const event = known.events.get(id)
      if (event === undefined || touches.has(event.id)) continue
      const touch = { event: event.id, at: event.at, person: event.person, action: 'update' as const, isVague: true }
      touches.set(event.id, { event, touch })
    }
    events?.forEach((id, at) => {
      const event = known.events.get(id)
      if (event === undefined) return
      const action = actionOn(names?.[at] ?? '', event, { identityOf, before: touches.get(event.id)?.touch.action })
      touches.set(event.id, { event, touch: { event: event.id, at: event.at, person: event.person, action } })
    })
  }
  const isCut = (spans[0]?.events?.length ?? 0) > TOUCHES_MAX
  const { certainty, events } = explainedBy([...touches.values()], spans.map(seenOf), isCut)
  return { certainty, source: spans[0]?.source, events: events.flatMap(id => touches.get(id)?.event ?? []) }
}

/** A service that reports what happened is named only where no call explains it, and one that names nobody never. */
function explainedBy(
  touches: readonly { readonly touch: Touch; readonly event: KnownEvent }[],
  versions: readonly Seen[],
  isCut: boolean,
): Explanation {
  const touchesBy = (isWanted: (event: KnownEvent) => boolean) =>
    touches.flatMap(({ touch, event }) => (isWanted(event) ? [touch] : []))
  const byCalls = explain(
    versions,
    touchesBy(event => !isNotice(event)),
    isCut,
  )
  if (byCalls.certainty !== 'unknown') return byCalls
  const reports = touchesBy(event => isNotice(event) && event.actor.kind !== 'unknown')
  const reported = explain(versions, reports, isCut)
  return reported.certainty === 'certain' ? { ...reported, certainty: 'likely' } : reported
}

function seenOf({ at, previous, absent, gone }: Span): Seen {
  return {
    at: milliseconds(at),
    previous: previous === null ? Number.NEGATIVE_INFINITY : milliseconds(previous),
    wasAbsent: absent,
    isGone: gone,
  }
}

/** A batch that deletes and creates the same thing leaves it there. */
const WEIGHT = { create: 2, delete: 1, update: 0 } as const satisfies Record<Action, number>

/**
 * What an event did to the asset of an id, or of another name of the asset that was met before. After what may have created it the asset
 * was there, whether it was before or not.
 */
function actionOn(
  name: string,
  { provider, touched }: KnownEvent,
  { identityOf, before = 'update' }: { identityOf: ReturnType<typeof touchedReader>; before: Action | undefined },
): Action {
  return touched
    .filter(asset => {
      const identity = identityOf(provider, asset)
      return identity !== undefined && assetIdOf(identity) === name
    })
    .map(({ action, mayCreate }) => (mayCreate === true ? 'create' : action))
    .reduce<Action>((strongest, action) => (WEIGHT[action] > WEIGHT[strongest] ? action : strongest), before)
}
