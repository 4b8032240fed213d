import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A reviewed row that takes the place of a derived one. Its texts are the artefact's own, see row.ts:
 *
 *   'create AWS::IAM::AccessKey response.accessKey.accessKeyId'   with the paths given
 *   'update AWS::IAM::User'                                      with the paths derived from the models
 *   'named request.resourceArn'                                  the ARN there decides the type
 *   'none: a run of a build'                                     no asset is touched
 */
export interface Override {
  /** The row's text. */
  readonly row: string
  /** Why the derived row is wrong. */
  readonly why: string
  /** A record's request and response, cut down, and what the resolver must find: `action type id`. */
  readonly example: Example
}

export interface Example {
  readonly request?: unknown
  readonly response?: unknown
  /** Further fields of the record: `resources`, `eventType`, … */
  readonly record?: object
  readonly assets: readonly string[]
}

/** One service's reviewed rows, by operation; `A, B` stands for both. The API is botocore's name, or an event source. */
export interface Overrides {
  readonly api: string
  readonly rows: Readonly<Record<string, Override>>
}

/** Checks the shape of one service's overrides where they are written. */
export function overrides(api: string, rows: Overrides['rows']): Overrides {
  return { api, rows }
}

/** Every service's overrides: one file each, found by walking the folder. */
export async function loadOverrides(): Promise<readonly Overrides[]> {
  const folder = join(import.meta.dirname, 'overrides')
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .sort()
  const modules = await Promise.all(files.map(file => import(join(folder, file)) as Promise<{ default: Overrides }>))
  return modules.map(module => module.default)
}

/** The overrides of one API as (operation, override) pairs. */
export function overridesOf(all: readonly Overrides[], api: string): readonly (readonly [string, Override])[] {
  return all
    .filter(candidate => candidate.api === api)
    .flatMap(({ rows }) => Object.entries(rows))
    .flatMap(([names, override]) => names.split(',').map(name => [name.trim(), override] as const))
}
