import { type Property, resolved, type Schema } from './schema.ts'

const SECRET =
  /(password|passphrase|secretstring|secretkey|secretaccesskey|authtoken|accesstoken|privatekey|clientsecret|userdata|apikeyvalue)$/i
const ENVIRONMENT = /^(environment|environmentvariables)$/i
/** Environment variables in lists have this for their value. */
const VALUE = /^value$/i
/** Secret by what the type is for, not by its words. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = { 'AWS::SSM::Parameter': ['Value'] }
/** Registry schemas refer to themselves; nothing that people set lies deeper. */
const DEPTH_MAX = 6

/** Paths of the values that a schema's words call secret: passwords, tokens, user data, environment variables. */
export function secretPaths(schema: Schema): string[] {
  const found = new Set<string>(BY_TYPE[schema.typeName])
  for (const [name, property] of Object.entries(schema.properties ?? {})) walk(property, name, name, 1, false)
  return [...found].sort()

  function walk(given: Property, name: string, path: string, depth: number, inEnvironment: boolean): void {
    const property = resolved(schema, given)
    if (property === undefined || depth > DEPTH_MAX) return
    const environment = inEnvironment || ENVIRONMENT.test(name)
    const isText = property.type === 'string' || property.type === undefined
    if (isText && property.properties === undefined && (SECRET.test(name) || (inEnvironment && VALUE.test(name))))
      found.add(path)
    if (property.items !== undefined) walk(property.items, name, `${path}[]`, depth + 1, environment)
    for (const [field, inner] of Object.entries(property.properties ?? {}))
      walk(inner, field, `${path}.${field}`, depth + 1, environment)
    const isMap = property.patternProperties !== undefined || typeof property.additionalProperties === 'object'
    if (isMap && environment && property.properties === undefined) found.add(`${path}.*`)
  }
}
