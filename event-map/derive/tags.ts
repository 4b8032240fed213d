import type { Operation } from '../sources/botocore.ts'
import type { Service } from './services.ts'

const TAG_OPERATION =
  /^(Tag|Untag|AddTags?|RemoveTags?|CreateTags|DeleteTags|CreateOrUpdateTags|UpdateTags|ChangeTags|SetTags)(To|From|For|On)?(Resources?)?$/
const ANY_ARN =
  /^(resource|tagged|target)?(arn|arns|arnlist|arnsList|resourcearnlist|resource|resources|resourceid|resourceids|resourceidlist|resourcename|resourceidentifier)$/i

/**
 * Where the request of an operation that tags whatever it is given, or changes the policy of whatever it is given, names
 * that thing. Undefined: the operation is about a type of its own.
 */
export function tagPaths(service: Service, operation: Operation, hasType: boolean): readonly string[] | undefined {
  const isTag = TAG_OPERATION.test(operation.name)
  const isResource =
    !hasType &&
    /(Resource|ResourcePolicy|ResourceTags)$/.test(operation.name) &&
    operation.input.some(leaf => leaf.parents.length === 0 && /^resourceArn$/i.test(leaf.name))
  if (!isTag && !isResource) return undefined
  if (service.api.protocol === 'ec2') return ['request..resourceId']
  const tops = operation.input.filter(leaf => leaf.parents.length === 0)
  const named = tops.filter(leaf => ANY_ARN.test(leaf.name))
  if (isTag && named.length === 0) {
    const arn = tops.find(leaf => /arns?$/i.test(leaf.name))
    return arn === undefined ? undefined : [`request.${arn.path}`]
  }
  return named.length > 0 ? named.map(leaf => `request.${leaf.path}`) : undefined
}
