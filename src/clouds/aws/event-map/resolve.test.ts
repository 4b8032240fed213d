import { describe, expect, test } from 'vitest'
import { QUIRKS } from '../../../../test/event-map/quirks.ts'
import { SAMPLES } from '../../../../test/event-map/samples.ts'
import type { Outcome } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { loadEventMap } from './load.ts'
import { resolve } from './resolve.ts'

const map = loadEventMap()

/** A record of a call to `source:name` in account 111122223333 by a caller of another account. */
function recordOf(call: string, fields: Partial<CloudTrailRecord>): CloudTrailRecord {
  const [source = '', eventName = ''] = call.split(':')
  return {
    eventID: '00000000-0000-4000-8000-000000000000',
    eventSource: `${source}.amazonaws.com`,
    eventName,
    eventTime: '2026-11-01T03:00:00Z',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    readOnly: false,
    userIdentity: { type: 'AssumedRole', accountId: '999988887777' },
    requestParameters: null,
    responseElements: null,
    additionalEventData: null,
    serviceEventDetails: null,
    resources: [],
    ...fields,
  }
}

function said(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'mapped') return outcome.assets.map(({ action, type, id }) => `${action} ${type} ${id}`)
  if (outcome.kind === 'relist') return outcome.types.map(({ type }) => `relist ${type}`)
  return [outcome.kind]
}

describe('the sample rows of the reference', () => {
  test.each(SAMPLES)('$call: $claim', ({ call, fields, assets }) => {
    expect(said(resolve(map, recordOf(call, fields)))).toEqual(assets)
  })
})

describe('naming quirks', () => {
  test.each(QUIRKS)('$call: $claim', ({ call, fields, assets }) => {
    expect(said(resolve(map, recordOf(call, fields)))).toEqual(assets)
  })
})

describe('what may make what is not there', () => {
  const change = (action: string) => ({ action, resourceRecordSet: { name: 'a.example.com', type: 'A' } })
  test.each<[string, string, unknown, (true | undefined)[]]>([
    [
      'an UPSERT',
      'route53:ChangeResourceRecordSets',
      { hostedZoneId: 'Z1', changeBatch: { changes: [change('UPSERT')] } },
      [true, undefined],
    ],
    [
      'no DELETE',
      'route53:ChangeResourceRecordSets',
      { hostedZoneId: 'Z1', changeBatch: { changes: [change('DELETE')] } },
      [undefined, undefined],
    ],
    ['a Put of the thing itself', 'ssm:PutParameter', { name: '/a' }, [true]],
    ['no Put of a part', 's3:PutBucketPolicy', { bucketName: 'invoices' }, [undefined]],
    ['no other update', 'ssm:LabelParameterVersion', { name: '/a' }, [undefined]],
  ])('%s', (_, call, requestParameters, expected) => {
    const outcome = resolve(map, recordOf(call, { requestParameters }))
    expect(outcome.kind === 'mapped' ? outcome.assets.map(({ mayCreate }) => mayCreate) : outcome).toEqual(expected)
  })
})

describe('what changes nothing', () => {
  test.each([
    ['a read', { readOnly: true }],
    ['a failed call', { errorCode: 'AccessDenied' }],
    ['a data event by its flag', { managementEvent: false }],
    ['a data event by its category', { eventCategory: 'Data' }],
    ['an insight', { eventCategory: 'Insight' }],
  ])('%s is ignored', (_, fields) => {
    const record = recordOf('s3:DeleteBucket', { requestParameters: { bucketName: 'invoices' }, ...fields })
    expect(resolve(map, record).kind).toBe('ignored')
  })

  test('an old record without readOnly is told by its verb', () => {
    const { readOnly: _, ...record } = recordOf('ec2:DescribeInstances', {})
    expect(resolve(map, record).kind).toBe('ignored')
  })
})

