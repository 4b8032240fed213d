import { HOPS_MAX } from '../../model/actor-chain.ts'
import type { Database } from '../database.ts'

/*
 * Who is meant by a name, part of a name, an ARN or an access key. Nothing here applies a scope: it finds names, and only what they did,
 * which does apply it, may be told (src/store/queries/deeds.ts).
 */

/** One way to name somebody, in lower case: a person's name, a principal's ARN; or an access key as it is. */
export interface Naming {
  readonly kind: 'name' | 'principal' | 'key'
  readonly value: string
}

export interface Named {
  /** All of the text is the name, or the last part of the ARN: whoever is called so is meant, in whatever account. */
  readonly exact: readonly Naming[]
  /** The text is part of it. */
  readonly partial: readonly Naming[]
}

/** Names that are looked through for a part of one: there are as many as people, roles and services, not as sessions. */
const NAMES_MAX = 50_000
/** What may not be seen is left out only after: so there may be more of them than are told. */
const MATCHES_MAX = 200

/** Every different value of an indexed expression: one index probe for each, however many rows have it. */
const DISTINCT = (value: string) => `
  with recursive known as (
    (select ${value} as value, 1 as place from actor a where ${value} is not null order by ${value} limit 1)
    union all
    select (select ${value} from actor a where ${value} > k.value order by ${value} limit 1), k.place + 1
    from known k where k.value is not null and k.place < ${NAMES_MAX}
  )
  select value from known where value like $1 order by value limit ${MATCHES_MAX}`
const NAMES = { name: 'read-people-names', text: DISTINCT('lower(a.name)') }
const PRINCIPALS = { name: 'read-people-principals', text: DISTINCT('lower(a.principal)') }

const KEY = /^A[KS]IA[A-Z0-9]{12,}$/i

/** Whoever may be meant. */
export async function peopleNamed(database: Database, text: string): Promise<Named> {
  if (KEY.test(text)) return { exact: [{ kind: 'key', value: text.toUpperCase() }], partial: [] }
  const wanted = text.toLowerCase()
  const like = `%${wanted.replace(/[\\%_]/g, character => `\\${character}`)}%`
  const [names, principals] = await Promise.all([
    valuesLike(database, NAMES, like),
    valuesLike(database, PRINCIPALS, like),
  ])
  const all: Naming[] = [
    ...names.map(value => ({ kind: 'name' as const, value })),
    ...principals.map(value => ({ kind: 'principal' as const, value })),
  ]
  const isExact = ({ kind, value }: Naming) => value === wanted || (kind === 'principal' && lastPart(value) === wanted)
  return { exact: all.filter(isExact), partial: all.filter(naming => !isExact(naming)) }
}

async function valuesLike(database: Database, statement: typeof NAMES, like: string): Promise<string[]> {
  const rows = await database.query<{ value: string }>({ ...statement, values: [like] })
  return rows.map(({ value }) => value)
}

function lastPart(principal: string): string {
  return principal.slice(Math.max(principal.lastIndexOf('/'), principal.lastIndexOf(':')) + 1)
}

/** Sessions of one person that are followed; a machine that assumes a role for every call has many. */
const ACTORS_MAX = 50_000

const ACTORS = {
  name: 'read-people-actors',
  text: `with recursive named as (
     select * from unnest($1::int[], $2::text[], $3::text[]) as n (position, kind, value)
   ), acting as (
     (select n.position, a.id, 0 as hop from named n join actor a on lower(a.name) = n.value where n.kind = 'name'
      union select n.position, a.id, 0 from named n join actor a on lower(a.principal) = n.value where n.kind = 'principal'
      union select n.position, a.id, 0 from named n join actor a on a.access_key = n.value where n.kind = 'key')
     union
     select c.position, b.id, c.hop + 1 from acting c
     join credential k on k.caller = c.id join actor b on b.access_key = k.access_key where c.hop < ${HOPS_MAX}
   ) select distinct position, id from (select position, id from acting limit ${ACTORS_MAX}) a`,
}

/**
 * The actors that each group of namings means, and everybody who acted with keys that were given to them: they stood behind these. One
 * statement, whatever is found.
 */
export async function actorsNamed(database: Database, groups: readonly (readonly Naming[])[]): Promise<string[][]> {
  const named = groups.flatMap((group, position) => group.map(naming => ({ position, ...naming })))
  const values = [named.map(({ position }) => position), named.map(({ kind }) => kind), named.map(({ value }) => value)]
  const rows = await database.query<{ position: number; id: string }>({ ...ACTORS, values })
  const byGroup = Map.groupBy(rows, row => row.position)
  return groups.map((_, position) => (byGroup.get(position) ?? []).map(({ id }) => id))
}

/** Whether any event was ever kept: without one, nobody is known to have done anything. */
export async function hasEvents(database: Database): Promise<boolean> {
  const [row] = await database.query<{ known: boolean }>('select exists (select from event) as known')
  return row?.known === true
}
