import { type Cluster, DescribeClustersCommand, ECSClient, paginateListClusters } from '@aws-sdk/client-ecs'
import { inBatches } from '../describe.ts'
import { defineResource, edges } from '../resource.ts'

export default defineResource<ECSClient, Cluster>({
  type: 'AWS::ECS::Cluster',
  title: 'ECS cluster',
  service: 'ecs',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ecs:ListClusters', 'ecs:DescribeClusters'],
  client: settings => new ECSClient(settings),
  async *list(client, place) {
    for await (const page of paginateListClusters({ client, pageSize: 100 }, {}))
      yield this.describe(client, page.clusterArns ?? [], place)
  },
  /** A deleted cluster is described for a while as inactive. */
  async describe(client, ids) {
    const found = await inBatches(ids, { size: 100, gone: this.gone }, async clusters => {
      const include = ['TAGS', 'SETTINGS', 'CONFIGURATIONS', 'ATTACHMENTS'] as const
      return (await client.send(new DescribeClustersCommand({ clusters, include: [...include] }))).clusters
    })
    return found.filter(cluster => cluster.status !== 'INACTIVE')
  },
  gone: ['ClusterNotFoundException'],
  id: cluster => cluster.clusterName,
  arn: cluster => cluster.clusterArn,
  name: cluster => cluster.clusterName,
  edges: cluster => [
    ...edges('encrypted-by', cluster.configuration?.executeCommandConfiguration?.kmsKeyId),
    ...edges(
      'logs-to',
      cluster.configuration?.executeCommandConfiguration?.logConfiguration?.cloudWatchLogGroupName,
      cluster.configuration?.executeCommandConfiguration?.logConfiguration?.s3BucketName,
    ),
    ...edges('uses', cluster.serviceConnectDefaults?.namespace),
  ],
  volatile: [
    'registeredContainerInstancesCount',
    'runningTasksCount',
    'pendingTasksCount',
    'activeServicesCount',
    'statistics',
    'attachmentsStatus',
  ],
  unordered: ['tags', 'settings', 'capacityProviders', 'attachments'],
  example: {
    item: {
      clusterName: 'shop',
      clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
      status: 'ACTIVE',
      runningTasksCount: 12,
      settings: [{ name: 'containerInsights', value: 'enabled' }],
      configuration: {
        executeCommandConfiguration: { kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c', logging: 'DEFAULT' },
      },
      tags: [{ key: 'team', value: 'shop' }],
    },
    asset: {
      id: 'shop',
      arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
      name: 'shop',
      tags: { team: 'shop' },
      edges: [{ kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' }],
    },
  },
})
