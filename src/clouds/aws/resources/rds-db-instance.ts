import { type DBInstance, paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds'
import { gather, inBatches } from '../describe.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

export default defineResource<RDSClient, DBInstance>({
  type: 'AWS::RDS::DBInstance',
  title: 'RDS database instance',
  service: 'rds',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['rds:DescribeDBInstances'],
  client: settings => new RDSClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeDBInstances({ client, pageSize: 100 }, {})) yield page.DBInstances ?? []
  },
  describe(client, ids) {
    return inBatches(ids, { size: 100, gone: this.gone }, Values => {
      const Filters = [{ Name: 'db-instance-id', Values }]
      return gather(paginateDescribeDBInstances({ client, pageSize: 100 }, { Filters }), page => page.DBInstances)
    })
  },
  brings: { types: ['AWS::EC2::NetworkInterface', 'AWS::RDS::DBSnapshot'] },
  gone: ['DBInstanceNotFoundFault', 'DBInstanceNotFound'],
  id: instance => instance.DBInstanceIdentifier,
  arn: instance => instance.DBInstanceArn,
  name: instance => instance.DBInstanceIdentifier,
  identifiers: instance => [
    ...identifiers('id', instance.DbiResourceId),
    ...identifiers('dns', instance.Endpoint?.Address, instance.ListenerEndpoint?.Address),
  ],
  edges: instance => [
    ...edges('in-vpc', instance.DBSubnetGroup?.VpcId),
    ...edges('in-subnet', ...(instance.DBSubnetGroup?.Subnets ?? []).map(subnet => subnet.SubnetIdentifier)),
    ...edges('has-security-group', ...(instance.VpcSecurityGroups ?? []).map(group => group.VpcSecurityGroupId)),
    ...edges('encrypted-by', instance.KmsKeyId, instance.PerformanceInsightsKMSKeyId),
    ...edges('member-of', instance.DBClusterIdentifier),
    ...edges(
      'replica-of',
      instance.ReadReplicaSourceDBInstanceIdentifier,
      instance.ReadReplicaSourceDBClusterIdentifier,
    ),
    ...edges(
      'runs-as',
      ...(instance.AssociatedRoles ?? []).map(role => role.RoleArn),
      instance.CustomIamInstanceProfile,
    ),
    ...edges('uses', instance.MonitoringRoleArn, instance.MasterUserSecret?.SecretArn),
  ],
  // Backups and maintenance move the status of a database several times a day.
  volatile: [
    'DBInstanceStatus',
    'LatestRestorableTime',
    'PercentProgress',
    'StatusInfos',
    'StorageOperationStatus',
    'StorageOperationPercentProgress',
    'DBParameterGroups[].ParameterApplyStatus',
    'VpcSecurityGroups[].Status',
    'AutomaticRestartTime',
  ],
  unordered: [
    'TagList',
    'VpcSecurityGroups',
    'DBSubnetGroup.Subnets',
    'ReadReplicaDBInstanceIdentifiers',
    'EnabledCloudwatchLogsExports',
    'AssociatedRoles',
  ],
  secrets: ['PendingModifiedValues.MasterUserPassword'],
  example: {
    item: {
      DBInstanceIdentifier: 'orders',
      DBInstanceArn: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
      DbiResourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      DBInstanceClass: 'db.t4g.medium',
      Engine: 'postgres',
      DBInstanceStatus: 'available',
      Endpoint: {
        Address: 'orders.c1x2y3z4a5b6.eu-west-1.rds.amazonaws.com',
        Port: 5432,
        HostedZoneId: 'Z29XKXDKYMONMX',
      },
      DBSubnetGroup: {
        DBSubnetGroupName: 'data',
        VpcId: 'vpc-0a1b2c3d',
        Subnets: [{ SubnetIdentifier: 'subnet-0a1b2c3d' }, { SubnetIdentifier: 'subnet-0b1c2d3e' }],
      },
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
      StorageEncrypted: true,
      KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c',
      PendingModifiedValues: { MasterUserPassword: '****' },
      TagList: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'orders',
      arn: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
      name: 'orders',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'id', value: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
        { kind: 'dns', value: 'orders.c1x2y3z4a5b6.eu-west-1.rds.amazonaws.com' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0b1c2d3e' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      ],
    },
  },
})
