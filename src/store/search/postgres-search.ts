import { setTimeout as sleep } from 'node:timers/promises'
import type { AccessScope } from '../../model/access-scope.ts'
import {
  COUNTED_MAX,
  type Search,
  type SearchLag,
  type SearchPage,
  type SearchQuery,
  wordsOf,
} from '../../ports/search.ts'
import type { Database } from '../database.ts'
import { scopeParameters } from '../scope-masks.ts'
import { findSimilar } from './find-similar.ts'
import { forgetPlace, indexedShare, indexLag, indexPending, indexStep } from './index-pending.ts'
import { isByContent } from './search-conditions.ts'
import { contentStatement, facetStatements, type Way } from './search-statement.ts'

/** Another process indexes: a look at how far it is. */
const BUSY_MS = 500

/** Search in PostgreSQL's own indexes: words by tsvector, parts of names by trigrams. */
export class PostgresSearch implements Search {
  readonly #database: Database
  /** What is found is an answer's, and may take no longer; what brings the index up to date is not. */
  readonly #questions: Database

  constructor(database: Database) {
    this.#database = database
    this.#questions = database.forQuestions
  }

  async find(query: SearchQuery, scope: AccessScope): Promise<SearchPage> {
    await scopeParameters(this.#questions, scope)
    return isByContent(query) ? await this.#findByContent(query, scope) : await this.#findByFacets(query, scope)
  }

  /** What is not there exactly is looked for in ways that take longer: so these cost nothing where they are not needed. */
  async #findByContent(query: SearchQuery, scope: AccessScope): Promise<SearchPage> {
    const find = async (way: Way) => {
      const [row] = await this.#questions.query<{ ids: string[]; total: number }>(contentStatement(query, scope, way))
      const { ids, total } = row ?? { ids: [], total: 0 }
      return { ids, total: Math.min(total, COUNTED_MAX), isTotalExact: total < COUNTED_MAX, similar: [] }
    }
    const hasWords = wordsOf(query.text).length > 0
    const found = await find('words')
    if (found.total > 0) return found.isTotalExact || !hasWords ? found : await find('crowded')
    const started = hasWords ? await find('starts') : found
    return started.total > 0 ? started : { ...started, similar: await findSimilar(this.#questions, query, scope) }
  }

  async #findByFacets(query: SearchQuery, scope: AccessScope): Promise<SearchPage> {
    const { page, count } = facetStatements(query, scope)
    const [rows, [counted]] = await Promise.all([
      this.#questions.query<{ asset: string }>(page),
      this.#questions.query<{ total: number }>(count),
    ])
    const total = counted?.total ?? 0
    return { ids: rows.map(row => row.asset), total, isTotalExact: total < COUNTED_MAX, similar: [] }
  }

  indexPending(signal: AbortSignal): Promise<boolean> {
    return indexPending(this.#database, signal)
  }

  async rebuild(signal: AbortSignal, onProgress: (share: number) => void): Promise<boolean> {
    await this.#database.transaction(forgetPlace)
    while (!signal.aborted) {
      const step = await indexStep(this.#database)
      if (step === 'done') return true
      onProgress(await indexedShare(this.#database))
      if (step === 'busy') await sleep(BUSY_MS, undefined, { signal }).catch(() => {})
    }
    return false
  }

  lag(now: number): Promise<SearchLag> {
    return indexLag(this.#database, now)
  }
}
