import { expect, test } from 'vitest'
import { AccountId, Region } from '../../model/identity.ts'
import { loadCatalogue } from './catalogue.ts'
import { type AnyResourceType, Partly } from './resource.ts'

/** What types that are read by several calls make of refusals, absences and failures, against a table of commands. */

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('us-east-1'), partition: 'aws' }
const catalogue = await loadCatalogue()

const USERS = { ListUsersCommand: () => ({ Users: [{ UserName: 'ada' }] }) }
const KEYS = { ListAccessKeysCommand: () => ({ AccessKeyMetadata: [{ UserName: 'ada', AccessKeyId: 'AKIA1' }] }) }

test('a key that IAM refuses to speak of is looked for among all keys, and only then gone', async () => {
  const refusing = { ...USERS, ...KEYS, GetAccessKeyLastUsedCommand: () => fail('AccessDenied') }
  const found = await described('AWS::IAM::AccessKey', refusing, ['AKIA1', 'AKIA2'])
  expect(found).toEqual([new Partly({ UserName: 'ada', AccessKeyId: 'AKIA1' }, ['AccessKeyLastUsed'])])
})

test('a key is not gone where the keys cannot be listed either', async () => {
  const refusing = {
    ListUsersCommand: () => fail('AccessDenied'),
    GetAccessKeyLastUsedCommand: () => fail('AccessDenied'),
  }
  await expect(described('AWS::IAM::AccessKey', refusing, ['AKIA1'])).rejects.toThrow('AccessDenied')
})

test('a failure to ask for a key is a failure, not a reason to look elsewhere', async () => {
  const throttled = { ...USERS, ...KEYS, GetAccessKeyLastUsedCommand: () => fail('Throttling') }
  await expect(described('AWS::IAM::AccessKey', throttled, ['AKIA2'])).rejects.toThrow('Throttling')
})

test('a user without a password has none; a user whose factors are refused has unknown ones', async () => {
  const listed = await listing('AWS::IAM::User', {
    ...USERS,
    GetAccountAuthorizationDetailsCommand: () => ({ UserDetailList: [{ UserName: 'ada', GroupList: [] }] }),
    GetLoginProfileCommand: () => fail('NoSuchEntityException'),
    ListMFADevicesCommand: () => fail('AccessDenied'),
  })
  const ada = { UserName: 'ada', GroupList: [], UserPolicyList: [], PasswordLastUsed: undefined, Tags: [] }
  expect(listed).toEqual([new Partly(ada, ['MFADevices'])])
})

test('a user who is deleted while being listed is left out', async () => {
  const listed = await listing('AWS::IAM::User', {
    ...USERS,
    GetAccountAuthorizationDetailsCommand: () => ({ UserDetailList: [{ UserName: 'ada' }] }),
    GetLoginProfileCommand: () => fail('NoSuchEntityException'),
    ListMFADevicesCommand: () => fail('NoSuchEntityException'),
  })
  expect(listed).toEqual([])
})

test('a key whose policy shuts us out is listed by its id, all else unread', async () => {
  const listed = await listing('AWS::KMS::Key', {
    ListKeysCommand: () => ({ Keys: [{ KeyId: 'key-1' }] }),
    DescribeKeyCommand: () => fail('AccessDeniedException'),
    GetKeyPolicyCommand: () => fail('AccessDeniedException'),
    ListResourceTagsCommand: () => fail('AccessDeniedException'),
    GetKeyRotationStatusCommand: () => fail('UnsupportedOperationException'),
  })
  expect(listed).toEqual([new Partly({ KeyId: 'key-1' }, ['KeyMetadata', 'Policy', 'Tags'])])
})

test('a secret that waits for its deletion is listed, its policy unread', async () => {
  const listed = await listing('AWS::SecretsManager::Secret', {
    ListSecretsCommand: ({ IncludePlannedDeletion }) => ({
      SecretList: IncludePlannedDeletion ? [{ ARN: 'secret-1' }] : [],
    }),
    GetResourcePolicyCommand: () => fail('InvalidRequestException'),
  })
  expect(listed).toEqual([new Partly({ ARN: 'secret-1' }, ['ResourcePolicy'])])
})

