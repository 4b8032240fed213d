import { type DBCluster, paginateDescribeDBClusters, RDSClient } from '@aws-sdk/client-rds'
import { gather, inBatches } from '../describe.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

export default defineResource<RDSClient, DBCluster>({
  type: 'AWS::RDS::DBCluster',
  title: 'RDS database cluster',
  service: 'rds',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['rds:DescribeDBClusters'],
  client: settings => new RDSClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeDBClusters({ client, pageSize: 100 }, {})) yield page.DBClusters ?? []
  },
  describe(client, ids) {
    return inBatches(ids, { size: 100, gone: this.gone }, Values => {
      const Filters = [{ Name: 'db-cluster-id', Values }]
      return gather(paginateDescribeDBClusters({ client, pageSize: 100 }, { Filters }), page => page.DBClusters)
    })
  },
  gone: ['DBClusterNotFoundFault', 'DBClusterNotFound'],
  id: cluster => cluster.DBClusterIdentifier,
  arn: cluster => cluster.DBClusterArn,
  name: cluster => cluster.DBClusterIdentifier,
  identifiers: cluster => [
    ...identifiers('id', cluster.DbClusterResourceId),
    ...identifiers('dns', cluster.Endpoint, cluster.ReaderEndpoint, ...(cluster.CustomEndpoints ?? [])),
  ],
  edges: cluster => [
    ...edges('has-security-group', ...(cluster.VpcSecurityGroups ?? []).map(group => group.VpcSecurityGroupId)),
    ...edges('encrypted-by', cluster.KmsKeyId, cluster.PerformanceInsightsKMSKeyId),
    ...edges('member-of', cluster.GlobalClusterIdentifier),
    ...edges('replica-of', cluster.ReplicationSourceIdentifier),
    ...edges('runs-as', ...(cluster.AssociatedRoles ?? []).map(role => role.RoleArn)),
    ...edges('uses', cluster.MonitoringRoleArn, cluster.MasterUserSecret?.SecretArn),
  ],
  volatile: [
    'Status',
    'Capacity',
    'PercentProgress',
    'StatusInfos',
    'EarliestRestorableTime',
    'LatestRestorableTime',
    'EarliestBacktrackTime',
    'BacktrackConsumedChangeRecords',
    'IOOptimizedNextAllowedModificationTime',
    'AutomaticRestartTime',
    'DBClusterMembers[].DBClusterParameterGroupStatus',
    'VpcSecurityGroups[].Status',
  ],
  unordered: [
    'TagList',
    'AvailabilityZones',
    'CustomEndpoints',
    'VpcSecurityGroups',
    'DBClusterMembers',
    'ReadReplicaIdentifiers',
    'AssociatedRoles',
    'EnabledCloudwatchLogsExports',
  ],
  secrets: ['PendingModifiedValues.MasterUserPassword'],
  example: {
    item: {
      DBClusterIdentifier: 'shop',
      DBClusterArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:shop',
      DbClusterResourceId: 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      Engine: 'aurora-postgresql',
      Status: 'available',
      Endpoint: 'shop.cluster-c1x2y3z4a5b6.eu-west-1.rds.amazonaws.com',
      ReaderEndpoint: 'shop.cluster-ro-c1x2y3z4a5b6.eu-west-1.rds.amazonaws.com',
      DBClusterMembers: [{ DBInstanceIdentifier: 'shop-1', IsClusterWriter: true, PromotionTier: 1 }],
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c',
      AssociatedRoles: [{ RoleArn: 'arn:aws:iam::111122223333:role/import', Status: 'ACTIVE' }],
      PendingModifiedValues: { MasterUserPassword: '****' },
      TagList: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'shop',
      arn: 'arn:aws:rds:eu-west-1:111122223333:cluster:shop',
      name: 'shop',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'id', value: 'cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
        { kind: 'dns', value: 'shop.cluster-c1x2y3z4a5b6.eu-west-1.rds.amazonaws.com' },
        { kind: 'dns', value: 'shop.cluster-ro-c1x2y3z4a5b6.eu-west-1.rds.amazonaws.com' },
      ],
      edges: [
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/import' },
      ],
    },
  },
})
