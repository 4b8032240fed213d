/** What somebody may see of the registry. Undefined: no limit. An empty list: nothing. */
export interface Scope {
  readonly accounts?: readonly string[]
  readonly types?: readonly string[]
}

export const EVERYTHING: Scope = {}
