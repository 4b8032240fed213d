import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Observer } from '../../src/clouds/aws/observe.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import { AccountId, Region } from '../../src/model/identity.ts'
import { catalogue, notice, PLACE, remembering, taken } from './config-taken.ts'

const SHARED = process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../shared')
const FILE = join(SHARED, 'data/other/aws-config-items.cloud-custodian__cloud-custodian.jsonl.gz')

describe.skipIf(!existsSync(FILE))('real items (skipped where ../shared is absent)', () => {
  /** The item of a type, with whatever its describe would have replied then. */
  test.each<[type: string, id: string, reply: object]>([
    [
      'AWS::EC2::SecurityGroup',
      'sg-e2fb6999',
      {
        Description: 'open ssh',
        GroupName: 'sg_open_ssh',
        IpPermissions: [
          {
            FromPort: 22,
            IpProtocol: 'tcp',
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            ToPort: 22,
            UserIdGroupPairs: [],
          },
        ],
        OwnerId: '123456789012',
        GroupId: 'sg-e2fb6999',
        IpPermissionsEgress: [
          {
            IpProtocol: '-1',
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ],
        Tags: [],
        VpcId: 'vpc-f16e4296',
      },
    ],
    [
      'AWS::EC2::Volume',
      'vol-12345',
      {
        Attachments: [
          {
            AttachTime: new Date('2017-01-18T02:20:33.000Z'),
            Device: '/dev/sda1',
            InstanceId: 'i-12345',
            State: 'attached',
            VolumeId: 'vol-12345',
            DeleteOnTermination: true,
          },
        ],
        AvailabilityZone: 'us-east-1a',
        CreateTime: new Date('2017-01-18T02:20:33.122Z'),
        Encrypted: true,
        Size: 100,
        SnapshotId: 'snap-12345',
        State: 'in-use',
        VolumeId: 'vol-12345',
        Iops: 300,
        Tags: [{ Key: 'K', Value: 'V' }],
        VolumeType: 'gp2',
      },
    ],
    [
      'AWS::SQS::Queue',
      'https://sqs.us-east-1.amazonaws.com/644160558196/config-changes',
      {
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/644160558196/config-changes',
        Attributes: {
          Policy: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: '',
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: 'arn:aws:sqs:us-east-1:644160558196:config-changes',
              },
            ],
          },
          ReceiveMessageWaitTimeSeconds: '0',
          CreatedTimestamp: '1602023249',
          DelaySeconds: '0',
          MessageRetentionPeriod: '345600',
          MaximumMessageSize: '262144',
          VisibilityTimeout: '30',
          LastModifiedTimestamp: '1602023249',
          QueueArn: 'arn:aws:sqs:us-east-1:644160558196:config-changes',
          ApproximateNumberOfMessages: '3',
        },
      },
    ],
  ])('%s: the item says exactly what its describe says', async (type, id, reply) => {
    const lines = gunzipSync(readFileSync(FILE)).toString().trim().split('\n')
    const items = lines.map(line => (JSON.parse(line) as { sample: Record<string, unknown> }).sample)
    const item = items.find(
      one =>
        one['resourceType'] === type &&
        one['resourceId'] === id &&
        one['configurationItemStatus'] !== 'ResourceDeleted',
    )
    const account = AccountId.parse(item?.['awsAccountId'] ?? PLACE.account)
    const place = { ...PLACE, account, region: Region.parse(item?.['awsRegion']) }
    // Some were read back by an SDK that takes times apart, and lack the account, which notices have.
    const message = notice({ ...item, awsAccountId: account, configurationItemCaptureTime: '2021-01-01T00:00:00Z' })
    const observed = new Observer(catalogue.get(type) as AnyResourceType, 'k').observe(reply, place)
    const { configs } = await taken(message, remembering(type, reply, place))
    expect(configs).toEqual([JSON.parse(JSON.stringify(observed?.present.config))])
  })
})
