import { describe, expect, test } from 'vitest'
import { said } from '../../../../test/sources/said.ts'

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
