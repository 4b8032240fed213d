import { expect, test } from 'vitest'
import type { Search } from '../ports/search.ts'
import { following } from './following.ts'

test('the index goes on following after a failure, which is told', async () => {
  const told: unknown[] = []
  let calls = 0
  let isThird: () => void = () => {}
  const third = new Promise<void>(resolve => {
    isThird = resolve
  })
  const search = {
    async indexPending() {
      calls++
      if (calls === 1) throw new Error('the database is away')
      if (calls === 3) isThird()
      return true
    },
  } as unknown as Search
  const clock = { now: () => 0, sleep: () => new Promise<void>(resolve => setImmediate(resolve)) }

  {
    await using _ = following(search, clock, new AbortController().signal, error => told.push(error))
    await third
  }

  expect(told).toMatchObject([{ message: 'the database is away' }])
})
