import type { Arn } from './arn.ts'

/**
 * The identifiers of types that no template reads out of their ARNs: the identifier says more than the ARN, or says it
 * otherwise. A type that is not listed is left to its templates; undefined from a rule says that the ARN is not of the type.
 */
export const ARN_IDS: Readonly<Record<string, (arn: Arn, text: string) => string | undefined>> = {
  'AWS::CloudFormation::StackSet': ({ resource }) => behind('stackset/', resource),
  'AWS::ECS::Service': serviceAndCluster,
  'AWS::EKS::AccessEntry': principalAndCluster,
  'AWS::KMS::Alias': ({ resource }) => (resource.startsWith('alias/') ? resource : undefined),
  'AWS::RDS::DBSnapshot': ({ resource }) => behind('snapshot:', resource),
  'AWS::SQS::Queue': queueUrl,
  'AWS::SSM::Parameter': parameterName,
}

/** A service's ARN holds the name of its cluster, unless it is of the old short form. */
function serviceAndCluster({ partition, region, account, resource }: Arn, text: string): string | undefined {
  const [kind, cluster, name] = resource.split('/')
  if (kind !== 'service' || cluster === undefined || name === undefined) return undefined
  return `${text}|arn:${partition}:ecs:${region}:${account}:cluster/${cluster}`
}

/** `access-entry/CLUSTER/role/ACCOUNT/NAME/…`: the entry of a principal, whose ARN is not this one. */
function principalAndCluster({ partition, resource }: Arn): string | undefined {
  const [kind, cluster, principal, account, name] = resource.split('/')
  if (kind !== 'access-entry' || name === undefined) return undefined
  return `arn:${partition}:iam::${account}:${principal}/${name}|${cluster}`
}

/** A name with levels starts with a slash, which its ARN leaves out. */
function parameterName({ resource }: Arn): string | undefined {
  const name = behind('parameter/', resource)
  return name?.includes('/') === true ? `/${name}` : name
}

/** SQS identifies a queue by its URL. */
function queueUrl({ partition, region, account, resource }: Arn): string {
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `https://sqs.${region}.${domain}/${account}/${resource}`
}

/** Automated snapshots are called `rds:orders-2026-11-01`: a name with the separator of ARNs in it. */
function behind(kind: string, resource: string): string | undefined {
  return resource.startsWith(kind) ? resource.slice(kind.length) : undefined
}
