import { OpenSearchSearch } from '../../src/drivers/opensearch/opensearch-search.ts'
import type { Search } from '../../src/ports/search.ts'
import type { Database } from '../../src/store/database.ts'
import { PostgresSearch } from '../../src/store/search/postgres-search.ts'
import { StoreFeed } from '../../src/store/search/store-feed.ts'
import { whyNotInstalled } from './installed.ts'
import { startOpenSearch } from './server.ts'

/** What a driver's index runs in while a file of tests does. */
export interface Engine extends AsyncDisposable {
  searchOf(database: Database): Search
}

export interface Driver {
  readonly name: string
  /** Undefined: it runs. */
  readonly whyNot: string | undefined
  open(): Promise<Engine>
}

export const DRIVERS: readonly Driver[] = [
  {
    name: 'PostgreSQL',
    whyNot: undefined,
    open: async () => ({ searchOf: database => new PostgresSearch(database), [Symbol.asyncDispose]: async () => {} }),
  },
  {
    name: 'OpenSearch',
    whyNot: whyNotInstalled(),
    async open() {
      const server = await startOpenSearch()
      return {
        searchOf: database => openSearchOf(database, server.url),
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      }
    },
  },
]

/** Faults are thrown away: a search says itself when it was answered by another index. */
export function openSearchOf(
  database: Database,
  url: string,
  onFault: (error: unknown) => void = () => {},
): OpenSearchSearch {
  return new OpenSearchSearch({
    settings: { url, index: 'cadastre' },
    feed: new StoreFeed(database),
    fallback: new PostgresSearch(database),
    onFault,
  })
}

/** Indexed to the end. Transactions of other stores of the same server hold the horizon back: what waits for them comes after them. */
export async function settle(search: Search): Promise<void> {
  const signal = AbortSignal.timeout(60_000)
  let isDone = false
  do isDone = await search.indexPending(signal)
  while (!signal.aborted && !(isDone && (await search.lag(Date.now())).pending === 0))
  signal.throwIfAborted()
}
