import { describe, expect, test } from 'vitest'
import { parseTrailText, unwrap } from './envelope.ts'
import type { Parsed } from './trail-record.ts'

const RECORD = {
  eventVersion: '1.09',
  eventID: '80486b96-9f31-441e-b4e2-b85a4e520a07',
  eventSource: 's3.amazonaws.com',
  eventName: 'CreateBucket',
  eventTime: '2026-11-01T07:45:25Z',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  readOnly: false,
  requestParameters: { bucketName: 'invoices' },
  responseElements: null,
  resources: [{ ARN: 'arn:aws:s3:::invoices', accountId: '111122223333', type: 'AWS::S3::Bucket' }],
  userIdentity: { type: 'Root' },
}
const { recipientAccountId: _account, ...WITHOUT_ACCOUNT } = RECORD
const EVENT_BRIDGE = {
  version: '0',
  id: 'c1',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.s3',
  account: '444455556666',
  region: 'eu-west-1',
  time: '2026-11-01T07:45:26Z',
  resources: [],
  detail: WITHOUT_ACCOUNT,
}
const text = JSON.stringify
const SNS = { Type: 'Notification', MessageId: 'm', TopicArn: 'arn:aws:sns:::t', Message: text(EVENT_BRIDGE) }

const ENVELOPES: Record<string, unknown> = {
  'a record': RECORD,
  'an array': [RECORD],
  'a log file': { Records: [RECORD] },
  'an EventBridge event': EVENT_BRIDGE,
  'an EventBridge event whose detail is text': { ...EVENT_BRIDGE, detail: text(RECORD) },
  'an SNS notification': SNS,
  'an SQS message': { MessageId: 'm', ReceiptHandle: 'r', Body: text(EVENT_BRIDGE) },
  'SQS around SNS around EventBridge': { MessageId: 'm', Body: text(SNS) },
  'the answer of aws sqs receive-message': { Messages: [{ Body: text(SNS) }] },
  'the answer of aws cloudtrail lookup-events': { Events: [{ EventId: 'e', CloudTrailEvent: text(RECORD) }] },
  'what Lambda receives from SQS': { Records: [{ eventSource: 'aws:sqs', body: text(RECORD) }] },
  'what Lambda receives from SNS': { Records: [{ EventSource: 'aws:sns', Sns: { Message: text(RECORD) } }] },
  'CloudWatch Logs': { logEvents: [{ id: '1', message: text(RECORD) }] },
  'a collection': { file: 'f', wrap: 'raw', verdict: 'looks-real', event: RECORD },
}

describe('every envelope opens', () => {
  for (const [name, envelope] of Object.entries(ENVELOPES)) {
    test(name, () => {
      const parsed = parseTrailText(text(envelope))
      expect(parsed).toMatchObject([{ kind: 'record', record: { eventID: RECORD.eventID, eventName: 'CreateBucket' } }])
    })
  }
})

test('EventBridge says whose account it is when the record does not', () => {
  expect(recordsOf(unwrap(EVENT_BRIDGE))[0]?.recipientAccountId).toBe('444455556666')
  expect(recordsOf(unwrap(RECORD))[0]?.recipientAccountId).toBe('111122223333')
})

test('one record to a line, a bad line costs only itself', () => {
  const parsed = parseTrailText(`${text(RECORD)}\n{"eventID": "cut\n\n${text({ event: RECORD })}\n`)
  expect(parsed.map(one => one.kind)).toEqual(['record', 'rejected', 'record'])
})

test('resources keep their ARN and owner', () => {
  expect(recordsOf(unwrap(RECORD))[0]?.resources).toEqual([
    { arn: 'arn:aws:s3:::invoices', accountId: '111122223333', type: 'AWS::S3::Bucket' },
  ])
})

test('a record without an id gets one from its content, the same each time', () => {
  const { eventID: _, ...nameless } = RECORD
  const [first, again, other] = recordsOf(unwrap([nameless, nameless, { ...nameless, eventName: 'DeleteBucket' }]))
  expect(first?.eventID).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(again?.eventID).toBe(first?.eventID)
  expect(other?.eventID).not.toBe(first?.eventID)
})

test('an Insight event names the call that it is about', () => {
  const { eventSource, eventName, ...rest } = RECORD
  const insight = { ...rest, eventCategory: 'Insight', insightDetails: { eventSource, eventName } }
  expect(recordsOf(unwrap(insight))).toMatchObject([{ eventCategory: 'Insight', eventName: 'CreateBucket' }])
})

