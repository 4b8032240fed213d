import type { MapFile } from '../src/clouds/aws/event-map/load.ts'
import { variablesOf } from './derive/arn-variables.ts'
import type { AssetType } from './derive/catalogue.ts'
import type { Row, Target } from './derive/rows.ts'
import type { Service } from './derive/services.ts'
import { memberKey } from './derive/words.ts'
import { ENDS_IN_ID } from './facts/arns.ts'
import { LESSER } from './facts/services.ts'

/** One service's part of the map. */
export interface Derived {
  readonly service: Service
  readonly types: readonly AssetType[]
  readonly rows: ReadonlyMap<string, Row>
}

/** The artefact: all services' rows and types, in order, so that the same models give the same bytes. */
export function artefactOf(all: readonly Derived[], models: Readonly<Record<string, string>>): MapFile {
  const types = new Map<string, MapFile['types'][string]>()
  // Where two services' ARNs are alike, the ARN alone means the larger one's type.
  const owned = all.filter(({ service }) => !LESSER.has(service.api.name)).flatMap(derived => derived.types)
  const shared = all.filter(({ service }) => LESSER.has(service.api.name)).flatMap(derived => derived.types)
  for (const type of [...owned, ...shared.map(type => ({ ...type, arn: undefined, arns: [] }))]) {
    if (types.has(type.name) || type.parts.length === 0) continue
    const id = type.parts.map(part => part.name)
    const arns = [type.arn, ...type.arns].filter(arn => arn !== undefined).map(arn => withPartNames(type.name, arn, id))
    types.set(type.name, arns.length === 0 ? { id } : { id, arns })
  }
  const used = all.filter(derived => derived.rows.size > 0)
  return {
    models,
    types: sorted(types),
    apis: sorted(
      used.map(({ service }) => [service.api.name, { version: service.api.apiVersion, sources: service.sources }]),
    ),
    rows: sorted(
      used.map(({ service, rows }) => [service.api.name, sorted([...rows].map(([name, row]) => [name, rowText(row)]))]),
    ),
    keys: sorted(sharedKeys(used)),
  }
}

/** An ARN's variables under the names of the identifier's parts, so that one gives the other. */
function withPartNames(type: string, arn: string, id: readonly string[]): string {
  const names = id.filter(part => !/arn$/i.test(part))
  const variables = variablesOf(arn)
  const renamed = new Map<string, string>()
  for (const name of names) {
    const same = variables.find(
      variable => memberKey(variable.replace(/WithPath$/, '')) === memberKey(name) && !renamed.has(variable),
    )
    if (same !== undefined) renamed.set(same, name)
  }
  const left = names.filter(name => ![...renamed.values()].includes(name))
  const last = variables.at(-1)
  const sole = left[0]
  const bearer = ENDS_IN_ID.test(type) ? variables.find(variable => variable.endsWith('Name')) : last
  if (left.length === 1 && sole !== undefined && bearer !== undefined && !renamed.has(bearer)) renamed.set(bearer, sole)
  // The models put an id's own prefix before its variable (`/ou-${Id}`); the id has it.
  return arn.replace(/\/[a-z]{1,2}-\$\{/g, '/${').replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    const to = renamed.get(name)
    return to === undefined ? whole : `\${${to}${name.endsWith('WithPath') ? 'WithPath' : ''}}`
  })
}

/** A row as the artefact writes it; row.ts reads it. */
export function rowText(row: Row): string {
  if (row.kind === 'unmapped' || row.kind === 'read') return row.kind
  if (row.kind === 'none') return `none: ${row.reason}`
  if (row.kind === 'named') return `named ${row.paths.join(',')}`
  return row.targets.map(targetText).join('; ')
}

function targetText(target: Target): string {
  const paths = target.paths === undefined ? '' : ` ${target.paths.map(part => part.join(',')).join(' | ')}`
  return `${target.action}${target.isOptional === true ? '?' : ''} ${target.type}${paths} @${target.derivation}`
}

/** For operations that several APIs of one source have: the request members by which they are told apart. */
function sharedKeys(all: readonly Derived[]): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const owners = new Map<string, Set<string>>()
  for (const { service, rows } of all)
    for (const source of service.sources)
      for (const name of rows.keys()) {
        const key = `${source}:${name}`
        owners.set(key, (owners.get(key) ?? new Set()).add(service.api.name))
      }
  const isShared = (service: Service, name: string) =>
    service.sources.some(source => (owners.get(`${source}:${name}`)?.size ?? 0) > 1)
  return all.flatMap(({ service, rows }) => {
    const shared = [...rows.keys()].filter(name => isShared(service, name))
    if (shared.length === 0) return []
    return [[service.api.name, sorted(shared.map(name => [name, requestKeys(service, name)]))] as const]
  })
}

function requestKeys(service: Service, name: string): string {
  const keys = service.api.operations.get(name)?.members ?? []
  return [...new Set(keys.map(key => key.toLowerCase()))].sort().join(',')
}

function sorted<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  return Object.fromEntries([...entries].sort((a, b) => (a[0] < b[0] ? -1 : 1)))
}

/** One row a line, so that a change of the models reads as a list of changed rows. */
export function artefactText(file: MapFile): string {
  const lines = (record: object, indent: string) =>
    Object.entries(record)
      .map(([key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')
  const nested = (record: object) =>
    Object.entries(record)
      .map(([key, value]) => `    ${JSON.stringify(key)}: {\n${lines(value as object, '      ')}\n    }`)
      .join(',\n')
  return `{
  "models": ${JSON.stringify(file.models)},
  "types": {\n${lines(file.types, '    ')}\n  },
  "apis": {\n${lines(file.apis, '    ')}\n  },
  "rows": {\n${nested(file.rows)}\n  },
  "keys": {\n${nested(file.keys)}\n  }
}
`
}
