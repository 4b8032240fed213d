import { readFileSync } from 'node:fs'

/** What the registry of CloudFormation says about one type that Cloud Control can read. Made by `event-map/cloud-control.ts`. */
export interface ControlFacts {
  /** Of no region: asked for in one place. */
  readonly global?: true
  /** There is no list call, or one that needs what cannot be known: assets of the type are found by events alone. */
  readonly unlistable?: true
  /** By property that the list call needs, in the order in which to find them: where its values come from. */
  readonly parents?: Readonly<Record<string, Parent>>
  /** Names of properties. */
  readonly arn?: string
  readonly name?: string
  readonly tags?: string
  readonly ids?: readonly string[]
  readonly edges?: readonly (readonly [kind: string, property: string])[]
  /** Paths, as resource types declare them. */
  readonly secrets?: readonly string[]
  /** What the type's own handlers need; they act with the caller's permissions. */
  readonly permissions: readonly string[]
}

/**
 * A fixed set of values; the account itself; or what the assets of another type have in one property. `below` names the
 * properties, decided before, under which that other type must be listed in turn.
 */
export type Parent =
  | { readonly values: readonly string[] }
  | { readonly place: 'account' }
  | { readonly type: string; readonly property: string; readonly below?: readonly string[] }

/** All types that Cloud Control can read, by name. */
export function loadControlFacts(): ReadonlyMap<string, ControlFacts> {
  const text = readFileSync(new URL('./cloud-control.json', import.meta.url), 'utf8')
  return new Map(Object.entries(JSON.parse(text) as Record<string, ControlFacts>))
}
