import { EC2Client, paginateDescribeSubnets, type Subnet } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, nameTag } from '../resource.ts'

export default defineResource<EC2Client, Subnet>({
  type: 'AWS::EC2::Subnet',
  title: 'VPC subnet',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeSubnets'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeSubnets({ client, pageSize: 1000 }, {})) yield page.Subnets ?? []
  },
  describe(client, ids) {
    const Filters = [{ Name: 'subnet-id', Values: [...ids] }]
    return gather(paginateDescribeSubnets({ client }, { Filters }), page => page.Subnets)
  },
  gone: ['InvalidSubnetID.NotFound'],
  id: subnet => subnet.SubnetId,
  arn: (subnet, place) => subnet.SubnetArn ?? arnIn(place, 'ec2', `subnet/${subnet.SubnetId}`),
  name: subnet => nameTag(subnet.Tags),
  owner: subnet => subnet.OwnerId,
  identifiers: subnet => [
    ...identifiers('cidr', subnet.CidrBlock),
    ...identifiers(
      'cidr',
      ...(subnet.Ipv6CidrBlockAssociationSet ?? [])
        .filter(block => ['associating', 'associated'].includes(block.Ipv6CidrBlockState?.State ?? 'associated'))
        .map(block => block.Ipv6CidrBlock),
    ),
  ],
  edges: subnet => edges('in-vpc', subnet.VpcId),
  volatile: ['AvailableIpAddressCount', 'State'],
  unordered: ['Ipv6CidrBlockAssociationSet', 'Tags'],
  example: {
    item: {
      SubnetId: 'subnet-0a1b2c3d',
      SubnetArn: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b2c3d',
      OwnerId: '111122223333',
      VpcId: 'vpc-0a1b2c3d',
      AvailabilityZone: 'eu-west-1a',
      State: 'available',
      AvailableIpAddressCount: 203,
      CidrBlock: '10.12.7.0/24',
      Ipv6CidrBlockAssociationSet: [
        { Ipv6CidrBlock: '2001:db8:1234:1a00::/64', Ipv6CidrBlockState: { State: 'associated' } },
      ],
      MapPublicIpOnLaunch: false,
      Tags: [{ Key: 'Name', Value: 'shop-a' }],
    },
    asset: {
      id: 'subnet-0a1b2c3d',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b2c3d',
      name: 'shop-a',
      tags: { Name: 'shop-a' },
      identifiers: [
        { kind: 'cidr', value: '10.12.7.0/24' },
        { kind: 'cidr', value: '2001:db8:1234:1a00::/64' },
      ],
      edges: [{ kind: 'in-vpc', target: 'vpc-0a1b2c3d' }],
    },
  },
})
