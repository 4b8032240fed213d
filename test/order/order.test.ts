import { expect, test } from 'vitest'
import { checkStore } from '../../src/store/check.ts'
import type { Database } from '../../src/store/database.ts'
import { openTestStore } from '../store.ts'
import { divergenceOf, naturals, STORES, shortest, storiesOf } from './check.ts'

const CASES = 500
const TOGETHER = 50

test('any order, batching and repetition of events and observations, by one writer or several, leaves the same store and the same authors', async () => {
  const stores: Database[] = []
  while (stores.length < STORES) stores.push(await openTestStore())
  const numbers = naturals()
  try {
    const seed = Math.floor(Math.random() * 2 ** 31)
    for (let check = 0; check < CASES / TOGETHER; check++) {
      const found = await divergenceOf(stores, storiesOf(seed + check, TOGETHER), numbers)
      expect(found && (await shortest(stores, found, numbers)), `seed ${seed + check}`).toBeUndefined()
    }
    for (const store of stores) expect(await checkStore(store)).toEqual([])
  } finally {
    await Promise.all(stores.map(store => store[Symbol.asyncDispose]()))
  }
}, 180_000)
