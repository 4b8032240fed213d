import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  type Tag,
  type TargetGroup,
  type TargetGroupAttribute,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { inBatches, oneByOne, partly, parts } from '../describe.ts'
import { elbv2Tags } from '../elbv2-tags.ts'
import { defineResource, edges, type Listed } from '../resource.ts'

type Details = { TargetHealthDescriptions: TargetHealthDescription[]; Attributes: TargetGroupAttribute[] }
type Group = TargetGroup & Partial<Details> & { Tags?: Tag[] }

const GONE = ['TargetGroupNotFoundException', 'TargetGroupNotFound']

export default defineResource<ElasticLoadBalancingV2Client, Group>({
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  title: 'Target group with its targets',
  service: 'elasticloadbalancing',
  scope: 'regional',
  cadence: 'addresses',
  permissions: [
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetGroupAttributes',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeTags',
  ],
  client: settings => new ElasticLoadBalancingV2Client(settings),
  async *list(client) {
    for await (const page of paginateDescribeTargetGroups({ client, pageSize: 400 }, {}))
      yield withDetails(client, page.TargetGroups ?? [])
  },
  async describe(client, arns) {
    const found = await inBatches(
      arns,
      { size: 20, gone: GONE },
      async TargetGroupArns => (await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns }))).TargetGroups,
    )
    return withDetails(client, found)
  },
  gone: GONE,
  id: group => group.TargetGroupArn,
  arn: group => group.TargetGroupArn,
  name: group => group.TargetGroupName,
  edges: group => [
    ...edges('in-vpc', group.VpcId),
    ...edges('serves', ...(group.LoadBalancerArns ?? [])),
    // One target may be registered on several ports.
    ...edges('targets', ...new Set((group.TargetHealthDescriptions ?? []).map(target => target.Target?.Id))),
  ],
  volatile: [
    'TargetHealthDescriptions[].TargetHealth',
    'TargetHealthDescriptions[].AnomalyDetection',
    'TargetHealthDescriptions[].AdministrativeOverride',
  ],
  unordered: ['LoadBalancerArns', 'TargetHealthDescriptions', 'Attributes', 'Tags'],
  example: {
    item: {
      TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067',
      TargetGroupName: 'shop',
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: 'vpc-0a1b2c3d',
      TargetType: 'instance',
      LoadBalancerArns: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188'],
      TargetHealthDescriptions: [
        { Target: { Id: 'i-0abc12345def67890', Port: 8080 }, TargetHealth: { State: 'healthy' } },
        { Target: { Id: 'i-0abc12345def67890', Port: 8081 }, TargetHealth: { State: 'unhealthy' } },
      ],
      Attributes: [{ Key: 'stickiness.enabled', Value: 'false' }],
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067',
      arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067',
      name: 'shop',
      tags: { team: 'shop' },
      edges: [
        { kind: 'in-vpc', target: 'vpc-0a1b2c3d' },
        {
          kind: 'serves',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188',
        },
        { kind: 'targets', target: 'i-0abc12345def67890' },
      ],
    },
  },
})

async function withDetails(
  client: ElasticLoadBalancingV2Client,
  groups: readonly TargetGroup[],
): Promise<Listed<Group>[]> {
  const tags = await elbv2Tags(
    client,
    groups.map(group => group.TargetGroupArn),
    GONE,
  )
  return oneByOne(groups, GONE, async group => {
    const { TargetGroupArn } = group
    const read = await parts<Details>({
      TargetHealthDescriptions: async () =>
        (await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }))).TargetHealthDescriptions,
      Attributes: async () =>
        (await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }))).Attributes,
    })
    return partly({ ...group, ...read.parts, ...tags.of(TargetGroupArn) }, [...read.unread, ...tags.unread])
  })
}
