import type { Edge, Identifier, IdentifierKind } from '../src/model/asset.ts'
import { AccountId, Region, ResourceTypeName } from '../src/model/identity.ts'
import type { Observation, Source } from '../src/model/observation.ts'
import type { Database } from '../src/store/database.ts'
import { type LoggedQuestion, logQuestions } from '../src/store/question-log.ts'
import { record } from '../src/store/record.ts'
import { saveAccounts, saveScopes } from '../src/store/scopes.ts'
import {
  ARN,
  balancerArn,
  bucket,
  type Example,
  global,
  instance,
  key,
  NETWORK,
  network,
  recordSet,
  type Scan,
  SHOP,
  user,
} from './example-assets.ts'
import { fillExampleEvents } from './example-events.ts'

/** When the examples of the questions are asked. */
export const EXAMPLE_NOW = Date.parse('2026-11-22T06:30:00Z')

const SCANS = {
  first: Date.parse('2026-10-20T02:00:00Z'),
  moved: Date.parse('2026-11-10T02:00:00Z'),
  last: Date.parse('2026-11-22T06:00:00Z'),
} as const satisfies Record<Scan, number>

/** An asset in few words: identifiers and edges are 'kind value' each. */
export interface ExampleAsset {
  readonly account?: string
  readonly region?: string
  readonly type: string
  readonly id: string
  readonly name?: string
  readonly arn?: string
  readonly identifiers?: readonly string[]
  readonly edges?: readonly string[]
  readonly config?: Readonly<Record<string, unknown>>
  readonly tags?: Readonly<Record<string, string>>
  readonly volatile?: Readonly<Record<string, unknown>>
  readonly source?: Source
}

const ASSETS: readonly Example[] = [
  network('AWS::EC2::VPC', 'vpc-0aaaaaaaaaaaaaaa1', 'shop', ['cidr 10.12.0.0/16'], []),
  network(
    'AWS::EC2::Subnet',
    'subnet-0aaaaaaaaaaaaaaa1',
    'shop-a',
    ['cidr 10.12.7.0/24'],
    ['in-vpc vpc-0aaaaaaaaaaaaaaa1'],
  ),
  instance('i-0aaaaaaaaaaaaaaa1', 'web-1', { scans: ['first'], address: '10.12.7.31' }),
  instance('i-0aaaaaaaaaaaaaaa1', 'web-1', { scans: ['moved', 'last'], address: '10.12.7.30' }),
  instance('i-0aaaaaaaaaaaaaaa2', 'web-2', { scans: ['first'], address: '10.12.7.32' }),
  instance('i-0aaaaaaaaaaaaaaa2', 'web-2', { scans: ['moved', 'last'], address: '10.12.7.31' }),
  instance('i-0aaaaaaaaaaaaaaa3', 'worker-1', { scans: ['first'], address: '10.12.7.33', publicIp: '203.0.113.99' }),
  {
    scans: ['first', 'moved', 'last'],
    type: 'AWS::EC2::NetworkInterface',
    id: 'eni-0aaaaaaaaaaaaaaa5',
    identifiers: ['private-ip 10.12.7.40'],
    edges: ['in-vpc vpc-0aaaaaaaaaaaaaaa1', `part-of ${balancerArn()}`],
  },
  {
    scans: ['first', 'moved', 'last'],
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    id: balancerArn(),
    arn: balancerArn(),
    name: 'shop',
    identifiers: ['dns shop-1.elb.eu-west-1.amazonaws.com'],
    edges: ['in-vpc vpc-0aaaaaaaaaaaaaaa1'],
    tags: { team: 'shop' },
  },
  {
    scans: ['first', 'moved', 'last'],
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    id: `${ARN}:elasticloadbalancing:eu-west-1:${SHOP}:targetgroup/shop/1`,
    name: 'shop',
    edges: [`serves ${balancerArn()}`, 'targets i-0aaaaaaaaaaaaaaa2'],
  },
  bucket(['first'], { encryption: 'aws:kms' }),
  bucket(['moved', 'last'], {}),
  user(SHOP, 'ada', ['first', 'moved', 'last'], { owner: 'ada@example.com' }),
  user(SHOP, 'deploy', ['first', 'moved', 'last']),
  user(NETWORK, 'deploy', ['first', 'moved', 'last']),
  key('AKIAQAAAAAAAAADA0001', 'ada', ['first']),
  key('AKIAQAAAAAAAAADA0002', 'ada', ['moved', 'last']),
  {
    ...global(NETWORK, 'AWS::Route53::HostedZone', 'Z0000000EXAMPLE'),
    name: 'example.com',
    identifiers: ['dns example.com'],
    config: { Config: { PrivateZone: false } },
  },
  recordSet('shop.example.com', 'A', 'shop-1.elb.eu-west-1.amazonaws.com', {
    AliasTarget: { DNSName: 'shop-1.elb.eu-west-1.amazonaws.com' },
  }),
  recordSet('www.example.com', 'CNAME', 'shop.example.com'),
  recordSet('old.example.com', 'A', '203.0.113.99'),
  recordSet('round.example.com', 'CNAME', 'about.example.com'),
  recordSet('about.example.com', 'CNAME', 'round.example.com'),
  recordSet('*.apps.example.com', 'CNAME', 'shop.example.com'),
  recordSet('blog.example.com', 'CNAME', 'pages.blogs.example.net'),
]

