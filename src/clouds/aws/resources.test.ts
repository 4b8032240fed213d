import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { expect, test } from 'vitest'
import { AccountId, Region } from '../../model/identity.ts'
import { loadCatalogue } from './catalogue.ts'
import { Observer } from './observe.ts'
import { type AnyResourceType, Partly } from './resource.ts'

/** What the declarations do beyond their examples, against a cloud that answers from a table of commands. */

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }
const catalogue = await loadCatalogue()

test.each([
  ['AWS::EC2::Instance', { State: { Name: 'terminated' } }],
  ['AWS::EC2::NatGateway', { State: 'deleted' }],
  ['AWS::EC2::TransitGateway', { State: 'deleted' }],
  ['AWS::EC2::VPCEndpoint', { State: 'deleted' }],
  ['AWS::ApiGateway::RestApi', { disableExecuteApiEndpoint: true }],
])('%s holds no address when it says %o', (name, ended) => {
  const type = typeNamed(name)
  const held = identifiersOf(type, type.example.item)
  const after = identifiersOf(type, { ...type.example.item, ...ended })
  expect(held.length).toBeGreaterThan(0)
  expect(after).toEqual([])
})

test('an address that is attached to nothing is still found', () => {
  const item = { PublicIp: '203.0.113.24', AllocationId: 'eipalloc-1' }
  expect(identifiersOf(typeNamed('AWS::EC2::EIP'), item)).toContainEqual({ kind: 'public-ip', value: '203.0.113.24' })
})

test('an address is described by its whole id, by its allocation or by its number', async () => {
  const { asked, client } = cloud(typeNamed('AWS::EC2::EIP'), { DescribeAddressesCommand: () => ({ Addresses: [] }) })
  await typeNamed('AWS::EC2::EIP').describe(client, ['203.0.113.1|eipalloc-1', 'eipalloc-2', '203.0.113.3'], PLACE)
  expect(asked.map(({ input }) => input)).toEqual([
    { Filters: [{ Name: 'allocation-id', Values: ['eipalloc-1', 'eipalloc-2'] }] },
    { Filters: [{ Name: 'public-ip', Values: ['203.0.113.3'] }] },
  ])
})

test('every page of instances is listed, and a page that fails fails the listing', async () => {
  const type = typeNamed('AWS::EC2::Instance')
  const page = (token: unknown) =>
    token === undefined
      ? { Reservations: [{ OwnerId: '111122223333', Instances: [{ InstanceId: 'i-1' }] }], NextToken: 'more' }
      : { Reservations: [{ OwnerId: '444455556666', Instances: [{ InstanceId: 'i-2' }] }] }
  const whole = cloud(type, { DescribeInstancesCommand: ({ NextToken }) => page(NextToken) })
  const broken = cloud(type, {
    DescribeInstancesCommand: ({ NextToken }) =>
      NextToken === undefined ? page(NextToken) : fail('RequestLimitExceeded'),
  })
  expect((await listed(type, whole.client)).map(item => type.id(item))).toEqual(['i-1', 'i-2'])
  await expect(listed(type, broken.client)).rejects.toThrow('RequestLimitExceeded')
})

test('a load balancer deleted while its listeners are listed has none', async () => {
  const type = typeNamed('AWS::ElasticLoadBalancingV2::Listener')
  const { client } = cloud(type, {
    DescribeLoadBalancersCommand: () => ({ LoadBalancers: [{ LoadBalancerArn: 'lb-1' }, { LoadBalancerArn: 'lb-2' }] }),
    DescribeListenersCommand: ({ LoadBalancerArn }) =>
      LoadBalancerArn === 'lb-1'
        ? fail('LoadBalancerNotFoundException')
        : { Listeners: [{ ListenerArn: 'listener-2' }] },
    DescribeTagsCommand: () => ({ TagDescriptions: [{ ResourceArn: 'listener-2', Tags: [] }] }),
  })
  expect(await listed(type, client)).toEqual([{ ListenerArn: 'listener-2', Tags: [] }])
})

test('refused tags are unread, not empty', async () => {
  const type = typeNamed('AWS::ElasticLoadBalancingV2::TargetGroup')
  const { client } = cloud(type, {
    DescribeTargetGroupsCommand: () => ({ TargetGroups: [{ TargetGroupArn: 'group-1' }] }),
    DescribeTagsCommand: () => fail('AccessDenied'),
    DescribeTargetHealthCommand: () => ({ TargetHealthDescriptions: [] }),
    DescribeTargetGroupAttributesCommand: () => ({ Attributes: [] }),
  })
  const item = { TargetGroupArn: 'group-1', TargetHealthDescriptions: [], Attributes: [] }
  expect(await listed(type, client)).toEqual([new Partly(item, ['Tags'])])
})

