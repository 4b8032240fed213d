import { CreateBucketCommand, PutBucketPolicyCommand, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Observer } from '../../src/clouds/aws/observe.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import { toldByConfig } from '../../src/clouds/aws/sources/config-told.ts'
import { ConfigAggregator } from '../../src/drivers/cspm/config-aggregator.ts'
import { AccountId, assetIdOf } from '../../src/model/identity.ts'
import { startMoto } from '../moto/server.ts'
import { AGGREGATOR, type ConfigDouble, startConfigDouble } from './config-double.ts'
import { callSimulator, withSmallLetters } from './config-items.ts'
import { ACCOUNT, asset, callsTo, catalogue, Known, presentOf, REGION, statesOf, told } from './parts.ts'

/** The simulator (moto) records items, but does not answer advanced queries: those go to a double of wire protocol and query language. */

const SIGNAL = AbortSignal.timeout(60_000)
const AT = '2026-11-01T03:00:00.000Z'
let double: ConfigDouble
let known: Known
let config: ConfigAggregator

beforeAll(async () => {
  double = await startConfigDouble({ pageSize: 2 })
})
afterAll(() => double?.[Symbol.asyncDispose]())
beforeEach(() => {
  double.items.length = 0
  double.queries.length = 0
  double.fault = undefined
  known = new Known()
  const understand = statesOf(known).understand.bind(statesOf(known))
  config = new ConfigAggregator({
    aggregator: AGGREGATOR,
    calls: callsTo(double.endpoint),
    respell: toldByConfig,
    understand,
  })
})

