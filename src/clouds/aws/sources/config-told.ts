import type { RecordedItem } from '../../../ports/recorded-item.ts'
import type { ToldAsset } from '../../../ports/told-asset.ts'
import { isObject, type JsonObject } from '../event-map/trail-record.ts'
import { CONVERSIONS, capitalised, objectOf, parsed } from './config-conversions.ts'

/**
 * For types whose state Config records as the describe gives it, but for the spelling, as far as its published schema
 * (github.com/awslabs/aws-config-resource-schema) has the fields. More types than CONVERSIONS: what is made of them here is told once and
 * never recorded, so it need not have every field.
 */
interface Spelling {
  /** Where the describe has the tags. */
  readonly tags: 'Tags' | 'TagSet' | 'TagList'
  /** Fields that Config would have recorded: one that is missing, the asset does not have. */
  readonly complete?: readonly string[]
  /** Fields of another name than the describe's. */
  readonly renamed?: Readonly<Record<string, string>>
}

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'AWS::EC2::Instance': { tags: 'Tags', complete: ['PublicIpAddress', 'IamInstanceProfile'] },
  'AWS::EC2::NetworkInterface': { tags: 'TagSet', complete: ['Association', 'Attachment'] },
  'AWS::EC2::EIP': {
    tags: 'Tags',
    complete: ['AssociationId', 'InstanceId', 'NetworkInterfaceId', 'PrivateIpAddress'],
  },
  'AWS::EC2::NatGateway': { tags: 'Tags' },
  'AWS::EC2::VPC': { tags: 'Tags' },
  'AWS::EC2::Subnet': { tags: 'Tags' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { tags: 'Tags' },
  'AWS::RDS::DBInstance': { tags: 'TagList' },
  'AWS::Lambda::Function': { tags: 'Tags', renamed: { KmskeyArn: 'KMSKeyArn' } },
}

/** What an item of AWS Config says in the words of the describe. Undefined: of its type the spelling is not known, or it has no state. */
export function toldByConfig(item: RecordedItem): ToldAsset | undefined {
  const fields = fieldsOf(item)
  if (fields === undefined) return undefined
  const { resourceType: type, accountId: account, awsRegion: region, at } = item
  return { type, account, region, at, fields: new Map(Object.entries(fields)) }
}

function fieldsOf(item: RecordedItem): JsonObject | undefined {
  const { resourceType } = item
  if (resourceType === 'AWS::S3::Bucket') return bucket(item)
  const conversion = Object.hasOwn(CONVERSIONS, resourceType) ? CONVERSIONS[resourceType] : undefined
  if (conversion !== undefined) {
    const fields = conversion({ ...item, configuration: item.configuration, tags: item.tags })
    // What a query brings has the tags beside the state.
    const isTagged = fields === undefined || 'Tags' in fields || item.tags === undefined
    return isTagged ? fields : { ...fields, Tags: tagList(item.tags) }
  }
  const spelling = Object.hasOwn(SPELLINGS, resourceType) ? SPELLINGS[resourceType] : undefined
  const state = objectOf(item.configuration)
  if (spelling === undefined || state === undefined) return undefined
  const { tags, complete = [], renamed = {} } = spelling
  const fields = Object.entries(capitalised(unwrapped(state)) as JsonObject).map(([field, value]) => [
    renamed[field] ?? field,
    value,
  ])
  const told = { ...Object.fromEntries(complete.map(field => [field, null])), ...Object.fromEntries(fields) }
  const attributes = objectOf(item.supplementaryConfiguration)?.['LoadBalancerAttributes']
  return {
    ...told,
    ...(Array.isArray(attributes) && { Attributes: capitalised(attributes) }),
    ...(item.tags === undefined
      ? {}
      : { [tags]: AS_RECORD.has(resourceType) ? tagRecord(item.tags) : tagList(item.tags) }),
  }
}

/** Types whose describe has tags as a record. */
const AS_RECORD = new Set(['AWS::Lambda::Function'])

/** What a bucket's own state lacks is in the parts that supplement it; a part that is not there was not recorded. */
function bucket({ resourceId, awsRegion, configuration, supplementaryConfiguration, tags }: RecordedItem): JsonObject {
  const parts = objectOf(supplementaryConfiguration) ?? {}
  const part = (name: string) => objectOf(parts[name])
  const encryption = part('ServerSideEncryptionConfiguration')
  const block = part('PublicAccessBlockConfiguration')
  const logging = part('BucketLoggingConfiguration')
  const versioning = part('BucketVersioningConfiguration')
  const policy = part('BucketPolicy')
  const created = objectOf(configuration)?.['creationDate']
  return {
    Name: resourceId,
    Location: awsRegion,
    ...(typeof created === 'string' && { CreationDate: created }),
    ...(encryption && { ServerSideEncryptionConfiguration: { Rules: rules(encryption['rules']) } }),
    ...(block && { PublicAccessBlockConfiguration: capitalised(block) }),
    ...(logging && { LoggingEnabled: target(logging) }),
    ...(versioning && { Versioning: status(versioning['status']) }),
    ...(policy && { Policy: parsed(policy['policyText']) ?? null }),
    ...(tags === undefined ? {} : { TagSet: tagList(tags) }),
  }
}

function rules(given: unknown): unknown {
  if (!Array.isArray(given)) return []
  return given.filter(isObject).map(rule => {
    const byDefault = objectOf(rule['applyServerSideEncryptionByDefault']) ?? {}
    const { sseAlgorithm: SSEAlgorithm, kmsMasterKeyID } = byDefault
    return {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm,
        ...(typeof kmsMasterKeyID === 'string' && { KMSMasterKeyID: kmsMasterKeyID }),
      },
      BucketKeyEnabled: rule['bucketKeyEnabled'] === true,
    }
  })
}

function target({ destinationBucketName, logFilePrefix }: JsonObject): unknown {
  if (typeof destinationBucketName !== 'string') return null
  return { TargetBucket: destinationBucketName, TargetPrefix: logFilePrefix ?? '' }
}

/** `Off` was never on: the describe says nothing then. */
function status(given: unknown): unknown {
  return given === 'Enabled' || given === 'Suspended' ? { Status: given } : null
}

/** Config wraps some words and lists: `{ "value": "available" }`. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped)
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (entries.length === 1 && only?.[0] === 'value') return unwrapped(only[1])
  return Object.fromEntries(entries.map(([key, inner]) => [key, unwrapped(inner)]))
}

/** Tags are a record in items, and a list of key and value in what a query brings. */
function tagRecord(tags: unknown): Record<string, string> {
  const pairs = Array.isArray(tags)
    ? tags.filter(isObject).map(({ key, value }) => [key, value] as const)
    : Object.entries(objectOf(tags) ?? {})
  return Object.fromEntries(pairs.map(([key, value]) => [String(key), typeof value === 'string' ? value : '']))
}

function tagList(tags: unknown): unknown {
  return Object.entries(tagRecord(tags)).map(([Key, Value]) => ({ Key, Value }))
}
