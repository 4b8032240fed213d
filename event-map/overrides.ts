import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A reviewed row that takes the place of a derived one. Its texts are the artefact's own, see row.ts:
 *
 *   'create AWS::IAM::AccessKey response.accessKey.accessKeyId'   with the paths given
 *   'update AWS::IAM::User'                                      with the paths derived from the models
 *   'update AWS::SecurityHub::HubV2 -'                           without paths: the type is listed again
 *   'update AWS::Events::EventBus request.eventBusName,default'  left out means the one called default; also: account, region
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
  /** Types that the rows name and no model knows. */
  readonly types: Readonly<Record<string, NewType>>
}

/** A type in CloudFormation's form where CloudFormation has none: the parts of its identifier, and its ARN if it has one. */
export interface NewType {
  readonly id: readonly string[]
  readonly arn?: string
}

/** Checks the shape of one service's overrides where they are written. */
export function overrides(api: string, rows: Overrides['rows'], types: Overrides['types'] = {}): Overrides {
  return { api, rows, types }
}

/** Every service's overrides, found by walking the folder; a service may have several files. */
export async function loadOverrides(): Promise<readonly Overrides[]> {
  const folder = join(import.meta.dirname, 'overrides')
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.ts'))
    .sort()
  const modules = await Promise.all(files.map(file => import(join(folder, file)) as Promise<{ default: Overrides }>))
  return modules.map(module => module.default)
}

/** The types that the overrides of one API add. */
export function typesOf(all: readonly Overrides[], api: string): readonly (readonly [string, NewType])[] {
  return all.filter(candidate => candidate.api === api).flatMap(({ types }) => Object.entries(types))
}

/** The overrides of one API as (operation, override) pairs. */
export function overridesOf(all: readonly Overrides[], api: string): readonly (readonly [string, Override])[] {
  return all
    .filter(candidate => candidate.api === api)
    .flatMap(({ rows }) => Object.entries(rows))
    .flatMap(([names, override]) => names.split(',').map(name => [name.trim(), override] as const))
}
