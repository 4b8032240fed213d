import { type Attachment, DescribeTasksCommand, ECSClient, paginateListTasks, type Task } from '@aws-sdk/client-ecs'
import { inBatches } from '../describe.ts'
import { clusterArns, missingOnly } from '../ecs-clusters.ts'
import { distinct } from '../interface-addresses.ts'
import { defineResource, edges, identifiers, ipv6 } from '../resource.ts'

const GONE = ['ClusterNotFoundException']

export default defineResource<ECSClient, Task>({
  type: 'AWS::ECS::Task',
  title: 'ECS task that runs',
  service: 'ecs',
  scope: 'regional',
  cadence: 'addresses',
  permissions: ['ecs:ListClusters', 'ecs:ListTasks', 'ecs:DescribeTasks'],
  client: settings => new ECSClient(settings),
  async *list(client) {
    for await (const cluster of clusterArns(client))
      for await (const page of paginateListTasks({ client, pageSize: 100 }, { cluster }))
        yield tasksIn(client, cluster, page.taskArns ?? [])
  },
  async describe(client, arns) {
    const found: Task[] = []
    for (const [cluster, tasks] of Map.groupBy(arns, clusterOf)) found.push(...(await tasksIn(client, cluster, tasks)))
    return found
  },
  gone: GONE,
  id: task => task.taskArn,
  arn: task => task.taskArn,
  name: task => task.group,
  identifiers: task =>
    distinct([
      ...identifiers(
        'private-ip',
        ...details(task, 'privateIPv4Address'),
        ...interfacesOf(task).map(face => face.privateIpv4Address),
      ),
      ...ipv6(...details(task, 'ipv6Address'), ...interfacesOf(task).map(face => face.ipv6Address)),
      ...identifiers('dns', ...details(task, 'privateDnsName')),
    ]),
  edges: task => [
    ...edges('part-of', task.clusterArn),
    ...edges('member-of', task.group?.startsWith('service:') ? task.group.slice('service:'.length) : undefined),
    ...edges('uses', task.taskDefinitionArn),
    ...edges('runs-on', task.containerInstanceArn),
    ...edges('runs-as', task.overrides?.taskRoleArn, task.overrides?.executionRoleArn),
    ...edges('in-subnet', ...details(task, 'subnetId')),
    ...edges('has-interface', ...details(task, 'networkInterfaceId')),
  ],
  volatile: [
    'lastStatus',
    'desiredStatus',
    'healthStatus',
    'connectivity',
    'connectivityAt',
    'version',
    'pullStartedAt',
    'pullStoppedAt',
    'startedAt',
    'stoppingAt',
    'stoppedAt',
    'executionStoppedAt',
    'attachments[].status',
    'containers[].lastStatus',
    'containers[].healthStatus',
    'containers[].managedAgents',
  ],
  unordered: ['tags', 'attachments', 'attachments[].details', 'containers', 'attributes'],
  secrets: ['overrides.containerOverrides[].environment[].value'],
  example: {
    item: {
      taskArn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0a1b2c3d4e5f60718293a4b5c6d7e8f9',
      clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
      group: 'service:checkout',
      launchType: 'FARGATE',
      lastStatus: 'RUNNING',
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42',
      attachments: [
        {
          id: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
          type: 'ElasticNetworkInterface',
          status: 'ATTACHED',
          details: [
            { name: 'subnetId', value: 'subnet-0a1b2c3d' },
            { name: 'networkInterfaceId', value: 'eni-0a1b2c3d4e5f60718' },
            { name: 'privateDnsName', value: 'ip-10-12-8-9.eu-west-1.compute.internal' },
            { name: 'privateIPv4Address', value: '10.12.8.9' },
          ],
        },
      ],
      containers: [
        { name: 'app', networkInterfaces: [{ privateIpv4Address: '10.12.8.9', ipv6Address: '2001:db8::9' }] },
      ],
      overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'TOKEN', value: 'example' }] }] },
      tags: [{ key: 'team', value: 'shop' }],
    },
    asset: {
      id: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0a1b2c3d4e5f60718293a4b5c6d7e8f9',
      arn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0a1b2c3d4e5f60718293a4b5c6d7e8f9',
      name: 'service:checkout',
      tags: { team: 'shop' },
      identifiers: [
        { kind: 'private-ip', value: '10.12.8.9' },
        { kind: 'public-ip', value: '2001:db8::9' },
        { kind: 'dns', value: 'ip-10-12-8-9.eu-west-1.compute.internal' },
      ],
      edges: [
        { kind: 'part-of', target: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' },
        { kind: 'member-of', target: 'checkout' },
        { kind: 'uses', target: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:42' },
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'has-interface', target: 'eni-0a1b2c3d4e5f60718' },
      ],
    },
  },
})

/** A stopped task is described for about an hour more, but its addresses are no longer its own: it counts as gone. */
async function tasksIn(client: ECSClient, cluster: string, arns: readonly string[]): Promise<Task[]> {
  const found = await inBatches(arns, { size: 100, gone: GONE }, async tasks => {
    const scope = cluster === '' ? {} : { cluster }
    const reply = await client.send(new DescribeTasksCommand({ ...scope, tasks, include: ['TAGS'] }))
    missingOnly(reply.failures)
    return reply.tasks
  })
  return found.filter(task => task.lastStatus !== 'STOPPED' && task.lastStatus !== 'DELETED')
}

/** `shop` in `…:task/shop/0a1b…`; ARNs of the old form name no cluster, and mean the default one. */
function clusterOf(arn: string): string {
  return /:task\/([^/]+)\/[^/]+$/.exec(arn)?.[1] ?? ''
}

function details(task: Task, name: string): (string | undefined)[] {
  return (task.attachments ?? []).flatMap((attachment: Attachment) =>
    (attachment.details ?? []).filter(detail => detail.name === name).map(detail => detail.value),
  )
}

function interfacesOf(task: Task) {
  return (task.containers ?? []).flatMap(container => container.networkInterfaces ?? [])
}
