import { describe, expect, test } from 'vitest'
import type { Event } from '../../../model/event.ts'
import { merged } from '../../../model/incoming.ts'
import { loadEventMap } from '../event-map/load.ts'
import { IncomingReader } from './incoming.ts'

const reader = new IncomingReader({ map: loadEventMap(), roleName: 'team/cadastre-read' })

const RECORD = {
  eventVersion: '1.11',
  eventID: '4b0f0c34-5a5d-4e35-9c1e-2f3b1f0f6a01',
  eventTime: '2026-11-22T10:00:00Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'AuthorizeSecurityGroupIngress',
  awsRegion: 'eu-west-1',
  userIdentity: { type: 'IAMUser', userName: 'ada', arn: 'arn:aws:iam::111122223333:user/ada' },
  requestParameters: { groupId: 'sg-1' },
  responseElements: { _return: true },
  readOnly: false,
  recipientAccountId: '111122223333',
}

function read(...records: readonly object[]) {
  return reader.readTexts(
    records.map(record => JSON.stringify(record)),
    'test',
  ).incoming
}

function eventOf(record: object): Event {
  const [event] = read({ ...RECORD, ...record }).events
  if (event === undefined) throw new Error('no event was kept')
  return event
}

describe('what messages say', () => {
  test('a write becomes an event with its request, its actor and what it touched', () => {
    expect(eventOf({})).toEqual({
      provider: 'aws',
      id: '4b0f0c34-5a5d-4e35-9c1e-2f3b1f0f6a01',
      at: Date.UTC(2026, 10, 22, 10),
      source: 'ec2.amazonaws.com',
      name: 'AuthorizeSecurityGroupIngress',
      account: '111122223333',
      region: 'eu-west-1',
      outcome: { kind: 'mapped', assets: [expect.objectContaining({ type: 'AWS::EC2::SecurityGroup', id: 'sg-1' })] },
      actor: expect.objectContaining({ kind: 'iam-user', name: 'ada' }),
      request: '{"groupId":"sg-1"}',
      sharedId: undefined,
    })
  })

  test('reads, data events and failed calls are counted, and nothing else is made of them', () => {
    const incoming = read(
      { ...RECORD, eventName: 'DescribeInstances', readOnly: true },
      { ...RECORD, eventSource: 's3.amazonaws.com', eventName: 'PutObject', managementEvent: false },
      { ...RECORD, errorCode: 'Client.UnauthorizedOperation' },
    )
    expect(incoming).toEqual({
      events: [],
      credentials: [],
      observations: [],
      rejected: [],
      counts: { mapped: 0, none: 0, relist: 0, unmapped: 0, ignored: 3 },
    })
  })

  test('credentials that are handed out are kept, though their record is a read', () => {
    const incoming = read({
      ...RECORD,
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      readOnly: true,
      requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/deploy', roleSessionName: 'x' },
      responseElements: { credentials: { accessKeyId: 'ASIADEPLOY' } },
    })
    expect(incoming.events).toEqual([])
    expect(incoming.credentials).toEqual([
      { accessKeyId: 'ASIADEPLOY', caller: expect.objectContaining({ kind: 'iam-user', name: 'ada' }) },
    ])
  })

  test('what was asked for in one record never names the actor of another: that is joined when a question is asked', () => {
    const session = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/deploy/x',
      accessKeyId: 'ASIADEPLOY',
    }
    const assumed = {
      ...RECORD,
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      readOnly: true,
      responseElements: { credentials: { accessKeyId: 'ASIADEPLOY' } },
    }
    const [event] = read(assumed, { ...RECORD, userIdentity: session }).events
    expect(event?.actor).toMatchObject({ kind: 'assumed-role', accessKeyId: 'ASIADEPLOY' })
    expect(event?.actor.name).not.toBe('ada')
  })

  test('the same event is one by whatever path it comes', () => {
    const paths = [
      RECORD,
      { Records: [RECORD] },
      { version: '0', id: 'x', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.ec2', detail: RECORD },
      {
        Type: 'Notification',
        Message: JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', detail: RECORD }),
      },
      { Type: 'Notification', Message: JSON.stringify({ Records: [RECORD] }) },
    ]
    const keys = read(...paths).events.map(({ id, at }) => `${at} ${id}`)
    expect(keys.length).toBe(paths.length)
    expect(new Set(keys).size).toBe(1)
  })

  test('hostile messages are rejected with their source, and hold up nothing', () => {
    const deep = `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`
    const bodies = ['', 'null', '[]', '{"Records": 7}', '\u0000', '"x"', '{"detail": "{"}', deep, '{"detail":{"a":1}}']
    const { incoming } = reader.readTexts([...bodies, JSON.stringify(RECORD)], 'sqs eu-west-1 events')
    expect(incoming.events.length).toBe(1)
    expect(incoming.rejected.length).toBe(bodies.length - 1)
    expect(new Set(incoming.rejected.map(({ source }) => source))).toEqual(new Set(['sqs eu-west-1 events']))
    expect(incoming.rejected.every(({ reason, sample }) => reason !== '' && sample.length <= 400)).toBe(true)
  })

  test('a request that is nested beyond reason is left out, and its event kept', () => {
    const depth = 200_000
    const body = JSON.stringify({ ...RECORD, requestParameters: null }).replace(
      '"requestParameters":null',
      `"requestParameters":{"groupId":"sg-1","x":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    )
    const { incoming } = reader.readTexts([body], 'test')
    expect(incoming.events.map(({ request }) => request)).toEqual([undefined])
  })

  test('an unplaced call of our own is no change; one that says that it writes is kept, whoever made it', () => {
    const own = { arn: 'arn:aws:sts::111122223333:assumed-role/cadastre-read/cadastre', type: 'AssumedRole' }
    const unknown = { ...RECORD, eventName: 'FrobnicateThing', requestParameters: null, userIdentity: own }
    const { readOnly: _, ...unsaid } = unknown
    expect(read(unsaid).counts).toMatchObject({ unmapped: 0, ignored: 1 })
    expect(read(unknown).counts).toMatchObject({ unmapped: 1, ignored: 0 })
    expect(read({ ...RECORD, userIdentity: own }).counts).toMatchObject({ mapped: 1 })
    const another = { ...own, arn: 'arn:aws:sts::111122223333:assumed-role/my-cadastre-read/x' }
    expect(read({ ...unsaid, userIdentity: another }).counts).toMatchObject({ unmapped: 1 })
  })

  test('readings can be put together in order', () => {
    const one = read(RECORD)
    const two = read({ ...RECORD, eventName: 'DescribeInstances', readOnly: true }, { nonsense: 1 })
    const both = merged([one, two])
    expect(both.events.length).toBe(1)
    expect(both.rejected.length).toBe(1)
    expect(both.counts).toEqual({ mapped: 1, none: 0, relist: 0, unmapped: 0, ignored: 1 })
    expect(merged([]).counts.mapped).toBe(0)
  })
})

describe('what an event says of who did it', () => {
  const session = (fields: object) => ({
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/admin/session-1',
    accountId: '111122223333',
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/admin' }, ...fields },
  })

  test.each<[string, object, object]>([
    ['nobody is named', { userIdentity: undefined }, { kind: 'unknown' }],
    [
      'an identity without an account',
      { userIdentity: { type: 'IAMUser', userName: 'ada' } },
      { kind: 'iam-user', name: 'ada' },
    ],
    [
      'an assumed role with a source identity',
      { userIdentity: session({ sourceIdentity: 'ada@example.com' }) },
      { kind: 'source-identity', name: 'ada@example.com', principal: 'arn:aws:iam::111122223333:role/admin' },
    ],
    [
      'a service that calls on behalf of somebody',
      { userIdentity: { ...RECORD.userIdentity, invokedBy: 'cloudformation.amazonaws.com' } },
      { kind: 'iam-user', name: 'ada', invokedBy: 'cloudformation.amazonaws.com' },
    ],
    [
      'root',
      { userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' } },
      { kind: 'root', name: 'root', account: '111122223333' },
    ],
    [
      'a SAML user',
      {
        userIdentity: {
          type: 'SAMLUser',
          userName: 'ada@example.com',
          identityProvider: 'arn:aws:iam::111122223333:saml-provider/idp',
        },
      },
      { kind: 'saml-user', name: 'ada@example.com', via: ['arn:aws:iam::111122223333:saml-provider/idp'] },
    ],
  ])('%s', (_, record, actor) => {
    expect(eventOf(record).actor).toMatchObject(actor)
  })

  test('a service event: the service itself, and what it names', () => {
    const event = eventOf({
      eventType: 'AwsServiceEvent',
      eventSource: 'kms.amazonaws.com',
      eventName: 'RotateKey',
      userIdentity: { accountId: '111122223333', invokedBy: 'AWS Internal' },
      requestParameters: null,
      responseElements: null,
      serviceEventDetails: { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
      resources: [
        {
          ARN: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
          accountId: '111122223333',
        },
      ],
    })
    expect(event.actor).toMatchObject({ kind: 'aws-service', name: 'kms.amazonaws.com' })
    expect(event.request).toBeUndefined()
    expect(event.outcome).toMatchObject({
      kind: 'mapped',
      assets: [{ type: 'AWS::KMS::Key', id: '1234abcd-12ab-34cd-56ef-1234567890ab' }],
    })
  })

  test('a call across accounts is in two trails under one shared id, and touches the bucket of its owner in both', () => {
    const call = {
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketPolicy',
      sharedEventID: 'C0FFEE00-6e5b-4e35-9c1e-2f3b1f0f6a02',
      requestParameters: { bucketName: 'logs' },
      responseElements: null,
      resources: [{ ARN: 'arn:aws:s3:::logs', accountId: '444455556666', type: 'AWS::S3::Bucket' }],
    }
    const callers = eventOf(call)
    const owners = eventOf({
      ...call,
      eventID: '5c1f0c34-5a5d-4e35-9c1e-2f3b1f0f6a03',
      recipientAccountId: '444455556666',
      userIdentity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: '111122223333' },
    })
    expect(callers.id).not.toBe(owners.id)
    expect(callers.sharedId).toBe('c0ffee00-6e5b-4e35-9c1e-2f3b1f0f6a02')
    expect(owners.sharedId).toBe(callers.sharedId)
    expect([callers.account, owners.account]).toEqual(['111122223333', '444455556666'])
    expect(callers.actor).toMatchObject({ kind: 'iam-user', name: 'ada' })
    expect(owners.actor).toMatchObject({ kind: 'account', account: '111122223333' })
    for (const { outcome } of [callers, owners])
      expect(outcome).toMatchObject({ kind: 'mapped', assets: [{ id: 'logs', account: '444455556666' }] })
  })
})
