import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newReader } from '../../../../test/sources/simulated.ts'

const reader = newReader()

/** Words on which the reading of messages turns, so that random messages get far inside. */
const KEYS = [
  ...['detail', 'detail-type', 'source', 'Records', 'Message', 'Body', 'id', 'time', 'account', 'region', 'resources'],
  ...['eventSource', 'eventName', 'eventTime', 'eventID', 'userIdentity', 'requestParameters', 'responseElements'],
  ...['s3', 'bucket', 'object', 'key', 'name', 's3Bucket', 's3ObjectKey', 'messageType', 'configurationItem'],
  ...[
    'resourceType',
    'resourceId',
    'awsAccountId',
    'configurationItemCaptureTime',
    'instance-id',
    'state',
    'sharedEventID',
  ],
  ...['recipientAccountId', 'readOnly', 'credentials', 'accessKeyId', 'EventCategories', 'SourceArn', 'taskArn'],
]
const VALUES = [
  ...['aws.ec2', 'aws.s3', 'aws.rds', 'aws.ecs', 'aws.health', 'ec2.amazonaws.com', 'sts.amazonaws.com', 'AssumeRole'],
  ...['EC2 Instance State-change Notification', 'Object Created', 'RDS DB Instance Event', 'ECS Task State Change'],
  ...['AWS API Call via CloudTrail', 'Config Configuration Item Change', 'ConfigurationItemChangeNotification'],
  ...['AWS::EC2::SecurityGroup', 'AWS::SQS::Queue', 'arn:aws:rds:eu-west-1:111122223333:db:x', 'arn:aws:::', 'arn:'],
  ...[
    '2026-11-22T10:00:00Z',
    '111122223333',
    'eu-west-1',
    'i-1',
    'sg-1',
    'RunInstances',
    'PutBucketPolicy',
    '__proto__',
  ],
  ...['AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/x.json.gz', '\u0000', '\ud800', ''],
]

const { message } = fc.letrec<{ message: unknown }>(tie => ({
  message: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(...VALUES, null, true, 7, -1, 1e300),
    fc.array(tie('message'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('message'), { maxKeys: 8 }),
    tie('message').map(inner => JSON.stringify(inner)),
  ),
}))

test('no message makes the reader throw, and nothing is passed over in silence', () => {
  fc.assert(
    fc.property(message, value => {
      const { incoming, files, items } = reader.readTexts([JSON.stringify(value)], 'test')
      const { events, counts, rejected } = incoming
      const { ignored, ...kept } = counts
      expect(events.length).toBe(Object.values(kept).reduce((sum, count) => sum + count, 0))
      expect(items.length).toBeLessThanOrEqual(events.length)
      const isNothing =
        Array.isArray(value) || (typeof value === 'object' && value !== null) || typeof value === 'string'
      if (!isNothing) expect(events.length + ignored + rejected.length + files.length).toBe(1)
      for (const { id, at, source, name } of events) {
        expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
        expect(Number.isInteger(at)).toBe(true)
        expect(typeof source + typeof name).toBe('stringstring')
      }
    }),
    { numRuns: 3_000 },
  )
})