describe('the state of', () => {
  /** The example of each type as Config spells it, and what of it Config does not have. */
  test.each([
    ['AWS::EC2::Instance', 'InstanceId', []],
    ['AWS::EC2::NetworkInterface', 'NetworkInterfaceId', ['cidr ']],
    ['AWS::EC2::EIP', 'AllocationId', []],
    ['AWS::EC2::NatGateway', 'NatGatewayId', []],
    ['AWS::EC2::VPC', 'VpcId', []],
    ['AWS::EC2::Subnet', 'SubnetId', []],
    ['AWS::EC2::SecurityGroup', 'GroupId', []],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerArn', ['logs-to ']],
    ['AWS::RDS::DBInstance', 'DbiResourceId', []],
    ['AWS::Lambda::Function', 'FunctionName', ['dns ', 'logs-to ']],
  ])('%s is what its describe says', async (name, idField, unrecorded) => {
    const type = catalogue.get(name) as AnyResourceType
    const item = JSON.parse(JSON.stringify(type.example.item)) as Record<string, unknown>
    const observed = new Observer(type, 'k').observe(item, { account: ACCOUNT, region: REGION, partition: 'aws' })
    put(name, String(item[idField]), {
      resourceName: type.name?.(item) ?? undefined,
      configuration: withSmallLetters(item),
      tags: Object.entries(type.example.asset.tags ?? {}).map(([key, value]) => ({
        key,
        value,
        tag: `${key}=${value}`,
      })),
    })

    const [state] = told(await config.read([asset(name, type.example.asset.id)], SIGNAL))

    const { identifiers = {}, edges = {}, tags } = presentOf(state)
    const isRecorded = (text: string) => !unrecorded.some(word => text.startsWith(word))
    const flat = (all: object) =>
      Object.entries(all).flatMap(([kind, list]) => list.map((one: string) => `${kind} ${one}`))
    const expected = observed?.present
    expect(flat(identifiers).toSorted().filter(isRecorded)).toEqual(
      (expected?.identifiers ?? [])
        .map(({ kind, value }) => `${kind} ${value}`)
        .toSorted()
        .filter(isRecorded),
    )
    expect(flat(edges).toSorted().filter(isRecorded)).toEqual(
      (expected?.edges ?? [])
        .map(({ kind, target }) => `${kind} ${target}`)
        .toSorted()
        .filter(isRecorded),
    )
    expect(tags).toEqual(type.example.asset.tags ?? {})
    expect(state?.at).toBe(Date.parse(AT))
  })

  test('an address that is no more is said to be none', async () => {
    const face = asset('AWS::EC2::NetworkInterface', 'eni-1')
    const before = {
      NetworkInterfaceId: 'eni-1',
      PrivateIpAddress: '10.0.0.1',
      Association: { PublicIp: '203.0.113.9' },
    }
    known.assets.set(assetIdOf(face), { config: before, tags: {} })
    put('AWS::EC2::NetworkInterface', 'eni-1', {
      configuration: { networkInterfaceId: 'eni-1', privateIpAddress: '10.0.0.2' },
    })
    const state = presentOf(told(await config.read([face], SIGNAL))[0])
    expect(state.identifiers).toMatchObject({ 'private-ip': ['10.0.0.2'], 'public-ip': [] })
    expect(state.fields).toMatchObject({ Association: null })
  })

  test('any other type: that it is there, its tags and where it is', async () => {
    put('AWS::EFS::FileSystem', 'fs-1', {
      tags: [{ key: 'team', value: 'shop', tag: 'team=shop' }],
      relationships: [
        { resourceType: 'AWS::EC2::VPC', resourceId: 'vpc-1' },
        { resourceType: 'AWS::KMS::Key', resourceId: 'k' },
      ],
    })
    expect(told(await config.read([asset('AWS::EFS::FileSystem', 'fs-1')], SIGNAL))).toEqual([
      {
        asset: asset('AWS::EFS::FileSystem', 'fs-1'),
        at: Date.parse(AT),
        state: { kind: 'present', tags: { team: 'shop' }, edges: { 'in-vpc': ['vpc-1'] } },
      },
    ])
  })

  test('what is deleted is gone; what is not recorded is left out', async () => {
    put('AWS::EC2::Instance', 'i-1', { configurationItemStatus: 'ResourceDeleted', configuration: null })
    const states = told(
      await config.read([asset('AWS::EC2::Instance', 'i-1'), asset('AWS::EC2::Instance', 'i-2')], SIGNAL),
    )
    expect(states).toEqual([{ asset: asset('AWS::EC2::Instance', 'i-1'), at: Date.parse(AT), state: { kind: 'gone' } }])
  })

  test('an asset of the same id in another account is not it', async () => {
    put('AWS::S3::Bucket', 'logs', { accountId: '999999999999', configuration: { name: 'logs' } })
    expect(told(await config.read([asset('AWS::S3::Bucket', 'logs')], SIGNAL))).toEqual([])
  })

  test('a bucket, as the simulator records it', async () => {
    await using moto = await startMoto()
    const settings = await callsTo(moto.endpoint).settings(SIGNAL)
    const s3 = new S3Client({ ...settings, forcePathStyle: true } as object)
    const Bucket = 'invoices'
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
    await s3.send(
      new CreateBucketCommand({ Bucket: 'logs', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    )
    const block = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    }
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }))
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{"Statement":[]}' }))
    const ConfigurationAggregatorName = AGGREGATOR
    const AccountAggregationSources = [{ AccountIds: ['123456789012'], AllAwsRegions: true }]
    await callSimulator(moto.endpoint, 'PutConfigurationAggregator', {
      ConfigurationAggregatorName,
      AccountAggregationSources,
    })
    const ResourceType = 'AWS::S3::Bucket'
    const listed = await callSimulator(moto.endpoint, 'ListAggregateDiscoveredResources', {
      ConfigurationAggregatorName,
      ResourceType,
    })
    const { ResourceIdentifiers } = listed
    const asked = { ConfigurationAggregatorName, ResourceIdentifiers }
    const { BaseConfigurationItems } = await callSimulator(moto.endpoint, 'BatchGetAggregateResourceConfig', asked)
    double.items.push(...(BaseConfigurationItems as Record<string, unknown>[]))
    const bucket = asset('AWS::S3::Bucket', Bucket, AccountId.parse('123456789012'))

    const state = presentOf(told(await config.read([bucket], SIGNAL))[0])
    const found = told(await config.find({ kinds: ['name'], values: [Bucket] }, SIGNAL))

    expect(state.fields).toMatchObject({
      PublicAccessBlockConfiguration: block,
      Policy: { Statement: [] },
      LoggingEnabled: null,
    })
    expect(found.map(each => each.asset)).toEqual([bucket])
    s3.destroy()
  })
})

test('what the simulator does not record of buckets, as the published schema has it', async () => {
  const applyServerSideEncryptionByDefault = { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'key/1' }
  const supplementaryConfiguration = {
    ServerSideEncryptionConfiguration: { rules: [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: true }] },
    BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
    BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: 'in/' },
  }
  put('AWS::S3::Bucket', 'invoices', { configuration: { name: 'invoices' }, supplementaryConfiguration, tags: [] })
  const bucket = asset('AWS::S3::Bucket', 'invoices')
  known.assets.set(assetIdOf(bucket), {
    config: { Name: 'invoices', Location: REGION, $unread: ['Versioning'] },
    tags: {},
  })
  const state = presentOf(told(await config.read([bucket], SIGNAL))[0])
  expect(state.edges).toMatchObject({ 'encrypted-by': ['key/1'], 'logs-to': ['logs'] })
  expect(state.fields).toMatchObject({ Versioning: { Status: 'Enabled' } })
})