test('a bucket never set up has no settings; one that refuses has unknown ones', async () => {
  const never = {
    GetBucketEncryptionCommand: () => fail('ServerSideEncryptionConfigurationNotFoundError'),
    GetPublicAccessBlockCommand: () => fail('NoSuchPublicAccessBlockConfiguration'),
    GetBucketPolicyCommand: () => fail('NoSuchBucketPolicy'),
    GetBucketPolicyStatusCommand: () => fail('NoSuchBucketPolicy'),
    GetBucketTaggingCommand: () => fail('NoSuchTagSet'),
    GetBucketWebsiteCommand: () => fail('NoSuchWebsiteConfiguration'),
    GetBucketLifecycleConfigurationCommand: () => fail('NoSuchLifecycleConfiguration'),
    GetBucketOwnershipControlsCommand: () => fail('OwnershipControlsNotFoundError'),
    GetBucketVersioningCommand: () => ({}),
    GetBucketLoggingCommand: () => ({}),
    GetBucketAclCommand: () => ({}),
  }
  const ListBucketsCommand = () => ({ Buckets: [{ Name: 'b', BucketRegion: 'us-east-1' }] })
  const refused = Object.fromEntries(Object.keys(never).map(command => [command, () => fail('AccessDenied')]))
  expect(await listing('AWS::S3::Bucket', { ...never, ListBucketsCommand })).toEqual([
    { Name: 'b', Location: 'us-east-1' },
  ])
  const [bucket] = await listing('AWS::S3::Bucket', { ...refused, ListBucketsCommand })
  expect((bucket as Partly<object>).unread).toContain('TagSet')
  expect((bucket as Partly<object>).unread).toHaveLength(Object.keys(never).length)
})

test('a bucket of another account that has the name of ours is not ours', async () => {
  const ListBucketsCommand = () => ({ Buckets: [{ Name: 'invoices-old', BucketRegion: 'us-east-1' }] })
  expect(await described('AWS::S3::Bucket', { ListBucketsCommand }, ['invoices'])).toEqual([])
})

test('a service that ECS misses is gone; one that it cannot describe for another reason is a failure', async () => {
  const id = 'arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout|arn:aws:ecs:eu-west-1:111122223333:cluster/shop'
  const failing = (reason: string) => ({
    DescribeServicesCommand: () => ({ services: [], failures: [{ arn: id, reason }] }),
  })
  expect(await described('AWS::ECS::Service', failing('MISSING'), [id])).toEqual([])
  await expect(described('AWS::ECS::Service', failing('SERVER'), [id])).rejects.toThrow('SERVER')
})

test('all record sets of a zone are listed, each page from where the last one ended', async () => {
  const listed = await listing('AWS::Route53::RecordSet', {
    ListHostedZonesCommand: () => ({ HostedZones: [{ Id: '/hostedzone/Z1' }] }),
    ListResourceRecordSetsCommand: ({ StartRecordIdentifier }) =>
      StartRecordIdentifier === undefined
        ? {
            ResourceRecordSets: [{ Name: 'w.', Type: 'A', SetIdentifier: 'blue' }],
            IsTruncated: true,
            NextRecordName: 'w.',
            NextRecordType: 'A',
            NextRecordIdentifier: 'green',
          }
        : { ResourceRecordSets: [{ Name: 'w.', Type: 'A', SetIdentifier: StartRecordIdentifier }], IsTruncated: false },
  })
  expect(listed.map(set => typeNamed('AWS::Route53::RecordSet').id(set))).toEqual(['w|Z1|A|blue', 'w|Z1|A|green'])
})

test('a record set is found however its name is spelled', async () => {
  const ResourceRecordSets = [{ Name: 'www.example.com.', Type: 'A' }]
  const answers = { ListResourceRecordSetsCommand: () => ({ ResourceRecordSets }) }
  expect(await described('AWS::Route53::RecordSet', answers, ['WWW.example.com.|Z1|A'])).toHaveLength(1)
  expect(await described('AWS::Route53::RecordSet', answers, ['ww.example.com|Z1|A'])).toEqual([])
})

test('an alias to a website in S3 points to the bucket called like the record', () => {
  const set = { HostedZoneId: 'Z1', Name: 'www.example.com.', Type: 'A' }
  const AliasTarget = {
    DNSName: 's3-website-us-east-1.amazonaws.com.',
    HostedZoneId: 'Z2',
    EvaluateTargetHealth: false,
  }
  expect(typeNamed('AWS::Route53::RecordSet').edges?.({ ...set, AliasTarget }, PLACE)).toContainEqual({
    kind: 'points-to',
    target: 'www.example.com.s3-website-us-east-1.amazonaws.com',
  })
})

/** Answers to commands, by name. */
type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>>

function typeNamed(name: string): AnyResourceType {
  return catalogue.get(name) ?? expect.unreachable(`no type ${name}`)
}

async function listing(name: string, answers: Answers): Promise<object[]> {
  const type = typeNamed(name)
  const items: object[] = []
  for await (const page of type.list(cloud(type, answers), PLACE)) items.push(...page)
  return items
}

function described(name: string, answers: Answers, ids: readonly string[]): Promise<readonly object[]> {
  const type = typeNamed(name)
  return type.describe(cloud(type, answers), ids, PLACE)
}

/** The type's own client, which answers from the table instead of sending. */
function cloud(type: AnyResourceType, answers: Answers) {
  const client = type.client({ region: PLACE.region, credentials: () => expect.unreachable('nothing is sent') })
  return Object.assign(client, {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) =>
      (answers[command.constructor.name] ?? expect.unreachable(`no answer to ${command.constructor.name}`))(
        command.input,
      ),
  })
}

function fail(name: string): never {
  throw Object.assign(new Error(name), { name })
}
