import {
  type Bucket as BucketSummary,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type Grant,
  type LifecycleRule,
  type LoggingEnabled,
  type OwnershipControls,
  type PolicyStatus,
  type PublicAccessBlockConfiguration,
  paginateListBuckets,
  type S3Client,
  type ServerSideEncryptionConfiguration,
  type Tag,
} from '@aws-sdk/client-s3'
import { oneByOne, partly, parts } from '../describe.ts'
import { defineResource, edges, identifiers, json, type Listed } from '../resource.ts'
import { S3InRegions } from '../s3-regions.ts'

/** One field for each call that tells something about a bucket; a field that is missing was never set. */
interface Aspects extends Record<string, unknown> {
  Location: string
  ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration
  PublicAccessBlockConfiguration: PublicAccessBlockConfiguration
  Policy: unknown
  PolicyStatus: PolicyStatus
  Versioning: { Status?: string | undefined; MFADelete?: string | undefined }
  LoggingEnabled: LoggingEnabled
  TagSet: Tag[]
  Grants: Grant[]
  WebsiteConfiguration: object
  LifecycleRules: LifecycleRule[]
  OwnershipControls: OwnershipControls
}
type Bucket = BucketSummary & Partial<Aspects>

const ABSENT = [
  'ServerSideEncryptionConfigurationNotFoundError',
  'NoSuchPublicAccessBlockConfiguration',
  'NoSuchBucketPolicy',
  'NoSuchTagSet',
  'NoSuchWebsiteConfiguration',
  'NoSuchLifecycleConfiguration',
  'OwnershipControlsNotFoundError',
]

export default defineResource<S3InRegions, Bucket>({
  type: 'AWS::S3::Bucket',
  title: 'S3 bucket',
  service: 's3',
  scope: 'global',
  cadence: 'names',
  permissions: [
    's3:ListAllMyBuckets',
    's3:GetBucketLocation',
    's3:GetEncryptionConfiguration',
    's3:GetBucketPublicAccessBlock',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketVersioning',
    's3:GetBucketLogging',
    's3:GetBucketTagging',
    's3:GetBucketAcl',
    's3:GetBucketWebsite',
    's3:GetLifecycleConfiguration',
    's3:GetBucketOwnershipControls',
  ],
  client: settings => new S3InRegions(settings),
  async *list(client) {
    for await (const page of paginateListBuckets({ client, pageSize: 1000 }, {}))
      yield oneByOne(page.Buckets ?? [], this.gone, bucket => withAspects(client, bucket))
  },
  /** The list of the account's own buckets decides: a bucket that answers by name may be another account's. */
  describe(client, names) {
    return oneByOne(names, this.gone, async Prefix => {
      for await (const page of paginateListBuckets({ client, pageSize: 1000 }, { Prefix })) {
        const bucket = page.Buckets?.find(({ Name }) => Name === Prefix)
        if (bucket !== undefined) return withAspects(client, bucket)
      }
      return undefined
    })
  },
  gone: ['NoSuchBucket'],
  id: bucket => bucket.Name,
  arn: (bucket, { partition }) => bucket.BucketArn ?? `arn:${partition}:s3:::${bucket.Name}`,
  name: bucket => bucket.Name,
  region: bucket => bucket.Location,
  /** The global endpoint, in us-east-1, makes buckets in every region, and the trail says where the call was taken. */
  aliasRegions: () => ['us-east-1'],
  identifiers: (bucket, { partition }) => {
    const { Name, Location } = bucket
    const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
    return identifiers(
      'dns',
      `${Name}.s3.${suffix}`,
      ...(Location === undefined ? [] : [`${Name}.s3.${Location}.${suffix}`]),
      // Which of the two forms a region has depends on its age; both lead to the bucket and to nothing else.
      ...(Location === undefined || bucket.WebsiteConfiguration === undefined
        ? []
        : [`${Name}.s3-website-${Location}.${suffix}`, `${Name}.s3-website.${Location}.${suffix}`]),
    )
  },
  edges: bucket => [
    ...edges(
      'encrypted-by',
      ...(bucket.ServerSideEncryptionConfiguration?.Rules ?? []).map(
        rule => rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
      ),
    ),
    ...edges('logs-to', bucket.LoggingEnabled?.TargetBucket),
  ],
  unordered: ['TagSet', 'Grants', 'LifecycleRules'],
  example: {
    item: {
      Name: 'invoices-111122223333',
      CreationDate: new Date('2026-01-05T09:00:00Z'),
      Location: 'eu-central-1',
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: 'arn:aws:kms:eu-central-1:111122223333:key/0d1c',
            },
            BucketKeyEnabled: true,
          },
        ],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
      Policy: { Version: '2012-10-17', Statement: [] },
      PolicyStatus: { IsPublic: false },
      Versioning: { Status: 'Enabled' },
      LoggingEnabled: { TargetBucket: 'access-logs-111122223333', TargetPrefix: 'invoices/' },
      TagSet: [{ Key: 'team', Value: 'finance' }],
      WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
    },
    asset: {
      id: 'invoices-111122223333',
      arn: 'arn:aws:s3:::invoices-111122223333',
      name: 'invoices-111122223333',
      tags: { team: 'finance' },
      identifiers: [
        { kind: 'dns', value: 'invoices-111122223333.s3.amazonaws.com' },
        { kind: 'dns', value: 'invoices-111122223333.s3.eu-central-1.amazonaws.com' },
        { kind: 'dns', value: 'invoices-111122223333.s3-website-eu-central-1.amazonaws.com' },
        { kind: 'dns', value: 'invoices-111122223333.s3-website.eu-central-1.amazonaws.com' },
      ],
      edges: [
        { kind: 'encrypted-by', target: 'arn:aws:kms:eu-central-1:111122223333:key/0d1c' },
        { kind: 'logs-to', target: 'access-logs-111122223333' },
      ],
    },
  },
})

async function withAspects(home: S3InRegions, { BucketRegion, ...bucket }: BucketSummary): Promise<Listed<Bucket>> {
  const Bucket = bucket.Name
  // Not an aspect: a bucket whose region is unknown would be another asset than the same bucket where it is known.
  const Location =
    BucketRegion ?? regionOf((await home.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint)
  const client: S3Client = home.in(Location)
  const { parts: read, unread } = await parts<Omit<Aspects, 'Location'>>(
    {
      ServerSideEncryptionConfiguration: async () =>
        (await client.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration,
      PublicAccessBlockConfiguration: async () =>
        (await client.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
      Policy: async () => json((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy),
      PolicyStatus: async () => (await client.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus,
      Versioning: async () => {
        const { Status, MFADelete } = await client.send(new GetBucketVersioningCommand({ Bucket }))
        return Status === undefined ? undefined : { Status, MFADelete }
      },
      LoggingEnabled: async () => (await client.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled,
      TagSet: async () => (await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet,
      Grants: async () => (await client.send(new GetBucketAclCommand({ Bucket }))).Grants,
      WebsiteConfiguration: async () => {
        const { $metadata, ...website } = await client.send(new GetBucketWebsiteCommand({ Bucket }))
        return website
      },
      LifecycleRules: async () => (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules,
      OwnershipControls: async () =>
        (await client.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls,
    },
    ABSENT,
  )
  return partly({ ...bucket, Location, ...read }, unread)
}

/** The oldest two location constraints are not names of regions. */
function regionOf(constraint: string | undefined): string {
  if (constraint === undefined || constraint === '') return 'us-east-1'
  return constraint === 'EU' ? 'eu-west-1' : constraint
}
