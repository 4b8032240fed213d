/** What is read of a CloudFormation registry schema. */
export interface Schema {
  readonly typeName: string
  readonly primaryIdentifier?: readonly string[]
  readonly readOnlyProperties?: readonly string[]
  readonly writeOnlyProperties?: readonly string[]
  readonly properties?: Readonly<Record<string, Property>>
  readonly definitions?: Readonly<Record<string, Property>>
  readonly tagging?: { readonly taggable?: boolean; readonly tagProperty?: string }
  readonly handlers?: { readonly read?: Handler; readonly list?: Handler }
}

export interface Handler {
  readonly permissions?: readonly string[]
  readonly handlerSchema?: {
    readonly required?: readonly string[]
    readonly properties?: Readonly<Record<string, Property>>
    readonly oneOf?: readonly { readonly required?: readonly string[] }[]
    readonly anyOf?: readonly { readonly required?: readonly string[] }[]
  }
}

export interface Property {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Property>>
  readonly patternProperties?: Readonly<Record<string, Property>>
  readonly additionalProperties?: Property | boolean
  readonly items?: Property
}

/** A property, or the definition that it refers to. */
export function resolved(schema: Schema, property: Property | undefined): Property | undefined {
  const name = property?.$ref?.split('/').at(-1)
  if (name === undefined || property === undefined) return property
  if (property.$ref?.includes('#/properties/')) return resolved(schema, schema.properties?.[name])
  return schema.definitions?.[name]
}
