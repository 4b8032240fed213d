import { describe, expect, test } from 'vitest'
import { asConfigSpells } from '../../../../test/sources/config-spelling.ts'
import { catalogue, NOTHING_KNOWN, notice, PLACE, remembering, taken } from '../../../../test/sources/config-taken.ts'
import type { Memory } from '../../../ports/cloud.ts'
import { Observer } from '../observe.ts'
import type { AnyResourceType } from '../resource.ts'
import { CONVERSIONS } from './config-conversions.ts'
import { keyPaths } from './key-paths.ts'

const REPLY = {
  GroupId: 'sg-e2fb6999',
  GroupName: 'sg_open_ssh',
  Description: 'open ssh',
  OwnerId: '111122223333',
  VpcId: 'vpc-f16e4296',
  SecurityGroupArn: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-e2fb6999',
  IpPermissions: [
    {
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    },
  ],
  IpPermissionsEgress: [
    { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
  ],
  Tags: [{ Key: 'team', Value: 'shop' }],
}

/** The same group as Config spells it. */
const CONFIGURATION = {
  groupId: 'sg-e2fb6999',
  groupName: 'sg_open_ssh',
  description: 'open ssh',
  ownerId: '111122223333',
  vpcId: 'vpc-f16e4296',
  ipPermissions: [
    {
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      ipRanges: ['10.0.0.0/8'],
      ipv4Ranges: [{ cidrIp: '10.0.0.0/8' }],
      ipv6Ranges: [],
      prefixListIds: [],
      userIdGroupPairs: [],
    },
  ],
  ipPermissionsEgress: [
    {
      ipProtocol: '-1',
      fromPort: null,
      toPort: null,
      ipRanges: ['0.0.0.0/0'],
      ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }],
      ipv6Ranges: [],
      prefixListIds: [],
      userIdGroupPairs: [],
    },
  ],
  tags: [{ key: 'team', value: 'shop' }],
}
const GROUP = { resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-e2fb6999', configuration: CONFIGURATION }

describe('states that AWS Config recorded', () => {
  test('an unchanged asset is recorded as the describe recorded it', async () => {
    const { configs, observations, events } = await taken(notice(GROUP), remembering(GROUP.resourceType, REPLY))
    expect(configs).toEqual([REPLY])
    expect(observations[0]).toMatchObject({ at: Date.UTC(2026, 10, 22, 10), source: 'event' })
    expect(events).toBe(0)
  })

  test('a changed value is a change, and no describe is needed for it', async () => {
    const [permission] = CONFIGURATION.ipPermissions
    const opened = { ...permission, ipRanges: ['0.0.0.0/0'], ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] }
    const item = { ...GROUP, configuration: { ...CONFIGURATION, ipPermissions: [opened] } }
    const { configs, events } = await taken(notice(item), remembering(GROUP.resourceType, REPLY))
    expect(configs).toEqual([
      { ...REPLY, IpPermissions: [{ ...REPLY.IpPermissions[0], IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
    ])
    expect(events).toBe(0)
  })

  test.each<[string, object, () => Memory]>([
    ['was never read', GROUP, () => NOTHING_KNOWN],
    [
      'has a field that Config does not know',
      GROUP,
      () => remembering(GROUP.resourceType, { ...REPLY, Brand: { New: true } }),
    ],
    [
      'lacks a field that Config knows',
      GROUP,
      () => {
        const { VpcId: _, ...rest } = REPLY
        return remembering(GROUP.resourceType, rest)
      },
    ],
    [
      'has fields further in that it did not have',
      {
        ...GROUP,
        configuration: {
          ...CONFIGURATION,
          ipPermissions: [
            { ...CONFIGURATION.ipPermissions[0], ipv4Ranges: [{ cidrIp: '10.0.0.0/8', description: 'office' }] },
          ],
        },
      },
      () => remembering(GROUP.resourceType, REPLY),
    ],
    ['was not read in full', GROUP, () => remembering(GROUP.resourceType, { ...REPLY, $unread: ['Tags'] })],
    [
      'has lost all its tags: that is read again before it is believed',
      { ...GROUP, configuration: { ...CONFIGURATION, tags: [] } },
      () => remembering(GROUP.resourceType, REPLY),
    ],
    ['is of another type', { ...GROUP, resourceType: 'AWS::EC2::Instance', resourceId: 'i-1' }, () => NOTHING_KNOWN],
    ['is gone', { ...GROUP, configurationItemStatus: 'ResourceDeleted', configuration: null }, () => NOTHING_KNOWN],
    [
      'is written by somebody who is not Config',
      { ...GROUP, configuration: { ...CONFIGURATION, ipPermissions: 'all', tags: 7 } },
      () => remembering(GROUP.resourceType, REPLY),
    ],
  ])('an asset is read from the cloud that %s', async (_, item, memory) => {
    const { observations, events } = await taken(notice(item), memory())
    expect(observations).toEqual([])
    expect(events).toBe(1)
  })

  test.each(Object.keys(CONVERSIONS))(
    "%s: the type's own example, spelled as Config does, comes out as it was",
    async name => {
      const type = catalogue.get(name) as AnyResourceType
      const item = type.example.item as object
      const message = notice(asConfigSpells(name, type.id(item) as string, item))
      const observed = new Observer(type, 'k').observe(item, PLACE)
      const { configs } = await taken(message, remembering(name, item))
      expect(configs).toEqual([observed?.present.config])
    },
  )
})

test('the fields of a value are told with their depth and kind, whatever the order', () => {
  expect(keyPaths({ b: [{ c: 1 }, { d: [] }], a: 'x' })).toBe('.a string\n.b[].c number\n.b[].d[] empty')
  expect(keyPaths({ a: 1 })).not.toBe(keyPaths({ a: '1' }))
})
