import { readFileSync } from 'node:fs'
import { compile, type Template } from './arn.ts'
import { parseRow, type Row } from './row.ts'

/** The artefact as the generator writes it. */
export interface MapFile {
  readonly models: Readonly<Record<string, string>>
  readonly types: Readonly<
    Record<string, { readonly id: readonly string[]; readonly arns?: readonly string[]; readonly isShadowed?: boolean }>
  >
  readonly apis: Readonly<Record<string, { readonly version: string; readonly sources: readonly string[] }>>
  readonly rows: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Top-level request members, lower case, of operations that several APIs of one source have. */
  readonly keys: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A type of asset: how it is identified, and what its ARNs look like. */
export class MappedType {
  readonly name: string
  readonly id: readonly string[]
  readonly #arns: readonly string[]
  #templates: readonly Template[] | undefined

  constructor(name: string, id: readonly string[], arns: readonly string[]) {
    this.name = name
    this.id = id
    this.#arns = arns
  }

  /** The forms of its ARN, the usual one first; compiled when they are first needed. */
  get templates(): readonly Template[] {
    this.#templates ??= this.#arns.map(compile)
    return this.#templates
  }

  get service(): string {
    return this.#arns[0]?.split(':')[2] ?? ''
  }
}

/** One operation of one API. Its text is read when it is first met: most of the map is never met by one process. */
export class MappedOperation {
  readonly version: string
  readonly keys: ReadonlySet<string> | undefined
  readonly #text: string
  #row: Row | undefined

  constructor(text: string, version: string, keys: ReadonlySet<string> | undefined) {
    this.#text = text
    this.version = version
    this.keys = keys
  }

  get row(): Row {
    this.#row ??= parseRow(this.#text)
    return this.#row
  }
}

/** Every write operation of every service, ready to look up. */
export interface EventMap {
  /** By `source:operation`; several where APIs share a source. */
  readonly operations: ReadonlyMap<string, readonly MappedOperation[]>
  readonly types: ReadonlyMap<string, MappedType>
  /** Types with an ARN, by the ARN's service. */
  readonly typesByService: ReadonlyMap<string, readonly MappedType[]>
}

/** Reads the artefact beside this file. Call it once; a bad artefact throws. */
export function loadEventMap(): EventMap {
  return buildEventMap(JSON.parse(readFileSync(new URL('./map.json', import.meta.url), 'utf8')) as MapFile)
}

/** Indexes an artefact, so that a record costs one look-up. */
export function buildEventMap(file: MapFile): EventMap {
  const operations = new Map<string, MappedOperation[]>()
  // The larger API first: where nothing tells two of one source apart, it is the likelier one.
  const bySize = Object.entries(file.rows).sort((a, b) => Object.keys(b[1]).length - Object.keys(a[1]).length)
  for (const [api, rows] of bySize) {
    const { version = '', sources = [api] } = file.apis[api] ?? {}
    for (const [name, text] of Object.entries(rows)) {
      const keys = file.keys[api]?.[name]
      const operation = new MappedOperation(text, version, keys === undefined ? undefined : new Set(keys.split(',')))
      for (const source of sources) {
        const key = `${source}:${name}`
        const known = operations.get(key)
        if (known === undefined) operations.set(key, [operation])
        else known.push(operation)
      }
    }
  }
  const types = new Map<string, MappedType>()
  const typesByService = new Map<string, MappedType[]>()
  for (const [name, { id, arns = [], isShadowed = false }] of Object.entries(file.types)) {
    const type = new MappedType(name, id, arns)
    types.set(name, type)
    // An ARN that two types share means the other one; this one's is only for building.
    if (arns.length === 0 || isShadowed) continue
    const known = typesByService.get(type.service)
    if (known === undefined) typesByService.set(type.service, [type])
    else known.push(type)
  }
  return { operations, types, typesByService }
}
