import { EC2Client, type NetworkInterface, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { interfaceAddresses } from '../interface-addresses.ts'
import { arnIn, defineResource, edges, identifiers, nameTag } from '../resource.ts'
import { serviceAsset } from '../service-interface.ts'

export default defineResource<EC2Client, NetworkInterface>({
  type: 'AWS::EC2::NetworkInterface',
  title: 'EC2 network interface',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeNetworkInterfaces'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeNetworkInterfaces({ client, pageSize: 1000 }, {}))
      yield page.NetworkInterfaces ?? []
  },
  describe(client, ids) {
    const Filters = [{ Name: 'network-interface-id', Values: [...ids] }]
    return gather(paginateDescribeNetworkInterfaces({ client }, { Filters }), page => page.NetworkInterfaces)
  },
  gone: ['InvalidNetworkInterfaceID.NotFound'],
  id: face => face.NetworkInterfaceId,
  arn: (face, place) => arnIn(place, 'ec2', `network-interface/${face.NetworkInterfaceId}`),
  name: face => nameTag(face.TagSet),
  owner: face => face.OwnerId,
  identifiers: face => [
    ...interfaceAddresses(face),
    ...identifiers('dns', face.PublicDnsName === face.Association?.PublicDnsName ? undefined : face.PublicDnsName),
  ],
  edges: (face, place) => [
    ...edges('in-vpc', face.VpcId),
    ...edges('in-subnet', face.SubnetId),
    ...edges('has-security-group', ...(face.Groups ?? []).map(group => group.GroupId)),
    ...edges('attached-to', face.Attachment?.InstanceId),
    ...edges('part-of', serviceAsset(face.Description, place)),
  ],
  volatile: ['Status', 'Attachment.Status'],
  unordered: ['Groups', 'PrivateIpAddresses', 'Ipv6Addresses', 'TagSet'],
  example: {
    item: {
      NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
      OwnerId: '111122223333',
      Description: 'ELB app/shop/50dc6c495c0c9188',
      InterfaceType: 'interface',
      RequesterManaged: true,
      Status: 'in-use',
      VpcId: 'vpc-0a1b2c3d',
      SubnetId: 'subnet-0a1b2c3d',
      PrivateIpAddress: '10.12.7.40',
      PrivateDnsName: 'ip-10-12-7-40.eu-west-1.compute.internal',
      PrivateIpAddresses: [
        {
          Primary: true,
          PrivateIpAddress: '10.12.7.40',
          Association: {
            PublicIp: '203.0.113.40',
            PublicDnsName: 'ec2-203-0-113-40.eu-west-1.compute.amazonaws.com',
            IpOwnerId: 'amazon-elb',
          },
        },
      ],
      Ipv6Addresses: [{ Ipv6Address: '2001:db8:1234:1a00::28' }],
      Ipv4Prefixes: [{ Ipv4Prefix: '10.12.8.16/28' }],
      Groups: [{ GroupId: 'sg-0a1b2c3d4e5f60718', GroupName: 'web' }],
      TagSet: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'eni-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0a1b2c3d4e5f60718',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'private-ip', value: '10.12.7.40' },
        { kind: 'public-ip', value: '203.0.113.40' },
        { kind: 'public-ip', value: '2001:db8:1234:1a00::28' },
        { kind: 'cidr', value: '10.12.8.16/28' },
        { kind: 'dns', value: 'ip-10-12-7-40.eu-west-1.compute.internal' },
        { kind: 'dns', value: 'ec2-203-0-113-40.eu-west-1.compute.amazonaws.com' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        {
          kind: 'part-of',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
        },
      ],
    },
  },
})
