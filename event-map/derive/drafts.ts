import { ARNS } from '../facts/arns.ts'
import { IDENTIFIERS, NAMES, NOUNS, OWN, RESOURCES, UNUSED } from '../facts/types.ts'
import type { CloudFormationType } from '../sources/cloudformation.ts'
import { iamDrafts, isOwn, namespaceOf, nounSpellings } from './iam-drafts.ts'
import type { Service } from './services.ts'
import { actionOf, normal, phrase, stem } from './words.ts'

/** A type before it is known what carries its identifier. */
export interface Draft {
  readonly name: string
  readonly noun: string
  readonly arn: string | undefined
  /** Further templates of its ARNs. */
  readonly arns: readonly string[]
  readonly identifier: readonly string[]
  readonly readOnly: readonly string[]
  readonly nouns: readonly string[]
  readonly resources: readonly string[]
  /** CloudFormation itself reads it by its primary identifier, which is then no mere leftover. */
  readonly isReadable?: boolean
  readonly origin: 'cloudformation' | 'iam' | 'operations'
}

/** Every type of one service: CloudFormation's, then IAM's, then those only the operations know. */
export function draftsOf(service: Service, all: readonly CloudFormationType[]): readonly Draft[] {
  const official = cloudFormationDrafts(service, all)
  const known = [...official, ...iamDrafts(service, official)]
  const named = withOperationNouns(service, known)
  return [...named, ...operationDrafts(service, named)]
}

function cloudFormationDrafts(service: Service, all: readonly CloudFormationType[]): readonly Draft[] {
  return service.namespaces.flatMap(namespace =>
    all
      .filter(type => type.namespace === namespace && !UNUSED.has(type.name))
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
          isReadable: type.handlers.read.length > 0,
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
    const isNamed = draft.resources.some(resource => NAMES[`${service.iam?.prefix}:${resource}`] !== undefined)
    const longest =
      draft.origin === 'iam' && !isNamed
        ? spellings.get([...added].sort((a, b) => b.length - a.length)[0] ?? '')
        : undefined
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
