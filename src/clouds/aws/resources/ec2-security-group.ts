import { DescribeSecurityGroupsCommand, EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2'
import { defineResource, edges } from '../resource.ts'

export default defineResource({
  type: 'AWS::EC2::SecurityGroup',
  title: 'EC2 security group',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeSecurityGroups'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeSecurityGroups({ client, pageSize: 1000 }, {}))
      yield page.SecurityGroups ?? []
  },
  async describe(client, ids) {
    const Filters = [{ Name: 'group-id', Values: [...ids] }]
    return (await client.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups ?? []
  },
  gone: ['InvalidGroup.NotFound'],
  id: group => group.GroupId,
  arn: (group, { partition, region, account }) =>
    `arn:${partition}:ec2:${region}:${account}:security-group/${group.GroupId}`,
  name: group => group.GroupName,
  owner: group => group.OwnerId,
  edges: group => [
    ...edges('in-vpc', group.VpcId),
    ...edges(
      'allows',
      ...[...(group.IpPermissions ?? []), ...(group.IpPermissionsEgress ?? [])].flatMap(permission =>
        (permission.UserIdGroupPairs ?? []).map(pair => pair.GroupId).filter(id => id !== group.GroupId),
      ),
    ),
  ],
  unordered: [
    'IpPermissions',
    'IpPermissionsEgress',
    'IpPermissions[].IpRanges',
    'IpPermissions[].UserIdGroupPairs',
    'IpPermissionsEgress[].IpRanges',
  ],
  example: {
    item: {
      GroupId: 'sg-0a1b2c3d4e5f60718',
      GroupName: 'web',
      OwnerId: '111122223333',
      VpcId: 'vpc-0a1b2c3d',
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: 'sg-0ffffffffffffffff' }] },
      ],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'sg-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d4e5f60718',
      name: 'web',
      tags: { team: 'shop' },
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'allows', target: 'sg-0ffffffffffffffff' },
      ],
    },
  },
})
