import { describe, expect, test } from 'vitest'
import { isMotoInstalled } from '../moto/server.ts'
import { changesSince, holdings } from './registry.ts'
import { openWorld } from './world.ts'

describe.skipIf(!isMotoInstalled())('scans of a company that stays as it is', () => {
  test('the second writes no version and ends nothing', async () => {
    await using world = await openWorld()
    await world.scan()
    const before = await holdings(world.database)
    const between = Date.now()

    const { progress } = await world.scan()

    expect(await changesSince(world.database, between)).toEqual([])
    expect(await holdings(world.database)).toEqual(before)
    expect(before.assets).toBeGreaterThan(100)
    expect(progress).toMatchObject({ created: 0, changed: 0, ended: 0, denied: 0, failed: 0 })
  })
})
