import {
  DescribeServicesCommand,
  ECSClient,
  paginateListServices,
  type Service as ServiceReply,
} from '@aws-sdk/client-ecs'
import { inBatches, oneByOne } from '../describe.ts'
import { clusterArns, missingOnly } from '../ecs-clusters.ts'
import { defineResource, edges } from '../resource.ts'

/** The last hundred messages of the scheduler are a log, not what the service is. */
type Service = Omit<ServiceReply, 'events'>

const GONE = ['ClusterNotFoundException', 'ServiceNotFoundException']

export default defineResource<ECSClient, Service>({
  type: 'AWS::ECS::Service',
  title: 'ECS service',
  service: 'ecs',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
  client: settings => new ECSClient(settings),
  async *list(client) {
    for await (const cluster of clusterArns(client))
      for await (const page of paginateListServices({ client, pageSize: 100 }, { cluster }))
        yield servicesIn(client, cluster, page.serviceArns ?? [])
  },
  /** An ARN of the old form does not say in which cluster its service is: then all are asked. */
  async describe(client, ids) {
    const [known, unknown] = [
      ids.filter(id => clusterOf(id) !== undefined),
      ids.filter(id => clusterOf(id) === undefined),
    ]
    const groups = [...Map.groupBy(known, id => clusterOf(id) as string)]
    if (unknown.length > 0) for await (const cluster of clusterArns(client)) groups.push([cluster, unknown])
    const found = await oneByOne(groups, [], ([cluster, group]) =>
      servicesIn(
        client,
        cluster,
        group.map(id => id.split('|')[0] as string),
      ),
    )
    return found.flat()
  },
  gone: GONE,
  id: service => `${service.serviceArn}|${service.clusterArn}`,
  aliases: service => [service.serviceArn],
  arn: service => service.serviceArn,
  name: service => service.serviceName,
  edges: service => [
    ...edges('part-of', service.clusterArn),
    ...edges(
      'uses',
      service.taskDefinition,
      ...(service.serviceRegistries ?? []).map(registry => registry.registryArn),
    ),
    ...edges('runs-as', service.roleArn),
    ...edges(
      'targets',
      ...(service.loadBalancers ?? []).map(balancer => balancer.targetGroupArn ?? balancer.loadBalancerName),
    ),
    ...edges('in-subnet', ...(service.networkConfiguration?.awsvpcConfiguration?.subnets ?? [])),
    ...edges('has-security-group', ...(service.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [])),
  ],
  volatile: [
    'runningCount',
    'pendingCount',
    'deployments',
    'taskSets',
    'currentServiceDeployment',
    'currentServiceRevisions',
  ],
  unordered: [
    'tags',
    'loadBalancers',
    'networkConfiguration.awsvpcConfiguration.subnets',
    'networkConfiguration.awsvpcConfiguration.securityGroups',
  ],
  example: {
    item: {
      serviceName: 'checkout',
      serviceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout',
      clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
      status: 'ACTIVE',
      desiredCount: 3,
      runningCount: 3,
      taskDefinition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42',
      loadBalancers: [
        {
          targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout/73e2d6bc24d8a067',
          containerName: 'app',
          containerPort: 8080,
        },
      ],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d4e5f60718'] },
      },
      tags: [{ key: 'team', value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout|arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
      arn: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout',
      name: 'checkout',
      tags: { team: 'shop' },
      edges: [
        { kind: 'part-of', target: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' },
        { kind: 'uses', target: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42' },
        {
          kind: 'targets',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout/73e2d6bc24d8a067',
        },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-security-group', target: 'sg-0a1b2c3d4e5f60718' },
      ],
    },
  },
})

/** The cluster of an id, or of the ARN alone: `arn:…:service/CLUSTER/NAME`. */
function clusterOf(id: string): string | undefined {
  const [service, cluster] = id.split('|')
  return cluster ?? /:service\/([^/]+)\/[^/]+$/.exec(service ?? '')?.[1]
}

/** At most ten services are described at once. A deleted one is described for a while as inactive. */
async function servicesIn(client: ECSClient, cluster: string, services: readonly string[]): Promise<Service[]> {
  const found = await inBatches(services, { size: 10, gone: GONE }, async batch => {
    const reply = await client.send(new DescribeServicesCommand({ cluster, services: batch, include: ['TAGS'] }))
    missingOnly(reply.failures)
    return reply.services
  })
  return found.filter(service => service.status !== 'INACTIVE').map(({ events, ...service }) => service)
}
