import { setTimeout as delay } from 'node:timers/promises'
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Vpc,
} from '@aws-sdk/client-ec2'
import { CreateRoleCommand, GetRoleCommand, IAMClient, UpdateRoleCommand } from '@aws-sdk/client-iam'
import {
  CreateDBInstanceCommand,
  DescribeDBInstancesCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Moto, startMoto } from '../server.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { settingsFor } from './site.ts'

const SHORT_MS = 400

describe('eventual consistency', () => {
  let moto: Moto
  let recorder: Recorder
  beforeAll(async () => {
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint)
  })
  afterEach(() => {
    recorder.consistency.absentMs = 0
    recorder.consistency.staleMs = 0
    recorder.consistency.share = 1
  })
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })

  const ec2 = () => new EC2Client(settingsFor(recorder.endpoint))
  const vpcs = async (...VpcIds: string[]): Promise<Vpc[]> =>
    (await ec2().send(new DescribeVpcsCommand(VpcIds.length > 0 ? { VpcIds } : {}))).Vpcs ?? []
  const createVpc = async (): Promise<string> =>
    (await ec2().send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? ''
  const tag = (id: string, Value: string) =>
    ec2().send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'team', Value }] }))

  test('what was created is not found for a while, by name or in lists', async () => {
    const known = await createVpc()
    recorder.consistency.absentMs = SHORT_MS
    const id = await createVpc()
    await expect(vpcs(id)).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' })
    const listed = (await vpcs()).map(({ VpcId }) => VpcId)
    expect(listed).not.toContain(id)
    expect(listed).toContain(known)
    await delay(SHORT_MS)
    expect((await vpcs(id)).map(({ VpcId }) => VpcId)).toEqual([id])
  })

  test('each protocol says in its own words that it does not find it', async () => {
    recorder.consistency.absentMs = SHORT_MS
    const settings = settingsFor(recorder.endpoint)
    const [iam, dynamo, sqs] = [new IAMClient(settings), new DynamoDBClient(settings), new SQSClient(settings)]
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] })
    await iam.send(new CreateRoleCommand({ RoleName: 'late', AssumeRolePolicyDocument: trust }))
    await expect(iam.send(new GetRoleCommand({ RoleName: 'late' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
    const table = { TableName: 'late', BillingMode: 'PAY_PER_REQUEST' as const }
    const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' as const }]
    const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' as const }]
    await dynamo.send(new CreateTableCommand({ ...table, AttributeDefinitions, KeySchema }))
    await expect(dynamo.send(new DescribeTableCommand({ TableName: 'late' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'late' }))
    await expect(sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    })
  })

  test('what was changed is described as before, even to a question that was never asked', async () => {
    const [one, two] = [await createVpc(), await createVpc()]
    await tag(one, 'old')
    await vpcs(one)
    recorder.consistency.staleMs = SHORT_MS
    await tag(one, 'new')
    expect((await vpcs(one))[0]?.Tags).toEqual([{ Key: 'team', Value: 'old' }])
    const both = await vpcs(one, two)
    expect(both.map(({ VpcId }) => VpcId).sort()).toEqual([one, two].sort())
    expect(both.find(({ VpcId }) => VpcId === one)?.Tags).toEqual([{ Key: 'team', Value: 'old' }])
    await delay(SHORT_MS)
    expect((await vpcs(one))[0]?.Tags).toEqual([{ Key: 'team', Value: 'new' }])
  })

  test('nothing is described as it was before an earlier change that everybody sees', async () => {
    const id = await createVpc()
    await tag(id, 'oldest')
    await vpcs(id)
    await tag(id, 'old')
    recorder.consistency.staleMs = SHORT_MS
    await tag(id, 'new')
    expect((await vpcs(id))[0]?.Tags).toEqual([{ Key: 'team', Value: 'new' }])
  })

  test('what another asset names is not taken for that asset', async () => {
    const network = await createVpc()
    const subnets = async () =>
      (await ec2().send(new DescribeSubnetsCommand({}))).Subnets?.map(({ SubnetId }) => SubnetId)
    const create = async (CidrBlock: string) =>
      (await ec2().send(new CreateSubnetCommand({ VpcId: network, CidrBlock }))).Subnet?.SubnetId
    const first = await create('10.0.1.0/24')
    await subnets()
    recorder.consistency.staleMs = SHORT_MS
    const second = await create('10.0.2.0/24')
    expect(await subnets()).toEqual(expect.arrayContaining([first, second]))
  })

  test('the query protocol and JSON are stale as well', async () => {
    const rds = new RDSClient(settingsFor(recorder.endpoint))
    const DBInstanceIdentifier = 'shop'
    const settings = { DBInstanceClass: 'db.t3.micro', Engine: 'postgres', AllocatedStorage: 20 }
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier,
        ...settings,
        MasterUsername: 'a',
        MasterUserPassword: 'secret123',
      }),
    )
    await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))
    const iam = new IAMClient(settingsFor(recorder.endpoint))
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] })
    await iam.send(new CreateRoleCommand({ RoleName: 'worker', Description: 'old', AssumeRolePolicyDocument: trust }))
    await iam.send(new GetRoleCommand({ RoleName: 'worker' }))

    recorder.consistency.staleMs = SHORT_MS
    await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier, AllocatedStorage: 40, ApplyImmediately: true }))
    const { DBInstances: [stale] = [] } = await rds.send(new DescribeDBInstancesCommand({}))
    expect(stale?.AllocatedStorage).toBe(20)
    await iam.send(new UpdateRoleCommand({ RoleName: 'worker', Description: 'new' }))
    expect((await iam.send(new GetRoleCommand({ RoleName: 'worker' }))).Role?.Description).toBe('old')
  })

  test('what was deleted is still there for a while', async () => {
    const id = await createVpc()
    await vpcs(id)
    recorder.consistency.staleMs = SHORT_MS
    await ec2().send(new DeleteVpcCommand({ VpcId: id }))
    expect((await vpcs(id)).map(({ VpcId }) => VpcId)).toEqual([id])
    await delay(SHORT_MS)
    await expect(vpcs(id)).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' })
  })

  test('only a share of the writes is late, if so asked', async () => {
    recorder.consistency.absentMs = 5_000
    recorder.consistency.share = 0.5
    const ids = await Promise.all(Array.from({ length: 12 }, createVpc))
    const found = (await Promise.allSettled(ids.map(id => vpcs(id)))).filter(({ status }) => status === 'fulfilled')
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(ids.length)
  })

  test('other accounts, regions and services are told the truth', async () => {
    recorder.consistency.staleMs = 0
    const id = await createVpc()
    await vpcs(id)
    recorder.consistency.staleMs = 5_000
    await tag(id, 'new')
    const stale = recorder.staleReplies
    await new EC2Client(settingsFor(recorder.endpoint, undefined, 'us-east-1')).send(new DescribeVpcsCommand({}))
    await new IAMClient(settingsFor(recorder.endpoint)).send(new GetRoleCommand({ RoleName: 'worker' }))
    expect(recorder.staleReplies).toBe(stale)
  })
})
