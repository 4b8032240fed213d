import { stem, wordsOf } from './words.ts'

/** What CloudFormation makes a type of its own, although the service keeps it inside another: a bucket's policy. */
const FACET_WORDS = new Set([
  ...['Policy', 'Policies', 'Association', 'Attachment', 'Ingress', 'Egress', 'Permission', 'Permissions', 'Addition'],
  ...['Entry', 'Membership', 'Attributes', 'Settings', 'Tags'],
])

interface Named {
  readonly noun: string
  readonly arn: string | undefined
  readonly identifier: readonly string[]
  readonly resources: readonly string[]
}

/**
 * Whether a type is only part of another by its name and identifier: `BucketPolicy` has no ARN of its own and is known by
 * its bucket. A facet's create and delete are updates of the whole.
 */
export function isFacetByName(type: Named, whole: Named): boolean {
  if (type.resources.length > 0 || type.arn !== undefined) return false
  const last = wordsOf(type.noun).at(-1) ?? ''
  if (!FACET_WORDS.has(last)) return false
  if (type.noun.startsWith(whole.noun)) return true
  const names = [...whole.identifier, whole.noun, `${whole.noun}Name`, `${whole.noun}Id`, `${whole.noun}Arn`].map(stem)
  return type.identifier.some(part => part !== 'Id' && part !== 'Name' && part !== 'Arn' && names.includes(stem(part)))
}
