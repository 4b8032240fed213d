import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ResourceTypeName } from '../../src/model/identity.ts'
import type { Call } from '../moto/call.ts'
import { broken, cut, denied, deniedByPolicy, emptyPage, notEnabled, throttled, withoutTags } from '../moto/fault.ts'
import { changesSince, type Holdings, holdings, unreadScopes } from './registry.ts'
import { openWorld, REGIONS, type World } from './world.ts'

const INSTANCE = 'AWS::EC2::Instance' as ResourceTypeName
const UNKNOWN_ACCOUNT = '999999999999'

describe('what cannot be read ends no asset, is said, and stops nothing else', () => {
  let world: World
  let before: Holdings
  let scannedAt: number

  beforeAll(async () => {
    world = await openWorld()
    await world.scan()
    before = await holdings(world.database)
    scannedAt = Date.now()
  })
  afterAll(() => world?.[Symbol.asyncDispose]())
  /** The company never changes here, so whatever is written after the first scan is a mistake. */
  afterEach(async () => {
    expect(await changesSince(world.database, scannedAt)).toEqual([])
    expect(await holdings(world.database)).toEqual(before)
  })

  const scanOfShop = (types?: readonly ResourceTypeName[]) => world.scan({ accounts: [world.shop.account], types })

  test('a lost permission', async () => {
    using fault = world.proxy.inject({ operation: 'DescribeInstances', account: world.shop.account }, denied())

    const progress = await scanOfShop()

    expect(fault.hits).toBe(REGIONS.length)
    expect(progress).toMatchObject({ denied: REGIONS.length, failed: 0 })
    expect(progress.scopes).toBeGreaterThan(80)
    expect(await unreadScopes(world.database, world.shop.account)).toMatchObject(
      REGIONS.map(region => ({
        region,
        type: INSTANCE,
        outcome: 'denied',
        needs: ['ec2:DescribeInstances'],
        wasRead: true,
      })),
    )
  })

  test('a page that fails after one that held nothing', async () => {
    const pages = { operation: 'DescribeInstances', region: REGIONS[0], account: world.shop.account }
    using rest = world.proxy.inject({ ...pages, where: call => call.body.includes('NextToken=more') }, broken())
    using first = world.proxy.inject({ ...pages, times: 1 }, emptyPage('reservationSet'))

    const progress = await scanOfShop([INSTANCE])

    expect([first.hits, rest.hits > 0]).toEqual([1, true])
    expect(progress).toMatchObject({ scopes: REGIONS.length, failed: 1, denied: 0 })
    expect(await unreadScopes(world.database, world.shop.account)).toMatchObject([
      { region: REGIONS[0], type: INSTANCE, outcome: 'failed', wasRead: true },
    ])
  })

  test('connections that are lost in the middle of every reply', async () => {
    using fault = world.proxy.inject({ service: 'iam', account: world.shop.account }, cut())

    const progress = await scanOfShop()

    expect(fault.hits).toBeGreaterThan(0)
    expect(progress.failed).toBeGreaterThan(4)
    const unread = await unreadScopes(world.database, world.shop.account)
    expect(unread.map(scope => scope.type).every(type => type.startsWith('AWS::IAM::'))).toBe(true)
  })

  test('a scan that is interrupted', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const controller = new AbortController()
    using _ = world.proxy.inject({ service: 'iam' }, { kind: 'hold', until: released })

    const scanning = world.scan({
      accounts: [world.shop.account],
      signal: controller.signal,
      onProgress: ({ scopes }) => scopes > 20 && controller.abort(new Error('interrupted')),
    })
    controller.signal.addEventListener('abort', () => release())
    const progress = await scanning

    expect(controller.signal.aborted).toBe(true)
    expect(progress).toMatchObject({ failed: 0, denied: 0, ended: 0 })
    expect(progress.scopes).toBeLessThan(progress.scopesKnown)
  })

  test('an account that does not let us in', async () => {
    const isPayments = (call: Call) => call.body.includes(world.payments.account)
    using _ = world.proxy.inject({ operation: 'AssumeRole', where: isPayments }, denied())

    const progress = await world.scan({ types: [INSTANCE] })

    expect(progress).toMatchObject({ accounts: 3, denied: 1, scopes: 2 * REGIONS.length })
    expect(await unreadScopes(world.database, world.payments.account)).toMatchObject([
      { outcome: 'denied', needs: [expect.stringContaining(`${world.payments.account}:role/cadastre-read`)] },
    ])
  })

  test('an account that does not exist', async () => {
    const isUnknown = (call: Call) => call.body.includes(UNKNOWN_ACCOUNT)
    using _ = world.proxy.inject({ operation: 'AssumeRole', where: isUnknown }, denied())

    const progress = await world.scan(
      { types: [INSTANCE] },
      { CADASTRE_AWS_ACCOUNTS: `${UNKNOWN_ACCOUNT},${world.shop.account}` },
    )

    expect(progress).toMatchObject({ denied: 1, scopes: REGIONS.length, assets: 3 })
    expect(await unreadScopes(world.database, UNKNOWN_ACCOUNT)).toMatchObject([
      { outcome: 'denied', detail: expect.stringContaining('cannot be assumed'), wasRead: false },
    ])
  })

  test.each([
    ['forbidden by a policy of the organisation', deniedByPolicy, 'denied'],
    ['never enabled', notEnabled, 'failed'],
  ] as const)('a region that is %s', async (_, fault, outcome) => {
    // S3 is asked in every region there is a bucket, and says in its own way what it cannot show.
    const where = { region: REGIONS[0], account: world.shop.account, where: (call: Call) => call.service !== 's3' }
    using _fault = world.proxy.inject(where, fault())

    const progress = await scanOfShop()

    const unread = await unreadScopes(world.database, world.shop.account)
    expect(new Set(unread.map(scope => `${scope.region} ${scope.outcome}`))).toEqual(
      new Set([`${REGIONS[0]} ${outcome}`]),
    )
    expect(unread.length).toBeGreaterThan(30)
    expect(progress.scopes).toBeGreaterThan(2 * unread.length)
  })

  test('a storm of throttling, which is waited for', async () => {
    using fault = world.proxy.inject({ operation: 'DescribeInstances', region: REGIONS[0], times: 4 }, throttled())

    const progress = await scanOfShop([INSTANCE])

    expect(fault.hits).toBe(4)
    expect(progress).toMatchObject({ scopes: REGIONS.length, failed: 0, assets: 3 })
  })

  test('a reply in which all tags are missing, once', async () => {
    using fault = world.proxy.inject(
      { operation: 'DescribeInstances', region: REGIONS[0], account: world.shop.account, times: 1 },
      withoutTags(),
    )

    const progress = await scanOfShop([INSTANCE])

    expect(fault.hits).toBe(1)
    expect(progress).toMatchObject({ failed: 0, assets: 3, changed: 0 })
  })
})
