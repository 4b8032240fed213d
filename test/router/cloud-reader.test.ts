import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CloudReader } from '../../src/answering/cloud-reader.ts'
import { lazily } from '../../src/answering/lazily.ts'
import { systemClock } from '../../src/ports/clock.ts'
import type { Cloud } from '../../src/ports/cloud.ts'
import type { Database } from '../../src/store/database.ts'
import { liveReadsOf } from '../../src/store/live-reads.ts'
import { accountOf, instantCloud } from '../instant-cloud.ts'
import { openTestStore } from '../store.ts'
import { identityOf } from './routing.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database[Symbol.asyncDispose]())

const ACCOUNTS = 40
const CALLS_MAX = 32
const ASSETS = Array.from({ length: ACCOUNTS }, (_, at) => identityOf(`i-${at}`, accountOf(at)))

/** A cloud that says nothing until it is let. */
function hangingCloud() {
  const { promise: hanging, resolve: answer } = Promise.withResolvers<void>()
  const described: string[] = []
  const cloud = instantCloud({
    accounts: ACCOUNTS,
    regions: 1,
    types: 1,
    assetsPerScope: 0,
    async describe(ids) {
      described.push(...ids)
      await hanging
      return []
    },
  })
  return { cloud, described, answer }
}

function readerOf(open: () => Promise<Cloud>): CloudReader {
  const closing = new AbortController().signal
  return new CloudReader(lazily(open), liveReadsOf(database), { clock: systemClock, closing, lateMs: 300 })
}

test('while the cloud hangs, what waits for its turn is given up in time and never described', async () => {
  const { cloud, described, answer } = hangingCloud()
  const reads = readerOf(async () => cloud).read(ASSETS)

  const waited = await Promise.all(reads.slice(CALLS_MAX))
  answer()
  await Promise.all(reads)
  await delay(50)

  expect(waited).toEqual(waited.map(() => ({ kind: 'failed', detail: 'the cloud did not answer in time' })))
  expect(waited).toHaveLength(ACCOUNTS - CALLS_MAX)
  expect(described).toHaveLength(CALLS_MAX)
})

test('nothing is described that was asked for long before the cloud was opened', async () => {
  const { cloud, described, answer } = hangingCloud()
  answer()
  const reads = readerOf(() => delay(400).then(() => cloud)).read(ASSETS)
  expect(await Promise.all(reads)).toEqual(ASSETS.map(() => expect.objectContaining({ kind: 'failed' })))
  expect(described).toEqual([])
})
