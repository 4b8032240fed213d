import { z } from 'zod'
import { type Config, unreadFields } from '../../model/asset.ts'

/** What the answer about a bucket says, from its config. */
export interface BucketFacts {
  /** `aws:kms`, `not readable`; null: none is known. */
  readonly encryption: string | null
  readonly encryptionKey: string | null
  readonly public: 'yes' | 'no' | 'not readable'
  /** Why it is public, or what keeps it from being public. */
  readonly publicBecause: string[]
  readonly versioning: 'Enabled' | 'Suspended' | 'off' | 'not readable'
  readonly policy: 'public' | 'not public' | 'none' | 'not readable'
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

/** Said of what nobody let us read: never guessed. */
const NOT_READABLE = 'not readable'

/** Groups in ACLs that are everybody: with an AWS account, or without. */
const EVERYBODY = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/

/**
 * Who can read a bucket, and how it is stored. Public: its policy is (as S3 judges it) or its ACL grants everybody
 * something, and its own public access block does not stop that. The block of the whole account is not looked at.
 */
export function bucketFacts(config: Config): BucketFacts {
  const bucket = BucketConfig.parse(config)
  const unread = new Set(unreadFields(config))
  const [rule] = bucket.ServerSideEncryptionConfiguration?.Rules ?? []
  const byDefault = rule?.ApplyServerSideEncryptionByDefault
  const { IgnorePublicAcls, RestrictPublicBuckets } = bucket.PublicAccessBlockConfiguration
  const grants = bucket.Grants.filter(grant => EVERYBODY.test(grant.Grantee?.URI ?? ''))
  const byPolicy = bucket.PolicyStatus?.IsPublic === true
  // What was refused may open the bucket, unless its public access block, which was read, would stop that.
  const mayBePublic =
    (unread.has('PolicyStatus') && !RestrictPublicBuckets) || (unread.has('Grants') && !IgnorePublicAcls)
  const isOpen = (byPolicy && !RestrictPublicBuckets) || (grants.length > 0 && !IgnorePublicAcls)
  // What was refused may be the block that closes it.
  const isPublic = isOpen && !unread.has('PublicAccessBlockConfiguration')
  return {
    encryption: byDefault?.SSEAlgorithm ?? (unread.has('ServerSideEncryptionConfiguration') ? NOT_READABLE : null),
    encryptionKey: byDefault?.KMSMasterKeyID ?? null,
    public: isPublic ? 'yes' : isOpen || mayBePublic ? NOT_READABLE : 'no',
    publicBecause: [
      ...(byPolicy
        ? [`its policy is public${RestrictPublicBuckets ? ', but the public access block restricts it' : ''}`]
        : []),
      ...grants.map(
        grant =>
          `its ACL grants ${grant.Permission ?? 'access'} to ${EVERYBODY.exec(grant.Grantee?.URI ?? '')?.[1]}${IgnorePublicAcls ? ', but the public access block ignores it' : ''}`,
      ),
    ],
    versioning: bucket.Versioning?.Status ?? (unread.has('Versioning') ? NOT_READABLE : 'off'),
    policy: policyOf(byPolicy, bucket.Policy, unread),
    logsTo: bucket.LoggingEnabled?.TargetBucket ?? null,
  }
}

function policyOf(isPublic: boolean, policy: unknown, unread: ReadonlySet<string>): BucketFacts['policy'] {
  if (isPublic) return 'public'
  if (unread.has('PolicyStatus') || unread.has('Policy')) return NOT_READABLE
  return policy === undefined || policy === null ? 'none' : 'not public'
}
