import { EC2Client, type InternetGateway, paginateDescribeInternetGateways } from '@aws-sdk/client-ec2'
import { gather } from '../describe.ts'
import { arnIn, defineResource, edges, nameTag } from '../resource.ts'

export default defineResource<EC2Client, InternetGateway>({
  type: 'AWS::EC2::InternetGateway',
  title: 'Internet gateway',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeInternetGateways'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeInternetGateways({ client, pageSize: 1000 }, {}))
      yield page.InternetGateways ?? []
  },
  describe(client, ids) {
    const Filters = [{ Name: 'internet-gateway-id', Values: [...ids] }]
    return gather(paginateDescribeInternetGateways({ client }, { Filters }), page => page.InternetGateways)
  },
  gone: ['InvalidInternetGatewayID.NotFound'],
  id: gateway => gateway.InternetGatewayId,
  arn: (gateway, place) => arnIn(place, 'ec2', `internet-gateway/${gateway.InternetGatewayId}`),
  name: gateway => nameTag(gateway.Tags),
  owner: gateway => gateway.OwnerId,
  edges: gateway => edges('attached-to', ...(gateway.Attachments ?? []).map(attachment => attachment.VpcId)),
  volatile: ['Attachments[].State'],
  unordered: ['Tags'],
  example: {
    item: {
      InternetGatewayId: 'igw-0a1b2c3d',
      OwnerId: '111122223333',
      Attachments: [{ State: 'attached', VpcId: 'vpc-0a1b2c3d' }],
      Tags: [{ Key: 'Name', Value: 'shop' }],
    },
    asset: {
      id: 'igw-0a1b2c3d',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:internet-gateway/igw-0a1b2c3d',
      name: 'shop',
      tags: { Name: 'shop' },
      edges: [{ kind: 'attached-to', target: 'vpc-0a1b2c3d' }],
    },
  },
})
