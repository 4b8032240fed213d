import { z } from 'zod'
import type { Config } from '../../model/asset.ts'

/** What the answer about a bucket says, from its config. */
export interface BucketFacts {
  /** `aws:kms with key …`; null: none is known. */
  readonly encryption: string | null
  readonly encryptionKey: string | null
  readonly public: 'yes' | 'no'
  /** Why it is public, or what keeps it from being public. */
  readonly publicBecause: string[]
  readonly versioning: 'Enabled' | 'Suspended' | 'off'
  readonly policy: 'public' | 'not public' | 'none'
  readonly logsTo: string | null
}

const flag = z.boolean().catch(false)
const BucketConfig = z.object({
  ServerSideEncryptionConfiguration: z
    .object({
      Rules: z
        .array(
          z.object({
            ApplyServerSideEncryptionByDefault: z
              .object({ SSEAlgorithm: z.string().optional(), KMSMasterKeyID: z.string().optional() })
              .optional(),
          }),
        )
        .catch([]),
    })
    .optional()
    .catch(undefined),
  PublicAccessBlockConfiguration: z
    .object({ IgnorePublicAcls: flag, RestrictPublicBuckets: flag })
    .catch({ IgnorePublicAcls: false, RestrictPublicBuckets: false }),
  PolicyStatus: z.object({ IsPublic: flag }).optional().catch(undefined),
  Policy: z.unknown().optional(),
  Grants: z
    .array(
      z.object({ Grantee: z.object({ URI: z.string().optional() }).optional(), Permission: z.string().optional() }),
    )
    .catch([]),
  Versioning: z
    .object({ Status: z.enum(['Enabled', 'Suspended']) })
    .optional()
    .catch(undefined),
  LoggingEnabled: z.object({ TargetBucket: z.string() }).optional().catch(undefined),
})

/** Groups in ACLs that are everybody: with an AWS account, or without. */
const EVERYBODY = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/

/**
 * Who can read a bucket, and how it is stored. Public: its policy is (as S3 judges it) or its ACL grants everybody
 * something, and its own public access block does not stop that. The block of the whole account is not looked at.
 */
export function bucketFacts(config: Config): BucketFacts {
  const bucket = BucketConfig.parse(config)
  const [rule] = bucket.ServerSideEncryptionConfiguration?.Rules ?? []
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  const { IgnorePublicAcls, RestrictPublicBuckets } = bucket.PublicAccessBlockConfiguration
  const grants = bucket.Grants.filter(grant => EVERYBODY.test(grant.Grantee?.URI ?? ''))
  const byPolicy = bucket.PolicyStatus?.IsPublic === true
  const isPublic = (byPolicy && !RestrictPublicBuckets) || (grants.length > 0 && !IgnorePublicAcls)
  return {
    encryption: byDefault?.SSEAlgorithm ?? null,
    encryptionKey: byDefault?.KMSMasterKeyID ?? null,
    public: isPublic ? 'yes' : 'no',
    publicBecause: [
      ...(byPolicy
        ? [`its policy is public${RestrictPublicBuckets ? ', but the public access block restricts it' : ''}`]
        : []),
      ...grants.map(
        grant =>
          `its ACL grants ${grant.Permission ?? 'access'} to ${EVERYBODY.exec(grant.Grantee?.URI ?? '')?.[1]}${IgnorePublicAcls ? ', but the public access block ignores it' : ''}`,
      ),
    ],
    versioning: bucket.Versioning?.Status ?? 'off',
    policy: byPolicy ? 'public' : bucket.Policy === undefined || bucket.Policy === null ? 'none' : 'not public',
    logsTo: bucket.LoggingEnabled?.TargetBucket ?? null,
  }
}
