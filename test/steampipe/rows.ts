import type pg from 'pg'
import { SHAPES, type Shape } from './shapes.ts'

type Item = Readonly<Record<string, unknown>>

/** Makes empty tables as Steampipe has them, in a schema of this name: what it calls a connection. */
export async function createTables(
  client: pg.Client,
  schema: string,
  shapes: readonly Shape[] = SHAPES,
): Promise<void> {
  await client.query(`create schema ${schema}`)
  for (const { table, columns, scope } of shapes) {
    const place = ['account_id text', 'partition text', ...(scope === 'regional' ? ['region text'] : []), '_ctx jsonb']
    const own = columns.map(({ name, type }) => `"${name}" ${type}`)
    await client.query(`create table ${schema}.${table} (${[...own, ...place].join(', ')})`)
  }
}

/** Puts a reply of the API into the table as the plugin shows it. */
export async function insertRow(
  client: pg.Client,
  { schema, shape, place }: { schema: string; shape: Shape; place: { account: string; region: string } },
  item: Item,
): Promise<void> {
  const { table, columns, scope } = shape
  const own = columns.map(({ name, type, from }) => [name, inSql(shown(item, from, shape), type, name)] as const)
  const row = Object.fromEntries([
    ...own,
    ['account_id', place.account],
    ['partition', 'aws'],
    ...(scope === 'regional' ? [['region', place.region]] : []),
    ['_ctx', JSON.stringify({ connection_name: schema })],
  ])
  const names = Object.keys(row)
  await client.query(
    `insert into ${schema}.${table} (${names.map(name => `"${name}"`).join(', ')})
     values (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  )
}

/** What the plugin computes, where it does not take a field as it is. */
const COMPUTED: Readonly<Record<string, (item: Item) => unknown>> = {
  ':zone': item => String(item['Id']).split('/').at(-1),
  ':': item => String(item['clusterArn']).split('/')[1],
  ':groups': item => (item['GroupList'] as string[] | undefined)?.map(GroupName => ({ GroupName, Path: '/' })),
  ':arns': item => (item['AttachedManagedPolicies'] as Item[] | undefined)?.map(policy => policy['PolicyArn']),
  ':versioning': item => (item['Versioning'] as Item | undefined)?.['Status'] === 'Enabled',
  ':acl': item => ({ Grants: item['Grants'], Owner: { DisplayName: null, ID: 'abc' }, ResultMetadata: {} }),
  ':endpointConfiguration': item => withCapitals(item['endpointConfiguration']),
  ':records': item =>
    ((item['ResourceRecords'] as Item[] | undefined) ?? []).map(({ Value }) =>
      item['Type'] === 'TXT' ? `"${String(Value)}"` : Value,
    ),
}

/** The plugin's libraries are of another language: their structures begin with capitals, and have null or '' where the API has nothing. */
function shown(item: Item, from: string, { type }: Shape): unknown {
  const computed = COMPUTED[from]
  const value = computed === undefined ? at(item, from) : computed(item)
  return type === 'AWS::ECS::Task' && typeof value === 'object' ? withCapitals(value) : value
}

function at(item: Item, path: string): unknown {
  return path.split('.').reduce<unknown>((held, field) => (held as Item | undefined)?.[field], item)
}

function withCapitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCapitals)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), withCapitals(inner)]),
  )
}

function inSql(value: unknown, type: string, column: string): unknown {
  if (value === undefined) return null
  if (type !== 'jsonb') return value
  return JSON.stringify(DOCUMENTS.has(column) ? value : asGo(value))
}

/** What people wrote is shown as they wrote it. */
const DOCUMENTS = new Set(['policy', 'inline_policies', 'environment_variables', 'tags', 'url_config'])

/** Instants without fractions, and fields that no reply had. */
function asGo(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.000Z$/, 'Z')
  if (Array.isArray(value)) return value.map(asGo)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, inner]) => [key, inner === undefined ? null : asGo(inner)])
  const isTag = 'Key' in value && 'Value' in value
  return Object.fromEntries(isTag || isMap(value) ? fields : [...fields, ['AbsentField', null], ['AbsentChoice', '']])
}

/** Maps (tags, variables) have keys of people's own: nothing is added to them. */
function isMap(value: object): boolean {
  return Object.values(value).every(inner => typeof inner === 'string') && !('Value' in value)
}
