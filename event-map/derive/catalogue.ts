import { FACETS, IDENTIFIERS } from '../facts/types.ts'
import type { Operation } from '../sources/botocore.ts'
import type { CloudFormationType } from '../sources/cloudformation.ts'
import { variablesOf } from './arn-variables.ts'
import { type Draft, draftsOf } from './drafts.ts'
import { isFacetByName } from './facets.ts'
import { type Part, partsOf } from './parts.ts'
import { pathsOf } from './paths.ts'
import type { Service } from './services.ts'
import { actionOf, isReading, memberKey, phrase, stem } from './words.ts'

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

/** Every type of asset of one service: CloudFormation's, then IAM's, then those only the operations know. */
export function catalogue(service: Service, all: readonly CloudFormationType[]): readonly AssetType[] {
  const drafts = draftsOf(service, all)
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
  if (isLegacy ? own * 4 >= operations.length * 3 : own > 0 || draft.isReadable === true) return type
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
