import { ARNS, FACETS, FOREIGN, IDENTIFIERS, NOUNS, OWN, RESOURCES, UNUSED } from '../facts/types.ts'
import type { Operation } from '../sources/botocore.ts'
import type { CloudFormationType } from '../sources/cloudformation.ts'
import { isFacetByName } from './facets.ts'
import { type Part, partsOf } from './parts.ts'
import { pathsOf } from './paths.ts'
import type { Service } from './services.ts'
import { actionOf, isReading, memberKey, normal, phrase, stem, wordsOf } from './words.ts'

/** A type of asset as one service's operations speak of it. */
export interface AssetType {
  readonly name: string
  readonly arn: string | undefined
  /** Further templates of its ARNs. */
  readonly arns: readonly string[]
  readonly parts: readonly Part[]
  /** The variables of its ARN, as if they were parts. */
  readonly variables: readonly Part[]
  /** The nouns that mean exactly this type, as stems; the type's own noun first. */
  readonly nouns: readonly string[]
  /** IAM resource type names of the same ARN. */
  readonly resources: readonly string[]
  readonly origin: 'cloudformation' | 'iam' | 'operations'
  /** The type that this one is only a part of; a change of it is a change of that one. */
  readonly facetOf: string | undefined
}

interface Draft {
  readonly name: string
  readonly noun: string
  readonly arn: string | undefined
  /** Further templates of its ARNs. */
  readonly arns: readonly string[]
  readonly identifier: readonly string[]
  readonly readOnly: readonly string[]
  readonly nouns: readonly string[]
  readonly resources: readonly string[]
  readonly origin: AssetType['origin']
}

/** Every type of asset of one service: CloudFormation's, then IAM's, then those only the operations know. */
export function catalogue(service: Service, all: readonly CloudFormationType[]): readonly AssetType[] {
  const official = cloudFormationDrafts(service, all)
  const known = [...official, ...iamDrafts(service, official)]
  const named = withOperationNouns(service, known)
  const drafts = [...named, ...operationDrafts(service, named)]
  const types = drafts.map(draft => identifiable(service, draft, drafts))
  return types.map(type => ({ ...type, facetOf: wholeOf(type, types) }))
}

/** The type that a facet is in the end a part of; none where two are called parts of each other. */
function wholeOf(type: AssetType, types: readonly AssetType[]): string | undefined {
  const seen = new Set([type.name])
  let whole = type.facetOf
  for (;;) {
    if (whole === undefined || seen.has(whole)) return undefined
    seen.add(whole)
    const next = types.find(candidate => candidate.name === whole)
    if (next === undefined) return undefined
    if (next.facetOf === undefined) return whole
    whole = next.facetOf
  }
}

function typeOf(service: Service, draft: Draft, drafts: readonly Draft[]): AssetType {
  const operations = lifecycle(service, draft.nouns)
  const variables = draft.arn === undefined ? [] : variablesOf(draft.arn).map(name => name.replace(/WithPath$/, ''))
  return {
    name: draft.name,
    arn: draft.arn,
    arns: draft.arns,
    parts: partsOf(draft, operations),
    variables: partsOf({ ...draft, identifier: variables }, operations),
    nouns: draft.nouns,
    resources: draft.resources,
    origin: draft.origin,
    facetOf: facetOf(draft, drafts),
  }
}

/**
 * The type as it is, if its own operations carry its identifier at all. CloudFormation's older types have an `Id` that
 * no API knows; there the ARN's variables are the identifier, or what a delete requires.
 */
function identifiable(service: Service, draft: Draft, drafts: readonly Draft[]): AssetType {
  const type = typeOf(service, draft, drafts)
  const operations = lifecycle(service, type.nouns).filter(operation => !isReading(phrase(operation.name).verb))
  if (operations.length === 0 || IDENTIFIERS[type.name] !== undefined) return type
  const found = (candidate: AssetType) => operations.filter(operation => isFound(service, candidate, operation)).length
  const own = found(type)
  const isLegacy = draft.identifier.length === 1 && /^(Id|ResourceId|ResourcePath)$/.test(draft.identifier[0] ?? '')
  if (isLegacy ? own * 4 >= operations.length * 3 : own > 0) return type
  const deleting = operations.find(operation => actionOf(phrase(operation.name).verb) === 'delete')
  const required = (deleting?.input ?? []).filter(leaf => leaf.isRequired && leaf.parents.length === 0)
  const others = [type.variables.map(part => part.name), required.map(leaf => leaf.name)]
    .filter(identifier => identifier.length > 0)
    .map(identifier => typeOf(service, { ...draft, identifier, readOnly: [] }, drafts))
    .map(other => ({ other, score: found(other) }))
    .sort((a, b) => b.score - a.score)
  const best = others[0]
  return best !== undefined && best.score > own ? best.other : type
}

function isFound(service: Service, type: AssetType, operation: Operation): boolean {
  const action = actionOf(phrase(operation.name).verb)
  return pathsOf(operation, { type, action, isExact: true, isEc2: service.api.protocol === 'ec2' }) !== undefined
}

