import type { AssetId } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import type { Refresh } from '../ports/refresh-store.ts'
import type { Database } from './database.ts'
import { lastTouched } from './queries/last-touched.ts'
import { record } from './record.ts'
import { refreshStoreOf } from './refreshes.ts'
import { memoryOf } from './scopes.ts'

/** What reading assets for an answer needs of the store. */
export function liveReadsOf(database: Database) {
  return {
    ...memoryOf(database),
    record: async (observations: readonly Observation[]) => (await record(database, observations)).verdicts,
    lastTouched: (ids: readonly AssetId[], since: number) => lastTouched(database, ids, since),
    wait: (refreshes: readonly Refresh[]) => refreshStoreOf(database).wait(refreshes),
  }
}
