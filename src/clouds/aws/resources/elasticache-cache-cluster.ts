import {
  type CacheCluster,
  DescribeCacheClustersCommand,
  ElastiCacheClient,
  paginateDescribeCacheClusters,
  type Tag,
} from '@aws-sdk/client-elasticache'
import { oneByOne } from '../describe.ts'
import { withTags } from '../elasticache-tags.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

const ShowCacheNodeInfo = true

export default defineResource<ElastiCacheClient, CacheCluster & { TagList?: Tag[] }>({
  type: 'AWS::ElastiCache::CacheCluster',
  title: 'ElastiCache cluster',
  service: 'elasticache',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['elasticache:DescribeCacheClusters', 'elasticache:ListTagsForResource'],
  client: settings => new ElastiCacheClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeCacheClusters({ client, pageSize: 100 }, { ShowCacheNodeInfo }))
      yield oneByOne(page.CacheClusters ?? [], [], cluster => withTags(client, cluster))
  },
  describe(client, ids) {
    return oneByOne(ids, this.gone, async CacheClusterId => {
      const reply = await client.send(new DescribeCacheClustersCommand({ CacheClusterId, ShowCacheNodeInfo }))
      const cluster = reply.CacheClusters?.[0]
      return cluster && withTags(client, cluster)
    })
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: ['CacheClusterNotFoundFault', 'CacheClusterNotFound'],
  id: cluster => cluster.CacheClusterId,
  arn: cluster => cluster.ARN,
  name: cluster => cluster.CacheClusterId,
  identifiers: cluster =>
    identifiers(
      'dns',
      cluster.ConfigurationEndpoint?.Address,
      ...(cluster.CacheNodes ?? []).map(node => node.Endpoint?.Address),
    ),
  edges: cluster => [
    ...edges('member-of', cluster.ReplicationGroupId),
    ...edges('has-security-group', ...(cluster.SecurityGroups ?? []).map(group => group.SecurityGroupId)),
    ...edges('uses', cluster.CacheSubnetGroupName, cluster.NotificationConfiguration?.TopicArn),
  ],
  volatile: [
    'CacheClusterStatus',
    'CacheNodes[].CacheNodeStatus',
    'CacheNodes[].ParameterGroupStatus',
    'CacheParameterGroup.ParameterApplyStatus',
    'SecurityGroups[].Status',
  ],
  unordered: ['TagList', 'CacheNodes', 'SecurityGroups'],
  example: {
    item: {
      CacheClusterId: 'sessions-001',
      ARN: 'arn:aws:elasticache:eu-west-1:111122223333:cluster:sessions-001',
      Engine: 'redis',
      CacheClusterStatus: 'available',
      ReplicationGroupId: 'sessions',
      CacheNodes: [
        {
          CacheNodeId: '0001',
          CacheNodeStatus: 'available',
          Endpoint: { Address: 'sessions-001.a1b2c3.0001.euw1.cache.amazonaws.com', Port: 6379 },
        },
      ],
      CacheSubnetGroupName: 'data',
      SecurityGroups: [{ SecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
      TagList: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'sessions-001',
      arn: 'arn:aws:elasticache:eu-west-1:111122223333:cluster:sessions-001',
      name: 'sessions-001',
      tags: { team: 'shop' },
      identifiers: [{ kind: 'dns', value: 'sessions-001.a1b2c3.0001.euw1.cache.amazonaws.com' }],
      edges: [
        { kind: 'member-of', target: 'sessions' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'uses', target: 'data' },
      ],
    },
  },
})
