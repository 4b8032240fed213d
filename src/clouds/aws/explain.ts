import { messageOf } from '../../model/fault.ts'
import type { Outcome } from '../../model/scan-scope.ts'
import { NOT_OFFERED } from './cloud-control.ts'
import { DENIED, isOneOf } from './describe.ts'

/** Errors by which AWS says that an API is not there for this account and region: not enabled, not offered, not subscribed. */
const ABSENT = [
  'OptInRequired',
  'OptInRequiredException',
  'SubscriptionRequiredException',
  'NoSuchOptInRegion',
  'UnknownEndpoint',
  'UnsupportedOperation',
  ...NOT_OFFERED,
]
/** Errors of credentials that are good elsewhere: in a region that an account has not enabled, or when they are wrong altogether. */
const UNKNOWN_HERE = ['AuthFailure', 'UnrecognizedClientException', 'InvalidClientTokenId']
const DETAIL_LENGTH_MAX = 500

/** What a failed read means: refused (and what to grant), not there, or to be tried again. */
export function explain(error: unknown, permissions: readonly string[]): Exclude<Outcome, { kind: 'read' }> {
  const detail =
    `${error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : ''}${messageOf(error)}`.slice(
      0,
      DETAIL_LENGTH_MAX,
    )
  if (isOneOf(error, DENIED)) return { kind: 'denied', needs: needed(messageOf(error)) ?? permissions, detail }
  if (isOneOf(error, ABSENT) || (error as NodeJS.ErrnoException).code === 'ENOTFOUND')
    return { kind: 'skipped', detail }
  if (isOneOf(error, UNKNOWN_HERE))
    return { kind: 'failed', detail: `${detail} (is the region enabled for the account?)` }
  return { kind: 'failed', detail, ...(isThrottling(error) ? { isThrottled: true } : {}) }
}

/** Names of errors by which AWS services say that calls come too fast. */
const THROTTLED = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'SlowDown',
  'TransactionInProgressException',
  'EC2ThrottledException',
]

/** Whether an error only says that the calls come too fast. */
export function isThrottling(error: unknown): boolean {
  const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)?.$metadata
  return isOneOf(error, THROTTLED) || status?.httpStatusCode === 429
}

/** The action that AWS names in its refusal, where it does. Only shown to people; nothing is decided by it. */
function needed(message: string): string[] | undefined {
  const action = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1]
  return action === undefined ? undefined : [action]
}
