import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { loadEventMap } from '../event-map/load.ts'
import { IncomingReader } from './incoming.ts'

const reader = new IncomingReader({ map: loadEventMap(), roleName: 'cadastre-read' })
const ACCOUNT = '111122223333'

/** What a message touches, in a line for each asset; or what became of it. */
function said(message: unknown): readonly string[] {
  const { incoming, files } = reader.readTexts([JSON.stringify(message)], 'test')
  const { events, rejected, counts } = incoming
  return [
    ...events.flatMap(({ outcome }) =>
      outcome.kind === 'mapped'
        ? outcome.assets.map(({ type, id, account, region, action }) => `${action} ${account} ${region} ${type} ${id}`)
        : [outcome.kind],
    ),
    ...files.map(({ bucket, key, region }) => `${bucket} ${key} ${region ?? '?'}`),
    ...(counts.ignored > 0 ? ['ignored'] : []),
    ...rejected.map(({ reason }) => `rejected: ${reason}`),
  ]
}

describe("EventBridge's own events", () => {
  const native = (source: string, type: string, detail: object, resources: readonly string[] = []) => ({
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': type,
    source,
    account: ACCOUNT,
    time: '2026-11-22T10:00:00Z',
    region: 'eu-west-1',
    resources,
    detail,
  })
  const arn = (rest: string, service = 'ec2') => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`
  const group = arn('autoScalingGroup:0f1e:autoScalingGroupName/web', 'autoscaling')
  const rds = (noun: string, rest: string, categories: readonly string[]) =>
    native('aws.rds', `RDS DB ${noun} Event`, { SourceArn: arn(rest, 'rds'), EventCategories: categories })

  test.each<[string, object, readonly string[]]>([
    [
      'an instance that stops',
      native('aws.ec2', 'EC2 Instance State-change Notification', { 'instance-id': 'i-1', state: 'stopped' }),
      ['update 111122223333 eu-west-1 AWS::EC2::Instance i-1'],
    ],
    [
      'an instance that ends',
      native('aws.ec2', 'EC2 Instance State-change Notification', { 'instance-id': 'i-1', state: 'terminated' }),
      ['delete 111122223333 eu-west-1 AWS::EC2::Instance i-1'],
    ],
    [
      'a volume that was made',
      native('aws.ec2', 'EBS Volume Notification', { event: 'createVolume', result: 'available' }, [
        arn('volume/vol-1'),
      ]),
      ['create 111122223333 eu-west-1 AWS::EC2::Volume vol-1'],
    ],
    [
      'a volume that was deleted',
      native('aws.ec2', 'EBS Volume Notification', { event: 'deleteVolume', result: 'deleted' }, [arn('volume/vol-1')]),
      ['delete 111122223333 eu-west-1 AWS::EC2::Volume vol-1'],
    ],
    [
      'a snapshot, whose ARN AWS writes with one colon too many',
      native('aws.ec2', 'EBS Snapshot Notification', { event: 'createSnapshot', result: 'succeeded' }, [
        'arn:aws:ec2::eu-west-1:snapshot/snap-1',
      ]),
      ['create 111122223333 eu-west-1 AWS::EC2::Snapshot snap-1'],
    ],
    [
      'an image that went away',
      native('aws.ec2', 'EC2 AMI State Change', { ImageId: 'ami-1', State: 'deregistered' }),
      ['delete 111122223333 eu-west-1 AWS::EC2::Image ami-1'],
    ],
    [
      'a group that grew',
      native('aws.autoscaling', 'EC2 Instance Launch Successful', { EC2InstanceId: 'i-1' }, [
        group,
        arn('instance/i-1'),
      ]),
      [
        'create 111122223333 eu-west-1 AWS::EC2::Instance i-1',
        'update 111122223333 eu-west-1 AWS::AutoScaling::AutoScalingGroup web',
      ],
    ],
    [
      'a group that shrank',
      native('aws.autoscaling', 'EC2 Instance Terminate Successful', { EC2InstanceId: 'i-1' }, [group]),
      [
        'delete 111122223333 eu-west-1 AWS::EC2::Instance i-1',
        'update 111122223333 eu-west-1 AWS::AutoScaling::AutoScalingGroup web',
      ],
    ],
    [
      'a group that could not grow',
      native('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', { EC2InstanceId: '' }, [group]),
      ['ignored'],
    ],
    [
      'a task that ended',
      native('aws.ecs', 'ECS Task State Change', { taskArn: arn('task/shop/0a1b', 'ecs'), lastStatus: 'STOPPED' }),
      [`delete 111122223333 eu-west-1 AWS::ECS::Task ${arn('task/shop/0a1b', 'ecs')}`],
    ],
    [
      'a service that was deployed',
      native('aws.ecs', 'ECS Deployment State Change', { eventName: 'SERVICE_DEPLOYMENT_COMPLETED' }, [
        arn('service/shop/checkout', 'ecs'),
      ]),
      [
        `update 111122223333 eu-west-1 AWS::ECS::Service ${arn('service/shop/checkout', 'ecs')}|${arn('cluster/shop', 'ecs')}`,
      ],
    ],
    [
      'a container instance: it moves counts of its cluster, which are no change',
      native('aws.ecs', 'ECS Container Instance State Change', { ec2InstanceId: 'i-1' }, [
        arn('container-instance/shop/0a1b', 'ecs'),
      ]),
      ['ignored'],
    ],
    [
      'a database that was made',
      rds('Instance', 'db:orders', ['creation']),
      ['create 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'a cluster that failed over',
      rds('Cluster', 'cluster:orders', ['failover']),
      ['update 111122223333 eu-west-1 AWS::RDS::DBCluster orders'],
    ],
    [
      'a snapshot of a database that went away',
      rds('Snapshot', 'snapshot:orders-1', ['deletion']),
      ['delete 111122223333 eu-west-1 AWS::RDS::DBSnapshot orders-1'],
    ],
    [
      'a stack',
      native('aws.cloudformation', 'CloudFormation Stack Status Change', {
        'stack-id': arn('stack/shop/0a1b', 'cloudformation'),
        'status-details': { status: 'DELETE_COMPLETE' },
      }),
      [`delete 111122223333 eu-west-1 AWS::CloudFormation::Stack ${arn('stack/shop/0a1b', 'cloudformation')}`],
    ],
    [
      'tags of anything',
      native('aws.tag', 'Tag Change on Resource', { 'changed-tag-keys': ['team'] }, [arn('db:orders', 'rds')]),
      ['update 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'a notice of AWS Health',
      native(
        'aws.health',
        'AWS Health Event',
        { eventTypeCode: 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED', affectedEntities: [{ entityValue: 'i-1' }] },
        ['i-1'],
      ),
      ['update 111122223333 eu-west-1 AWS::EC2::Instance i-1'],
    ],
    ['a finding', native('aws.guardduty', 'GuardDuty Finding', { type: 'x' }), ['ignored']],
    ['an object that was deleted', native('aws.s3', 'Object Deleted', { bucket: { name: 'b' } }), ['ignored']],
  ])('%s', (_, message, expected) => {
    expect(said(message)).toEqual(expected)
  })

  test('are reported by their service, and are one however they come', () => {
    const message = native('aws.ec2', 'EC2 Instance State-change Notification', {
      'instance-id': 'i-1',
      state: 'stopped',
    })
    const { events } = reader.readTexts(
      [JSON.stringify(message), JSON.stringify({ Message: JSON.stringify(message) })],
      'test',
    ).incoming
    expect(events[0]).toEqual(events[1])
    expect(events[0]).toMatchObject({
      id: '7bf73129-1428-4cd3-a780-95db273d1602',
      at: Date.UTC(2026, 10, 22, 10),
      source: 'aws.ec2',
      name: 'EC2 Instance State-change Notification',
      actor: { kind: 'aws-service', name: 'ec2.amazonaws.com' },
      request: '{"instance-id":"i-1","state":"stopped"}',
    })
  })

  test.each([
    ['without an id', { id: undefined }],
    ['without a time', { time: 'yesterday' }],
    ['without a source', { source: 7 }],
  ])('%s are rejected', (_, change) => {
    const whole = native('aws.ec2', 'EC2 Instance State-change Notification', { 'instance-id': 'i-1' })
    expect(said({ ...whole, ...change })).toEqual([expect.stringMatching(/^rejected: an EventBridge event/)])
  })
})

describe('notices of files', () => {
  const KEY =
    'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/111122223333_CloudTrail_eu-west-1_20261122T1005Z_Ab3.json.gz'
  const notification = (key: string, eventName = 'ObjectCreated:Put') => ({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-west-1',
        eventName,
        s3: { bucket: { name: 'trail' }, object: { key } },
      },
    ],
  })

  test.each<[string, object, readonly string[]]>([
    ['S3', notification(KEY), [`trail ${KEY} eu-west-1`]],
    ['S3 by SNS', { Type: 'Notification', Message: JSON.stringify(notification(KEY)) }, [`trail ${KEY} eu-west-1`]],
    [
      'EventBridge',
      {
        id: 'x',
        'detail-type': 'Object Created',
        source: 'aws.s3',
        region: 'eu-west-1',
        detail: { bucket: { name: 'trail' }, object: { key: KEY } },
      },
      [`trail ${KEY} eu-west-1`],
    ],
    [
      "CloudTrail's own",
      { Type: 'Notification', Message: JSON.stringify({ s3Bucket: 'trail', s3ObjectKey: [KEY, `o/${KEY}`] }) },
      [`trail ${KEY} ?`, `trail o/${KEY} ?`],
    ],
    ['a key with blanks, as S3 writes it', notification(`my+logs%2F${KEY}`), [`trail my logs/${KEY} eu-west-1`]],
    [
      'the trail of an organisation',
      notification(KEY.replace('AWSLogs/', 'AWSLogs/o-a1b2c3d4e5/')),
      [`trail ${KEY.replace('AWSLogs/', 'AWSLogs/o-a1b2c3d4e5/')} eu-west-1`],
    ],
    [
      'a digest, which only signs log files',
      notification(KEY.replace('/CloudTrail/', '/CloudTrail-Digest/')),
      ['ignored'],
    ],
    ['another file', notification('holiday.jpg'), ['ignored']],
    ['a file that was deleted', notification(KEY, 'ObjectRemoved:Delete'), ['ignored']],
    ["S3's test", { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'trail' }, ['ignored']],
    ['a key that is no key', notification('%E0%A4%A'), [expect.stringMatching(/^rejected/) as unknown as string]],
  ])('%s', (_, message, expected) => {
    expect(said(message)).toEqual(expected)
  })
})

describe('items of AWS Config', () => {
  const item = {
    resourceType: 'AWS::RDS::DBInstance',
    resourceId: 'db-KOCU7UR74VM3AC4R3H2UXX7PE4',
    resourceName: 'orders',
    ARN: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
    awsAccountId: ACCOUNT,
    awsRegion: 'eu-west-1',
    configurationItemStatus: 'OK',
    configurationItemCaptureTime: '2026-11-22T10:00:03.500Z',
    configuration: { dBInstanceIdentifier: 'orders' },
  }
  const message = (change: object = {}, changeType = 'UPDATE') => ({
    messageType: 'ConfigurationItemChangeNotification',
    configurationItemDiff: { changeType, changedProperties: {} },
    configurationItem: { ...item, ...change },
  })

  test.each<[string, object, readonly string[]]>([
    ['a change, named by its ARN', message(), ['update 111122223333 eu-west-1 AWS::RDS::DBInstance orders']],
    ['one that was made', message({}, 'CREATE'), ['create 111122223333 eu-west-1 AWS::RDS::DBInstance orders']],
    [
      'one that was deleted is a suspicion',
      message({ configurationItemStatus: 'ResourceDeleted', configuration: null }, 'DELETE'),
      ['delete 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'by EventBridge',
      { id: 'x', source: 'aws.config', 'detail-type': 'Config Configuration Item Change', detail: message() },
      ['update 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'too large for its message',
      {
        messageType: 'OversizedConfigurationItemChangeNotification',
        s3DeliverySummary: { s3BucketLocation: 'config/AWSLogs/x.json.gz', errorCode: null },
        configurationItemSummary: { ...item, changeType: 'UPDATE' },
      },
      ['update 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'without an ARN',
      message({ resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-1', ARN: null }),
      ['update 111122223333 eu-west-1 AWS::EC2::SecurityGroup sg-1'],
    ],
    [
      'of a type that belongs to no region',
      message({
        resourceType: 'AWS::IAM::Role',
        resourceId: 'AROAEXAMPLE',
        ARN: 'arn:aws:iam::111122223333:role/team/deploy',
        awsRegion: 'global',
      }),
      ['update 111122223333 global AWS::IAM::Role deploy'],
    ],
    ['a conclusion of Config', message({ resourceType: 'AWS::Config::ResourceCompliance' }), ['ignored']],
    ['a snapshot that was delivered', { messageType: 'ConfigurationSnapshotDeliveryCompleted' }, ['ignored']],
    [
      'without a time',
      message({ configurationItemCaptureTime: 'now' }),
      [expect.stringMatching(/^rejected/) as unknown as string],
    ],
  ])('%s', (_, given, expected) => {
    expect(said(given)).toEqual(expected)
  })

  test('the same item is one event, by SNS and by EventBridge, and nobody is named for it', () => {
    const bySns = { Type: 'Notification', Message: JSON.stringify(message()) }
    const byBridge = {
      id: 'x',
      source: 'aws.config',
      'detail-type': 'Config Configuration Item Change',
      detail: message(),
    }
    const { events } = reader.readTexts([JSON.stringify(bySns), JSON.stringify(byBridge)], 'test').incoming
    expect(events[0]).toEqual(events[1])
    expect(events[0]).toMatchObject({ at: Date.UTC(2026, 10, 22, 10, 0, 3, 500), actor: { kind: 'unknown' } })
    expect(events[0]?.actor.name ?? events[0]?.actor.principal).toBeUndefined()
  })
})

const SHARED = process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../../../shared')
const isShared = existsSync(join(SHARED, 'data/other'))

/** Real records, newline-delimited. */
function samples(file: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = gunzipSync(readFileSync(join(SHARED, 'data/other', file)))
    .toString()
    .trim()
    .split('\n')
  return lines.map(line => (JSON.parse(line) as { sample: Record<string, unknown> }).sample)
}

describe.skipIf(!isShared)('real messages (skipped where ../shared is absent)', () => {
  test('each native event is understood or known to mean no change', () => {
    const found = samples('eventbridge-native.cloud-custodian__cloud-custodian.jsonl.gz').map(
      sample => `${sample['detail-type']}: ${said(sample).join(', ')}`,
    )
    expect(found.sort()).toEqual([
      'AWS Health Event: update 011122335622 us-east-1 AWS::EC2::Instance i-00ddbf07ce6372082',
      'Config Configuration Item Change: create 662108712480 us-east-1 AWS::SQS::Queue https://sqs.us-east-1.amazonaws.com/662108712480/config-changes',
      'EC2 Instance Launch Unsuccessful: ignored',
      'EC2 Instance State-change Notification: update 101010101111 us-east-1 AWS::EC2::Instance i-a2d74f12',
      'GuardDuty Finding: ignored',
      'GuardDuty Finding: ignored',
      'Scheduled Event: ignored',
      'Security Hub Findings - Custom Action: ignored',
      'Security Hub Findings - Custom Action: ignored',
      'Security Hub Findings - Custom Action: ignored',
      'Security Hub Insight Results: ignored',
    ])
  })

  test('each item of AWS Config names its asset', () => {
    const items = samples('aws-config-items.cloud-custodian__cloud-custodian.jsonl.gz')
    for (const item of items) {
      // Some were read back by an SDK that takes times apart, and lack the account, which notifications have.
      const time = item['configurationItemCaptureTime']
      const [line = ''] = said({
        messageType: 'ConfigurationItemChangeNotification',
        configurationItem: {
          awsAccountId: ACCOUNT,
          ...item,
          ...(typeof time === 'string' ? {} : { configurationItemCaptureTime: '2021-01-01T00:00:00Z' }),
        },
      })
      expect(line).toMatch(/^(create|update|delete) \d{12} [a-z0-9-]+ AWS::\w+::\w+ \S+$/)
      expect(line).toContain(String(item['resourceType']))
      expect(line).not.toContain('db-KOCU7UR74VM3AC4R3H2UXX7PE4')
    }
    expect(items.length).toBe(35)
  })
})
