import { EC2Client, paginateDescribeVpcEndpoints, type VpcEndpoint } from '@aws-sdk/client-ec2'
import { gather, inBatches } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, json, nameTag } from '../resource.ts'

const GONE = ['InvalidVpcEndpointId.NotFound']

type Endpoint = Omit<VpcEndpoint, 'PolicyDocument'> & { PolicyDocument?: unknown }

const withPolicy = (endpoints: readonly VpcEndpoint[] | undefined): Endpoint[] =>
  (endpoints ?? []).map(endpoint => ({ ...endpoint, PolicyDocument: json(endpoint.PolicyDocument) }))

export default defineResource<EC2Client, Endpoint>({
  type: 'AWS::EC2::VPCEndpoint',
  title: 'VPC endpoint',
  service: 'ec2',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ec2:DescribeVpcEndpoints'],
  client: settings => new EC2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeVpcEndpoints({ client, pageSize: 1000 }, {}))
      yield withPolicy(page.VpcEndpoints)
  },
  describe(client, ids) {
    return inBatches(ids, { size: 100, gone: GONE }, VpcEndpointIds =>
      gather(paginateDescribeVpcEndpoints({ client }, { VpcEndpointIds }), page => withPolicy(page.VpcEndpoints)),
    )
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: GONE,
  id: endpoint => endpoint.VpcEndpointId,
  arn: (endpoint, place) => arnIn(place, 'ec2', `vpc-endpoint/${endpoint.VpcEndpointId}`),
  name: endpoint => nameTag(endpoint.Tags),
  owner: endpoint => endpoint.OwnerId,
  // A deleted endpoint is still listed for a while. The API writes its states in lower case, its model does not.
  identifiers: endpoint =>
    endpoint.State?.toLowerCase() === 'deleted'
      ? []
      : [
          ...identifiers('dns', ...(endpoint.DnsEntries ?? []).map(entry => entry.DnsName)),
          ...identifiers('cidr', ...(endpoint.Ipv4Prefixes ?? []).flatMap(held => held.IpPrefixes ?? [])),
          ...identifiers('cidr', ...(endpoint.Ipv6Prefixes ?? []).flatMap(held => held.IpPrefixes ?? [])),
        ],
  edges: endpoint => [
    ...edges('in-vpc', endpoint.VpcId),
    ...edges('in-subnet', ...(endpoint.SubnetIds ?? [])),
    ...edges('has-security-group', ...(endpoint.Groups ?? []).map(group => group.GroupId)),
    ...edges('uses', ...(endpoint.NetworkInterfaceIds ?? [])),
    ...edges('associated-with', ...(endpoint.RouteTableIds ?? [])),
    ...edges('points-to', endpoint.ServiceName, endpoint.ServiceNetworkArn, endpoint.ResourceConfigurationArn),
  ],
  unordered: ['SubnetIds', 'Groups', 'NetworkInterfaceIds', 'RouteTableIds', 'DnsEntries', 'Tags'],
  example: {
    item: {
      VpcEndpointId: 'vpce-0a1b2c3d',
      VpcEndpointType: 'Interface',
      OwnerId: '111122223333',
      VpcId: 'vpc-0a1b2c3d',
      ServiceName: 'com.amazonaws.eu-west-1.secretsmanager',
      SubnetIds: ['subnet-0a1b2c3d'],
      Groups: [{ GroupId: 'sg-0a1b2c3d4e5f60718', GroupName: 'endpoints' }],
      NetworkInterfaceIds: ['eni-0a1b2c3d4e5f60718'],
      DnsEntries: [
        { DnsName: 'vpce-0a1b2c3d-x1.secretsmanager.eu-west-1.vpce.amazonaws.com', HostedZoneId: 'Z38GZ743OKFT7T' },
      ],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
      Tags: [{ Key: 'Name', Value: 'secrets' }],
    },
    asset: {
      id: 'vpce-0a1b2c3d',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-0a1b2c3d',
      name: 'secrets',
      tags: { Name: 'secrets' },
      identifiers: [{ kind: 'dns', value: 'vpce-0a1b2c3d-x1.secretsmanager.eu-west-1.vpce.amazonaws.com' }],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'uses', target: 'eni-0a1b2c3d4e5f60718' },
        { kind: 'points-to', target: 'com.amazonaws.eu-west-1.secretsmanager' },
      ],
    },
  },
})
