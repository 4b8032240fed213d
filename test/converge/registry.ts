import { EVERYTHING } from '../../src/model/access-scope.ts'
import type { Database } from '../../src/store/database.ts'
import { attribute } from '../../src/store/queries/attribution.ts'
import type { Recorded } from './judge.ts'

/** What a registry holds of one asset now. */
export interface Holding {
  readonly title: string
  readonly digest: string
}

/** Every asset that is present, by its id. Digests cover config, tags, identifiers and edges. */
export async function presentAssets(database: Database): Promise<Map<string, Holding>> {
  const rows = await database.query<{ id: string; title: string; digest: string | null }>(
    `select a.id, concat_ws(' ', a.account, a.region, a.type, a.native_id) as title, encode(v.digest, 'hex') as digest
     from asset a cross join lateral (select digest from version v where v.asset = a.id order by valid_from desc limit 1) v`,
  )
  return new Map(rows.flatMap(({ id, title, digest }) => (digest === null ? [] : [[id, { title, digest }] as const])))
}

/** Assets that one registry has otherwise than the other, each with a word on how. */
export function differences(
  one: ReadonlyMap<string, Holding>,
  other: ReadonlyMap<string, Holding>,
): Map<string, string> {
  const found = new Map<string, string>()
  for (const [id, { title, digest }] of one) {
    const there = other.get(id)
    if (there === undefined) found.set(id, `${title}: does not exist`)
    else if (there.digest !== digest) found.set(id, `${title}: is otherwise`)
  }
  for (const [id, { title }] of other) if (!one.has(id)) found.set(id, `${title}: is missing`)
  return found
}

const ATTRIBUTED_AT_ONCE = 500

/** A version with what the registry says of its making. */
export interface Told extends Recorded {
  /** By which way it was found: scan or event. */
  readonly source: string
  /** The calls that explain it, the newest first. */
  readonly calls: readonly string[]
}

/** Every version of every asset in order, with those whom the registry holds responsible. */
export async function recordedVersions(database: Database): Promise<Map<string, Told[]>> {
  const rows = await database.query<{
    asset: string
    from: number
    last: number | null
    digest: string | null
    source: string
  }>(
    `select v.asset, (extract(epoch from v.valid_from) * 1000)::float8 as from, encode(v.digest, 'hex') as digest, v.source,
       (select (extract(epoch from max(s.at)) * 1000)::float8 from sighting s
        where s.asset = v.asset and s.at > v.valid_from and (v.until is null or s.at < v.until)) as last
     from (select *, lead(valid_from) over (partition by asset order by valid_from) as until from version) v
     order by v.asset, v.valid_from`,
  )
  const found = new Map<string, Told[]>()
  for (let at = 0; at < rows.length; at += ATTRIBUTED_AT_ONCE) {
    const page = rows.slice(at, at + ATTRIBUTED_AT_ONCE)
    const attributions = await attribute({ database, scope: EVERYTHING }, page)
    page.forEach(({ asset, from, last, digest, source }, position) => {
      const { certainty = 'unknown', events = [] } = attributions[position] ?? {}
      const actors = events.map(({ actor }) => actor.name ?? actor.principal ?? 'nobody')
      const calls = events.map(({ name }) => name)
      const versions = found.get(asset) ?? []
      found.set(asset, versions)
      versions.push({ from, lastSeen: last ?? from, digest, source, certainty, actors: [...new Set(actors)], calls })
    })
  }
  return found
}
