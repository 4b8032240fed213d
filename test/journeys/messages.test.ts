import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from '../moto/call.ts'
import { broken, denied } from '../moto/fault.ts'
import { openWorld, type World } from './world.ts'

const SCAN = ['scan', '--type', 'AWS::EC2::Instance'] as const

describe('what a person is told when something cannot be read', () => {
  let world: World

  beforeAll(async () => {
    world = await openWorld()
    await world.type(SCAN)
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test('a role that cannot be assumed: where, what to grant, and that nothing was ended', async () => {
    const { account } = world.payments
    const where = (call: Call) => call.body.includes(account)
    using _ = world.proxy.inject({ operation: 'AssumeRole', where }, denied())

    const { exit, notes } = await world.type(SCAN)

    expect(exit).toBe(3)
    expect(notes).toContain(`${account} (payments)`)
    expect(notes).toContain(`Grant sts:AssumeRole on arn:aws:iam::${account}:role/cadastre-read`)
    expect(notes).toContain(`cadastre scan --account ${account}`)
    expect(notes).toMatch(/nothing was ended/)
  })

  test('a missing permission: which, where, and how to go on', async () => {
    using _ = world.proxy.inject({ operation: 'DescribeInstances', account: world.shop.account }, denied())

    const { exit, notes } = await world.type(SCAN)
    const status = await world.type(['status'])

    expect(exit).toBe(3)
    expect(notes).toContain('ec2:DescribeInstances')
    expect(status.output).toContain('ec2:DescribeInstances')
    expect(status.output).toContain('shop')
  })

  test('an answer from what could not be read again says how old it is', async () => {
    using _ = world.proxy.inject({ operation: 'DescribeInstances', account: world.shop.account }, denied())
    await world.type(SCAN)

    const { exit, output } = await world.type(['where', world.shop.instances[0].privateIp])

    expect(exit).toBe(0)
    expect(output).toContain(world.shop.instances[0].id)
    expect(output).toMatch(/ec2:DescribeInstances|denied/)
  })

  test('an account that is not there', async () => {
    const { exit, notes } = await world.type(['scan', '--account', '999999999999'])

    expect(exit).toBe(1)
    expect(notes).toContain('No account 999999999999 was found')
  })

  test('an organisation that may not be listed: the own account is read alone', async () => {
    using _ = world.proxy.inject({ service: 'organizations' }, denied())

    const { exit, notes } = await world.type(SCAN)

    expect(exit).toBe(0)
    expect(notes).toContain('organizations:ListAccountsForParent')
    expect(notes).toContain('CADASTRE_AWS_ACCOUNTS')
  })

  test('credentials that AWS does not know', async () => {
    using _ = world.proxy.inject({ operation: 'GetCallerIdentity' }, denied('The security token is invalid'))

    const { exit, notes } = await world.type(SCAN)

    expect(exit).toBe(3)
    expect(notes).toContain('AWS_PROFILE')
  })

  test('a service in trouble: it is to be tried again', async () => {
    using _ = world.proxy.inject({ operation: 'DescribeInstances', account: world.shop.account }, broken())

    const { exit, notes } = await world.type(SCAN)

    expect(exit).toBe(3)
    expect(notes).toMatch(/failed: AWS::EC2::Instance in \d+ \(shop\)/)
    expect(notes).toContain('InternalError')
  })
})