describe('finding', () => {
  test('an address, on whatever bears it; a name of AWS', async () => {
    put('AWS::EC2::NetworkInterface', 'eni-1', {
      configuration: {
        networkInterfaceId: 'eni-1',
        privateIpAddresses: [{ privateIpAddress: '10.0.0.1' }, { privateIpAddress: '10.0.0.2' }],
      },
    })
    put('AWS::EC2::EIP', 'eipalloc-1', { configuration: { allocationId: 'eipalloc-1', publicIp: '203.0.113.1' } })
    const dBInstanceIdentifier = 'orders'
    const address = 'orders.c1.eu-west-1.rds.amazonaws.com'
    put('AWS::RDS::DBInstance', 'db-1', { configuration: { dBInstanceIdentifier, endpoint: { address } } })
    const find = async (kinds: readonly ('private-ip' | 'public-ip' | 'dns')[], value: string) =>
      told(await config.find({ kinds, values: [value] }, SIGNAL)).map(each => each.asset.nativeId)
    expect(await find(['private-ip', 'public-ip'], '10.0.0.2')).toEqual(['eni-1'])
    expect(await find(['private-ip', 'public-ip'], '203.0.113.1')).toEqual(['203.0.113.1|eipalloc-1'])
    expect(await find(['dns'], address)).toEqual(['orders'])
    expect(await find(['private-ip'], '10.9.9.9')).toEqual([])
  })

  test.each([`x' OR resourceType = 'AWS::EC2::Instance`, `\\' OR 1 = 1`, "it's", '\n', "'", "''", "10.0.0.1')"])(
    'what people type is only ever a text: %j',
    async value => {
      put('AWS::EC2::Instance', 'i-1', { configuration: { instanceId: 'i-1' } })
      expect(told(await config.find({ kinds: ['private-ip', 'dns', 'name', 'id'], values: [value] }, SIGNAL))).toEqual(
        [],
      )
      expect(told(await config.read([asset('AWS::EC2::Instance', value)], SIGNAL))).toEqual([])
    },
  )
})

describe('queries', () => {
  test('are as long as the API lets, and their pages are read to the end', async () => {
    const assets = Array.from({ length: 120 }, (_, at) =>
      asset('AWS::EC2::Instance', `i-${String(at).padStart(17, '0')}`),
    )
    for (const { nativeId } of assets.slice(0, 5))
      put('AWS::EC2::Instance', nativeId, { configuration: { instanceId: nativeId } })
    expect(told(await config.read(assets, SIGNAL))).toHaveLength(5)
    expect(double.queries.every(query => query.length <= 4_096)).toBe(true)
    expect(new Set(double.queries).size).toBeLessThan(6)
  })

  test('are not made for what Config cannot know', async () => {
    const key = { kinds: ['access-key'], values: ['AKIA'] } as const
    expect(told(await config.find(key, SIGNAL))).toEqual([])
    expect(told(await config.read([{ ...asset('AWS::EC2::Instance', 'i'), provider: 'gcp' }], SIGNAL))).toEqual([])
    expect(double.queries).toEqual([])
  })
})

describe('what goes wrong', () => {
  const one = [asset('AWS::EC2::Instance', 'i-1')]

  test('it is not allowed: what to grant', async () => {
    double.fault = { error: 'AccessDeniedException', message: 'User is not authorized' }
    expect(await config.read(one, SIGNAL)).toMatchObject({
      kind: 'denied',
      needs: ['config:SelectAggregateResourceConfig'],
    })
  })

  test('there is no such aggregator: which setting', async () => {
    double.fault = { error: 'NoSuchConfigurationAggregatorException', message: 'none' }
    expect(await config.read(one, SIGNAL)).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('cspm.awsConfig'),
    })
  })

  test('nothing comes: the read ends with the signal', async () => {
    double.fault = 'silence'
    const reason = new Error('too late')
    const abort = new AbortController()
    setTimeout(() => abort.abort(reason), 200)
    const started = Date.now()
    await expect(config.read(one, abort.signal)).rejects.toBe(reason)
    expect(Date.now() - started).toBeLessThan(1_000)
  })

  test('results that are no items are passed over', async () => {
    put('AWS::EC2::Instance', 'i-1', { configuration: 'what?' })
    put('AWS::EC2::Instance', 'i-2', { configurationItemCaptureTime: 'never' })
    const states = told(await config.read([...one, asset('AWS::EC2::Instance', 'i-2')], SIGNAL))
    expect(states.map(({ asset: { nativeId }, state }) => [nativeId, state.kind])).toEqual([['i-1', 'present']])
  })
})

function put(resourceType: string, resourceId: string, item: Record<string, unknown>): void {
  double.items.push({
    accountId: ACCOUNT,
    awsRegion: REGION,
    resourceType,
    resourceId,
    configurationItemCaptureTime: AT,
    configurationItemStatus: 'OK',
    ...item,
  })
}
