import {
  type Cluster,
  DescribeClustersCommand,
  paginateDescribeClusters,
  RedshiftClient,
} from '@aws-sdk/client-redshift'
import { oneByOne } from '../describe.ts'
import { distinct } from '../interface-addresses.ts'
import { arnIn, defineResource, edges, identifiers, ipv6 } from '../resource.ts'

export default defineResource<RedshiftClient, Cluster>({
  type: 'AWS::Redshift::Cluster',
  title: 'Redshift cluster',
  service: 'redshift',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['redshift:DescribeClusters'],
  client: settings => new RedshiftClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeClusters({ client, pageSize: 100 }, {})) yield page.Clusters ?? []
  },
  describe(client, ids) {
    return oneByOne(
      ids,
      this.gone,
      async ClusterIdentifier => (await client.send(new DescribeClustersCommand({ ClusterIdentifier }))).Clusters?.[0],
    )
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: ['ClusterNotFoundFault', 'ClusterNotFound'],
  id: cluster => cluster.ClusterIdentifier,
  arn: (cluster, place) => arnIn(place, 'redshift', `cluster:${cluster.ClusterIdentifier}`),
  name: cluster => cluster.ClusterIdentifier,
  identifiers: cluster => {
    const faces = (cluster.Endpoint?.VpcEndpoints ?? []).flatMap(endpoint => endpoint.NetworkInterfaces ?? [])
    const nodes = [...(cluster.ClusterNodes ?? []), ...(cluster.MultiAZSecondary?.ClusterNodes ?? [])]
    return distinct([
      ...identifiers('arn', cluster.ClusterNamespaceArn),
      ...identifiers('dns', cluster.Endpoint?.Address, cluster.CustomDomainName),
      ...identifiers(
        'private-ip',
        ...[...faces.map(face => face.PrivateIpAddress), ...nodes.map(node => node.PrivateIPAddress)],
      ),
      ...identifiers('public-ip', cluster.ElasticIpStatus?.ElasticIp, ...nodes.map(node => node.PublicIPAddress)),
      ...ipv6(...faces.map(face => face.Ipv6Address)),
    ])
  },
  edges: cluster => [
    ...edges('in-vpc', cluster.VpcId),
    ...edges('has-security-group', ...(cluster.VpcSecurityGroups ?? []).map(group => group.VpcSecurityGroupId)),
    ...edges('encrypted-by', cluster.KmsKeyId),
    ...edges('runs-as', ...(cluster.IamRoles ?? []).map(role => role.IamRoleArn)),
    ...edges(
      'uses',
      cluster.ClusterSubnetGroupName,
      cluster.MasterPasswordSecretArn,
      cluster.CustomDomainCertificateArn,
    ),
  ],
  volatile: [
    'ClusterStatus',
    'ClusterAvailabilityStatus',
    'ModifyStatus',
    'RestoreStatus',
    'DataTransferProgress',
    'ResizeInfo',
    'ExpectedNextSnapshotScheduleTime',
    'ExpectedNextSnapshotScheduleTimeStatus',
    'NextMaintenanceWindowStartTime',
    'TotalStorageCapacityInMegaBytes',
    'ElasticResizeNumberOfNodeOptions',
    'LoggingPublishStatus',
    'IamRoles[].ApplyStatus',
    'VpcSecurityGroups[].Status',
    'ClusterParameterGroups[].ParameterApplyStatus',
    'ClusterParameterGroups[].ClusterParameterStatusList',
  ],
  unordered: ['Tags', 'ClusterNodes', 'VpcSecurityGroups', 'IamRoles', 'Endpoint.VpcEndpoints'],
  secrets: ['PendingModifiedValues.MasterUserPassword'],
  example: {
    item: {
      ClusterIdentifier: 'reports',
      ClusterNamespaceArn: 'arn:aws:redshift:eu-west-1:111122223333:namespace:0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      NodeType: 'ra3.large',
      ClusterStatus: 'available',
      Endpoint: { Address: 'reports.c1x2y3z4a5b6.eu-west-1.redshift.amazonaws.com', Port: 5439 },
      VpcId: 'vpc-0a1b2c3d',
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-0a1b2c3d4e5f60718', Status: 'active' }],
      ClusterNodes: [{ NodeRole: 'SHARED', PrivateIPAddress: '10.12.9.5', PublicIPAddress: '203.0.113.80' }],
      IamRoles: [{ IamRoleArn: 'arn:aws:iam::111122223333:role/reports', ApplyStatus: 'in-sync' }],
      PendingModifiedValues: { MasterUserPassword: '****' },
      Tags: [{ Key: 'team', Value: 'finance' }],
    },
    asset: {
      id: 'reports',
      arn: 'arn:aws:redshift:eu-west-1:111122223333:cluster:reports',
      name: 'reports',
      tags: { team: 'finance' },
      identifiers: [
        {
          kind: 'arn',
          value: 'arn:aws:redshift:eu-west-1:111122223333:namespace:0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
        },
        { kind: 'dns', value: 'reports.c1x2y3z4a5b6.eu-west-1.redshift.amazonaws.com' },
        { kind: 'private-ip', value: '10.12.9.5' },
        { kind: 'public-ip', value: '203.0.113.80' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/reports' },
      ],
    },
  },
})