function cloudFormationDrafts(service: Service, all: readonly CloudFormationType[]): readonly Draft[] {
  const seen = new Set<string>()
  return service.namespaces.flatMap(namespace =>
    all
      .filter(type => type.namespace === namespace && !UNUSED.has(type.name))
      .filter(type => !seen.has(type.noun) && seen.add(type.noun) !== undefined)
      .map(type => {
        const resources = resourcesOf(service, type)
        const given = ARNS[type.name]
        const linked = resources.flatMap(name => service.iam?.resources.get(name)?.arns ?? [])
        const known = given ?? [...(type.arn === undefined ? [] : [type.arn]), ...linked]
        const [arn, ...arns] = [...new Map(known.map(template => [skeleton(template), template])).values()]
        return {
          name: type.name,
          noun: type.noun,
          arn,
          arns,
          identifier: IDENTIFIERS[type.name] ?? type.identifier,
          readOnly: type.readOnly,
          nouns: nounsOf(service, type, all),
          resources,
          origin: 'cloudformation' as const,
        }
      }),
  )
}

/** IAM resource types that are this type: the same ARN but for the variables' names, or the same name. */
function resourcesOf(service: Service, type: CloudFormationType): readonly string[] {
  const resources = [...(service.iam?.resources.values() ?? [])].filter(resource => isOwn(service, resource.name))
  const same = resources.filter(resource => type.arn !== undefined && skeleton(resource.arn) === skeleton(type.arn))
  const given = RESOURCES[type.name]
  if (given !== undefined) return resources.filter(resource => given.test(resource.name)).map(resource => resource.name)
  const named = resources.filter(resource => stem(resource.name) === stem(type.noun))
  return [...new Set([...named, ...same].map(resource => resource.name))]
}

function skeleton(arn: string): string {
  return arn.replace(/\$\{[^}]*\}/g, '{}').toLowerCase()
}

/** The type's noun and, where no operation uses it, the noun its own create and delete handlers use. */
function nounsOf(service: Service, type: CloudFormationType, all: readonly CloudFormationType[]): readonly string[] {
  const given = NOUNS[type.name] ?? []
  const own = [type.noun, ...given].map(stem)
  const operations = [...service.api.operations.keys()].map(phrase)
  if (given.length > 0 || operations.some(({ rest }) => own.includes(stem(rest)))) return own
  const taken = new Set(all.filter(other => other.namespace === type.namespace).map(other => stem(other.noun)))
  const nouns = (permissions: readonly string[], action: string) =>
    permissions
      .map(permission => permission.split(':'))
      .filter(([prefix, name = '']) => prefix === service.iam?.prefix && actionOf(phrase(name).verb) === action)
      .map(([, name = '']) => stem(phrase(name).rest))
  const deleted = nouns(type.handlers.delete, 'delete')
  const both = [...new Set(nouns(type.handlers.create, 'create'))].filter(
    noun => deleted.includes(noun) && !taken.has(noun),
  )
  return both.length === 1 ? [...own, ...both] : own
}