test('a stack is gone when it was deleted, and when CloudFormation does not know it', async () => {
  const type = typeNamed('AWS::CloudFormation::Stack')
  const { asked, client } = cloud(type, {
    DescribeStacksCommand: ({ StackName }) =>
      StackName === 'kept'
        ? { Stacks: [{ StackId: 'kept', StackStatus: 'CREATE_COMPLETE' }] }
        : StackName === 'deleted'
          ? { Stacks: [{ StackId: 'deleted', StackStatus: 'DELETE_COMPLETE' }] }
          : fail('ValidationError'),
  })
  const found = await type.describe(client, ['kept', 'deleted', 'unknown', 'not a name'], PLACE)
  expect(found).toEqual([{ StackId: 'kept', StackStatus: 'CREATE_COMPLETE' }])
  expect(asked).toHaveLength(3)
})

test('a log group is found by its exact name among those that begin with it', async () => {
  const type = typeNamed('AWS::Logs::LogGroup')
  const { client } = cloud(type, {
    DescribeLogGroupsCommand: ({ logGroupNamePrefix }) => ({
      logGroups: ['/app', '/app/a']
        .filter(name => name.startsWith(String(logGroupNamePrefix)))
        .map(logGroupName => ({ logGroupName })),
    }),
    ListTagsForResourceCommand: () => ({ tags: {} }),
  })
  const found = await type.describe(client, ['/app', '/ap', '/other'], PLACE)
  expect(found).toEqual([{ logGroupName: '/app', Tags: {} }])
})

test('where log groups are too many to read their tags, their tags are unread', async () => {
  const type = typeNamed('AWS::Logs::LogGroup')
  const page = Array.from({ length: 50 }, (_, at) => ({ logGroupName: `/app/${at}` }))
  const { asked, client } = cloud(type, {
    DescribeLogGroupsCommand: ({ nextToken }) => ({
      logGroups: page,
      nextToken: Number(nextToken ?? 0) < 200 ? String(Number(nextToken ?? 0) + 1) : undefined,
    }),
    ListTagsForResourceCommand: () => ({ tags: {} }),
  })
  const found = await listed(type, client)
  expect(found).toHaveLength(201 * 50)
  expect(found.filter(item => item instanceof Partly)).toHaveLength(50)
  expect(asked.filter(({ command }) => command === 'ListTagsForResourceCommand')).toHaveLength(10_000)
})

test('certificates of every kind of key are asked for', async () => {
  const type = typeNamed('AWS::CertificateManager::Certificate')
  const { asked, client } = cloud(type, { ListCertificatesCommand: () => ({ CertificateSummaryList: [] }) })
  await listed(type, client)
  expect(asked[0]?.input).toMatchObject({
    Includes: { keyTypes: expect.arrayContaining(['RSA_4096', 'EC_secp384r1']) },
  })
})

test('the policy of a REST API is read though it comes escaped twice', async () => {
  const type = typeNamed('AWS::ApiGateway::RestApi')
  const policy = '{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[]}'
  const { client } = cloud(type, { GetRestApiCommand: () => ({ $metadata: {}, id: 'a1', policy }) })
  const found = await type.describe(client, ['a1'], PLACE)
  expect(found).toEqual([{ id: 'a1', policy: { Version: '2012-10-17', Statement: [] } }])
})

test('with whom a snapshot is shared is asked of our own snapshots only', async () => {
  const type = typeNamed('AWS::EC2::Snapshot')
  const { asked, client } = cloud(type, {
    DescribeSnapshotsCommand: () => ({
      Snapshots: [
        { SnapshotId: 'snap-1', OwnerId: '111122223333' },
        { SnapshotId: 'snap-2', OwnerId: '444455556666' },
      ],
    }),
    DescribeSnapshotAttributeCommand: () => ({ CreateVolumePermissions: [{ Group: 'all' }] }),
  })
  await listed(type, client)
  expect(asked.map(({ input }) => input['SnapshotId'] ?? input['OwnerIds'])).toEqual([['self'], 'snap-1'])
})

type Input = Readonly<Record<string, unknown>>

/** A client of the type's own making whose every call is answered here, before anything is sent. */
function cloud(type: AnyResourceType, answers: Readonly<Record<string, (input: Input) => object>>) {
  const asked: { command: string; input: Input }[] = []
  const client = type.client({
    region: 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'secret' }),
  }) as CloudFormationClient
  client.middlewareStack.add(
    (_, context) => async args => {
      const command = context.commandName ?? ''
      const input = args.input as Input
      asked.push({ command, input })
      const answer = answers[command] ?? (() => expect.unreachable(`${command} was not expected`))
      return { response: {}, output: { $metadata: {}, ...answer(input) } }
    },
    { step: 'initialize', priority: 'high' },
  )
  return { asked, client }
}

function fail(name: string): never {
  throw Object.assign(new Error(name), { name })
}

async function listed(type: AnyResourceType, client: unknown): Promise<object[]> {
  const items: object[] = []
  for await (const page of type.list(client, PLACE)) items.push(...(page as object[]))
  return items
}

function identifiersOf(type: AnyResourceType, item: object) {
  const { present } = new Observer(type, 'a key').observe(item, PLACE) ?? expect.unreachable('it is no asset')
  return present.identifiers.filter(({ kind }) => !['id', 'arn', 'name'].includes(kind))
}

function typeNamed(name: string): AnyResourceType {
  return catalogue.get(name) ?? expect.unreachable(`no type ${name}`)
}
