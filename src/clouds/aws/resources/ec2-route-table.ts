import { EC2Client, paginateDescribeRouteTables, type Route, type RouteTable } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { arnIn, defineResource, edges, nameTag } from '../resource.ts'

export default defineResource<EC2Client, RouteTable>({
  type: 'AWS::EC2::RouteTable',
  title: 'VPC route table',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeRouteTables'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeRouteTables({ client, pageSize: 100 }, {})) yield page.RouteTables ?? []
  },
  describe(client, ids) {
    const Filters = [{ Name: 'route-table-id', Values: [...ids] }]
    return gather(paginateDescribeRouteTables({ client }, { Filters }), page => page.RouteTables)
  },
  gone: ['InvalidRouteTableID.NotFound'],
  id: table => table.RouteTableId,
  arn: (table, place) => arnIn(place, 'ec2', `route-table/${table.RouteTableId}`),
  name: table => nameTag(table.Tags),
  owner: table => table.OwnerId,
  edges: table => [
    ...edges('in-vpc', table.VpcId),
    ...edges('routes-to', ...new Set((table.Routes ?? []).map(targetOf))),
    ...edges('associated-with', ...(table.Associations ?? []).map(held => held.SubnetId ?? held.GatewayId)),
  ],
  volatile: ['Associations[].AssociationState'],
  unordered: ['Routes', 'Associations', 'PropagatingVgws', 'Tags'],
  example: {
    item: {
      RouteTableId: 'rtb-0a1b2c3d',
      OwnerId: '111122223333',
      VpcId: 'vpc-0a1b2c3d',
      Routes: [
        { DestinationCidrBlock: '10.12.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-0a1b2c3d', Origin: 'CreateRoute', State: 'active' },
        { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-0a1b', Origin: 'CreateRoute' },
      ],
      Associations: [{ Main: false, RouteTableAssociationId: 'rtbassoc-0a1b', SubnetId: 'subnet-0a1b2c3d' }],
      Tags: [{ Key: 'Name', Value: 'private' }],
    },
    asset: {
      id: 'rtb-0a1b2c3d',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:route-table/rtb-0a1b2c3d',
      name: 'private',
      tags: { Name: 'private' },
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'routes-to', target: 'nat-0a1b2c3d' },
        { kind: 'routes-to', target: 'eigw-0a1b' },
        { kind: 'associated-with', target: 'subnet-0a1b2c3d' },
      ],
    },
  },
})

/** Where a route leads; an instance is reached through one of its interfaces, so that is named only without the instance. */
function targetOf(route: Route): string | undefined {
  return (
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.InstanceId ??
    route.NetworkInterfaceId ??
    route.EgressOnlyInternetGatewayId ??
    route.CarrierGatewayId ??
    route.LocalGatewayId ??
    route.CoreNetworkArn ??
    (route.GatewayId === 'local' ? undefined : route.GatewayId)
  )
}
