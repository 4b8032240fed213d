import type { Config } from '../config.ts'
import type { Search } from '../ports/search.ts'
import type { Database } from '../store/database.ts'
import { PostgresSearch } from '../store/search/postgres-search.ts'

/** The index that the configuration names. `onFault`: it is away, and the store's own answers. */
export async function openSearch(
  { search }: Pick<Config, 'search'>,
  database: Database,
  onFault: (error: unknown) => void,
): Promise<Search> {
  const stored = new PostgresSearch(database)
  const { driver, url, index, username, password } = search
  if (driver === 'postgres' || url === undefined) return stored
  const [{ OpenSearchSearch }, { StoreFeed }] = await Promise.all([
    import('../drivers/opensearch/opensearch-search.ts'),
    import('../store/search/store-feed.ts'),
  ])
  const settings = { url, index, username, password }
  return new OpenSearchSearch({ settings, feed: new StoreFeed(database), fallback: stored, onFault })
}
