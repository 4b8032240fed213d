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
  readonly namings: readonly Naming[]
  /** All of the text is the name, or the last part of the ARN: whoever is called so is meant, in whatever account. */
  readonly isExact: boolean
}

/** Names that are looked through for a part of one: there are as many as people, roles and services, not as sessions. */
const NAMES_MAX = 50_000
const MATCHES_MAX = 50

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

/** Whoever may be meant. A whole name comes before a part of one. */
export async function peopleNamed(database: Database, text: string): Promise<Named> {
  if (KEY.test(text)) return { namings: [{ kind: 'key', value: text.toUpperCase() }], isExact: true }
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
  const exact = all.filter(
    ({ kind, value }) => value === wanted || (kind === 'principal' && lastPart(value) === wanted),
  )
  if (exact.length > 0) return { namings: exact, isExact: true }
  // A person whose name holds the text is not meant a second time by the identity that is named after them.
  return { namings: names.length > 0 ? all.filter(({ kind }) => kind === 'name') : all, isExact: false }
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
  text: `with recursive acting as (
     select a.id, 0 as hop from actor a
     where lower(a.name) = any($1::text[]) or lower(a.principal) = any($2::text[]) or a.access_key = any($3::text[])
     union
     select b.id, c.hop + 1 from acting c
     join credential k on k.caller = c.id join actor b on b.access_key = k.access_key where c.hop < ${HOPS_MAX}
   ) select distinct id from (select id from acting limit ${ACTORS_MAX}) a`,
}

/** The actors that are meant, and everybody who acted with keys that were given to them: they stood behind these. */
export async function actorsNamed(database: Database, namings: readonly Naming[]): Promise<string[]> {
  const of = (wanted: Naming['kind']) => namings.flatMap(({ kind, value }) => (kind === wanted ? [value] : []))
  const rows = await database.query<{ id: string }>({ ...ACTORS, values: [of('name'), of('principal'), of('key')] })
  return rows.map(({ id }) => id)
}

/** Whether any event was ever kept: without one, nobody is known to have done anything. */
export async function hasEvents(database: Database): Promise<boolean> {
  const [row] = await database.query<{ known: boolean }>('select exists (select from event) as known')
  return row?.known === true
}
