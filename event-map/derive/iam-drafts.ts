import { FOREIGN, IDENTIFIERS, NAMES, NOUNS, OWN } from '../facts/types.ts'
import { variablesOf } from './arn-variables.ts'
import type { Draft } from './drafts.ts'
import type { Service } from './services.ts'
import { phrase, stem } from './words.ts'

/** The types that only IAM knows, by the ARNs it lists. */
export function iamDrafts(service: Service, official: readonly Draft[]): readonly Draft[] {
  const linked = new Set(official.flatMap(draft => draft.resources))
  const nouns = nounSpellings(service)
  return [...(service.iam?.resources.values() ?? [])]
    .filter(resource => !linked.has(resource.name) && OWN[service.api.name] !== 'none')
    .filter(resource => isOfService(service, resource.arn) && isOwn(service, resource.name))
    .map(resource => {
      const noun =
        NAMES[`${service.iam?.prefix}:${resource.name}`] ?? nouns.get(stem(resource.name)) ?? pascal(resource.name)
      const variables = variablesOf(resource.arn)
      const isNumbered = variables.some(variable => /Account/i.test(variable))
      return {
        name: `AWS::${namespaceOf(service)}::${noun}`,
        noun,
        arn: resource.arn,
        arns: resource.arns.slice(1),
        identifier:
          IDENTIFIERS[`AWS::${namespaceOf(service)}::${noun}`] ??
          (isNumbered ? variables.filter(v => !/Account/i.test(v)) : variables),
        readOnly: [],
        nouns: [noun, ...(NOUNS[`AWS::${namespaceOf(service)}::${noun}`] ?? [])].map(stem),
        resources: [resource.name],
        origin: 'iam' as const,
      }
    })
    .filter(draft => draft.identifier.length > 0 && !official.some(other => other.nouns.includes(stem(draft.noun))))
}

/** Where two APIs share one IAM prefix, its resource types belong to one of them. */
export function isOwn(service: Service, resource: string): boolean {
  return FOREIGN[service.api.name]?.test(resource) !== true
}

/** IAM lists foreign resources too (a role to pass, a key to use): only ARNs of the service's own kind are its types. */
function isOfService(service: Service, arn: string): boolean {
  const owner = arn.split(':')[2] ?? ''
  return (
    owner === service.iam?.prefix || service.sources.includes(owner) || owner.startsWith(service.iam?.prefix ?? '-')
  )
}

/** How operations spell a noun, so that `dbsnapshot` becomes `DBSnapshot`. */
export function nounSpellings(service: Service): ReadonlyMap<string, string> {
  const rests = [...service.api.operations.keys()].map(name => phrase(name).rest).filter(rest => rest !== '')
  const sorted = [...rests].sort((a, b) => b.length - a.length || (a < b ? 1 : -1))
  return new Map(sorted.map(rest => [stem(rest), rest]))
}

/** The namespace that types of a service get which CloudFormation does not have. */
export function namespaceOf(service: Service): string {
  return service.namespaces[0] ?? pascal(service.api.serviceId)
}

function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(word => word !== '')
  return words.map(word => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}
