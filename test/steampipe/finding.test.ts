import { describe, expect, test } from 'vitest'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import type { Config } from '../../src/model/asset.ts'
import { ResourceTypeName } from '../../src/model/identity.ts'
import {
  BUCKET,
  catalogue,
  client,
  EIP,
  FACE,
  face,
  KEY,
  open,
  presentOf,
  put,
  SIGNAL,
  statesOf,
  withTables,
} from './harness.ts'

withTables('steampipe_finding')

describe('finding', () => {
  test.each([
    ['an address', ['private-ip', 'public-ip'], '10.0.0.1', FACE, face('eni-1', '10.0.0.1'), 'eni-1'],
    ['an Elastic IP', ['public-ip'], '203.0.113.7', 'AWS::EC2::EIP', EIP(), '203.0.113.7|eipalloc-1'],
    ['an access key', ['access-key'], 'AKIAEXAMPLE', 'AWS::IAM::AccessKey', KEY(), 'AKIAEXAMPLE'],
    ['a bucket', ['name', 'id'], 'invoices', 'AWS::S3::Bucket', BUCKET(), 'invoices'],
    ['the host of a bucket', ['dns'], 'invoices.s3.eu-west-1.amazonaws.com', 'AWS::S3::Bucket', BUCKET(), 'invoices'],
  ] as const)('%s', async (_, kinds, value, type, item, nativeId) => {
    await put(type, item)
    await using steampipe = open()
    const found = statesOf(await steampipe.find({ kinds, values: [value] }, SIGNAL))
    expect(found.map(({ asset }) => asset.nativeId)).toEqual([nativeId])
    expect(statesOf(await steampipe.find({ kinds, values: ['198.51.100.9'] }, SIGNAL))).toEqual([])
  })

  test.each([
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', (dns: string) => [dns, `dualstack.${dns}`]],
    ['AWS::ElasticLoadBalancing::LoadBalancer', (dns: string) => [dns, `dualstack.${dns}`]],
    ['AWS::RDS::DBInstance', (dns: string) => [dns]],
    ['AWS::RDS::DBCluster', (dns: string) => [dns]],
    ['AWS::Redshift::Cluster', (dns: string) => [dns]],
    ['AWS::CloudFront::Distribution', (dns: string) => [dns]],
    ['AWS::ApiGateway::DomainName', (dns: string) => [dns]],
    ['AWS::ApiGateway::RestApi', (dns: string) => [dns]],
    ['AWS::ApiGatewayV2::Api', (dns: string) => [dns]],
  ])('%s by its DNS names', async (type, spellings) => {
    const { example } = catalogue.get(type) as AnyResourceType
    await put(type, example.item as Config)
    await using steampipe = open()
    const names = example.asset.identifiers?.filter(({ kind }) => kind === 'dns').map(({ value }) => value) ?? []
    // Regional names of an edge are not asked for: nobody makes records for them.
    const [first = ''] = names
    for (const name of [...spellings(first)]) {
      const found = statesOf(await steampipe.find({ kinds: ['dns'], values: [name] }, SIGNAL))
      expect(
        found.map(({ asset }) => asset.nativeId),
        name,
      ).toEqual([example.asset.id])
    }
  })

  test('a DNS name by its record, in whatever zone above it that is', async () => {
    const zone = (id: string, Name: string) => put('AWS::Route53::HostedZone', { Id: `/hostedzone/${id}`, Name })
    const record = (HostedZoneId: string, Name: string) =>
      put('AWS::Route53::RecordSet', { HostedZoneId, Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: 'x.' }] })
    await zone('Z1', 'example.com.')
    await zone('Z2', 'shop.example.com.')
    await zone('Z3', 'other.com.')
    await record('Z1', 'www.shop.example.com.')
    await record('Z2', 'www.shop.example.com.')
    await record('Z2', 'api.shop.example.com.')
    await record('Z3', 'www.other.com.')
    await using steampipe = open()

    const found = statesOf(await steampipe.find({ kinds: ['dns'], values: ['www.shop.example.com'] }, SIGNAL))
    expect(found.map(({ asset }) => asset.nativeId).toSorted()).toEqual([
      'www.shop.example.com|Z1|CNAME',
      'www.shop.example.com|Z2|CNAME',
    ])
    const types = [ResourceTypeName.parse('AWS::Route53::HostedZone')]
    const zones = statesOf(await steampipe.find({ kinds: ['dns'], values: ['shop.example.com'], types }, SIGNAL))
    expect(zones.map(({ asset }) => asset.nativeId)).toEqual(['Z2'])
  })

  test('what is found is complete where that comes soon; no calls are made for each row of a search', async () => {
    const ServerSideEncryptionConfiguration = { Rules: [{ BucketKeyEnabled: true }] }
    await put('AWS::S3::Bucket', { ...BUCKET(), ServerSideEncryptionConfiguration })
    const find = async () => {
      await using steampipe = open({ timeoutMs: 2_000 })
      return presentOf(statesOf(await steampipe.find({ kinds: ['name'], values: ['invoices'] }, SIGNAL))[0])
    }
    expect((await find()).fields).toMatchObject({ Name: 'invoices', ServerSideEncryptionConfiguration })

    // As if every bucket of the account had to be asked first: only statements with columns of their own calls wait.
    await client.query(`alter table aws.aws_s3_bucket rename to held;
      create function aws.called(held aws.held) returns jsonb language plpgsql stable as $$
        begin perform pg_sleep(20); return held.policy; end $$;
      create view aws.aws_s3_bucket as select name, region, creation_date, account_id, partition, aws.called(held) as policy from aws.held`)
    const late = await find()
    expect(late.fields).toEqual({ Name: 'invoices', Location: 'eu-west-1', CreationDate: null })
    expect(late.unread).toEqual(expect.arrayContaining(['Policy', 'PolicyStatus', 'Grants']))
  })

  test.each([`'; drop schema aws cascade; --`, '10.0.0.1/0', '::1', '0', '\0', 'a'.repeat(10_000), '*.*'])(
    'what people type is only ever a value: %j',
    async value => {
      await using steampipe = open()
      const reply = await steampipe.find(
        { kinds: ['private-ip', 'dns', 'name', 'access-key'], values: [value] },
        SIGNAL,
      )
      expect(['answered', 'failed']).toContain(reply.kind)
      expect((await client.query('select count(*)::int as n from aws.aws_vpc')).rows).toEqual([{ n: 0 }])
    },
  )
})
