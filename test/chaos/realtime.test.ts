import { expect, test } from 'vitest'
import { chaosRealtime } from './realtime.ts'

test('kills of the pipeline, of PostgreSQL and of its connections lose and double no event, and leave every asset as it is', async () => {
  const result = await chaosRealtime(5, () => {})

  expect(result).toMatchObject({ kills: 5, lost: 0, doubled: 0, behind: [], parked: 0, inconsistencies: [] })
  expect(result.events).toBeGreaterThan(0)
}, 240_000)