describe('what holds no record is rejected with the reason, and its beginning is kept', () => {
  const cases: [name: string, input: string, reason: RegExp][] = [
    ['truncated', '{"eventSource": "ec2.amaz', /not JSON/],
    ['empty', '', /not JSON/],
    ['a number', '7', /a number where a record should be/],
    ['null', 'null', /null where/],
    ['another object', '{"a": 1}', /no CloudTrail record/],
    ['no time', text({ ...RECORD, eventTime: 'yesterday' }), /eventTime/],
    ['a numeric name', text({ ...RECORD, eventName: 5 }), /eventName/],
    ['an empty source', text({ ...RECORD, eventSource: '' }), /eventSource/],
    ['SNS around prose', text({ Message: 'hello' }), /Message is not JSON/],
    [
      'a native event',
      text({ 'detail-type': 'EC2 Instance State-change Notification', detail: {} }),
      /EC2 Instance State/,
    ],
    [
      'an S3 notification',
      text({ Records: [{ eventSource: 'aws:s3', eventName: 'Put', s3: {} }] }),
      /classify the log file/,
    ],
    ['a digest', text({ awsAccountId: '1', digestStartTime: 't' }), /digest/],
    ['endless nesting', `${'{"event":'.repeat(50)}1${'}'.repeat(50)}`, /nested more than/],
    ['endless lists', '['.repeat(20_000) + ']'.repeat(20_000), /nested more than/],
  ]
  for (const [name, input, reason] of cases) {
    test(name, () => {
      const parsed = parseTrailText(input)
      expect(parsed).toMatchObject([{ kind: 'rejected', reason: expect.stringMatching(reason) }])
      expect(parsed[0]?.kind === 'rejected' && parsed[0].sample.length).toBeLessThanOrEqual(400)
    })
  }
})

test('wrong types in every other field are no reason to refuse a record', () => {
  const required = new Set(['eventSource', 'eventName', 'eventTime', 'awsRegion'])
  for (const wrong of [null, 7, true, 'x', [], [null, 3], {}, { a: [] }]) {
    const broken = Object.fromEntries(
      Object.entries(RECORD).map(([key, value]) => [key, required.has(key) ? value : wrong]),
    )
    expect(unwrap(broken)).toMatchObject([{ kind: 'record' }])
  }
})

test('parts that a table keeps as JSON text are opened, other texts stay', () => {
  const [record] = recordsOf(
    unwrap({
      ...RECORD,
      requestParameters: text({ bucketName: 'invoices' }),
      responseElements: '{cut',
      userIdentity: 'none',
    }),
  )
  expect(record).toMatchObject({
    requestParameters: { bucketName: 'invoices' },
    responseElements: '{cut',
    userIdentity: 'none',
  })
})

test('times are UTC and come out in one form', () => {
  const times = [
    '2026-11-01T07:45:25Z',
    '2026-11-01 07:45:25.000000000',
    '2026-11-01T08:45:25+01:00',
    1793519125,
    1793519125000,
  ]
  for (const eventTime of times) {
    const [record] = recordsOf(unwrap({ ...RECORD, eventTime }))
    expect(record?.eventTime).toBe('2026-11-01T07:45:25Z')
  }
})

test('every day of a year is accepted as it is written', () => {
  for (let day = Date.UTC(2028, 0, 1); day < Date.UTC(2029, 0, 1); day += 86_400_000) {
    const eventTime = new Date(day).toISOString().replace('.000Z', 'Z')
    expect(recordsOf(unwrap({ ...RECORD, eventTime }))[0]?.eventTime).toBe(eventTime)
  }
})

test('a day that does not exist is no time', () => {
  for (const eventTime of [
    '2026-02-30T07:45:25Z',
    '2026-13-01T07:45:25Z',
    '2026-11-01T25:45:25Z',
    '2026-11-0aT07:45:25Z',
  ]) {
    expect(unwrap({ ...RECORD, eventTime })).toMatchObject([{ kind: 'rejected' }])
  }
})

test('a region that is not told is unknown, not a reason to lose the record', () => {
  expect(recordsOf(unwrap({ ...RECORD, awsRegion: null }))[0]?.awsRegion).toBe('unknown')
})

test('an account that was taken for a number gets its zeros back', () => {
  expect(recordsOf(unwrap({ ...RECORD, recipientAccountId: 12345678 }))[0]?.recipientAccountId).toBe('000012345678')
})

function recordsOf(parsed: readonly Parsed[]) {
  return parsed.flatMap(one => (one.kind === 'record' ? [one.record] : []))
}
