import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  paginateDescribeReplicationGroups,
  type ReplicationGroup,
  type Tag,
} from '@aws-sdk/client-elasticache'
import { oneByOne } from '../describe.ts'
import { withTags } from '../elasticache-tags.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

export default defineResource<ElastiCacheClient, ReplicationGroup & { TagList?: Tag[] }>({
  type: 'AWS::ElastiCache::ReplicationGroup',
  title: 'ElastiCache replication group',
  service: 'elasticache',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['elasticache:DescribeReplicationGroups', 'elasticache:ListTagsForResource'],
  client: settings => new ElastiCacheClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeReplicationGroups({ client, pageSize: 100 }, {}))
      yield oneByOne(page.ReplicationGroups ?? [], [], group => withTags(client, group))
  },
  describe(client, ids) {
    return oneByOne(ids, this.gone, async ReplicationGroupId => {
      const reply = await client.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }))
      const group = reply.ReplicationGroups?.[0]
      return group && withTags(client, group)
    })
  },
  brings: { types: ['AWS::ElastiCache::CacheCluster', 'AWS::EC2::NetworkInterface'] },
  gone: ['ReplicationGroupNotFoundFault'],
  id: group => group.ReplicationGroupId,
  arn: group => group.ARN,
  name: group => group.ReplicationGroupId,
  identifiers: group =>
    identifiers(
      'dns',
      group.ConfigurationEndpoint?.Address,
      ...(group.NodeGroups ?? []).flatMap(part => [part.PrimaryEndpoint?.Address, part.ReaderEndpoint?.Address]),
    ),
  edges: group => [
    ...edges('member-of', group.GlobalReplicationGroupInfo?.GlobalReplicationGroupId),
    ...edges('encrypted-by', group.KmsKeyId),
    ...edges('uses', ...(group.UserGroupIds ?? [])),
  ],
  volatile: [
    'Status',
    'SnapshottingClusterId',
    'NodeGroups[].Status',
    'NodeGroups[].NodeGroupMembers[].CurrentRole',
    'PendingModifiedValues.Resharding',
  ],
  unordered: ['TagList', 'MemberClusters', 'NodeGroups', 'NodeGroups[].NodeGroupMembers', 'UserGroupIds'],
  example: {
    item: {
      ReplicationGroupId: 'sessions',
      ARN: 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions',
      Description: 'sessions of the shop',
      Status: 'available',
      MemberClusters: ['sessions-001'],
      NodeGroups: [
        {
          NodeGroupId: '0001',
          Status: 'available',
          PrimaryEndpoint: { Address: 'sessions.a1b2c3.ng.0001.euw1.cache.amazonaws.com', Port: 6379 },
          ReaderEndpoint: { Address: 'sessions-ro.a1b2c3.ng.0001.euw1.cache.amazonaws.com', Port: 6379 },
        },
      ],
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c',
      TagList: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'sessions',
      arn: 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions',
      name: 'sessions',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'sessions.a1b2c3.ng.0001.euw1.cache.amazonaws.com' },
        { kind: 'dns', value: 'sessions-ro.a1b2c3.ng.0001.euw1.cache.amazonaws.com' },
      ],
      edges: [{ kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' }],
    },
  },
})
