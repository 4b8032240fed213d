import { called, type Finder, keyed, type SteampipeTable } from '../table.ts'

const HOST = /^(.+)\.s3(?:[.-](?:website[.-])?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/

/** A bucket by its name, or by a DNS name that begins with it. */
const byBucketName: Finder = {
  kinds: ['name', 'id', 'dns'],
  rows: given => {
    const values = given.map(value => HOST.exec(value)?.[1] ?? value).filter(value => /^[a-z0-9.-]{3,63}$/.test(value))
    return values.length === 0 ? [] : [[{ column: 'name', values }]]
  },
}

export const STORAGE: readonly SteampipeTable[] = [
  {
    type: 'AWS::S3::Bucket',
    name: 'aws_s3_bucket',
    // The table is of whole accounts: its column `region` is read by a call for each bucket.
    scope: 'global',
    columns: {
      name: 'Name',
      creation_date: 'CreationDate',
      region: 'Location',
      server_side_encryption_configuration: called('ServerSideEncryptionConfiguration'),
      block_public_acls: called('PublicAccessBlockConfiguration.BlockPublicAcls'),
      block_public_policy: called('PublicAccessBlockConfiguration.BlockPublicPolicy'),
      ignore_public_acls: called('PublicAccessBlockConfiguration.IgnorePublicAcls'),
      restrict_public_buckets: called('PublicAccessBlockConfiguration.RestrictPublicBuckets'),
      policy: called('Policy'),
      bucket_policy_is_public: called('PolicyStatus.IsPublic'),
      // False is a bucket that never was versioned, and one that no more is: which of them, nobody can tell.
      versioning_enabled: called('Versioning.Status', isEnabled => (isEnabled === true ? 'Enabled' : undefined)),
      acl: called('Grants', acl => (acl as { readonly Grants?: unknown }).Grants),
      logging: called('LoggingEnabled'),
      lifecycle_rules: called('LifecycleRules'),
      website_configuration: called('WebsiteConfiguration', website),
      object_ownership_controls: called('OwnershipControls'),
      tags_src: called('TagSet'),
    },
    rows: keyed('name'),
    finders: [byBucketName],
  },
]

/** The reply, if it says anything but how the call went. */
function website(value: unknown): unknown {
  const { ResultMetadata, ...reply } = value as Record<string, unknown>
  return Object.keys(reply).length === 0 ? undefined : reply
}
