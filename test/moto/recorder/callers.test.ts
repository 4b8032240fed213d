import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetRoleCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import { CreateAccountCommand, CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { CreateBucketCommand, PutBucketTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertion } from '../../../demo/organisation/sign-in.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../server.ts'
import type { TrailRecord } from './record.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { assume, CALLER, settingsFor, siteOf } from './site.ts'

const OTHER = '111122223333'

describe('who called, and whose record it is', () => {
  let moto: Moto
  let recorder: Recorder
  beforeAll(async () => {
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint, { users: { [CALLER.accessKeyId]: { userName: 'ada' } } })
  })
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })
  const last = (count: number): TrailRecord[] => recorder.records.slice(-count)

  test('a known key is its user; a key made through the recorder is its owner', async () => {
    const iam = new IAMClient(settingsFor(recorder.endpoint))
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'robot' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'robot' }))
    expect(last(1)[0]?.userIdentity).toMatchObject({ type: 'IAMUser', userName: 'ada', accountId: MANAGEMENT_ACCOUNT })
    expect(last(1)[0]).toMatchObject({ sourceIPAddress: expect.stringMatching(/^203\.0\.113\.\d+$/) })
    expect(last(1)[0]).toMatchObject({ userAgent: expect.stringMatching(/^aws-sdk-js/) })
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
    const own = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
    await new SNSClient(settingsFor(recorder.endpoint, own)).send(new CreateTopicCommand({ Name: 'by-robot' }))
    expect(last(1)[0]?.userIdentity).toEqual({
      type: 'IAMUser',
      principalId: User?.UserId,
      arn: `arn:aws:iam::${MANAGEMENT_ACCOUNT}:user/robot`,
      accountId: MANAGEMENT_ACCOUNT,
      accessKeyId: AccessKeyId,
      userName: 'robot',
    })
  })

  test('an unknown key is the root of the organisation', async () => {
    const stranger = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' }
    await new SNSClient(settingsFor(recorder.endpoint, stranger)).send(new CreateTopicCommand({ Name: 'by-root' }))
    expect(last(1)[0]?.userIdentity).toMatchObject({ type: 'Root', accountId: MANAGEMENT_ACCOUNT })
  })

  test('a role of another account is assumed in both trails, and its session says who', async () => {
    const sts = new STSClient(settingsFor(recorder.endpoint))
    const role = { RoleArn: `arn:aws:iam::${OTHER}:role/deploy`, RoleSessionName: 'ada@shop', SourceIdentity: 'ada' }
    const { Credentials } = await sts.send(new AssumeRoleCommand(role))
    const [own, theirs] = last(2)
    expect(own).toMatchObject({ recipientAccountId: MANAGEMENT_ACCOUNT, userIdentity: { userName: 'ada' } })
    expect(theirs).toMatchObject({
      recipientAccountId: OTHER,
      userIdentity: { type: 'AWSAccount', accountId: MANAGEMENT_ACCOUNT },
    })
    expect(own?.sharedEventID).toBe(theirs?.sharedEventID)
    expect(own?.eventID).not.toBe(theirs?.eventID)
    expect(own?.responseElements).toMatchObject({ credentials: { accessKeyId: Credentials?.AccessKeyId } })
    expect(JSON.stringify(own)).not.toContain(Credentials?.SecretAccessKey)

    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    const site = siteOf(recorder.endpoint, { account: OTHER, credentials })
    await site.client(SNSClient).send(new CreateTopicCommand({ Name: 'by-session' }))
    expect(last(1)[0]).toMatchObject({
      recipientAccountId: OTHER,
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${OTHER}:assumed-role/deploy/ada@shop`,
        sessionContext: { sessionIssuer: { userName: 'deploy' }, sourceIdentity: 'ada' },
      },
    })
  })

  test('whoever an identity provider speaks for is logged with the role, and named by the provider', async () => {
    const sts = new STSClient(settingsFor(recorder.endpoint))
    const RoleArn = `arn:aws:iam::${OTHER}:role/ci`
    const claims = { iss: 'https://ci.example', sub: 'repo:shop:main', aud: 'sts.amazonaws.com' }
    const WebIdentityToken = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.e30`
    const provider = `arn:aws:iam::${OTHER}:oidc-provider/ci.example`
    const { Credentials } = await sts.send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'build-7', WebIdentityToken }),
    )
    expect(last(1)[0]).toMatchObject({
      recipientAccountId: OTHER,
      userIdentity: { type: 'WebIdentityUser', userName: 'repo:shop:main', identityProvider: provider },
      responseElements: { credentials: { accessKeyId: Credentials?.AccessKeyId } },
    })
    expect(JSON.stringify(last(1)[0])).not.toContain(WebIdentityToken)

    const own = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: Credentials?.SecretAccessKey ?? '' }
    await new SNSClient(settingsFor(recorder.endpoint, own)).send(new CreateTopicCommand({ Name: 'by-build' }))
    expect(last(1)[0]?.userIdentity).toMatchObject({
      type: 'AssumedRole',
      sessionContext: { webIdFederationData: { federatedProvider: provider } },
    })

    const SAMLAssertion = assertion({ role: RoleArn, session: 'ada@shop.example' })
    const PrincipalArn = `arn:aws:iam::${OTHER}:saml-provider/directory`
    await sts.send(new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion }))
    expect(last(1)[0]).toMatchObject({
      recipientAccountId: OTHER,
      userIdentity: { type: 'SAMLUser', userName: 'ada@shop.example' },
    })
    expect(JSON.stringify(last(1)[0])).not.toContain(SAMLAssertion)
  })

  test("a call on another account's bucket arrives in both accounts", async () => {
    const theirs = siteOf(recorder.endpoint, await assume(recorder.endpoint, OTHER, 'grace'), 'eu-central-1')
    const Bucket = 'bucket-of-the-other'
    const CreateBucketConfiguration = { LocationConstraint: 'eu-central-1' as const }
    await theirs.client(S3Client).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))
    expect(last(1)[0]).toMatchObject({ recipientAccountId: OTHER, awsRegion: 'eu-central-1' })
    const s3 = new S3Client(settingsFor(recorder.endpoint))
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }))
    const records = last(2)
    expect(records.map(({ recipientAccountId }) => recipientAccountId)).toEqual([MANAGEMENT_ACCOUNT, OTHER])
    for (const record of records)
      expect(record).toMatchObject({ awsRegion: 'eu-central-1', resources: [{ accountId: OTHER }] })
  })

  test('calls on what is inside a bucket leave no record', async () => {
    const before = recorder.records.length
    const s3 = new S3Client(settingsFor(recorder.endpoint))
    await s3.send(new PutObjectCommand({ Bucket: 'bucket-of-the-other', Key: 'a', Body: 'text' }))
    expect(recorder.records.length).toBe(before)
    expect(recorder.unknown).toEqual([])
  })

  test("a refused call says why, in the trail's own words, and nothing else", async () => {
    const iam = new IAMClient(settingsFor(recorder.endpoint))
    await expect(iam.send(new GetRoleCommand({ RoleName: 'nobody' }))).rejects.toThrow()
    expect(last(1)[0]).toMatchObject({
      errorCode: 'NoSuchEntityException',
      requestParameters: { roleName: 'nobody' },
      responseElements: null,
      readOnly: true,
    })
  })

  test('what is global is logged in one region, and reads answer nothing', async () => {
    await new IAMClient(settingsFor(recorder.endpoint)).send(new ListUsersCommand({}))
    expect(last(1)[0]).toMatchObject({ awsRegion: 'us-east-1', responseElements: null, requestParameters: null })
  })

  test('no secret is written down', async () => {
    const secrets = new SecretsManagerClient(settingsFor(recorder.endpoint))
    await secrets.send(new CreateSecretCommand({ Name: 'a', SecretString: 'the-very-secret' }))
    expect(JSON.stringify(recorder.records)).not.toContain('the-very-secret')
  })

  test('a new account is told by an event of the service', async () => {
    const organizations = new OrganizationsClient(settingsFor(recorder.endpoint))
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
    const account = { AccountName: 'shop', Email: 'shop@fernhill.example' }
    const { CreateAccountStatus } = await organizations.send(new CreateAccountCommand(account))
    const [asked, result] = last(2)
    expect(JSON.stringify(asked?.responseElements)).not.toContain(CreateAccountStatus?.AccountId)
    expect(result).toMatchObject({
      eventType: 'AwsServiceEvent',
      eventName: 'CreateAccountResult',
      serviceEventDetails: { createAccountStatus: { accountId: CreateAccountStatus?.AccountId } },
    })
  })
})
