import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  EnableSecurityHubCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SecurityHub } from '../../src/drivers/cspm/security-hub.ts'
import { assetIdOf } from '../../src/model/identity.ts'
import { denied } from '../moto/fault.ts'
import { type MotoProxy, startProxy } from '../moto/proxy.ts'
import { type Moto, startMoto } from '../moto/server.ts'
import { ACCOUNT, asset, callsTo, Known, presentOf, REGION, statesOf, told } from './parts.ts'

/** The simulator takes findings in and gives all of them back, whatever the filter: so what is asked for is looked at on the wire. */

const SIGNAL = AbortSignal.timeout(60_000)
const ARN = `arn:aws:ec2:eu-west-1:${ACCOUNT}`
let moto: Moto
let proxy: MotoProxy
let client: SecurityHubClient
let known: Known
let hub: SecurityHub

beforeAll(async () => {
  moto = await startMoto()
  proxy = await startProxy(moto.endpoint)
})
afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]()
  await moto?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await moto.reset()
  client = new SecurityHubClient(await callsTo(moto.endpoint).settings(SIGNAL))
  await client.send(new EnableSecurityHubCommand({}))
  known = new Known()
  const states = statesOf(known)
  hub = new SecurityHub({
    calls: callsTo(proxy.endpoint),
    understand: told => states.understand(told),
    arnsOf: assets => states.arnsOf(assets),
  })
})

describe('reading', () => {
  test('an instance: its addresses as they were when its newest finding was updated', async () => {
    const machine = asset('AWS::EC2::Instance', 'i-1')
    know('AWS::EC2::Instance', 'i-1', { InstanceId: 'i-1', PrivateIpAddress: '10.0.0.1', VpcId: 'vpc-1' })
    await find('old', '2026-11-01T00:00:00.000Z', instance('i-1', ['10.0.0.8']))
    await find('new', '2026-11-02T00:00:00.000Z', instance('i-1', ['10.0.0.9', '203.0.113.9']))

    const states = told(await hub.read([machine], SIGNAL))

    expect(states).toHaveLength(1)
    expect(states[0]?.at).toBe(Date.parse('2026-11-02T00:00:00.000Z'))
    const { identifiers, edges, fields } = presentOf(states[0])
    expect(identifiers).toMatchObject({ 'private-ip': ['10.0.0.9'], 'public-ip': ['203.0.113.9'] })
    expect(edges).toMatchObject({ 'in-vpc': ['vpc-1'], 'in-subnet': ['subnet-9'] })
    expect(fields).not.toHaveProperty('PrivateIpAddress')
    expect(lastFilter()).toMatchObject({
      ResourceId: [{ Value: `${ARN}:instance/i-1`, Comparison: 'EQUALS' }],
      RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
    })
  })

  test('an access key, a bucket and a network interface', async () => {
    know('AWS::S3::Bucket', 'invoices', { Name: 'invoices', Location: 'eu-west-1' })
    know('AWS::EC2::NetworkInterface', 'eni-1', { NetworkInterfaceId: 'eni-1' })
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key/1' } }]
    await find('a', '2026-11-01T00:00:00.000Z', {
      Type: 'AwsIamAccessKey',
      Id: 'AWS::IAM::AccessKey:AKIAEXAMPLE',
      Details: { AwsIamAccessKey: { UserName: 'ada', Status: 'Active' } },
    })
    await find('b', '2026-11-01T00:00:00.000Z', {
      Type: 'AwsS3Bucket',
      Id: 'arn:aws:s3:::invoices',
      Tags: { team: 'finance' },
      Details: { AwsS3Bucket: { ServerSideEncryptionConfiguration: { Rules } } },
    })
    await find('c', '2026-11-01T00:00:00.000Z', {
      Type: 'AwsEc2NetworkInterface',
      Id: `${ARN}:network-interface/eni-1`,
      Details: {
        AwsEc2NetworkInterface: {
          PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.3' }],
          PublicIp: '203.0.113.3',
          Attachment: { InstanceId: 'i-3' },
        },
      },
    })
    const asked = [
      asset('AWS::IAM::AccessKey', 'AKIAEXAMPLE'),
      asset('AWS::S3::Bucket', 'invoices'),
      asset('AWS::EC2::NetworkInterface', 'eni-1'),
      asset('AWS::SNS::Topic', 'arn:aws:sns:eu-west-1:1:t'),
    ]

    const states = told(await hub.read(asked, SIGNAL))

    const byId = new Map(states.map(state => [state.asset.nativeId, presentOf(state)]))
    expect([...byId.keys()].toSorted()).toEqual(['AKIAEXAMPLE', 'eni-1', 'invoices'])
    expect(byId.get('AKIAEXAMPLE')?.edges).toMatchObject({ 'belongs-to': ['ada'] })
    expect(byId.get('invoices')).toMatchObject({ tags: { team: 'finance' }, edges: { 'encrypted-by': ['key/1'] } })
    expect(byId.get('eni-1')?.identifiers).toMatchObject({ 'private-ip': ['10.0.0.3'], 'public-ip': ['203.0.113.3'] })
    expect(byId.get('eni-1')?.edges).toMatchObject({ 'attached-to': ['i-3'] })
  })

  test('the registry is asked once, however many findings there are', async () => {
    for (const at of Array(5).keys())
      await find(`f${at}`, '2026-11-01T00:00:00.000Z', instance(`i-${at}`, [`10.0.0.${at}`]))
    known.asked = 0
    const asked = Array.from({ length: 5 }, (_, at) => asset('AWS::EC2::Instance', `i-${at}`))
    for (const { nativeId } of asked) know('AWS::EC2::Instance', nativeId, { InstanceId: nativeId })
    const addresses = told(await hub.read(asked, SIGNAL)).map(state => presentOf(state).identifiers?.['private-ip'])
    expect(addresses.flat().toSorted()).toEqual(asked.map((_, at) => `10.0.0.${at}`))
    // For the names to ask for, and for what was known before.
    expect(known.asked).toBe(2)
  })

  test('resources without details, of other types and of other accounts are left out', async () => {
    know('AWS::EC2::Instance', 'i-1', { InstanceId: 'i-1' })
    await find('a', '2026-11-01T00:00:00.000Z', { Type: 'AwsEc2Instance', Id: `${ARN}:instance/i-1` })
    await find('b', '2026-11-01T00:00:00.000Z', { ...instance('i-1', ['10.0.0.1']), Type: 'Other' })
    await find('c', '2026-11-01T00:00:00.000Z', instance('i-1', ['10.0.0.1']), '999999999999')
    expect(told(await hub.read([asset('AWS::EC2::Instance', 'i-1')], SIGNAL))).toEqual([])
  })
})

