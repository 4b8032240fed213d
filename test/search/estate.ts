import { AccountId, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { Observation } from '../../src/model/observation.ts'

export const AT = Date.parse('2026-11-22T06:00:00Z')

/** An asset in the words of a search test. */
export interface Sought {
  readonly id: string
  readonly account?: string
  readonly region?: string
  readonly type?: string
  /** Null: it has none; otherwise its id. */
  readonly name?: string | null
  readonly tags?: Readonly<Record<string, string>>
  readonly config?: object
  readonly at?: number
  readonly gone?: true
}

export function observationOf({ id, at = AT, gone, ...given }: Sought): Observation {
  const { account = '111122223333', region = 'eu-west-1', type = 'AWS::SQS::Queue' } = given
  const asset = {
    provider: 'aws' as const,
    account: AccountId.parse(account),
    region: Region.parse(region),
    type: ResourceTypeName.parse(type),
    nativeId: id,
  }
  if (gone) return { asset, at, source: 'scan', state: { kind: 'gone' } }
  const { name = id, tags = {}, config = {} } = given
  const identifiers = [{ kind: 'id' as const, value: id }]
  return {
    asset,
    at,
    source: 'scan',
    state: {
      kind: 'present',
      name: name ?? undefined,
      tags,
      identifiers: name === null ? identifiers : [...identifiers, { kind: 'name', value: name }],
      edges: [],
      config: { ...config },
      volatile: {},
    },
  }
}

/** What is found in it, and what is not, holds for every driver. */
export const ESTATE: readonly Sought[] = [
  { id: 'orders', name: 'Orders-Prod', tags: { Team: 'Shop' }, config: { Kms: 'alias/orders', Size: 256 } },
  { id: '100%_a\\b', name: '100%_a\\b' },
  { id: 'a*b?c', name: 'a*b?c' },
  { id: "o'brien", name: "o'brien; drop table asset --" },
  {
    id: 'i-0aa1',
    name: 'web',
    type: 'AWS::EC2::Instance',
    account: '444455556666',
    config: { ImageId: 'ami-0abc123' },
  },
  { id: 'i-0aa2', name: 'web-1', type: 'AWS::EC2::Instance', tags: { env: 'prod' }, config: { VpcId: 'vpc-77' } },
  { id: 'i-0aa3', name: 'big-web-2', type: 'AWS::EC2::Instance', region: 'us-east-1', config: { VpcId: 'vpc-77' } },
  { id: 'vpc-77', name: null, type: 'AWS::EC2::VPC', tags: { role: 'webbing' } },
  { id: 'q-tagged', tags: { note: 'web' } },
  { id: 'q-config', config: { Path: 'web' } },
  { id: 'invoices-archive', type: 'AWS::S3::Bucket', tags: { owner: 'payments' }, config: { Acl: 'hush-hush' } },
  { id: 'was-here', type: 'AWS::S3::Bucket' },
  { id: 'unicode', name: 'Größe-Ünïcode-😀-test' },
  { id: 'two words', name: 'Two Words' },
]

export const GONE: Sought = { id: 'was-here', type: 'AWS::S3::Bucket', at: AT + 1, gone: true }
