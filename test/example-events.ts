import type { Actor } from '../src/model/actor.ts'
import type { Action, TouchedAsset } from '../src/model/change.ts'
import type { Credential, Event, Incoming, KeptOutcome } from '../src/model/event.ts'
import { eventIdOf } from '../src/model/event.ts'
import type { Observation } from '../src/model/observation.ts'
import type { Database } from '../src/store/database.ts'
import { storeEvents } from '../src/store/events/store-events.ts'
import { record } from '../src/store/record.ts'
import { type ExampleAsset, observed } from './example-store.ts'

/*
 * What happened in the example company. Of the changes that the scan of 10 November found: ada, in a role, took the encryption of a bucket
 * away (her event came late); ada or bob gave web-2 its address; ada terminated worker-1; bob rotated ada's key; of web-1's new address the
 * event was lost. This morning events came as things happened: a security group was made, tagged and opened by two people; somebody of a
 * partner's account opened a bucket; a queue was deleted by CloudFormation for ada. And some events that touch no known asset.
 */

const SHOP = '111122223333'
const NETWORK = '444455556666'
const PARTNER = '999900001111'
const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`
const today = (time: string) => Date.parse(`2026-11-22T${time}Z`)
const before = (time: string) => Date.parse(`2026-11-09T${time}Z`)

const ADA: Actor = {
  kind: 'sso-user',
  name: 'ada@example.com',
  principal: role(NETWORK, 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'),
  account: NETWORK,
  via: [],
  tool: { name: 'console' },
  sourceIp: '203.0.113.7',
  accessKeyId: 'ASIAQAAAAAAAAAADA001',
  raw: { type: 'AssumedRole' },
}
/** Ada again, in a role of the other account: only the key that AssumeRole gave her tells that it is she. */
const DEPLOYER: Actor = {
  kind: 'assumed-role',
  principal: role(SHOP, 'deploy'),
  account: SHOP,
  via: [],
  tool: { name: 'terraform', version: '1.9.5' },
  sourceIp: '203.0.113.7',
  accessKeyId: 'ASIAQAAAAAAADEPLOY01',
  raw: { type: 'AssumedRole' },
}
const BOB: Actor = {
  kind: 'iam-user',
  name: 'bob',
  principal: `arn:aws:iam::${SHOP}:user/bob`,
  account: SHOP,
  via: [],
  tool: { name: 'aws-cli', version: '2.31.0' },
  sourceIp: '198.51.100.4',
  accessKeyId: 'AKIAQAAAAAAAAABOB001',
  raw: { type: 'IAMUser' },
}
const EVE: Actor = {
  kind: 'iam-user',
  name: 'eve',
  principal: `arn:aws:iam::${PARTNER}:user/eve`,
  account: PARTNER,
  via: [],
  tool: { name: 'boto3', version: '1.40.0' },
  sourceIp: '192.0.2.66',
  accessKeyId: 'AKIAQAAAAAAAAAEVE001',
  raw: { type: 'IAMUser' },
}
/** What the bucket's owner is told of her. */
const SOMEBODY: Actor = {
  kind: 'account',
  account: PARTNER,
  via: [],
  sourceIp: '192.0.2.66',
  raw: { type: 'AWSAccount' },
}

export const CREDENTIALS: readonly Credential[] = [{ accessKeyId: 'ASIAQAAAAAAADEPLOY01', caller: ADA }]

const GROUP = {
  type: 'AWS::EC2::SecurityGroup',
  id: 'sg-0aaaaaaaaaaaaaaa1',
  name: 'shop-web',
  source: 'event',
} as const
const EXPORTS = { type: 'AWS::S3::Bucket', id: 'exports', name: 'exports', region: 'eu-central-1' } as const
const JOBS = { type: 'AWS::SQS::Queue', id: `https://sqs.eu-west-1.amazonaws.com/${SHOP}/jobs`, name: 'jobs' } as const
const OPEN = { CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22 }

interface Happening {
  readonly at: number
  /** `source:name` */
  readonly call: string
  readonly by: Actor
  readonly on?: readonly (readonly [asset: ExampleAsset, action: Action])[]
  readonly outcome?: KeptOutcome
  readonly account?: string
  readonly sharedId?: string
  readonly request?: object
}

const INSTANCE = (id: string): ExampleAsset => ({ type: 'AWS::EC2::Instance', id })
const KEY = (id: string): ExampleAsset => ({ type: 'AWS::IAM::AccessKey', id, region: 'global' })
const BUCKET: ExampleAsset = { type: 'AWS::S3::Bucket', id: 'invoices', region: 'eu-central-1' }

