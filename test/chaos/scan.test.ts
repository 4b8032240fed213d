import { expect, test } from 'vitest'
import { chaosScan } from './scan.ts'

test('kills of the scan and of PostgreSQL lose nothing acknowledged and leave a consistent store', async () => {
  const result = await chaosScan(5, () => {})

  expect(result).toMatchObject({ kills: 5, lost: 0, inconsistencies: [] })
  expect(result.acknowledged).toBeGreaterThan(0)
}, 180_000)
