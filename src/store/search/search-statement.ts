import { type AccessScope, type Limits, type Mask, OTHERS } from '../../model/access-scope.ts'
import type { SearchQuery } from '../../ports/search.ts'
import { shared } from '../queries/reader.ts'

interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/** Matches that are counted, and of which the best are shown. */
export const COUNTED_MAX = 500

/**
 * The statements of a search: conditions only for what is given, planned anew each time, because the best index depends
 * on how rare the very words are. What is found by word, name or tag is taken unordered, up to a bound, and ranked then:
 * the planner must not walk all assets in order, hoping to meet enough of them early. What is found by type, account and
 * region alone is in the order of an index.
 */
export function searchStatements(
  query: SearchQuery,
  scope: AccessScope,
): { page: Statement; count: Statement | undefined } {
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const words = wordsOf(query.text)
  const isByContent = words.length > 0 || query.name !== undefined || query.tags.length > 0
  const labels = [...query.tags.map(tagText), ...(isByContent ? facetsOf(query) : [])]
  const { limits } = scope
  const isWhole = words.length === 0 ? '' : wholeCondition(limits, value)
  const likes = words.map(word => value(`%${escaped(word)}%`))
  const conditions = [
    ...(limits === null ? [] : scopeConditions(limits, value, isByContent)),
    ...(query.deleted ? [] : ['not d.gone']),
    ...among('d.type', query.types, value),
    ...among('d.account', query.accounts, value),
    ...among('d.region', query.regions, value),
    ...(labels.length === 0 ? [] : [`d.labels @> ${value(labels)}::text[]`]),
    ...(query.name === undefined ? [] : nameConditions(query.name, value)),
    ...words.map((word, at) => `(d.names like ${likes[at]} or (d.words @@ ${tsquery(value(word))} ${isWhole}))`),
  ]
  const from = `from document d where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}`
  if (!isByContent) {
    const counted = values.length
    const page = `select d.asset ${from} order by d.asset limit ${value(query.limit)} offset ${value(query.offset)}`
    const count = `select count(*)::int as total from (select ${from} limit ${COUNTED_MAX}) d`
    return { page: { text: page, values }, count: { text: count, values: values.slice(0, counted) } }
  }
  const named = likes.map(like => `(d.names like ${like})::int`)
  const rank = named.length === 0 ? '' : `${named.join(' + ')} desc, length(coalesce(d.name, d.names)), `
  const page = `select d.asset, (count(*) over ())::int as total from (select d.* ${from} limit ${COUNTED_MAX}) d
    order by ${rank}d.asset limit ${value(query.limit)} offset ${value(query.offset)}`
  return { page: { text: page, values }, count: undefined }
}

/** The rule; where nothing else is looked for that an index finds, also what follows from it when all that may be seen is named. */
function scopeConditions(
  { accounts, types }: Limits,
  value: (given: unknown) => string,
  isByContent: boolean,
): string[] {
  const rule = shared('d', value(accounts.key), value(types.json))
  if (isByContent) return [rule]
  return [
    rule,
    ...namedOnly('d.account', accounts, value),
    ...([...types.bits.keys()].some(type => type.endsWith('/*') || type.endsWith('::*'))
      ? []
      : namedOnly('d.type', types, value)),
  ]
}

/** What an asset hides from the asker is not found by its words either. */
function wholeCondition(limits: Limits | null, value: (given: unknown) => string): string {
  if (limits === null || limits.grants.every(({ hides }) => hides.length === 0)) return ''
  return ` and ${shared('d', value(limits.accounts.key), value(limits.wholeTypes.json))}`
}

function namedOnly(column: string, { bits }: Mask, value: (given: unknown) => string): string[] {
  if (bits.get(OTHERS) !== 0n) return []
  return [`${column} = any(${value([...bits].flatMap(([name, set]) => (set === 0n ? [] : [name])))}::text[])`]
}

/**
 * What is a single value is looked up in the same index as tags; several are filtered. A type or region holds too much of
 * everything to help a name or a word.
 */
function facetsOf({ types, accounts, regions, tags }: SearchQuery): string[] {
  const facets = [
    ['ACCOUNT', accounts],
    ['TYPE', tags.length > 0 ? types : []],
    ['REGION', tags.length > 0 ? regions : []],
  ] as const
  return facets.flatMap(([kind, given]) => (given.length === 1 ? [`${kind} ${given[0]}`] : []))
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
 * `web*` is a start, which an index on names finds; `*web` is an end, and without a star a name holds the text anywhere:
 * the trigram index, which is on all names and identifiers together, has fewer to look at then.
 */
function nameConditions(name: string, value: (given: unknown) => string): string[] {
  const pattern = escaped(name.toLowerCase()).replaceAll('*', '%')
  const whole = name.includes('*') ? pattern : `%${pattern}%`
  const exact = `lower(d.name) like ${value(whole)}`
  return whole.startsWith('%') ? [`d.names like ${value(`%${pattern}%`)}`, exact] : [exact]
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
