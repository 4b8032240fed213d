import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { toldByConfig } from '../../src/clouds/aws/sources/config-told.ts'
import type { RecordedItem } from '../../src/ports/recorded-item.ts'
import { bucketFacts } from '../../src/questions/lookups/bucket-facts.ts'
import { Known, presentOf, statesOf } from './parts.ts'

const SHARED = process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../shared')
const FILE = join(SHARED, 'data/other/aws-config-items.cloud-custodian__cloud-custodian.jsonl.gz')

type Json = Readonly<Record<string, unknown>>

describe.skipIf(!existsSync(FILE))('items that AWS Config really recorded (skipped where ../shared is absent)', () => {
  test('an instance that is stopped: its addresses and where it is', async () => {
    const state = presentOf(await understood('AWS::EC2::Instance', 'i-094bc87c84d56c589'))
    expect(state.identifiers).toMatchObject({
      'private-ip': ['172.31.52.252'],
      'public-ip': [],
      dns: ['ip-172-31-52-252.ec2.internal'],
    })
    expect(state.edges).toMatchObject({ 'in-vpc': ['vpc-d2d616b5'], 'in-subnet': ['subnet-3a334610'] })
    expect(state.name).toBe('redrum-redrum')
  })

  test('a database: its name and address', async () => {
    const state = presentOf(await understood('AWS::RDS::DBInstance', 'c7n-data-index'))
    expect(state.identifiers?.dns).toEqual(['c7n-data-index.cz6wy8cci3uf.us-east-1.rds.amazonaws.com'])
    expect(state.edges).toMatchObject({ 'in-vpc': ['vpc-d2d616b5'], 'has-security-group': ['sg-837620f1'] })
    expect(state.edges?.['in-subnet']).toHaveLength(4)
  })

  test('a balancer: its names, its settings and its tags', async () => {
    const state = presentOf(await understood('AWS::ElasticLoadBalancingV2::LoadBalancer', 'test'))
    expect(state.identifiers?.dns).toContain('internal-test-288037075.us-east-1.elb.amazonaws.com')
    expect(state.edges).toMatchObject({ 'in-vpc': ['vpc-f1516b97'], 'has-security-group': ['sg-4b9ada34'] })
    expect(state.tags).toEqual({ App: 'DevTest', Env: 'Dev' })
    expect(state.fields?.['Attributes']).toContainEqual({ Key: 'routing.http2.enabled', Value: 'true' })
  })

  test('buckets: what the answer about a bucket looks at', async () => {
    const buckets = itemsOf('AWS::S3::Bucket')
    expect(buckets.length).toBeGreaterThan(5)
    for (const item of buckets) {
      const [state] = await statesOf(new Known()).understand([toldByConfig(item)].filter(told => told !== undefined))
      expect(state?.asset.nativeId).toBe(item.resourceId)
      expect(state?.asset.region).toBe(item.awsRegion)
      const { fields = {} } = presentOf(state)
      const config = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
      expect(['Enabled', 'Suspended', 'off']).toContain(bucketFacts(config).versioning)
    }
  })

  test('what is not a describe with other letters is left alone', () => {
    const told = allItems().flatMap(item => toldByConfig(item) ?? [])
    const types = new Set(told.map(({ type }) => type))
    expect(types).not.toContain('AWS::EKS::Cluster')
    expect(types).not.toContain('AWS::ECS::Service')
  })
})

async function understood(type: string, name: string) {
  const item = itemsOf(type).find(({ resourceId, resourceName }) => resourceId === name || resourceName === name)
  const told = item && toldByConfig(item)
  if (told === undefined) expect.unreachable(`no item of ${name}`)
  return (await statesOf(new Known()).understand([told]))[0]
}

function itemsOf(type: string): RecordedItem[] {
  return allItems().filter(({ resourceType }) => resourceType === type)
}

function allItems(): RecordedItem[] {
  const lines = gunzipSync(readFileSync(FILE)).toString('utf8').trim().split('\n')
  return lines.flatMap(line => within(JSON.parse(line)))
}

/** Items, wherever they are within a message. */
function within(value: unknown): RecordedItem[] {
  if (Array.isArray(value)) return value.flatMap(within)
  if (typeof value !== 'object' || value === null) return []
  const item = value as Json
  const inner = Object.values(item).flatMap(within)
  if (typeof item['resourceType'] !== 'string' || !('configuration' in item)) return inner
  const accountId = String(item['awsAccountId'] ?? item['accountId'] ?? '644160558196')
  const awsRegion = String(item['awsRegion'] ?? 'us-east-1')
  return [{ ...item, accountId, awsRegion, at: 0 } as unknown as RecordedItem, ...inner]
}
