import { NAMESPACES, SOURCES, SUBSETS } from '../facts/services.ts'
import type { Api } from '../sources/botocore.ts'
import type { CloudFormationType } from '../sources/cloudformation.ts'
import type { IamService } from '../sources/iam.ts'
import { normal, phrase } from './words.ts'

/** An API with what the other models call the same service. */
export interface Service {
  readonly api: Api
  readonly iam: IamService | undefined
  /** CloudFormation's namespaces for its types, best first: `EC2`. */
  readonly namespaces: readonly string[]
  /** The event sources its calls may arrive under, without `.amazonaws.com`. */
  readonly sources: readonly string[]
}

/** Joins the models by operation and action names, because no model names the others' services. */
export function joinServices(
  apis: readonly Api[],
  iam: ReadonlyMap<string, IamService>,
  types: readonly CloudFormationType[],
): readonly Service[] {
  const homes = namespaceHomes(types)
  return apis.map(api => {
    const own = iamOf(api, iam)
    const namespaces = NAMESPACES[api.name] ?? namespacesOf(api, own?.prefix, homes, types)
    return { api, iam: own, namespaces, sources: sourcesOf(api, own?.prefix) }
  })
}

/** The prefix, of those the API goes by, that knows most of its operations. */
function iamOf(api: Api, iam: ReadonlyMap<string, IamService>): IamService | undefined {
  const candidates = [...new Set([api.signingName, api.endpointPrefix, api.name, normal(api.serviceId)])]
  const scored = candidates
    .map(prefix => iam.get(prefix))
    .filter(service => service !== undefined)
    .map(service => ({ service, known: knownOperations(api, service) }))
    .sort((a, b) => b.known - a.known)
  if ((scored[0]?.known ?? 0) > 0) return scored[0]?.service
  const best = [...iam.values()]
    .map(service => ({ service, known: knownOperations(api, service) }))
    .sort((a, b) => b.known - a.known)[0]
  return best !== undefined && best.known > api.operations.size / 2 ? best.service : undefined
}

function knownOperations(api: Api, service: IamService): number {
  return [...api.operations.keys()].filter(name => service.actions.has(name.toLowerCase())).length
}

/** For each CloudFormation namespace, the IAM prefix that its own create and delete handlers use most. */
function namespaceHomes(types: readonly CloudFormationType[]): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const type of types) {
    const used = counts.get(type.namespace) ?? new Map<string, number>()
    counts.set(type.namespace, used)
    for (const permission of [...type.handlers.create, ...type.handlers.delete]) {
      const [prefix = '', action = ''] = permission.split(':')
      const { rest } = phrase(action)
      const weight = normal(rest).endsWith(normal(type.noun)) ? 20 : 1
      used.set(prefix, (used.get(prefix) ?? 0) + weight)
    }
  }
  const homes = [...counts].map(([namespace, used]) => {
    const best = [...used].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
    return [namespace, best?.[0] ?? ''] as const
  })
  return new Map(homes)
}

function namespacesOf(
  api: Api,
  prefix: string | undefined,
  homes: ReadonlyMap<string, string>,
  types: readonly CloudFormationType[],
): readonly string[] {
  const byName = [api.name, api.serviceId].map(normal)
  const all = [...new Set(types.map(type => type.namespace))]
  const scored = all
    .map(namespace => {
      const isNamed = byName.includes(normal(namespace))
      const isHome = prefix !== undefined && homes.get(namespace) === prefix
      return { namespace, score: isNamed ? 1000 : isHome ? sharedOperations(api, prefix, namespace, types) : 0 }
    })
    .filter(candidate => candidate.score > 0)
    .sort((a, b) => b.score - a.score || (a.namespace < b.namespace ? -1 : 1))
  return scored.map(candidate => candidate.namespace)
}

function sharedOperations(api: Api, prefix: string, namespace: string, types: readonly CloudFormationType[]): number {
  const permissions = types
    .filter(type => type.namespace === namespace)
    .flatMap(type => [...type.handlers.create, ...type.handlers.delete])
  return permissions.filter(permission => {
    const [used = '', action = ''] = permission.split(':')
    return used === prefix && api.operations.has(action)
  }).length
}

function sourcesOf(api: Api, prefix: string | undefined): readonly string[] {
  if (SUBSETS.has(api.name)) return []
  const guessed = [api.signingName, api.endpointPrefix, prefix, api.name, ...(SOURCES[api.name] ?? [])]
  return [...new Set(guessed.filter(source => source !== undefined).map(source => source.toLowerCase()))].sort()
}
