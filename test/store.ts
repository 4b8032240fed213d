import { inject } from 'vitest'
import type { Database } from '../src/store/database.ts'
import { newStore } from './new-store.ts'

/** A new and empty store, all migrations applied, on the server that the test run shares. `await using` closes it. */
export function openTestStore(): Promise<Database> {
  return newStore(inject('storeHome'))
}
