import { describe, expect, test } from 'vitest'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { actorReader } from './actor.ts'
import { unwrap } from './envelope.ts'

const ROLE = 'arn:aws:iam::111122223333:role'
const context = (role: string, rest: object = {}) => ({
  sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLE', arn: `${ROLE}/${role}`, accountId: '111122223333' },
  webIdFederationData: {},
  attributes: { creationDate: '2026-11-01T07:41:28Z', mfaAuthenticated: 'false' },
  ...rest,
})
const session = (role: string, name: string) => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${name}`,
  arn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
  accountId: '111122223333',
  accessKeyId: 'ASIAEXAMPLE',
})

const IDENTITIES: [claim: string, userIdentity: unknown, expected: object][] = [
  [
    'the root user',
    {
      type: 'Root',
      principalId: '111122223333',
      arn: 'arn:aws:iam::111122223333:root',
      accountId: '111122223333',
      accessKeyId: 'ASIA1',
      sessionContext: { attributes: { mfaAuthenticated: 'true' } },
    },
    { kind: 'root', name: 'root', principal: 'arn:aws:iam::111122223333:root', account: '111122223333', mfa: true },
  ],
  [
    'an old service that acts as the root',
    {
      type: 'Root',
      principalId: '619193117841',
      arn: 'arn:aws:iam::619193117841:root',
      accountId: '619193117841',
      invokedBy: 'autoscaling.amazonaws.com',
    },
    { kind: 'aws-service', name: 'autoscaling.amazonaws.com', account: '619193117841', invokedBy: undefined },
  ],
  [
    'an IAM user, with a path',
    {
      type: 'IAMUser',
      principalId: 'AIDA1',
      arn: 'arn:aws:iam::111122223333:user/ops/benjamin',
      accountId: '111122223333',
      accessKeyId: 'AKIA1',
      userName: 'benjamin',
    },
    {
      kind: 'iam-user',
      name: 'benjamin',
      principal: 'arn:aws:iam::111122223333:user/ops/benjamin',
      accessKeyId: 'AKIA1',
    },
  ],
  [
    'an IAM user whose stack is built by CloudFormation',
    {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/alice',
      accountId: '111122223333',
      invokedBy: 'cloudformation.amazonaws.com',
    },
    { kind: 'iam-user', name: 'alice', invokedBy: 'cloudformation.amazonaws.com' },
  ],
  [
    'an assumed role, by the session name that somebody chose',
    { ...session('Developer', 'alice'), sessionContext: context('team/Developer') },
    { kind: 'assumed-role', name: 'alice', principal: `${ROLE}/team/Developer`, account: '111122223333', mfa: false },
  ],
  [
    'an assumed role without session context',
    session('Developer', 'alice'),
    { kind: 'assumed-role', name: 'alice', principal: `${ROLE}/Developer` },
  ],
  [
    'a session name that a tool made up names nobody',
    { ...session('Deploy', 'aws-go-sdk-1688990082523310002'), sessionContext: context('Deploy') },
    { kind: 'assumed-role', name: undefined, principal: `${ROLE}/Deploy` },
  ],
  [
    'source identity beats the session name',
    {
      ...session('Developer', 'botocore-session-1700000000'),
      sessionContext: context('Developer', { sourceIdentity: 'alice@example.com' }),
    },
    { kind: 'source-identity', name: 'alice@example.com' },
  ],
  [
    'IAM Identity Center, by e-mail address',
    {
      ...session('AWSReservedSSO_Admin_0123456789abcdef', 'alice@example.com'),
      sessionContext: context('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef'),
    },
    { kind: 'sso-user', name: 'alice@example.com', principal: expect.stringContaining('AWSReservedSSO_Admin') },
  ],
  [
    'a service-linked role is its service',
    {
      ...session('AWSServiceRoleForAmazonInspector2', 'MandoService2842426183934887787'),
      invokedBy: 'inspector2.amazonaws.com',
      sessionContext: context('aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2'),
    },
    { kind: 'aws-service', name: 'inspector2.amazonaws.com', invokedBy: undefined },
  ],
  [
    'an EC2 instance that uses its role',
    { ...session('web', 'i-0dbc91f429e48eeed'), sessionContext: context('web', { ec2RoleDelivery: '2.0' }) },
    { kind: 'workload', name: 'i-0dbc91f429e48eeed', principal: `${ROLE}/web` },
  ],
  [
    'a function that holds credentials within its scope',
    {
      ...session('fn', 'fn'),
      sessionContext: context('fn'),
      inScopeOf: {
        issuerType: 'AWS::Lambda::Function',
        credentialsIssuedTo: 'arn:aws:lambda:eu-west-1:111122223333:function:fn',
      },
    },
    { kind: 'workload', name: 'arn:aws:lambda:eu-west-1:111122223333:function:fn' },
  ],
  [
    'a Kubernetes service account, by its subject',
    {
      ...session('pod', 'botocore-session-1700000000'),
      sessionContext: context('pod', {
        webIdFederationData: {
          federatedProvider: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC',
          attributes: { 'oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub': 'system:serviceaccount:shop:cart' },
        },
      }),
    },
    {
      kind: 'web-identity',
      name: 'system:serviceaccount:shop:cart',
      via: ['arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC'],
    },
  ],
  [
    'a federated user',
    {
      type: 'FederatedUser',
      principalId: '742491224508:red',
      arn: 'arn:aws:sts::742491224508:federated-user/red',
      accountId: '742491224508',
      sessionContext: { sessionIssuer: { type: 'IAMUser', arn: 'arn:aws:iam::742491224508:user/maker' } },
    },
    { kind: 'federated-user', name: 'red', via: ['arn:aws:iam::742491224508:user/maker'] },
  ],
  [
    'a SAML user',
    {
      type: 'SAMLUser',
      principalId: 'SampleUkh1i4+ExamplesQ=:alice@example.com',
      userName: 'alice@example.com',
      identityProvider: 'bdGOnTesti4+ExamplexL/jEvs=',
    },
    { kind: 'saml-user', name: 'alice@example.com', via: ['bdGOnTesti4+ExamplexL/jEvs='] },
  ],
  [
    'a web identity',
    {
      type: 'WebIdentityUser',
      principalId: 'accounts.google.com:app-id.apps.googleusercontent.com:alice',
      userName: 'alice',
      identityProvider: 'accounts.google.com',
    },
    { kind: 'web-identity', name: 'alice', via: ['accounts.google.com'] },
  ],
  [
    'a user of a directory',
    { type: 'Directory', accountId: '111122223333', userName: 'CORP\\alice' },
    { kind: 'directory-user', name: 'CORP\\alice', account: '111122223333' },
  ],
  [
    'a user of IAM Identity Center without a role',
    {
      type: 'IdentityCenterUser',
      accountId: '111122223333',
      onBehalfOf: {
        userId: '544894e8-80c1',
        identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1',
      },
      credentialId: 'c',
    },
    {
      kind: 'identity-center-user',
      name: '544894e8-80c1',
      principal: 'arn:aws:identitystore::111122223333:identitystore/d-1/user/544894e8-80c1',
    },
  ],
  [
    'a sign-in through Identity Center',
    { type: 'Unknown', principalId: '111122223333', accountId: '111122223333', userName: 'alice@example.com' },
    { kind: 'unknown', name: 'alice@example.com' },
  ],
  [
    'an AWS service',
    { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
    { kind: 'aws-service', name: 'ec2.amazonaws.com', invokedBy: undefined },
  ],
  [
    'another account',
    { type: 'AWSAccount', principalId: 'AROAEXAMPLE:alice', accountId: '444455556666' },
    { kind: 'account', name: 'alice', account: '444455556666', principal: 'AROAEXAMPLE:alice' },
  ],
  [
    'a service in another account',
    { type: 'AWSAccount', accountId: '999999999999', invokedBy: 'ec2.amazonaws.com' },
    { kind: 'aws-service', name: 'ec2.amazonaws.com', account: '999999999999' },
  ],
  [
    'a service event',
    { accountId: '111122223333', invokedBy: 'secretsmanager.amazonaws.com' },
    { kind: 'aws-service', name: 'secretsmanager.amazonaws.com', account: '111122223333' },
  ],
  ['nothing', null, { kind: 'unknown', name: undefined, via: [], raw: null }],
  ['a text', 'alice', { kind: 'unknown', raw: 'alice' }],
  [
    'wrong types everywhere',
    { type: 7, arn: {}, principalId: [], accountId: true, userName: null, sessionContext: 'x', invokedBy: 1 },
    { kind: 'unknown', account: undefined },
  ],
  [
    'a role with wrong types inside',
    { type: 'AssumedRole', arn: 'arn', sessionContext: { sessionIssuer: [], attributes: 3, webIdFederationData: 'x' } },
    { kind: 'assumed-role' },
  ],
]

describe('who acted, for every form of identity', () => {
  const read = actorReader()
  for (const [claim, userIdentity, expected] of IDENTITIES) {
    test(claim, () => {
      const actor = read(record({ userIdentity }))
      expect({ name: undefined, invokedBy: undefined, account: undefined, ...actor }).toMatchObject(expected)
      expect(actor.raw).toBe(userIdentity)
    })
  }
})

test('a service event without any identity was done by its service', () => {
  expect(actorReader()(record({ eventType: 'AwsServiceEvent', eventSource: 'kms.amazonaws.com' }))).toMatchObject({
    kind: 'aws-service',
    name: 'kms.amazonaws.com',
  })
})

test('a sign-in tells of its second factor in its own data', () => {
  expect(actorReader()(record({ additionalEventData: { MFAUsed: 'Yes' } })).mfa).toBe(true)
  expect(actorReader()(record({ additionalEventData: { MFAUsed: 'No' } })).mfa).toBe(false)
})

test('a console session is the console whatever its user agent says', () => {
  const actor = actorReader()(record({ userAgent: 'aws-sdk-java/1.12', sessionCredentialFromConsole: 'true' }))
  expect(actor.tool).toEqual({ name: 'console' })
})

test('a call without a user agent names no tool', () => {
  expect(actorReader()(record({}))).not.toHaveProperty('tool')
})

function record(fields: object): CloudTrailRecord {
  const [parsed] = unwrap({
    eventID: 'e',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    eventTime: '2026-11-01T07:45:25Z',
    awsRegion: 'eu-west-1',
    ...fields,
  })
  if (parsed?.kind !== 'record') throw new Error('the test record must parse')
  return parsed.record
}