describe('finding', () => {
  test('an address and an access key that nobody knows', async () => {
    await find('a', '2026-11-01T00:00:00.000Z', instance('i-7', ['10.0.0.7', '203.0.113.7']))
    await find('b', '2026-11-01T00:00:00.000Z', {
      Type: 'AwsIamAccessKey',
      Id: 'AWS::IAM::AccessKey:AKIAEXAMPLE',
      Details: { AwsIamAccessKey: { UserName: 'ada' } },
    })
    const ids = async (kinds: readonly ('private-ip' | 'public-ip' | 'access-key')[], value: string) =>
      told(await hub.find({ kinds, values: [value] }, SIGNAL)).map(each => each.asset.nativeId)
    expect(await ids(['private-ip', 'public-ip'], '203.0.113.7')).toEqual(['i-7'])
    expect(lastFilter()).toMatchObject({ ResourceAwsEc2InstanceIpV4Addresses: [{ Cidr: '203.0.113.7/32' }] })
    expect(await ids(['private-ip', 'public-ip'], '203.0.113.8')).toEqual([])
    expect(await ids(['access-key'], 'AKIAEXAMPLE')).toEqual(['AKIAEXAMPLE'])
  })

  test('what no finding is searched by costs no call', async () => {
    const before = proxy.calls.length
    expect(told(await hub.find({ kinds: ['dns'], values: ['a.example'] }, SIGNAL))).toEqual([])
    expect(told(await hub.read([asset('AWS::SNS::Topic', 't')], SIGNAL))).toEqual([])
    expect(proxy.calls.length).toBe(before)
  })
})

describe('what goes wrong', () => {
  const key = [asset('AWS::IAM::AccessKey', 'AKIAEXAMPLE')]

  test('it is not allowed: what to grant', async () => {
    using _ = proxy.inject({ service: 'securityhub' }, denied())
    expect(await hub.read(key, SIGNAL)).toMatchObject({ kind: 'denied', needs: ['securityhub:GetFindings'] })
  })

  test('it is not enabled there: which setting', async () => {
    const error = {
      kind: 'error',
      status: 401,
      code: () => 'InvalidAccessException',
      message: 'not subscribed',
    } as const
    using _ = proxy.inject({ service: 'securityhub' }, error)
    expect(await hub.read(key, SIGNAL)).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('cspm.securityHub'),
    })
  })

  test('nothing comes: the read ends with the signal', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    using _ = proxy.inject({ service: 'securityhub' }, { kind: 'hold', until: promise })
    const reason = new Error('too late')
    const abort = new AbortController()
    setTimeout(() => abort.abort(reason), 200)
    await expect(hub.read(key, abort.signal)).rejects.toBe(reason)
    resolve()
  })
})

function know(type: string, nativeId: string, config: Record<string, unknown>): void {
  known.assets.set(assetIdOf(asset(type, nativeId)), { config, tags: {} })
}

function instance(id: string, IpV4Addresses: string[]) {
  return {
    Type: 'AwsEc2Instance',
    Id: `${ARN}:instance/${id}`,
    Details: { AwsEc2Instance: { Type: 't3.small', SubnetId: 'subnet-9', IpV4Addresses } },
  }
}

type Resource = NonNullable<AwsSecurityFinding['Resources']>[number]

async function find(id: string, UpdatedAt: string, resource: Resource, AwsAccountId: string = ACCOUNT): Promise<void> {
  const finding: AwsSecurityFinding = {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:eu-west-1:${AwsAccountId}:product/${AwsAccountId}/default`,
    GeneratorId: 'test',
    AwsAccountId,
    CreatedAt: UpdatedAt,
    UpdatedAt,
    Severity: { Label: 'HIGH' },
    Title: id,
    Description: id,
    Resources: [{ Partition: 'aws', Region: REGION, ...resource }],
  }
  await client.send(new BatchImportFindingsCommand({ Findings: [finding] }))
}

function lastFilter(): unknown {
  const call = proxy.calls.findLast(({ service, body }) => service === 'securityhub' && body.includes('Filters'))
  return (JSON.parse(call?.body ?? '{}') as { Filters?: unknown }).Filters
}
