import { type Cluster, DescribeClusterCommand, EKSClient, paginateListClusters } from '@aws-sdk/client-eks'
import { oneByOne } from '../describe.ts'
import { defineResource, edges, identifiers } from '../resource.ts'

export default defineResource<EKSClient, Cluster>({
  type: 'AWS::EKS::Cluster',
  title: 'EKS cluster',
  service: 'eks',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['eks:ListClusters', 'eks:DescribeCluster'],
  client: settings => new EKSClient(settings),
  async *list(client, place) {
    for await (const page of paginateListClusters({ client, pageSize: 100 }, {}))
      yield this.describe(client, page.clusters ?? [], place)
  },
  describe(client, names) {
    return oneByOne(names, this.gone, async name => (await client.send(new DescribeClusterCommand({ name }))).cluster)
  },
  brings: { types: ['AWS::EC2::NetworkInterface', 'AWS::EC2::SecurityGroup'] },
  gone: ['ResourceNotFoundException'],
  id: cluster => cluster.name,
  arn: cluster => cluster.arn,
  name: cluster => cluster.name,
  identifiers: cluster => [
    ...identifiers('id', cluster.id),
    ...identifiers('dns', hostOf(cluster.endpoint)),
    ...identifiers(
      'cidr',
      cluster.kubernetesNetworkConfig?.serviceIpv4Cidr,
      cluster.kubernetesNetworkConfig?.serviceIpv6Cidr,
    ),
  ],
  edges: ({ resourcesVpcConfig: network, ...cluster }) => [
    ...edges('in-vpc', network?.vpcId),
    ...edges('in-subnet', ...(network?.subnetIds ?? [])),
    ...edges('has-security-group', network?.clusterSecurityGroupId, ...(network?.securityGroupIds ?? [])),
    ...edges('runs-as', cluster.roleArn, cluster.computeConfig?.nodeRoleArn),
    ...edges('encrypted-by', ...(cluster.encryptionConfig ?? []).map(config => config.provider?.keyArn)),
  ],
  volatile: ['health', 'clientRequestToken'],
  unordered: [
    'resourcesVpcConfig.subnetIds',
    'resourcesVpcConfig.securityGroupIds',
    'resourcesVpcConfig.publicAccessCidrs',
  ],
  example: {
    item: {
      name: 'shop',
      arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
      version: '1.33',
      status: 'ACTIVE',
      endpoint: 'https://0A1B2C3D4E5F60718293A4B5C6D7E8F9.gr7.eu-west-1.eks.amazonaws.com',
      roleArn: 'arn:aws:iam::111122223333:role/eks-cluster',
      resourcesVpcConfig: {
        vpcId: 'vpc-0a1b2c3d',
        subnetIds: ['subnet-0a1b2c3d'],
        clusterSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
        securityGroupIds: [],
        endpointPublicAccess: true,
        publicAccessCidrs: ['0.0.0.0/0'],
      },
      kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4' },
      encryptionConfig: [
        { resources: ['secrets'], provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' } },
      ],
      tags: { team: 'shop' },
    },
    asset: {
      id: 'shop',
      arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
      name: 'shop',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: '0a1b2c3d4e5f60718293a4b5c6d7e8f9.gr7.eu-west-1.eks.amazonaws.com' },
        { kind: 'cidr', value: '172.20.0.0/16' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'runs-as', target: 'arn:aws:iam::111122223333:role/eks-cluster' },
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-west-1:111122223333:key/0d1c' },
      ],
    },
  },
})

function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.hostname
}
