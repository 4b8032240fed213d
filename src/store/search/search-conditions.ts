import { type AccessScope, type Limits, type Mask, OTHERS } from '../../model/access-scope.ts'
import { labelOf, type SearchQuery, wordsOf } from '../../ports/search.ts'
import { shared } from '../queries/reader.ts'

/** Takes a value into a statement's parameters and gives its placeholder. */
export type Value = (given: unknown) => string

/** What is looked for by an index of its own; account, type and region alone are not. */
export function isByContent({ text, name, tags }: SearchQuery): boolean {
  return wordsOf(text).length > 0 || name !== undefined || tags.length > 0
}

/** Everything that must hold but for the words and the name: conditions on `document d`, the access scope first. */
export function filterConditions(query: SearchQuery, { limits }: AccessScope, value: Value): string[] {
  const byContent = isByContent(query)
  const labels = [...query.tags.map(labelOf), ...(byContent ? facetsOf(query) : [])]
  return [
    ...(limits === null ? [] : scopeConditions(limits, value, byContent)),
    ...(query.deleted ? [] : ['not d.gone']),
    ...among('d.type', query.types, value),
    ...among('d.account', query.accounts, value),
    ...among('d.region', query.regions, value),
    ...(labels.length === 0 ? [] : [`d.labels @> ${value(labels)}::text[]`]),
  ]
}

/** That a word is in the configuration. What an asset hides from the asker is not found by its words either. */
export function configCondition({ limits }: AccessScope, value: Value): (tsquery: string) => string {
  if (limits === null || limits.grants.every(({ hides }) => hides.length === 0))
    return tsquery => `d.words @@ ${tsquery}`
  // A parameter that no condition uses would be of no type.
  let isWhole: string | undefined
  return tsquery => {
    isWhole ??= shared('d', value(limits.accounts.key), value(limits.wholeTypes.json))
    return `(d.words @@ ${tsquery} and ${isWhole})`
  }
}

/**
 * `web*` is a start, which an index on names finds; `*web` is an end, and without a star a name holds the text anywhere:
 * the trigram index, which is on all names and identifiers together, has fewer to look at then.
 */
export function nameConditions(name: string, value: Value): string[] {
  const pattern = escaped(name.toLowerCase()).replaceAll('*', '%')
  const whole = name.includes('*') ? pattern : `%${pattern}%`
  const exact = `lower(d.name) like ${value(whole)}`
  return whole.startsWith('%') ? [`d.names like ${value(`%${pattern}%`)}`, exact] : [exact]
}

/** A text as LIKE takes it literally. */
export function escaped(text: string): string {
  return text.replace(/[\\%_]/g, character => `\\${character}`)
}

/** The rule; where nothing else is looked for that an index finds, also what follows from it when all that may be seen is named. */
function scopeConditions({ accounts, types }: Limits, value: Value, byContent: boolean): string[] {
  const rule = shared('d', value(accounts.key), value(types.json))
  if (byContent) return [rule]
  return [
    rule,
    ...namedOnly('d.account', accounts, value),
    ...([...types.bits.keys()].some(type => type.endsWith('/*') || type.endsWith('::*'))
      ? []
      : namedOnly('d.type', types, value)),
  ]
}

function namedOnly(column: string, { bits }: Mask, value: Value): string[] {
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
function among(column: string, given: readonly string[], value: Value): string[] {
  if (given.length === 0) return []
  return [given.length === 1 ? `${column} = ${value(given[0])}` : `${column} = any(${value(given)}::text[])`]
}
