import type { AccessScope } from '../../model/access-scope.ts'
import type { Search, SearchLag, SearchPage, SearchQuery } from '../../ports/search.ts'
import type { Database } from '../database.ts'
import { scopeParameters } from '../scope-masks.ts'
import { indexLag, indexPending } from './index-pending.ts'
import { COUNTED_MAX, searchStatements } from './search-statement.ts'

/** Search in PostgreSQL's own indexes: words by tsvector, parts of names by trigrams. */
export class PostgresSearch implements Search {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async find(query: SearchQuery, scope: AccessScope): Promise<SearchPage> {
    await scopeParameters(this.#database, scope)
    const { page, count } = searchStatements(query, scope)
    const [rows, counts] = await Promise.all([
      this.#database.query<{ asset: string; total?: number }>(page),
      count === undefined ? undefined : this.#database.query<{ total: number }>(count),
    ])
    const total = counts?.[0]?.total ?? rows[0]?.total ?? 0
    return { ids: rows.map(row => row.asset), total, isTotalExact: total < COUNTED_MAX }
  }

  indexPending(signal: AbortSignal): Promise<boolean> {
    return indexPending(this.#database, signal)
  }

  lag(now: number): Promise<SearchLag> {
    return indexLag(this.#database, now)
  }
}
