import type { AccessScope } from '../../model/access-scope.ts'
import { COUNTED_MAX, type SearchQuery, wordsOf } from '../../ports/search.ts'
import { BEFORE_TAG } from './documents.ts'
import { configCondition, escaped, filterConditions, nameConditions, type Value } from './search-conditions.ts'

export interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/**
 * How words are looked for: as they are; the last one also as the start of a word of the configuration; or, where more match than are
 * ranked, with those first that are called so.
 */
export type Way = 'words' | 'starts' | 'crowded'

/** What is called exactly so, and what begins so, when more match than are ranked. */
const NAMED_MAX = 50
const BEGINNING_MAX = 200

/**
 * The statement of a search by words, name or tags: conditions only for what is given, planned anew each time, because the best index depends
 * on how rare the very words are. Matches are taken unordered, up to a bound, and ranked then: the planner must not walk all assets in order,
 * hoping to meet enough of them early. One row: `total`, and the `ids` of the page.
 */
export function contentStatement(query: SearchQuery, scope: AccessScope, way: Way): Statement {
  const values: unknown[] = []
  const value: Value = given => `$${values.push(given)}`
  const words = wordsOf(query.text)
  const likes = words.map(word => value(`%${escaped(word)}%`))
  const inConfig = configCondition(scope, value)
  const filters = [
    ...filterConditions(query, scope, value),
    ...(query.name === undefined ? [] : nameConditions(query.name, value)),
  ]
  const order = ranks(query, words, value)
  const ranked = order === '' ? 'd.asset' : 'd.asset, d.name, d.names'
  const matches = (conditions: readonly string[], limit: number) =>
    `(select ${ranked} from document d where ${[...filters, ...conditions].join(' and ')} limit ${limit})`
  const all = matches(
    words.map((word, at) => {
      const start = way === 'starts' && at === words.length - 1 ? startQuery(word) : undefined
      const tsquery = start === undefined ? wordQuery(value(word)) : `to_tsquery('simple', ${value(start)})`
      return `(d.names like ${likes[at]} or ${inConfig(tsquery)})`
    }),
    COUNTED_MAX,
  )
  const found = way === 'crowded' ? [...calledSo(words.join(' '), likes, { matches, value }), all].join(' union ') : all
  return {
    text: `with found as materialized (select * from (${found}) f)
      select (select count(*)::int from found) as total,
        array(select d.asset from found d order by ${order} d.asset limit ${value(query.limit)} offset ${value(query.offset)}) as ids`,
    values,
  }
}

/** The statements of a search by account, type and region alone: the page is in the order of an index. */
export function facetStatements(query: SearchQuery, scope: AccessScope): { page: Statement; count: Statement } {
  const values: unknown[] = []
  const value: Value = given => `$${values.push(given)}`
  const conditions = filterConditions(query, scope, value)
  const from = `from document d where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}`
  const counted = values.length
  const page = `select d.asset ${from} order by d.asset limit ${value(query.limit)} offset ${value(query.offset)}`
  const count = `select count(*)::int as total from (select ${from} limit ${COUNTED_MAX}) d`
  return { page: { text: page, values }, count: { text: count, values: values.slice(0, counted) } }
}

/** Where more match than are ranked, these are among them: each by an index. */
function calledSo(
  text: string,
  likes: readonly string[],
  { matches, value }: { matches(conditions: readonly string[], limit: number): string; value: Value },
): string[] {
  return [
    matches([`lower(d.name) = ${value(text)}`], NAMED_MAX),
    matches([`lower(d.name) like ${value(`${escaped(text)}%`)}`], BEGINNING_MAX),
    matches(
      likes.map(like => `d.names like ${like}`),
      COUNTED_MAX,
    ),
  ]
}

/** The order of matches: exact, beginning, part of a name or identifier, tag, configuration; of equals the shortest name first. */
function ranks(query: SearchQuery, words: readonly string[], value: Value): string {
  const names = `split_part(d.names, ${BEFORE_TAG}, 1)`
  const tier = (word: string) => `case
      when E'\\n' || ${names} || E'\\n' like ${value(`%\n${escaped(word)}\n%`)} then 0
      when E'\\n' || ${names} like ${value(`%\n${escaped(word)}%`)} then 1
      when ${names} like ${value(`%${escaped(word)}%`)} then 2
      when d.names like ${value(`%${escaped(word)}%`)} then 3
      else 4 end`
  const named = query.name?.toLowerCase().replaceAll('*', '')
  const orders = [
    ...(words.length > 1 ? [`(lower(d.name) = ${value(words.join(' '))}) is true desc`] : []),
    ...(words.length > 0 ? [words.map(tier).join(' + ')] : []),
    ...(named ? [`lower(d.name) <> ${value(named)}`, `lower(d.name) not like ${value(`${escaped(named)}%`)}`] : []),
    ...(named || words.length > 0 ? [`length(coalesce(d.name, ${names}))`] : []),
  ]
  return orders.map(order => `${order}, `).join('')
}

/** A word may be cut into several by PostgreSQL's parser (`eu-west-1`): then they must follow each other. */
export function wordQuery(parameter: string): string {
  return `phraseto_tsquery('simple', ${parameter})`
}

/** A shorter start stands for too much. */
const START_MIN = 3

/** Quoted, so that what is not a letter is no operator. */
function startQuery(word: string): string | undefined {
  return word.length < START_MIN ? undefined : `'${word.replace(/['\\]/g, character => character + character)}':*`
}
