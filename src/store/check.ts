import { hash } from 'node:crypto'
import { Writer } from './binary.ts'
import type { Database } from './database.ts'
import { EVENT_RULES } from './events/event-rules.ts'

/** Something that the write path can never have written. */
export interface Inconsistency {
  readonly rule: string
  /** An asset's id; an event's, where the rule is about events. */
  readonly asset: string
  readonly detail: string
}

/** So many of each rule are told apart; a store that breaks a rule more often needs no longer list. */
const FOUND_MAX = 20
const PAGE = 500

/** Reads the whole store and tells where it contradicts itself; empty when it does not. For tests, and after a disaster. */
export async function checkStore(database: Database): Promise<Inconsistency[]> {
  const found: Inconsistency[] = []
  for (const [rule, statement] of Object.entries({ ...RULES, ...EVENT_RULES })) {
    const rows = await database.query<{ asset: string; detail: string }>(`${statement} limit ${FOUND_MAX}`)
    found.push(...rows.map(row => ({ rule, ...row })))
  }
  return [...found, ...(await wrongDigests(database))]
}

/** Addresses are stored as inet, whose own text may differ from the version's. */
const ADDRESS_AS_STORED = `case when kind in ('private-ip', 'public-ip', 'cidr') then value::inet::text else value end`

const ORPHANS = ['version', 'sighting', 'identifier', 'address'].map(
  table =>
    `select asset, '${table}' as detail from ${table} t where not exists (select from asset a where a.id = t.asset)`,
)

const RULES = {
  'every row belongs to an asset': `select * from (${ORPHANS.join(' union all ')} union all
    select source, 'edge' from edge t where not exists (select from asset a where a.id = t.source)) o`,
  'an asset has at least one version': `select id as asset, native_id as detail from asset a
    where not exists (select from version v where v.asset = a.id)`,
  'a version differs from the one before': `select asset, valid_from::text as detail from (
      select asset, valid_from, digest, lag(digest) over w as before, row_number() over w as number
      from version window w as (partition by asset order by valid_from)) v
    where number > 1 and digest is not distinct from before`,
  'what is gone says nothing, what is there says all': `select asset, valid_from::text as detail from version
    where num_nulls(digest, identifiers, edges, tags, config) not in (0, 5)`,
  'a sighting is later than the version it saw': `select asset, at::text as detail from sighting s
    where not exists (select from version v where v.asset = s.asset and v.valid_from < s.at)
      or exists (select from version v where v.asset = s.asset and v.valid_from = s.at)`,
  'an asset is called as its last version says': `select a.id as asset, a.name as detail from asset a
    left join lateral (
      select identifiers from version v where v.asset = a.id and v.digest is not null order by valid_from desc limit 1) v on true
    where a.name is distinct from (select substr(text, 6) from unnest(v.identifiers) as text where starts_with(text, 'name '))`,
  'volatile fields have the time of their reading': `select id as asset, '' as detail from asset
    where num_nulls(volatile, volatile_at) = 1`,
  'identifiers are those of the versions': heldRule(
    'identifiers',
    `select asset, kind, value, valid_from, valid_to from identifier
     union all select asset, kind, address::text, valid_from, valid_to from address`,
  ),
  'edges are those of the versions': heldRule(
    'edges',
    'select source as asset, kind, target as value, valid_from, valid_to from edge',
  ),
}

/** What the versions say, value by value, with adjacent intervals made one, against what the table of values says. */
function heldRule(column: 'identifiers' | 'edges', stored: string): string {
  const said = `
    select asset, split_part(text, ' ', 1) as kind, substr(text, strpos(text, ' ') + 1) as value, valid_from, valid_to
    from (select asset, ${column}, valid_from,
            coalesce(lead(valid_from) over (partition by asset order by valid_from), 'infinity') as valid_to from version) v,
      unnest(${column}) as text`
  const joined = `
    select asset, kind, ${column === 'edges' ? 'value' : ADDRESS_AS_STORED} as value, min(valid_from) as valid_from, max(valid_to) as valid_to
    from (select *, count(*) filter (where starts) over (partition by asset, kind, value order by valid_from) as island
          from (select *, valid_from is distinct from lag(valid_to) over (partition by asset, kind, value order by valid_from) as starts
                from (${said}) said) marked) islands
    group by asset, kind, value, island`
  return `select asset, problem || ' ' || kind || ' ' || value || ' ' || valid_from || ' ' || valid_to as detail from (
      select 'missing' as problem, * from ((${joined}) except all (${stored})) missing
      union all
      select 'unexplained', * from ((${stored}) except all (${joined})) unexplained) differences`
}

interface StoredContent {
  readonly asset: string
  readonly from: string
  readonly digest: string
  readonly identifiers: readonly string[]
  readonly edges: readonly string[]
  readonly tags: string
  readonly config: string
}

/** Numbers of more digits than JavaScript keeps cannot be read back as they were. */
const LONG_NUMBER = /[\d.]{16}/

async function wrongDigests(database: Database): Promise<Inconsistency[]> {
  const found: Inconsistency[] = []
  let last: { asset: string; from: string } | undefined
  do {
    const page: StoredContent[] = await database.query<StoredContent>({
      name: 'check-contents',
      text: `select asset, valid_from::text as from, encode(digest, 'hex') as digest, identifiers, edges, tags::text, config::text
             from version where digest is not null and (asset, valid_from) > ($1::uuid, $2::timestamptz)
             order by asset, valid_from limit ${PAGE}`,
      values: [last?.asset ?? '00000000-0000-0000-0000-000000000000', last?.from ?? '-infinity'],
    })
    for (const version of page) {
      if (LONG_NUMBER.test(version.config) || digestOf(version) === version.digest) continue
      found.push({ rule: 'a digest is that of its content', asset: version.asset, detail: version.from })
    }
    last = page.at(-1)
  } while (last !== undefined && found.length < FOUND_MAX)
  return found
}

function digestOf({ identifiers, edges, tags, config }: StoredContent): string {
  const writer = new Writer().texts(identifiers).texts(edges).canonical(JSON.parse(tags)).canonical(JSON.parse(config))
  return hash('sha256', writer.since(0), 'hex').slice(0, 32)
}