export const HAPPENINGS: readonly Happening[] = [
  { at: before('14:20:07'), call: 's3:DeleteBucketEncryption', by: DEPLOYER, on: [[BUCKET, 'update']] },
  {
    at: before('15:00:00'),
    call: 'ec2:ModifyInstanceAttribute',
    by: DEPLOYER,
    on: [[INSTANCE('i-0aaaaaaaaaaaaaaa2'), 'update']],
  },
  {
    at: before('15:02:00'),
    call: 'ec2:ModifyInstanceAttribute',
    by: BOB,
    on: [[INSTANCE('i-0aaaaaaaaaaaaaaa2'), 'update']],
  },
  {
    at: before('16:00:00'),
    call: 'ec2:TerminateInstances',
    by: DEPLOYER,
    on: [[INSTANCE('i-0aaaaaaaaaaaaaaa3'), 'delete']],
  },
  { at: before('17:00:00'), call: 'iam:CreateAccessKey', by: BOB, on: [[KEY('AKIAQAAAAAAAAADA0002'), 'create']] },
  { at: before('17:05:00'), call: 'iam:DeleteAccessKey', by: BOB, on: [[KEY('AKIAQAAAAAAAAADA0001'), 'delete']] },
  { at: today('06:05:00'), call: 'ec2:CreateSecurityGroup', by: ADA, on: [[GROUP, 'create']] },
  { at: today('06:10:01'), call: 'ec2:CreateTags', by: DEPLOYER, on: [[GROUP, 'update']] },
  {
    at: today('06:12:02'),
    call: 'ec2:AuthorizeSecurityGroupIngress',
    by: BOB,
    on: [[GROUP, 'update']],
    request: { groupId: GROUP.id, cidrIp: '0.0.0.0/0', fromPort: 22 },
  },
  { at: today('06:15:00'), call: 's3:PutBucketPolicy', by: SOMEBODY, on: [[EXPORTS, 'update']], sharedId: 'shared-1' },
  {
    at: today('06:15:00'),
    call: 's3:PutBucketPolicy',
    by: EVE,
    on: [[EXPORTS, 'update']],
    sharedId: 'shared-1',
    account: PARTNER,
  },
  {
    at: today('06:20:00'),
    call: 'sqs:DeleteQueue',
    by: { ...DEPLOYER, invokedBy: 'cloudformation.amazonaws.com' },
    on: [[JOBS, 'delete']],
  },
  {
    at: today('06:21:00'),
    call: 'route53:ChangeResourceRecordSets',
    by: ADA,
    account: NETWORK,
    on: [[recordSet(), 'update']],
  },
  {
    at: today('06:22:00'),
    call: 'frobnicate:CreateWidget',
    by: BOB,
    outcome: { kind: 'unmapped', reason: 'no rule for this write' },
  },
  {
    at: today('06:23:00'),
    call: 'signin:ConsoleLogin',
    by: ADA,
    account: NETWORK,
    outcome: { kind: 'none', reason: 'a sign-in' },
  },
]

function recordSet(): ExampleAsset {
  return {
    type: 'AWS::Route53::RecordSet',
    id: 'Z0000000EXAMPLE|www.example.com|CNAME',
    account: NETWORK,
    region: 'global',
  }
}

/** What was read when the events of this morning came, and what a scan had seen before. */
const READS = (): Observation[] => [
  observed({ ...EXPORTS, config: { Policy: { Statement: [] } } }, today('06:00:00')),
  observed({ ...JOBS, config: { VisibilityTimeout: 30 } }, today('06:00:00')),
  observed({ ...GROUP, config: { IpPermissions: [] } }, today('06:05:02')),
  observed({ ...GROUP, config: { IpPermissions: [] }, tags: { team: 'shop' } }, today('06:10:02')),
  observed({ ...GROUP, config: { IpPermissions: [OPEN] }, tags: { team: 'shop' } }, today('06:12:04')),
  observed({ ...EXPORTS, source: 'event', config: { Policy: { Statement: [{ Principal: '*' }] } } }, today('06:15:03')),
  { ...observed({ ...JOBS, source: 'event' }, today('06:20:02')), state: { kind: 'gone' } },
]

/** Stores the story of the example company, in the order in which it became known: first what scans saw, then the late events. */
export async function fillExampleEvents(database: Database): Promise<void> {
  for (const read of READS()) await record(database, [read])
  await storeEvents(database, incomingOf(HAPPENINGS.map(eventOf), CREDENTIALS), today('06:20:05'))
}

export function incomingOf(events: readonly Event[], credentials: readonly Credential[]): Incoming {
  const counts = { mapped: events.length, none: 0, relist: 0, unmapped: 0, ignored: 0 }
  return { events, credentials, observations: [], rejected: [], counts }
}

/** The event of a happening, as a source would bring it. */
export function eventOf({ at, call, by, on = [], outcome, account = SHOP, sharedId, request }: Happening): Event {
  const [source = '', name = ''] = call.split(':')
  return {
    provider: 'aws',
    id: eventIdOf('aws', `${at} ${call} ${account}`),
    at,
    source: `${source}.amazonaws.com`,
    name,
    account,
    region: 'eu-west-1',
    outcome: outcome ?? { kind: 'mapped', assets: on.map(([asset, action]) => touchedOf(asset, action)) },
    actor: by,
    request: request === undefined ? undefined : JSON.stringify(request),
    sharedId,
  }
}

function touchedOf({ type, id, account = SHOP, region = 'eu-west-1' }: ExampleAsset, action: Action): TouchedAsset {
  return { type, id, account, region, action, derivation: 'example' }
}
