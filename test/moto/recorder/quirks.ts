import { type Api, type Operation, shapeOf } from './model.ts'
import { javaDate, type Style } from './render.ts'

/** How a service's events differ from what its model says. Each row was seen in real records or in AWS's own examples. */

/** Event sources that are not the name that calls are signed for, by the API. */
const SOURCES: Readonly<Record<string, string>> = {
  'application-autoscaling': 'autoscaling',
  mq: 'amazonmq',
  memorydb: 'memory-db',
  'servicecatalog-appregistry': 'servicecatalog-appregistry',
  pinpoint: 'mobiletargeting',
}

/** `elasticloadbalancing.amazonaws.com` */
export function sourceOf({ name, model: { metadata } }: Api): string {
  return `${SOURCES[name] ?? metadata.signingName ?? metadata.endpointPrefix}.amazonaws.com`
}

/** S3 calls some operations otherwise than its API. */
const S3_NAMES: Readonly<Record<string, string>> = {
  DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
}

/** The functions of Lambda's API that take a qualified name: the second version of the call. */
const LAMBDA_V2 =
  /^(?:GetFunction(?:Configuration)?|UpdateFunction(?:Code|Configuration)|AddPermission|RemovePermission|GetPolicy|TagResource|UntagResource)$/
/** Lambda's calls of these years carry the API's date behind the name; later ones do not. */
const LAMBDA_DATED = /^\/(201[5-8])-(\d\d)-(\d\d)\//

/** Some calls of CloudFront are logged without the API's date. */
const CLOUDFRONT_BARE = /^(?:UpdateDistribution|TagResource|UntagResource)$/

/** `CreateFunction20150331`, `CreateDistribution2020_05_31`, and mostly the operation's own name. */
export function eventNameOf({ name: api }: Api, { name, http }: Operation): string {
  if (api === 's3') return S3_NAMES[name] ?? name
  const [bare = name, dated] = name.split(/(?=\d{4}_\d{2}_\d{2}$)/)
  if (api === 'cloudfront' && dated !== undefined) return CLOUDFRONT_BARE.test(bare) ? bare : name
  const date = api === 'lambda' ? LAMBDA_DATED.exec(http.requestUri) : null
  return date ? `${name}${date.slice(1).join('')}${LAMBDA_V2.test(name) ? 'v2' : ''}` : name
}

/** Few services say which version of their API was called. */
export function apiVersionOf({ name, model: { metadata } }: Api): string | undefined {
  const { apiVersion } = metadata
  if (name === 'logs') return apiVersion.replaceAll('-', '')
  if (name === 'cloudfront') return apiVersion.replaceAll('-', '_')
  return VERSIONED.has(name) ? apiVersion : undefined
}

const VERSIONED = new Set(['appmesh', 'dynamodb', 'efs', 'elb', 'elbv2', 'route53'])

/** Services without regions: their calls are logged in one. */
const GLOBAL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['account', 'budgets', 'ce', 'cloudfront', 'health', 'iam', 'organizations', 'route53', 'support', 'waf'].map(
      name => [name, 'us-east-1'],
    ),
  ),
  globalaccelerator: 'us-west-2',
}

export function regionOf({ name }: Api, signed: string): string {
  return GLOBAL[name] ?? signed
}

const CAPITALS = new Set(['ce', 'devops-guru', 'securityhub', 'resource-explorer-2'])
const OMITTING = new Set(['iam', 'sts', 'secretsmanager', 'lambda', 'kms'])
const OLD_DATES = new Set(['ssm', 'kms', 'ecs', 'dynamodb', 'acm'])

export function styleOf({ name, model: { metadata } }: Api): Style {
  const isOld = OLD_DATES.has(name) || (metadata.protocol === 'query' && name !== 'sts')
  const isText = name === 'rolesanywhere' || name === 'route53resolver'
  return {
    keepsCapitals: CAPITALS.has(name),
    secrets: OMITTING.has(name) ? 'omitted' : 'hidden',
    time: isText ? date => date.toISOString() : javaDate(isOld ? '' : ','),
  }
}

/** Services that answer with the asset itself, not with `{dBInstance: {…}}` around it. */
const UNWRAPPED = new Set(['docdb', 'elasticache', 'neptune', 'rds', 'redshift'])

/** The one structure that is a reply's whole content, for those services. */
export function unwrappedMember({ name, model }: Api, operation: Operation): string | undefined {
  if (!UNWRAPPED.has(name)) return undefined
  const members = Object.entries(shapeOf(model, operation.output).members ?? {})
  const [only] = members
  return members.length === 1 && only && shapeOf(model, only[1]).type === 'structure' ? only[0] : undefined
}
