import type { Parent } from '../../src/clouds/aws/cloud-control-facts.ts'
import { resolved, type Schema } from './schema.ts'

/** By property: the types, and their properties, that it names. */
export type Relations = ReadonlyMap<
  string,
  readonly { readonly cloudFormationType: string; readonly propertyName: string }[]
>

/** What no schema says. */
const REVIEWED: Readonly<Record<string, Parent>> = {
  AwsAccountId: { place: 'account' },
  IdentityStoreId: { type: 'AWS::SSO::Instance', property: 'IdentityStoreId' },
}

/**
 * Where the values come from that a list call needs: a fixed set, the account, or the assets of another type, which may
 * itself be listed under some of the values. Undefined if one of them cannot be told: then the type cannot be listed.
 */
export function parentsOf(
  schema: Schema,
  schemas: ReadonlyMap<string, Schema>,
  relations: Relations,
): Readonly<Record<string, Parent>> | undefined {
  const required = requiredOf(schema)
  const parents = new Map<string, Parent>()
  // Those that need no other first: whoever is listed below another must come after it.
  for (const depth of [0, 1, 2]) {
    for (const property of required) {
      if (parents.has(property)) continue
      const parent = parentOf(property, { schema, schemas, relations, known: depth === 0 ? [] : [...parents.keys()] })
      if (parent !== undefined) parents.set(property, parent)
    }
  }
  return parents.size === required.length ? Object.fromEntries(parents) : undefined
}

/** The properties that a list call must be given; of a choice, the first. */
function requiredOf(schema: Schema): string[] {
  const handler = schema.handlers?.list?.handlerSchema
  const choice = handler?.oneOf?.[0] ?? handler?.anyOf?.[0]
  return [...new Set([...(handler?.required ?? []), ...(choice?.required ?? [])])].sort()
}

interface Search {
  readonly schema: Schema
  readonly schemas: ReadonlyMap<string, Schema>
  readonly relations: Relations
  /** Properties whose values are found by then. */
  readonly known: readonly string[]
}

/** The type whose assets a property names: as the specification relates them, else a type of the same service with that identifier. */
function parentOf(property: string, { schema, schemas, relations, known }: Search): Parent | undefined {
  const values = resolved(schema, schema.properties?.[property])?.enum
  if (values !== undefined) return { values: values.map(String) }
  const reviewed = REVIEWED[property]
  if (reviewed !== undefined) return reviewed
  const serves = (candidate: Schema) =>
    candidate.typeName !== schema.typeName &&
    candidate.handlers?.read !== undefined &&
    candidate.handlers.list !== undefined &&
    requiredOf(candidate).every(needed => known.includes(needed))
  for (const { cloudFormationType, propertyName } of relations.get(property) ?? []) {
    const parent = schemas.get(cloudFormationType)
    if (parent !== undefined && serves(parent))
      return parentFrom(parent, propertyName.split('/').at(-1) ?? propertyName)
  }
  const namespace = schema.typeName.split('::')[1]
  const siblings = [...schemas.values()]
    .filter(candidate => candidate.typeName.split('::')[1] === namespace && serves(candidate))
    .sort((a, b) => (a.typeName < b.typeName ? -1 : 1))
  for (const rule of [namedAfter, identifiedBy]) {
    for (const sibling of siblings) {
      const found = rule(property, sibling)
      if (found !== undefined) return parentFrom(sibling, found)
    }
  }
  return undefined
}

function parentFrom(parent: Schema, property: string): Parent {
  const below = requiredOf(parent)
  return { type: parent.typeName, property, ...(below.length === 0 ? {} : { below }) }
}

/** `ClusterName` is the `ClusterName` or `Name` of a Cluster. */
function namedAfter(property: string, sibling: Schema): string | undefined {
  const noun = sibling.typeName.split('::')[2] ?? ''
  for (const suffix of ['Name', 'Id', 'Arn', 'ARN', 'Identifier']) {
    if (property !== `${noun}${suffix}`) continue
    const own = [property, suffix, ...(suffix === 'Identifier' ? ['Id', `${noun}Id`, 'Arn'] : [])]
    const found = own.find(name => name in (sibling.properties ?? {}))
    if (found !== undefined) return found
  }
  return undefined
}

/** A type whose whole identifier has this very name. */
function identifiedBy(property: string, sibling: Schema): string | undefined {
  const [identifier, ...rest] = (sibling.primaryIdentifier ?? []).map(pointer => pointer.split('/').at(-1))
  return rest.length === 0 && identifier === property ? property : undefined
}
