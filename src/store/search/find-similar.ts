import type { AccessScope } from '../../model/access-scope.ts'
import { type SearchQuery, SIMILAR_MAX, wordsOf } from '../../ports/search.ts'
import type { Database } from '../database.ts'
import { STOPPED } from '../too-slow.ts'
import { configCondition, escaped, filterConditions, type Value } from './search-conditions.ts'
import { type Statement, wordQuery } from './search-statement.ts'

/** Parts of three letters that a word and a name must share, of all of the word's: first what is likely, then what is possible. */
const SIMILARITIES = [0.6, 0.4]
/** Of a short word one slip leaves less. */
const SHORT = { length: 6, similarity: 0.3 }
/** Of so many similar ones the nearest are told. */
const CANDIDATES_MAX = 500
/** What is spelt like half of all names is not looked through to the end. */
const SIMILAR_MS_MAX = 1_000
/** Shorter words are like everything. */
const WORD_MIN = 3

/** The assets, within the scope, whose names, identifiers and tags are spelt much like what was looked for and not found, nearest first. */
export async function findSimilar(database: Database, query: SearchQuery, scope: AccessScope): Promise<string[]> {
  const words = [...wordsOf(query.text), ...wordsOf(query.name?.replaceAll('*', ' '))]
  if (!words.some(word => word.length >= WORD_MIN)) return []
  const { text, values } = similarStatement(query, words, scope)
  const isShort = words.every(word => word.length <= SHORT.length)
  for (const similarity of isShort ? [...SIMILARITIES, SHORT.similarity] : SIMILARITIES) {
    const rows = await database.transaction(async connection => {
      await connection.query(
        `select set_config('pg_trgm.word_similarity_threshold', $1, true), set_config('statement_timeout', $2, true), set_config('enable_seqscan', 'off', true)`,
        [String(similarity), String(SIMILAR_MS_MAX)],
      )
      const found = await connection.query<{ asset: string }>(text, values).catch(stopped)
      return found?.rows
    })
    // What is less similar takes longer still.
    if (rows === undefined) return []
    if (rows.length > 0) return rows.map(row => row.asset)
  }
  return []
}

/** Every word must be there or have its like: `<%` takes the same index as parts of names. */
function similarStatement(query: SearchQuery, words: readonly string[], scope: AccessScope): Statement {
  const values: unknown[] = []
  const value: Value = given => `$${values.push(given)}`
  const inConfig = configCondition(scope, value)
  const filters = filterConditions(query, scope, value)
  const given = words.map(word => value(word))
  const alike = words.map((word, at) => {
    const isThere = [`d.names like ${value(`%${escaped(word)}%`)}`, inConfig(wordQuery(given[at] ?? ''))]
    return `(${[...(word.length < WORD_MIN ? [] : [`${given[at]} <% d.names`]), ...isThere].join(' or ')})`
  })
  return {
    text: `select d.asset from (select d.asset, d.names from document d where ${[...filters, ...alike].join(' and ')} limit ${CANDIDATES_MAX}) d
      order by ${given.map(word => `word_similarity(${word}, d.names)`).join(' + ')} desc, length(d.names), d.asset limit ${SIMILAR_MAX}`,
    values,
  }
}

/** The transaction ends with it, as a commit that is a rollback. */
function stopped(error: unknown): undefined {
  if ((error as { code?: unknown } | undefined)?.code !== STOPPED) throw error
}
