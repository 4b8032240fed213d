import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Batcher } from './batcher.ts'

test('every item goes out exactly once, in batches no larger than said unless one caller brings more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 12 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 3 }),
      async (sizes, size, lanes) => {
        const batches: number[][] = []
        let busy = 0
        const batcher = new Batcher<number>(
          async items => {
            expect(++busy).toBeLessThanOrEqual(lanes)
            batches.push([...items])
            await sleep(0)
            busy--
          },
          { size, lanes },
        )
        let next = 0
        const given = sizes.map(count => Array.from({ length: count }, () => next++))

        await Promise.all(given.map(items => batcher.add(items)))

        expect(batches.flat().sort((a, b) => a - b)).toEqual(given.flat())
        for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(Math.max(size, ...sizes))
      },
    ),
    { numRuns: 50 },
  )
})

test('adding resolves when the batch is done, and a failed batch fails only those who are in it', async () => {
  let isDone = false
  const batcher = new Batcher<string>(
    async items => {
      if (items.includes('bad')) throw new Error('a bad batch')
      await sleep(5)
      isDone = true
    },
    { size: 1, lanes: 1 },
  )
  const bad = batcher.add(['bad'])
  const good = batcher.add(['good'])

  await expect(bad).rejects.toThrow('a bad batch')
  expect(isDone).toBe(false)
  await good
  expect(isDone).toBe(true)
})
