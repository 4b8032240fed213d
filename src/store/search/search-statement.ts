import { hash } from 'node:crypto'
import type { AccessScope } from '../../model/access-scope.ts'
import type { SearchQuery } from '../../ports/search.ts'

interface Prepared {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/** Matches that are counted, and that are ranked before the best are shown. */
const COUNTED_MAX = 1_000

/**
 * The statements of a search: conditions only for what is given, so that the planner sees each shape and picks its
 * index. There are few shapes; each is prepared once per connection.
 */
export function searchStatement(query: SearchQuery, scope: AccessScope) {
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const conditions = [
    ...(scope.accounts === undefined ? [] : [`d.account = any(${value(scope.accounts)}::text[])`]),
    ...(scope.types === undefined ? [] : [`d.type = any(${value(scope.types)}::text[])`]),
    ...(query.deleted ? [] : ['not d.gone']),
    ...among('d.type', query.types, value),
    ...among('d.account', query.accounts, value),
    ...among('d.region', query.regions, value),
    ...query.tags.map(tag => `d.tags @> array[${value(tagText(tag))}]::text[]`),
    ...(query.name === undefined ? [] : nameConditions(query.name, value)),
  ]
  const words = wordsOf(query.text)
  const ranked: string[] = []
  for (const word of words) {
    const like = value(`%${escaped(word)}%`)
    conditions.push(`(d.names like ${like} or d.words @@ ${tsquery(value(word))})`)
    ranked.push(`(d.names like ${like})::int`)
  }
  const where = conditions.length === 0 ? 'true' : conditions.join(' and ')
  const limit = value(query.limit)
  const offset = value(query.offset)
  const rank = ranked.length === 0 ? '' : `${ranked.join(' + ')} desc, length(coalesce(d.name, d.names)), `
  const page =
    ranked.length === 0
      ? `select d.asset from document d where ${where} order by d.asset limit ${limit} offset ${offset}`
      : `select d.asset from (select * from document d where ${where} limit ${COUNTED_MAX}) d order by ${rank}d.asset limit ${limit} offset ${offset}`
  const count = `select count(*)::int as total from (select from document d where ${where} limit ${COUNTED_MAX}) d where ${limit}::int is not null and ${offset}::int is not null`
  return { page: prepared(page, values), count: prepared(count, values), countedTo: COUNTED_MAX }
}

/** One value is compared by equality, which keeps an index in order; several by a list. */
function among(column: string, given: readonly string[], value: (given: unknown) => string): string[] {
  if (given.length === 0) return []
  return [given.length === 1 ? `${column} = ${value(given[0])}` : `${column} = any(${value(given)}::text[])`]
}

function tagText({ key, value }: { readonly key: string; readonly value?: string }): string {
  return (value === undefined ? key : `${key}=${value}`).toLowerCase()
}

/**
 * `web*` is a start, `*web` an end; without a star a name holds the text anywhere. The trigram index is on all names and
 * identifiers together, in which the pattern may stand anywhere.
 */
function nameConditions(name: string, value: (given: unknown) => string): string[] {
  const pattern = escaped(name.toLowerCase()).replaceAll('*', '%')
  const anywhere = value(`%${pattern}%`)
  const exact = name.includes('*') ? value(pattern) : anywhere
  return [`d.names like ${anywhere}`, `lower(d.name) like ${exact}`]
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, character => `\\${character}`)
}

const WORDS_MAX = 8

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, WORDS_MAX)
}

/** A word may be cut into several by PostgreSQL's parser (`eu-west-1`): then they must follow each other. */
function tsquery(parameter: string): string {
  return `phraseto_tsquery('simple', ${parameter})`
}

function prepared(text: string, values: unknown[]): Prepared {
  return { name: `search-${hash('sha256', text, 'hex').slice(0, 20)}`, text, values }
}
