import { expect, test } from 'vitest'
import { fuzzClassify } from './classify.ts'
import { seedRecords } from './seed-records.ts'

const RUNS = 2_000

test(`${RUNS} spoilt records get an outcome or a rejection each, and none crashes`, async () => {
  const seed = Date.now() % 1e9
  const counts = fuzzClassify(await seedRecords(), RUNS, seed)
  for (const kind of ['mapped', 'ignored', 'rejected']) expect(counts[kind], `${kind}, seed ${seed}`).toBeGreaterThan(0)
})
