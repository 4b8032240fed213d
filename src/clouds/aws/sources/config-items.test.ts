import { describe, expect, test } from 'vitest'
import { reader, said } from '../../../../test/sources/said.ts'

const ACCOUNT = '111122223333'

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
