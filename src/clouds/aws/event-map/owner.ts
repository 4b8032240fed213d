import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { type Arn, parseArn } from './arn.ts'

/** What an asset's account is when the record names neither the owner nor the recipient. */
export const UNKNOWN_ACCOUNT = 'unknown'

const ACCOUNT = /^\d{12}$/

/** Services whose assets belong to no region, whatever region their calls are logged in. */
const GLOBAL_SERVICES = new Set([
  ...[
    'account',
    'artifact',
    'billing',
    'billingconductor',
    'budgets',
    'ce',
    'cloudfront',
    'globalaccelerator',
    'health',
  ],
  ...[
    'iam',
    'invoicing',
    'networkmanager',
    'organizations',
    'route53',
    'route53domains',
    'savingsplans',
    'shield',
    'sts',
  ],
  ...['route53-recovery-control', 'route53recoverycontrol', 'route53-recovery-readiness', 'route53recoveryreadiness'],
  ...['support', 'tax', 'trustedadvisor', 'waf'],
])

/** The account that owns what a call touched: a named resource's, else the recipient's, never the caller's. */
export function ownerOf(record: CloudTrailRecord, id?: string): string {
  if (record.resources.length === 0) return record.recipientAccountId ?? UNKNOWN_ACCOUNT
  const owners = new Set<string>()
  for (const resource of record.resources) {
    const account = resource.accountId ?? parseArn(resource.arn ?? '')?.account ?? ''
    if (!ACCOUNT.test(account)) continue
    if (id !== undefined && id !== '' && resource.arn?.includes(id)) return account
    owners.add(account)
  }
  const [only] = owners
  if (owners.size === 1 && only !== undefined) return only
  return record.recipientAccountId ?? UNKNOWN_ACCOUNT
}

/** Where an asset is: in its ARN's account and region where it has them, else the owner's and the call's. */
export function placeOf(
  record: CloudTrailRecord,
  type: string,
  id: string,
  arn: Arn | undefined,
): { account: string; region: string } {
  const account = arn !== undefined && ACCOUNT.test(arn.account) ? arn.account : ownerOf(record, id)
  const region = isGlobal(type, arn) ? 'global' : arn !== undefined && arn.region !== '' ? arn.region : record.awsRegion
  return { account, region }
}

/** Whether assets of a type belong to no region. */
export function isGlobal(type: string, arn?: Arn): boolean {
  if (arn !== undefined && GLOBAL_SERVICES.has(arn.service))
    return arn.region === '' || arn.service === 'networkmanager'
  return GLOBAL_SERVICES.has((type.split('::')[1] ?? '').toLowerCase())
}

/** The partition of a region, for ARNs that have to be built. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
