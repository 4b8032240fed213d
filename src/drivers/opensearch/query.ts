import type { AccessScope } from '../../model/access-scope.ts'
import { COUNTED_MAX, labelOf, type SearchQuery, SIMILAR_MAX, wordsOf } from '../../ports/search.ts'
import { scopeFilter } from './scope-filter.ts'

/** How words are looked for: as they are; the last one also as the start of a word of the configuration; or what is spelt much like them. */
export type Way = 'words' | 'starts' | 'similar'

/** What a word is worth by where it is; a phrase that is the whole name is worth more than all its words. */
const WORTH = { exact: 5, start: 4, part: 3, label: 2, config: 1, wholeName: 100 }
/** Shorter parts are in no phrase of three letters. */
const PART_MIN = 3
const STARTS_MAX = 500

/** The body of a search. What may not be seen is filtered inside of it: it is neither counted nor ranked. */
export function searchBody(query: SearchQuery, scope: AccessScope, way: Way): object {
  const isSimilar = way === 'similar'
  const words = [...wordsOf(query.text), ...(isSimilar ? wordsOf(query.name?.replaceAll('*', ' ')) : [])]
  const inConfig = configQuery(scope)
  const each = words.map((word, at) => {
    if (isSimilar) return best([...similarTo(word), ...namedLike(word), inConfig(phrase('words', word))])
    const isStart = way === 'starts' && at === words.length - 1 && word.length >= PART_MIN
    return best([...namedLike(word), inConfig(isStart ? startPhrase(word) : phrase('words', word))])
  })
  const name = isSimilar ? undefined : query.name?.toLowerCase()
  return {
    ...(isSimilar ? { size: SIMILAR_MAX } : { size: query.limit, from: query.offset }),
    _source: false,
    track_total_hits: COUNTED_MAX,
    sort: words.length === 0 && name === undefined ? ['asset'] : ['_score', 'length', 'asset'],
    query: {
      bool: {
        filter: [...filters(query, scope), ...(name === undefined ? [] : nameFilters(name))],
        must: each,
        should: [...wholeName(words), ...(name === undefined ? [] : nameRanks(name.replaceAll('*', '')))],
      },
    },
  }
}

function filters({ tags, types, accounts, regions, deleted }: SearchQuery, { limits }: AccessScope): object[] {
  const among = { type: types, account: accounts, region: regions }
  return [
    ...(limits === null ? [] : [scopeFilter(limits, { isWhole: false })]),
    ...(deleted ? [] : [{ term: { gone: false } }]),
    ...Object.entries(among).flatMap(([field, given]) => (given.length === 0 ? [] : [{ terms: { [field]: given } }])),
    ...tags.map(tag => ({ term: { labels: labelOf(tag) } })),
  ]
}

/** In the configuration of assets of which nothing is hidden. */
function configQuery({ limits }: AccessScope): (query: object) => object {
  if (limits === null || limits.grants.every(({ hides }) => hides.length === 0))
    return query => worth(WORTH.config, query)
  const isWhole = scopeFilter(limits, { isWhole: true })
  return query => worth(WORTH.config, { bool: { filter: [query, isWhole] } })
}

function namedLike(word: string): object[] {
  return [
    worth(WORTH.exact, { term: { names: word } }),
    worth(WORTH.start, { prefix: { names: word } }),
    worth(WORTH.part, partOf('names', word)),
    worth(WORTH.label, partOf('labels', word)),
  ]
}

/** As a whole, or word for word: `shop-invoces` of `shop-invoices-archive`. Labels count less. */
function similarTo(word: string): object[] {
  if (word.length < PART_MIN) return []
  const fuzzy = { fuzziness: 'AUTO', max_expansions: 50 }
  return [
    { fuzzy: { names: { value: word, ...fuzzy, boost: 2 } } },
    { match: { 'names.word': { query: word, operator: 'and', ...fuzzy } } },
    { match: { 'labels.word': { query: word, operator: 'and', ...fuzzy, boost: 0.5 } } },
  ]
}

/** A part of a name: without a star anywhere in it, as the other index takes it. */
function nameFilters(name: string): object[] {
  if (!name.includes('*')) return [partOf('name', name)]
  const pieces = name.split('*').filter(piece => [...piece].length >= PART_MIN)
  // Their letters are looked up before all names are compared with the pattern.
  return [...pieces.map(piece => partOf('name', piece)), wildcard('name', name.split('*').map(literal).join('*'))]
}

function nameRanks(name: string): object[] {
  if (name === '') return []
  return [worth(2, { term: { name } }), worth(1, { prefix: { name } })]
}

function wholeName(words: readonly string[]): object[] {
  return words.length > 1 ? [worth(WORTH.wholeName, { term: { name: words.join(' ') } })] : []
}

function partOf(field: string, part: string): object {
  return [...part].length >= PART_MIN ? phrase(`${field}.part`, part) : wildcard(field, `*${literal(part)}*`)
}

function phrase(field: string, text: string): object {
  return { match_phrase: { [field]: text } }
}

function startPhrase(text: string): object {
  return { match_phrase_prefix: { words: { query: text, max_expansions: STARTS_MAX } } }
}

function wildcard(field: string, value: string): object {
  return { wildcard: { [field]: { value } } }
}

function literal(text: string): string {
  return text.replace(/[\\*?]/g, character => `\\${character}`)
}

function best(queries: readonly object[]): object {
  return { dis_max: { queries } }
}

function worth(boost: number, filter: object): object {
  return { constant_score: { filter, boost } }
}
