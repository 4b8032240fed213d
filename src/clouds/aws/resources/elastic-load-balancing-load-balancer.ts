import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingClient,
  type LoadBalancerAttributes,
  type LoadBalancerDescription,
  paginateDescribeLoadBalancers,
  type Tag,
} from '@aws-sdk/client-elastic-load-balancing'
import { inBatches, oneByOne, partly, parts } from '../describe.ts'
import { arnIn, defineResource, edges, identifiers, type Listed } from '../resource.ts'

type Settings = { LoadBalancerAttributes: LoadBalancerAttributes }
type Balancer = LoadBalancerDescription & Partial<Settings> & { Tags?: Tag[] }

const GONE = ['AccessPointNotFoundException', 'LoadBalancerNotFound']

export default defineResource<ElasticLoadBalancingClient, Balancer>({
  type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  title: 'Classic load balancer',
  service: 'elasticloadbalancing',
  scope: 'regional',
  cadence: 'addresses',
  permissions: [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeLoadBalancerAttributes',
    'elasticloadbalancing:DescribeTags',
  ],
  client: settings => new ElasticLoadBalancingClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeLoadBalancers({ client, pageSize: 400 }, {}))
      yield withSettings(client, page.LoadBalancerDescriptions ?? [])
  },
  async describe(client, names) {
    const found = await inBatches(
      names,
      { size: 20, gone: GONE },
      async LoadBalancerNames =>
        (await client.send(new DescribeLoadBalancersCommand({ LoadBalancerNames }))).LoadBalancerDescriptions,
    )
    return withSettings(client, found)
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: GONE,
  id: balancer => balancer.LoadBalancerName,
  arn: (balancer, place) => arnIn(place, 'elasticloadbalancing', `loadbalancer/${balancer.LoadBalancerName}`),
  name: balancer => balancer.LoadBalancerName,
  identifiers: ({ DNSName }) =>
    DNSName === undefined ? [] : identifiers('dns', DNSName, `dualstack.${DNSName}`, `ipv6.${DNSName}`),
  edges: balancer => {
    const log = balancer.LoadBalancerAttributes?.AccessLog
    return [
      ...edges('in-vpc', balancer.VPCId),
      ...edges('in-subnet', ...(balancer.Subnets ?? [])),
      ...edges('has-security-group', ...(balancer.SecurityGroups ?? [])),
      ...edges('targets', ...(balancer.Instances ?? []).map(instance => instance.InstanceId)),
      ...edges('uses', ...(balancer.ListenerDescriptions ?? []).map(held => held.Listener?.SSLCertificateId)),
      ...edges('logs-to', log?.Enabled ? log.S3BucketName : undefined),
    ]
  },
  unordered: ['AvailabilityZones', 'Subnets', 'Instances', 'SecurityGroups', 'ListenerDescriptions', 'Tags'],
  example: {
    item: {
      LoadBalancerName: 'legacy',
      DNSName: 'legacy-1234567890.eu-west-1.elb.amazonaws.com',
      CanonicalHostedZoneNameID: 'Z32O12XQLNTSW2',
      Scheme: 'internet-facing',
      VPCId: 'vpc-0a1b2c3d',
      Subnets: ['subnet-0a1b2c3d'],
      SecurityGroups: ['sg-0a1b2c3d4e5f60718'],
      Instances: [{ InstanceId: 'i-0abc12345def67890' }],
      ListenerDescriptions: [
        {
          Listener: {
            Protocol: 'HTTPS',
            LoadBalancerPort: 443,
            InstanceProtocol: 'HTTP',
            InstancePort: 80,
            SSLCertificateId: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b',
          },
        },
      ],
      LoadBalancerAttributes: { AccessLog: { Enabled: true, S3BucketName: 'shop-logs' } },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'legacy',
      arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/legacy',
      name: 'legacy',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'legacy-1234567890.eu-west-1.elb.amazonaws.com' },
        { kind: 'dns', value: 'dualstack.legacy-1234567890.eu-west-1.elb.amazonaws.com' },
        { kind: 'dns', value: 'ipv6.legacy-1234567890.eu-west-1.elb.amazonaws.com' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'targets', target: 'i-0abc12345def67890' },
        { kind: 'uses', target: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b' },
        { kind: 'logs-to', target: 'shop-logs' },
      ],
    },
  },
})

async function withSettings(
  client: ElasticLoadBalancingClient,
  balancers: readonly LoadBalancerDescription[],
): Promise<Listed<Balancer>[]> {
  const names = balancers.flatMap(balancer => balancer.LoadBalancerName ?? [])
  const tags = await parts<{ Tags: Map<string | undefined, Tag[]> }>({
    Tags: async () => {
      const replies = await inBatches(
        names,
        { size: 20, gone: GONE },
        async LoadBalancerNames => (await client.send(new DescribeTagsCommand({ LoadBalancerNames }))).TagDescriptions,
      )
      return new Map(replies.map(reply => [reply.LoadBalancerName, reply.Tags ?? []]))
    },
  })
  return oneByOne(balancers, GONE, async balancer => {
    const { LoadBalancerName } = balancer
    const read = await parts<Settings>({
      LoadBalancerAttributes: async () =>
        (await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerName }))).LoadBalancerAttributes,
    })
    const Tags = tags.parts.Tags && { Tags: tags.parts.Tags.get(LoadBalancerName) ?? [] }
    return partly({ ...balancer, ...read.parts, ...Tags }, [...read.unread, ...tags.unread])
  })
}
