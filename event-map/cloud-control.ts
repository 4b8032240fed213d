import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { ControlFacts } from '../src/clouds/aws/cloud-control-facts.ts'
import { parentsOf } from './cloud-control/parents.ts'
import { readActions } from './cloud-control/permissions.ts'
import type { Schema } from './cloud-control/schema.ts'
import { secretPaths } from './cloud-control/secrets.ts'
import { wheels } from './sources/wheels.ts'

const file = join(import.meta.dirname, '../src/clouds/aws/cloud-control.json')

/** One line for each type that Cloud Control can read, sorted: the same models give the same bytes. */
export async function cloudControlText(): Promise<string> {
  const schemas = loadSchemas(join(wheels(), 'c7n_awscc/data'))
  const spec = new Map([...loadAwsServiceSpecSync().all('resource')].map(entry => [entry.cloudFormationType, entry]))
  const readable = [...schemas.values()].filter(schema => schema.handlers?.read !== undefined)
  const rows: string[] = []
  for (const schema of readable.sort((a, b) => (a.typeName < b.typeName ? -1 : 1))) {
    const known = spec.get(schema.typeName)
    const relations = Object.entries(known?.properties ?? {}).map(
      ([property, { relationshipRefs }]) => [property, relationshipRefs ?? []] as const,
    )
    const parents = parentsOf(schema, schemas, new Map(relations))
    const facts: ControlFacts = {
      ...when('global', isGlobal(schema.typeName)),
      ...when('unlistable', schema.handlers?.list === undefined || parents === undefined),
      ...some('parents', parents),
      ...only('arn', arnProperty(schema)),
      ...only('name', nameProperty(schema)),
      ...only('tags', schema.tagging?.taggable === false ? undefined : lastOf(schema.tagging?.tagProperty)),
      ...some('ids', idProperties(schema)),
      ...some('edges', edgesOf(relations, schema)),
      ...some('secrets', secretPaths(schema)),
      permissions: await readActions(
        [schema.typeName, ...Object.values(parents ?? {}).map(parent => ('type' in parent ? parent.type : ''))].flatMap(
          type => handlerActions(schemas.get(type)),
        ),
      ),
    }
    rows.push(`  ${JSON.stringify(schema.typeName)}: ${JSON.stringify(facts)}`)
  }
  return `{\n${rows.join(',\n')}\n}\n`
}

/** A type is listed below others with the permissions to read those. */
function handlerActions(schema: Schema | undefined): readonly string[] {
  return [...(schema?.handlers?.list?.permissions ?? []), ...(schema?.handlers?.read?.permissions ?? [])]
}

function loadSchemas(folder: string): ReadonlyMap<string, Schema> {
  const schemas = readdirSync(folder)
    .filter(name => name.startsWith('aws_') && name.endsWith('.json'))
    .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Schema)
    .filter(schema => typeof schema.typeName === 'string')
  return new Map(schemas.map(schema => [schema.typeName, schema]))
}

/**
 * Services with one endpoint for all regions, which Cloud Control serves in the region that is asked for global services.
 * An ARN without a region is no proof: Verified Permissions and IPAM write such ARNs and still answer region by region.
 */
const GLOBAL_SERVICES = new Set([
  ...['Billing', 'BillingConductor', 'BcmPricingCalculator', 'BCMDataExports', 'Budgets', 'CE', 'CUR', 'Invoicing'],
  ...['CloudFront', 'IAM', 'Organizations', 'Route53', 'Shield'],
])
const GLOBAL_TYPES = new Set(['AWS::CloudWatch::Dashboard', 'AWS::ECR::PublicRepository'])

function isGlobal(type: string): boolean {
  return GLOBAL_TYPES.has(type) || GLOBAL_SERVICES.has(type.split('::')[1] ?? '')
}

/** The property that holds the asset's own ARN: `Arn`, or `TopicArn` of a topic. */
function arnProperty(schema: Schema): string | undefined {
  const candidates = ['Arn', 'ARN', `${nounOf(schema)}Arn`, `${nounOf(schema)}ARN`, 'ResourceArn']
  return candidates.find(name => name in (schema.properties ?? {}))
}

function nameProperty(schema: Schema): string | undefined {
  const candidates = [`${nounOf(schema)}Name`, 'Name', 'DisplayName']
  return candidates.find(name => name in (schema.properties ?? {}))
}

/** Ids that the service makes up beside the primary identifier: people meet them in logs. */
function idProperties(schema: Schema): string[] {
  const noun = nounOf(schema)
  return (schema.readOnlyProperties ?? [])
    .map(pointer => pointer.split('/').slice(2))
    .filter(([name, ...rest]) => rest.length === 0 && (name === 'Id' || name === `${noun}Id`))
    .map(([name]) => name ?? '')
    .sort()
}

const KINDS: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'in-vpc',
  'AWS::EC2::Subnet': 'in-subnet',
  'AWS::EC2::SecurityGroup': 'has-security-group',
  'AWS::KMS::Key': 'encrypted-by',
  'AWS::KMS::Alias': 'encrypted-by',
  'AWS::IAM::Role': 'runs-as',
}

/** The properties that name other assets, with the kind of relation that the other's type suggests. */
function edgesOf(
  relations: readonly (readonly [string, readonly { cloudFormationType: string }[]])[],
  schema: Schema,
): (readonly [kind: string, property: string])[] {
  return relations
    .filter(([property, references]) => references.length > 0 && property in (schema.properties ?? {}))
    .map(([property, references]) => [KINDS[references[0]?.cloudFormationType ?? ''] ?? 'uses', property] as const)
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
}

function nounOf({ typeName }: Schema): string {
  return typeName.split('::')[2] ?? ''
}

function lastOf(pointer: string | undefined): string | undefined {
  return pointer?.split('/').at(-1)
}

function when<Name extends string>(name: Name, value: boolean): Partial<Record<Name, true>> {
  return (value ? { [name]: true } : {}) as Partial<Record<Name, true>>
}

function only<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>
}

function some<Name extends string, Value extends object>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return (value === undefined || Object.keys(value).length === 0 ? {} : { [name]: value }) as Partial<
    Record<Name, Value>
  >
}

if (import.meta.main) {
  const text = await cloudControlText()
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${file} differs from what the models give. Run: node event-map/cloud-control.ts\n`)
    process.exitCode = 1
  }
}
