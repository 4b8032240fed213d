import { EC2Client, paginateDescribeTransitGateways, type TransitGateway } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, nameTag } from '../resource.ts'

export default defineResource<EC2Client, TransitGateway>({
  type: 'AWS::EC2::TransitGateway',
  title: 'Transit gateway',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeTransitGateways'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeTransitGateways({ client, pageSize: 1000 }, {}))
      yield page.TransitGateways ?? []
  },
  describe(client, ids) {
    const Filters = [{ Name: 'transit-gateway-id', Values: [...ids] }]
    return gather(paginateDescribeTransitGateways({ client }, { Filters }), page => page.TransitGateways)
  },
  gone: ['InvalidTransitGatewayID.NotFound'],
  id: gateway => gateway.TransitGatewayId,
  arn: (gateway, place) =>
    gateway.TransitGatewayArn ?? arnIn(place, 'ec2', `transit-gateway/${gateway.TransitGatewayId}`),
  name: gateway => nameTag(gateway.Tags),
  owner: gateway => gateway.OwnerId,
  // A deleted gateway is still listed for a while.
  identifiers: gateway =>
    gateway.State === 'deleted' ? [] : identifiers('cidr', ...(gateway.Options?.TransitGatewayCidrBlocks ?? [])),
  edges: gateway =>
    edges(
      'uses',
      ...new Set([gateway.Options?.AssociationDefaultRouteTableId, gateway.Options?.PropagationDefaultRouteTableId]),
    ),
  unordered: ['Options.TransitGatewayCidrBlocks', 'Tags'],
  example: {
    item: {
      TransitGatewayId: 'tgw-0a1b2c3d4e5f60718',
      TransitGatewayArn: 'arn:aws:ec2:eu-west-1:111122223333:transit-gateway/tgw-0a1b2c3d4e5f60718',
      OwnerId: '111122223333',
      State: 'available',
      Description: 'core',
      Options: {
        AmazonSideAsn: 64512,
        TransitGatewayCidrBlocks: ['10.200.0.0/24'],
        AssociationDefaultRouteTableId: 'tgw-rtb-0a1b2c3d',
        PropagationDefaultRouteTableId: 'tgw-rtb-0a1b2c3d',
      },
      Tags: [{ Key: 'Name', Value: 'core' }],
    },
    asset: {
      id: 'tgw-0a1b2c3d4e5f60718',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:transit-gateway/tgw-0a1b2c3d4e5f60718',
      name: 'core',
      tags: { Name: 'core' },
      identifiers: [{ kind: 'cidr', value: '10.200.0.0/24' }],
      edges: [{ kind: 'uses', target: 'tgw-rtb-0a1b2c3d' }],
    },
  },
})
