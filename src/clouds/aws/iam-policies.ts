import {
  type EntityType,
  type GetAccountAuthorizationDetailsCommandOutput,
  type IAMClient,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam'
import { oneByOne } from './describe.ts'
import { json } from './resource.ts'

/** The one error of IAM that means absence; the second form is how it is written on the wire. */
export const IAM_GONE = ['NoSuchEntityException', 'NoSuchEntity'] as const

/** A policy that lives inside its user, group or role, its document readable. */
export interface InlinePolicy {
  readonly PolicyName: string | undefined
  readonly PolicyDocument: unknown
}

/** Everything IAM knows about all principals (or own policies) of an account: hundreds in one call, with policies and tags. */
export function authorizationDetails(
  client: IAMClient,
  kind: EntityType,
): AsyncIterable<GetAccountAuthorizationDetailsCommandOutput> {
  return paginateGetAccountAuthorizationDetails({ client, pageSize: 1000 }, { Filter: [kind] })
}

/** IAM sends every policy document as URL-encoded JSON (RFC 3986). */
export function policyDocument(encoded: string | undefined): unknown {
  if (encoded === undefined) return undefined
  try {
    return json(decodeURIComponent(encoded))
  } catch {
    return json(encoded)
  }
}

/** Inline policies with their documents read. */
export function inlinePolicies(given: readonly PolicyDetail[] | undefined): InlinePolicy[] {
  return (given ?? []).map(({ PolicyName, PolicyDocument }) => ({
    PolicyName,
    PolicyDocument: policyDocument(PolicyDocument),
  }))
}

/** Inline policies read one by one: IAM has no bulk call for those of one user, group or role. */
export function readInlinePolicies(
  names: readonly string[],
  read: (PolicyName: string) => Promise<{ PolicyDocument?: string | undefined }>,
): Promise<InlinePolicy[]> {
  return oneByOne(names, IAM_GONE, async PolicyName => ({
    PolicyName,
    PolicyDocument: policyDocument((await read(PolicyName)).PolicyDocument),
  }))
}