/**
 * A small company: two accounts, three scans, an address that moved, a rotated key, a terminated instance, names across accounts, and who
 * did it, as far as events tell.
 */
export async function fillExampleStore(database: Database): Promise<void> {
  const accounts = [
    { id: SHOP, name: 'shop-prod', path: 'Root/Workloads' },
    { id: NETWORK, name: 'network', path: 'Root' },
  ]
  await saveAccounts(
    database,
    'aws',
    accounts.map(({ id, ...account }) => ({
      ...account,
      id: AccountId.parse(id),
      email: undefined,
      status: 'ACTIVE',
      isActive: true,
    })),
    SCANS.last,
  )
  for (const [scan, at] of Object.entries(SCANS)) await record(database, observationsOf(scan as Scan, at))
  await fillExampleEvents(database)
  await logQuestions(database, ASKED)
  const scope = { provider: 'aws', account: AccountId.parse(SHOP), region: Region.parse('eu-west-1') } as const
  await saveScopes(database, [
    {
      scope: { ...scope, type: ResourceTypeName.parse('AWS::EC2::Instance') },
      startedAt: SCANS.last,
      outcome: { kind: 'read', assets: 2 },
    },
    {
      scope: { ...scope, type: ResourceTypeName.parse('AWS::RDS::DBInstance') },
      startedAt: SCANS.last,
      outcome: { kind: 'denied', needs: ['rds:DescribeDBInstances'], detail: 'AccessDenied' },
    },
  ])
}

/** What was asked before: so that there is something to ask about. */
const ASKED: readonly LoggedQuestion[] = [
  logged(1, 'ada', 'bucket', { bucket: 'invoices' }, 'found'),
  logged(2, 'bob', 'key', { key: 'AKIAQAAAAAAAAADA0002' }, 'denied'),
  logged(3, 'ada', 'where', { what: '10.12.7.31' }, 'found'),
]

function logged(
  number: number,
  name: string,
  question: string,
  input: object,
  outcome: LoggedQuestion['outcome'],
): LoggedQuestion {
  const isFound = outcome === 'found'
  return {
    id: `00000000-0000-4000-8000-00000000000${number}`,
    askedAt: Date.parse('2026-11-22T06:20:00Z') + number * 60_000,
    ...{ principal: `slack:T1:${name}`, name, surface: 'slack', from: 'C1', question, input: JSON.stringify(input) },
    ...{ outcome, detail: isFound ? null : `you may not ask ${question}`, assets: isFound ? 1 : 0 },
    ...{ scope: isFound ? '0123456789ab' : null, grants: isFound ? ['support'] : [], durationMs: 3 },
  }
}

/** What a scan shows; what an earlier one showed and this one does not is gone. */
function observationsOf(scan: Scan, at: number): Observation[] {
  const there = ASSETS.filter(asset => asset.scans.includes(scan))
  const ids = new Set(there.map(asset => asset.id))
  const gone = ASSETS.filter(asset => !ids.has(asset.id) && SCANS[asset.scans[0] ?? 'last'] < at)
  return [
    ...there.map(asset => observed(asset, at)),
    ...[...new Map(gone.map(asset => [asset.id + asset.account, asset])).values()].map(asset => ({
      ...observed(asset, at),
      state: { kind: 'gone' as const },
    })),
  ]
}

/** One read of an asset. */
export function observed(
  { account = SHOP, region = 'eu-west-1', type, id, arn, name, ...rest }: ExampleAsset,
  at: number,
): Observation {
  const { identifiers = [], edges = [], config = {}, tags = {}, volatile = {}, source = 'scan' } = rest
  return {
    asset: {
      provider: 'aws',
      account: AccountId.parse(account),
      region: Region.parse(region),
      type: ResourceTypeName.parse(type),
      nativeId: id,
    },
    at,
    source,
    state: {
      kind: 'present',
      name,
      tags,
      identifiers: [`id ${id}`, ...(arn === undefined ? [] : [`arn ${arn}`]), ...identifiers].map(text =>
        identifierOf(text),
      ),
      edges: edges.map(text => edgeOf(text)),
      config: { ...config, Name: name },
      volatile,
    },
  }
}

function identifierOf(text: string): Identifier {
  const space = text.indexOf(' ')
  return { kind: text.slice(0, space) as IdentifierKind, value: text.slice(space + 1) }
}

function edgeOf(text: string): Edge {
  const space = text.indexOf(' ')
  return { kind: text.slice(0, space), target: text.slice(space + 1) }
}