describe('whose and where', () => {
  const bucket = { bucketName: 'invoices' }

  test('the owner named by the record wins over the recipient, and the caller is never the owner', () => {
    const resources = [{ arn: 'arn:aws:s3:::invoices', accountId: '444455556666', type: 'AWS::S3::Bucket' }]
    const record = recordOf('s3:PutBucketPolicy', { requestParameters: bucket, resources })
    expect(resolve(map, record)).toMatchObject({ assets: [{ account: '444455556666', arn: 'arn:aws:s3:::invoices' }] })
  })

  test('without a named owner it is the recipient', () => {
    const record = recordOf('s3:PutBucketPolicy', { requestParameters: bucket })
    expect(resolve(map, record)).toMatchObject({ assets: [{ account: '111122223333' }] })
  })

  test('without either it is unknown, not the caller', () => {
    const { recipientAccountId: _, ...record } = recordOf('s3:PutBucketPolicy', { requestParameters: bucket })
    expect(resolve(map, record)).toMatchObject({ assets: [{ account: 'unknown' }] })
  })

  test('assets of a global service are in no region', () => {
    const record = recordOf('iam:TagRole', { requestParameters: { roleName: 'ops' }, awsRegion: 'us-east-1' })
    expect(resolve(map, record)).toMatchObject({ assets: [{ region: 'global' }] })
  })

  test("an ARN's own region wins over the call's", () => {
    const arn = 'arn:aws:dynamodb:us-west-2:111122223333:table/orders'
    const record = recordOf('dynamodb:TagResource', { requestParameters: { resourceArn: arn } })
    expect(resolve(map, record)).toMatchObject({ assets: [{ id: 'orders', region: 'us-west-2', arn }] })
  })

  test('an ARN is built from the name, in the partition of the region', () => {
    const record = recordOf('dynamodb:UpdateTable', {
      requestParameters: { tableName: 'orders' },
      awsRegion: 'cn-north-1',
    })
    expect(resolve(map, record)).toMatchObject({
      assets: [{ arn: 'arn:aws-cn:dynamodb:cn-north-1:111122223333:table/orders' }],
    })
  })

  test('an ARN with a path is taken from the answer', () => {
    const arn = 'arn:aws:iam::111122223333:role/team/ops'
    const fields = {
      requestParameters: { roleName: 'ops', path: '/team/' },
      responseElements: { role: { roleName: 'ops', arn } },
    }
    expect(resolve(map, recordOf('iam:CreateRole', fields))).toMatchObject({ assets: [{ id: 'ops', arn }] })
  })

  test("another thing's ARN in an identifier is not the asset's ARN, and says nothing of its place", () => {
    const requestParameters = { clusterName: 'prod', principalArn: 'arn:aws:iam::444455556666:role/ops' }
    const outcome = resolve(map, recordOf('eks:DeleteAccessEntry', { requestParameters }))
    expect(outcome).toMatchObject({ assets: [{ account: '111122223333', region: 'eu-west-1' }] })
  })

  test('no ARN is made up where it would hold a path that the event does not tell', () => {
    const outcome = resolve(map, recordOf('iam:TagRole', { requestParameters: { roleName: 'ops' } }))
    expect(outcome).toMatchObject({ assets: [{ id: 'ops' }] })
    expect(outcome.kind === 'mapped' && outcome.assets[0]?.arn).toBe(undefined)
  })
})

describe('hostile input', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`) as unknown
  test.each([
    ['texts for objects', 'no', 'no'],
    ['numbers', 1, 2],
    ['lists of nulls', [null, [null]], [null]],
    ['keys of the prototype', JSON.parse('{"__proto__": {"instanceId": "i-1"}, "constructor": 1}'), {}],
    ['deep nesting', deep, deep],
    ['wrong leaves', { instancesSet: { items: [1, 'x', null, { instanceId: {} }] } }, { instancesSet: 3 }],
  ])('%s do not throw', (_, requestParameters, responseElements) => {
    for (const call of [
      'ec2:TerminateInstances',
      'route53:ChangeResourceRecordSets',
      'cloudcontrolapi:CreateResource',
      'x:y',
    ])
      expect(() => resolve(map, recordOf(call, { requestParameters, responseElements }))).not.toThrow()
  })
})
