import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'

/** One CloudFormation resource type. */
export interface CloudFormationType {
  readonly name: string
  readonly namespace: string
  /** The last part of its name: `DBInstance`. */
  readonly noun: string
  readonly identifier: readonly string[]
  /** Identifier parts that the service makes up, so that only a response can tell them. */
  readonly readOnly: readonly string[]
  readonly arn: string | undefined
  readonly handlers: Readonly<Record<Handler, readonly string[]>>
}

export type Handler = 'create' | 'read' | 'update' | 'delete' | 'list'

interface RegistrySchema {
  readonly typeName: string
  readonly primaryIdentifier?: readonly string[]
  readonly readOnlyProperties?: readonly string[]
  readonly handlers?: Readonly<Partial<Record<Handler, { readonly permissions?: readonly string[] }>>>
}

/** Every type of the specification, joined with the handlers' permissions of the registry schemas. */
export function loadTypes(models: string): readonly CloudFormationType[] {
  const registry = loadRegistry(join(models, 'c7n_awscc/data'))
  const spec = loadAwsServiceSpecSync()
  const types = [...spec.all('resource')]
    .filter(resource => resource.cloudFormationType.startsWith('AWS::'))
    .map(resource => {
      const schema = registry.get(resource.cloudFormationType)
      // The registry first: the specification leaves out what older types are part of, such as the API of a model.
      const identifier = (schema?.primaryIdentifier ?? resource.primaryIdentifier ?? []).map(property)
      return {
        name: resource.cloudFormationType,
        namespace: resource.cloudFormationType.split('::')[1] ?? '',
        noun: resource.cloudFormationType.split('::')[2] ?? '',
        identifier,
        readOnly: schema?.readOnlyProperties?.map(property) ?? Object.keys(resource.attributes),
        arn: resource.arnTemplate,
        handlers: {
          create: schema?.handlers?.create?.permissions ?? [],
          read: schema?.handlers?.read?.permissions ?? [],
          update: schema?.handlers?.update?.permissions ?? [],
          delete: schema?.handlers?.delete?.permissions ?? [],
          list: schema?.handlers?.list?.permissions ?? [],
        },
      }
    })
  return types.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function property(pointer: string): string {
  return pointer.split('/').at(-1) ?? pointer
}

function loadRegistry(folder: string): ReadonlyMap<string, RegistrySchema> {
  if (!existsSync(folder)) throw new Error(`no registry schemas in ${folder}`)
  const schemas = readdirSync(folder)
    .filter(file => file.startsWith('aws_') && file.endsWith('.json'))
    .map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RegistrySchema)
    .filter(schema => typeof schema.typeName === 'string')
  return new Map(schemas.map(schema => [schema.typeName, schema]))
}
