import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
  type LoadBalancerAttribute,
  paginateDescribeLoadBalancers,
  type Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { inBatches, oneByOne, partly, parts } from '../describe.ts'
import { elbv2Tags } from '../elbv2-tags.ts'
import { defineResource, edges, identifiers, ipv6, type Listed } from '../resource.ts'

type Settings = { Attributes: LoadBalancerAttribute[] }
type Balancer = LoadBalancer & Partial<Settings> & { Tags?: Tag[] }

const GONE = ['LoadBalancerNotFoundException', 'LoadBalancerNotFound']

export default defineResource<ElasticLoadBalancingV2Client, Balancer>({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  title: 'Load balancer (application, network, gateway)',
  service: 'elasticloadbalancing',
  scope: 'regional',
  cadence: 'addresses',
  permissions: [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeLoadBalancerAttributes',
    'elasticloadbalancing:DescribeTags',
  ],
  client: settings => new ElasticLoadBalancingV2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeLoadBalancers({ client, pageSize: 400 }, {}))
      yield withSettings(client, page.LoadBalancers ?? [])
  },
  async describe(client, arns) {
    const found = await inBatches(
      arns,
      { size: 20, gone: GONE },
      async LoadBalancerArns =>
        (await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns }))).LoadBalancers,
    )
    return withSettings(client, found)
  },
  brings: { types: ['AWS::EC2::NetworkInterface'] },
  gone: GONE,
  id: balancer => balancer.LoadBalancerArn,
  arn: balancer => balancer.LoadBalancerArn,
  name: balancer => balancer.LoadBalancerName,
  identifiers: balancer => {
    const { DNSName } = balancer
    const addresses = addressesOf(balancer)
    return [
      // Route 53 aliases made in the console point to the second name.
      ...identifiers('dns', DNSName, DNSName === undefined ? undefined : `dualstack.${DNSName}`),
      ...identifiers(
        balancer.Scheme === 'internal' ? 'private-ip' : 'public-ip',
        ...addresses.map(held => held.IpAddress),
      ),
      ...identifiers('private-ip', ...addresses.map(held => held.PrivateIPv4Address)),
      ...ipv6(...addresses.map(held => held.IPv6Address)),
    ]
  },
  edges: balancer => [
    ...edges('in-vpc', balancer.VpcId),
    ...edges('in-subnet', ...(balancer.AvailabilityZones ?? []).map(zone => zone.SubnetId)),
    ...edges('has-security-group', ...(balancer.SecurityGroups ?? [])),
    ...edges('uses', ...addressesOf(balancer).map(held => held.AllocationId)),
    ...edges('logs-to', ...['access_logs.s3', 'connection_logs.s3'].map(prefix => logBucket(balancer, prefix))),
  ],
  volatile: ['State'],
  unordered: ['AvailabilityZones', 'SecurityGroups', 'Attributes', 'Tags'],
  example: {
    item: {
      LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/50dc6c495c0c9188',
      LoadBalancerName: 'shop',
      DNSName: 'shop-50dc6c495c0c9188.elb.eu-west-1.amazonaws.com',
      CanonicalHostedZoneId: 'Z2IFOLAFXWLO4F',
      Scheme: 'internet-facing',
      Type: 'network',
      State: { Code: 'active' },
      VpcId: 'vpc-0a1b2c3d',
      AvailabilityZones: [
        {
          ZoneName: 'eu-west-1a',
          SubnetId: 'subnet-0a1b2c3d',
          LoadBalancerAddresses: [{ IpAddress: '203.0.113.50', AllocationId: 'eipalloc-0a1b2c3d4e5f60718' }],
        },
      ],
      SecurityGroups: ['sg-0a1b2c3d4e5f60718'],
      Attributes: [
        { Key: 'access_logs.s3.enabled', Value: 'true' },
        { Key: 'access_logs.s3.bucket', Value: 'shop-logs' },
      ],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/50dc6c495c0c9188',
      arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/50dc6c495c0c9188',
      name: 'shop',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'dns', value: 'shop-50dc6c495c0c9188.elb.eu-west-1.amazonaws.com' },
        { kind: 'dns', value: 'dualstack.shop-50dc6c495c0c9188.elb.eu-west-1.amazonaws.com' },
        { kind: 'public-ip', value: '203.0.113.50' },
      ],
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
        { kind: 'uses', target: 'eipalloc-0a1b2c3d4e5f60718' },
        { kind: 'logs-to', target: 'shop-logs' },
      ],
    },
  },
})

async function withSettings(
  client: ElasticLoadBalancingV2Client,
  balancers: readonly LoadBalancer[],
): Promise<Listed<Balancer>[]> {
  const tags = await elbv2Tags(
    client,
    balancers.map(balancer => balancer.LoadBalancerArn),
    GONE,
  )
  return oneByOne(balancers, GONE, async balancer => {
    const { LoadBalancerArn } = balancer
    const read = await parts<Settings>({
      Attributes: async () =>
        (await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }))).Attributes,
    })
    return partly({ ...balancer, ...read.parts, ...tags.of(LoadBalancerArn) }, [...read.unread, ...tags.unread])
  })
}

function addressesOf(balancer: Balancer) {
  return (balancer.AvailabilityZones ?? []).flatMap(zone => zone.LoadBalancerAddresses ?? [])
}

function logBucket(balancer: Balancer, prefix: string): string | undefined {
  const setting = (name: string) => balancer.Attributes?.find(held => held.Key === `${prefix}.${name}`)?.Value
  return setting('enabled') === 'true' ? setting('bucket') : undefined
}
