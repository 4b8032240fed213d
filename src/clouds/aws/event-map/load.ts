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
  /** Which parts of the identifier are ARNs, by their names. */
  readonly arnParts: readonly boolean[]
  readonly #arns: readonly string[]
  #templates: readonly Template[] | undefined

  constructor(name: string, id: readonly string[], arns: readonly string[]) {
    this.name = name
    this.id = id
    this.arnParts = id.map(part => /arn$/i.test(part))
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

/** Reads the artefact beside this file. Call it once; a bad artefact throws. */
export function loadEventMap(): EventMap {
  return new EventMap(JSON.parse(readFileSync(new URL('./map.json', import.meta.url), 'utf8')) as MapFile)
}

/**
 * Every write operation of every service. Operations and types are made when they are first asked for, because one
 * process meets few of them; only hits are kept, so that no record can make it grow.
 */
export class EventMap {
  readonly #file: MapFile
  /** The APIs of a source, the larger one first: where nothing tells two apart, it is the likelier one. */
  readonly #apis: ReadonlyMap<string, readonly string[]>
  readonly #operations = new Map<string, readonly MappedOperation[]>()
  readonly #types = new Map<string, MappedType>()
  #typesByService: ReadonlyMap<string, readonly MappedType[]> | undefined

  constructor(file: MapFile) {
    this.#file = file
    const sizes = new Map(Object.entries(file.rows).map(([api, rows]) => [api, Object.keys(rows).length]))
    const apis = new Map<string, string[]>()
    for (const [api, { sources }] of Object.entries(file.apis))
      for (const source of sources) apis.set(source, [...(apis.get(source) ?? []), api])
    for (const names of apis.values()) names.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))
    this.#apis = apis
  }

  /** An operation by its event source (`ec2`) and name; several where APIs share a source. */
  operations(source: string, name: string): readonly MappedOperation[] | undefined {
    const key = `${source}:${name}`
    const known = this.#operations.get(key)
    if (known !== undefined) return known
    const found = (this.#apis.get(source) ?? []).flatMap(api => this.#operation(api, name) ?? [])
    if (found.length === 0) return undefined
    this.#operations.set(key, found)
    return found
  }

  #operation(api: string, name: string): MappedOperation | undefined {
    const rows = this.#file.rows[api]
    if (rows === undefined || !Object.hasOwn(rows, name)) return undefined
    const keys = this.#file.keys[api]?.[name]?.split(',')
    return new MappedOperation(rows[name] ?? '', this.#file.apis[api]?.version ?? '', keys && new Set(keys))
  }

  /** A type by its CloudFormation name. */
  type(name: string): MappedType | undefined {
    const known = this.#types.get(name)
    if (known !== undefined) return known
    const entry = Object.hasOwn(this.#file.types, name) ? this.#file.types[name] : undefined
    if (entry === undefined) return undefined
    const type = new MappedType(name, entry.id, entry.arns ?? [])
    this.#types.set(name, type)
    return type
  }

  /** The types whose ARNs name this service, without those whose ARNs mean another type. */
  typesOf(service: string): readonly MappedType[] {
    this.#typesByService ??= this.#byService()
    return this.#typesByService.get(service) ?? []
  }

  #byService(): ReadonlyMap<string, readonly MappedType[]> {
    const found = new Map<string, MappedType[]>()
    for (const [name, { arns = [], isShadowed = false }] of Object.entries(this.#file.types)) {
      const type = arns.length === 0 || isShadowed ? undefined : this.type(name)
      if (type === undefined) continue
      const known = found.get(type.service)
      if (known === undefined) found.set(type.service, [type])
      else known.push(type)
    }
    return found
  }
}
