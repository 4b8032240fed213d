import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Site } from './clients.ts'
import type { ServicePlan } from './plan.ts'
import { tagList } from './tags.ts'

/** A bucket as the company makes them: encrypted, private, versioned, and refusing plain HTTP. */
export async function createBucket(
  { client, region }: Site,
  service: ServicePlan,
  { name: Bucket, key, isPublic = false }: { name: string; key: string; isPublic?: boolean },
): Promise<void> {
  const s3 = client(S3Client)
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ...(region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
    }),
  )
  await Promise.all([
    s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }],
        },
      }),
    ),
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })),
    s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList(Bucket, service.team) } })),
    s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: !isPublic,
          RestrictPublicBuckets: !isPublic,
        },
      }),
    ),
  ])
  const Policy = isPublic ? policy(noPlainHttp(Bucket), anybodyReads(Bucket)) : policy(noPlainHttp(Bucket))
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

/** Sends a bucket's access log to another, whose policy is made to take it: over plain HTTP, too, which is what simulators speak. */
export async function logAccess({ client }: Site, Bucket: string, TargetBucket: string): Promise<void> {
  const s3 = client(S3Client)
  await s3.send(new PutBucketPolicyCommand({ Bucket: TargetBucket, Policy: policy(logs(TargetBucket)) }))
  const LoggingEnabled = { TargetBucket, TargetPrefix: `${Bucket}/` }
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }))
}

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

const noPlainHttp = (bucket: string) => ({
  Sid: 'NoPlainHttp',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
})

const anybodyReads = (bucket: string) => ({
  Sid: 'Website',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
})

const logs = (bucket: string) => ({
  Sid: 'AccessLogs',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: ['s3:PutObject'],
  Resource: `arn:aws:s3:::${bucket}/*`,
})