function iamDrafts(service: Service, official: readonly Draft[]): readonly Draft[] {
  const linked = new Set(official.flatMap(draft => draft.resources))
  const nouns = nounSpellings(service)
  return [...(service.iam?.resources.values() ?? [])]
    .filter(resource => !linked.has(resource.name) && OWN[service.api.name] !== 'none')
    .filter(resource => isOfService(service, resource.arn) && isOwn(service, resource.name))
    .map(resource => {
      const noun = nouns.get(stem(resource.name)) ?? pascal(resource.name)
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
function isOwn(service: Service, resource: string): boolean {
  return FOREIGN[service.api.name]?.test(resource) !== true
}

/** IAM lists foreign resources too (a role to pass, a key to use): only ARNs of the service's own kind are its types. */
function isOfService(service: Service, arn: string): boolean {
  const owner = arn.split(':')[2] ?? ''
  return (
    owner === service.iam?.prefix || service.sources.includes(owner) || owner.startsWith(service.iam?.prefix ?? '-')
  )
}

/** The nouns of operations that mean a known IAM resource by another name: `DBSnapshot` is deleted with `snapshot`. */
function withOperationNouns(service: Service, drafts: readonly Draft[]): readonly Draft[] {
  const taken = new Set(drafts.flatMap(draft => draft.nouns))
  const aliases = new Map<string, string[]>()
  for (const name of service.api.operations.keys()) {
    const { verb, rest } = phrase(name)
    const noun = stem(rest)
    if (actionOf(verb) !== 'delete' || taken.has(noun) || /tag$/.test(noun)) continue
    const required = service.iam?.actions.get(name.toLowerCase())?.required ?? []
    const resource = required.length === 1 ? (required[0] ?? '') : ''
    const target = stem(resource)
    if (target === '' || !(noun.endsWith(target) || (target.endsWith(noun) && noun.length > 3))) continue
    const draft = drafts.find(candidate => candidate.resources.includes(resource))
    if (draft === undefined || (draft.origin === 'cloudformation' && taken.has(noun))) continue
    aliases.set(draft.name, [...(aliases.get(draft.name) ?? []), noun])
  }
  const spellings = nounSpellings(service)
  return drafts.map(draft => {
    const added = aliases.get(draft.name) ?? []
    const longest =
      draft.origin === 'iam' ? spellings.get([...added].sort((a, b) => b.length - a.length)[0] ?? '') : undefined
    const noun = longest !== undefined && stem(longest).endsWith(draft.nouns[0] ?? '-') ? longest : draft.noun
    const name = `${draft.name.split('::').slice(0, 2).join('::')}::${noun}`
    return { ...draft, name, noun, nouns: [...new Set([...draft.nouns, ...added])] }
  })
}

/** Nouns that are created and deleted but that no other model knows; only with a name of their own in the request. */
function operationDrafts(service: Service, known: readonly Draft[]): readonly Draft[] {
  if (OWN[service.api.name] === 'none') return []
  const taken = new Set(known.flatMap(draft => draft.nouns))
  const operations = [...service.api.operations.values()]
  return operations.flatMap(operation => {
    const { verb, rest } = phrase(operation.name)
    if (verb !== 'Delete' || taken.has(stem(rest)) || rest === '') return []
    const isCreated = operations.some(
      other => stem(phrase(other.name).rest) === stem(rest) && actionOf(phrase(other.name).verb) === 'create',
    )
    const required = operation.input.filter(leaf => leaf.isRequired && leaf.parents.length === 0)
    const own = required.filter(leaf => isNamedFor(leaf.name, rest))
    if (!isCreated || own.length === 0 || /Tags?$/.test(rest)) return []
    const noun = rest
    return [
      {
        name: `AWS::${namespaceOf(service)}::${noun}`,
        noun,
        arn: undefined,
        arns: [],
        identifier: IDENTIFIERS[`AWS::${namespaceOf(service)}::${noun}`] ?? required.map(leaf => leaf.name),
        readOnly: required.filter(leaf => /id$|arn$/i.test(leaf.name)).map(leaf => leaf.name),
        nouns: [stem(noun)],
        resources: [],
        origin: 'operations' as const,
      },
    ]
  })
}

function isNamedFor(member: string, noun: string): boolean {
  const plain = normal(member)
  return (
    ['id', 'name', 'arn', 'identifier'].includes(plain) ||
    plain.startsWith(stem(noun)) ||
    stem(noun).endsWith(plain.replace(/(id|name|arn|identifier)$/, '') || '-')
  )
}

function facetOf(draft: Draft, drafts: readonly Draft[]): string | undefined {
  const given = FACETS[draft.name]
  if (given !== undefined) return given === '' ? undefined : given
  const whole = drafts
    .filter(other => other !== draft && isFacetByName(draft, other))
    .filter(
      other =>
        FACETS[other.name] === undefined &&
        !drafts.some(third => third !== other && third !== draft && isFacetByName(other, third)),
    )
    .map(other => ({ name: other.name, score: wholeness(draft, other) }))
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))[0]
  return whole?.name
}

/** Of several wholes: the one whose noun begins the facet's, else the one that a part of its identifier names. */
function wholeness(draft: Draft, whole: Draft): number {
  if (draft.noun.startsWith(whole.noun)) return 1000 + whole.noun.length
  const isNamed = draft.identifier.some(part => memberKey(part).split('.')[0] === stem(whole.noun))
  return (isNamed ? 100 : 0) - whole.identifier.length
}

/** The operations whose exact object is one of these nouns. */
function lifecycle(service: Service, nouns: readonly string[]): readonly Operation[] {
  return [...service.api.operations.values()].filter(operation => nouns.includes(stem(phrase(operation.name).rest)))
}

/** How operations spell a noun, so that `dbsnapshot` becomes `DBSnapshot`. */
function nounSpellings(service: Service): ReadonlyMap<string, string> {
  const rests = [...service.api.operations.keys()].map(name => phrase(name).rest).filter(rest => rest !== '')
  const sorted = [...rests].sort((a, b) => b.length - a.length || (a < b ? 1 : -1))
  return new Map(sorted.map(rest => [stem(rest), rest]))
}

function namespaceOf(service: Service): string {
  return service.namespaces[0] ?? pascal(service.api.serviceId)
}

function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(word => word !== '')
  return words.map(word => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}

/** The variables of an ARN template that say which one, not where. */
export function variablesOf(arn: string): readonly string[] {
  const names = [...arn.matchAll(/\$\{([^}]*)\}/g)].map(match => match[1] ?? '')
  return names.filter(name => !['Partition', 'Region', 'Account'].includes(name))
}

/** Whether a name's words end with another's. */
export function endsWithWords(name: string, end: string): boolean {
  const [words, tail] = [wordsOf(name), wordsOf(end)]
  return stem(words.slice(-tail.length).join('')) === stem(end)
}
