import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ResourceTypeName } from '../../src/model/identity.ts'
import { emptied } from '../moto/fault.ts'
import { changesSince, type Holdings, holdings } from './registry.ts'
import { openWorld, type World } from './world.ts'

describe('a company that was scanned before', () => {
  let world: World
  let before: Holdings

  beforeAll(async () => {
    world = await openWorld()
    await world.scan()
    before = await holdings(world.database)
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test('and has stayed as it was: the second scan writes no version and ends nothing', async () => {
    const between = Date.now()

    const progress = await world.scan()

    expect(await changesSince(world.database, between)).toEqual([])
    expect(await holdings(world.database)).toEqual(before)
    expect(before.assets).toBeGreaterThan(100)
    expect(progress).toMatchObject({ created: 0, changed: 0, ended: 0, denied: 0, failed: 0 })
  })

  test('a scan of one account ends nothing in another, of which nothing is there any more', async () => {
    const { shop, payments, proxy, database } = world
    using _ = proxy.inject({ account: payments.account, operation: 'DescribeInstances' }, emptied('reservationSet'))

    await world.scan({ accounts: [shop.account] })
    const afterShop = await holdings(database)
    await world.scan({ accounts: [payments.account], types: ['AWS::EC2::Instance' as ResourceTypeName] })
    const afterPayments = await holdings(database)

    expect(afterShop).toEqual(before)
    expect(afterPayments.ended).toEqual(payments.instances.map(({ id }) => id).sort())
  })
})
