import { EC2Client, type NatGateway, paginateDescribeNatGateways } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, nameTag } from '../resource.ts'

export default defineResource<EC2Client, NatGateway>({
  type: 'AWS::EC2::NatGateway',
  title: 'NAT gateway',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeNatGateways'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeNatGateways({ client, pageSize: 1000 }, {})) yield page.NatGateways ?? []
  },
  describe(client, ids) {
    const Filter = [{ Name: 'nat-gateway-id', Values: [...ids] }]
    return gather(paginateDescribeNatGateways({ client }, { Filter }), page => page.NatGateways)
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: ['NatGatewayNotFound'],
  id: gateway => gateway.NatGatewayId,
  arn: (gateway, place) => arnIn(place, 'ec2', `natgateway/${gateway.NatGatewayId}`),
  name: gateway => nameTag(gateway.Tags),
  // A deleted gateway is listed for about an hour, with the addresses it no longer holds.
  identifiers: gateway =>
    isHeld(gateway)
      ? (gateway.NatGatewayAddresses ?? []).flatMap(held => [
          ...identifiers('public-ip', held.PublicIp),
          ...identifiers('private-ip', held.PrivateIp),
        ])
      : [],
  edges: gateway => [
    ...edges('in-vpc', gateway.VpcId),
    ...edges('in-subnet', gateway.SubnetId),
    ...edges(
      'uses',
      ...(isHeld(gateway) ? (gateway.NatGatewayAddresses ?? []) : []).flatMap(held => [
        held.AllocationId,
        held.NetworkInterfaceId,
      ]),
    ),
  ],
  volatile: ['NatGatewayAddresses[].Status'],
  unordered: ['NatGatewayAddresses', 'Tags'],
  example: {
    item: {
      NatGatewayId: 'nat-0a1b2c3d',
      State: 'available',
      ConnectivityType: 'public',
      VpcId: 'vpc-0a1b2c3d',
      SubnetId: 'subnet-0a1b2c3d',
      NatGatewayAddresses: [
        {
          AllocationId: 'eipalloc-0a1b2c3d4e5f60718',
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
          PublicIp: '203.0.113.7',
          PrivateIp: '10.12.7.7',
          IsPrimary: true,
          Status: 'succeeded',
        },
      ],
      Tags: [{ Key: 'Name', Value: 'shop-nat' }],
    },
    asset: {
      id: 'nat-0a1b2c3d',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-0a1b2c3d',
      name: 'shop-nat',
      tags: { Name: 'shop-nat' },
      identifiers: [
        { kind: 'public-ip', value: '203.0.113.7' },
        { kind: 'private-ip', value: '10.12.7.7' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'uses', target: 'eipalloc-0a1b2c3d4e5f60718' },
        { kind: 'uses', target: 'eni-0a1b2c3d4e5f60718' },
      ],
    },
  },
})

function isHeld(gateway: NatGateway): boolean {
  return gateway.State !== 'deleted' && gateway.State !== 'failed'
}
