import type { Parent } from '../../src/clouds/aws/cloud-control-facts.ts'
import { resolved, type Schema } from './schema.ts'

/** By property: the types, and their properties, that it names. */
export type Relations = ReadonlyMap<
  string,
  readonly { readonly cloudFormationType: string; readonly propertyName: string }[]
>

/**
 * Where the values come from that a list call needs: a fixed set, or the assets of another type. Undefined if one of them
 * cannot be told: then the type cannot be listed.
 */
export function parentsOf(
  schema: Schema,
  schemas: ReadonlyMap<string, Schema>,
  relations: Relations,
): Readonly<Record<string, Parent>> | undefined {
  const handler = schema.handlers?.list?.handlerSchema
  const choice = handler?.oneOf?.[0] ?? handler?.anyOf?.[0]
  const required = [...new Set([...(handler?.required ?? []), ...(choice?.required ?? [])])].sort()
  const parents: Record<string, Parent> = {}
  for (const property of required) {
    const values = resolved(schema, schema.properties?.[property])?.enum
    const parent =
      values === undefined ? parentOf(property, schema, schemas, relations) : { values: values.map(String) }
    if (parent === undefined) return undefined
    parents[property] = parent
  }
  return parents
}

/** The type whose assets a property names: as the specification relates them, else a type of the same service with that identifier. */
function parentOf(
  property: string,
  schema: Schema,
  schemas: ReadonlyMap<string, Schema>,
  relations: Relations,
): Parent | undefined {
  for (const { cloudFormationType: type, propertyName } of relations.get(property) ?? []) {
    const parent = schemas.get(type)
    if (parent !== undefined && type !== schema.typeName && isListable(parent))
      return { type, property: propertyName.split('/').at(-1) ?? propertyName }
  }
  const namespace = schema.typeName.split('::')[1]
  const siblings = [...schemas.values()]
    .filter(({ typeName }) => typeName.split('::')[1] === namespace && typeName !== schema.typeName)
    .filter(isListable)
    .sort((a, b) => (a.typeName < b.typeName ? -1 : 1))
  for (const rule of [namedAfter, identifiedBy]) {
    for (const sibling of siblings) {
      const found = rule(property, sibling)
      if (found !== undefined) return { type: sibling.typeName, property: found }
    }
  }
  return undefined
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

/** Only what is listed without parents of its own serves as a parent, so that a list is at most two calls deep. */
function isListable(schema: Schema): boolean {
  const list = schema.handlers?.list
  const handler = list?.handlerSchema
  return list !== undefined && schema.handlers?.read !== undefined && handler?.required === undefined
}
