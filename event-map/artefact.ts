import type { MapFile } from '../src/clouds/aws/event-map/load.ts'
import type { AssetType } from './derive/catalogue.ts'
import type { Row, Target } from './derive/rows.ts'
import type { Service } from './derive/services.ts'
import { typeTable } from './type-table.ts'

/** One service's part of the map. */
export interface Derived {
  readonly service: Service
  readonly types: readonly AssetType[]
  readonly rows: ReadonlyMap<string, Row>
}

/** The artefact: all services' rows and types, in order, so that the same models give the same bytes. */
export function artefactOf(all: readonly Derived[], models: Readonly<Record<string, string>>): MapFile {
  const used = all.filter(derived => derived.rows.size > 0)
  return {
    models,
    types: sorted(typeTable(all)),
    apis: sorted(
      used.map(({ service }) => [service.api.name, { version: service.api.apiVersion, sources: service.sources }]),
    ),
    rows: sorted(
      used.map(({ service, rows }) => [service.api.name, sorted([...rows].map(([name, row]) => [name, rowText(row)]))]),
    ),
    keys: sorted(sharedKeys(used)),
  }
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
