import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moveAddress, removeEncryption, rotateKey, terminate } from '../../demo/changes.ts'
import { holdings } from './registry.ts'
import { openWorld, type World } from './world.ts'

describe('what changed between two scans is known at both times', () => {
  let world: World
  let newKey: string
  /** After the first scan, before anything changed. */
  let before: string

  beforeAll(async () => {
    world = await openWorld()
    const { site, address, instances, robot, accessKey, bucket } = world.shop
    await world.scan()
    await delay(10)
    before = new Date().toISOString()
    await moveAddress(site, address.allocation, instances[1].id)
    newKey = await rotateKey(site, { user: robot, accessKey })
    await removeEncryption(site, bucket)
    await terminate(site, instances[2].id)
    await world.scan()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test('an address that moved is found at both times at the right owner', async () => {
    const { address, instances, account } = world.shop
    const now = await world.ask('where', { what: address.publicIp })
    const then = await world.ask('where', { what: address.publicIp, at: before })

    expect(now.output).toMatchObject({ holders: [{ asset: { nativeId: instances[1].id, account } }] })
    expect(then.output).toMatchObject({ holders: [{ asset: { nativeId: instances[0].id, account } }] })
    expect(now.headline).toContain(instances[1].name)
    expect(then.headline).toContain(instances[0].name)
  })

  test('a rotated key is found though it is deleted, with its user and account', async () => {
    const { accessKey, robot, account } = world.shop
    const old = await world.ask('key', { key: accessKey })
    const current = await world.ask('key', { key: newKey })

    expect(old.found).toBe(true)
    expect(old.headline).toContain(robot)
    expect(old.headline).toMatch(/deleted|no longer|gone/)
    expect(JSON.stringify(old.output)).toContain(account)
    expect(current.headline).toContain(robot)
    expect(current.headline).not.toMatch(/deleted|no longer|gone/)
  })

  test('a bucket that lost its encryption says so now, and was encrypted then', async () => {
    const { bucket } = world.shop
    const now = await world.ask('bucket', { bucket })
    const then = await world.ask('bucket', { bucket, at: before })

    expect(then.output).toMatchObject({ bucket: { encryption: 'aws:kms', public: 'no' } })
    expect(now.output).toMatchObject({
      bucket: {
        encryption: null,
        public: 'no',
        lastChange: { changes: [{ field: 'ServerSideEncryptionConfiguration', after: null }] },
      },
    })
  })

  test('a terminated instance holds its address no longer, and held it then', async () => {
    const { id, privateIp } = world.shop.instances[2]
    const now = await world.ask('where', { what: privateIp })
    const then = await world.ask('where', { what: privateIp, at: before })

    expect(now.found).toBe(false)
    expect(then.output).toMatchObject({ holders: [{ asset: { nativeId: id } }] })
  })

  test('nothing else ended', async () => {
    const { ended } = await holdings(world.database)
    expect(ended.filter(id => id === world.shop.accessKey)).toHaveLength(1)
    expect(ended.filter(id => !/^(eni|vol)-/.test(id))).toEqual([world.shop.accessKey])
  })
})
