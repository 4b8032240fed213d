/** What somebody may see of the registry. Undefined: no limit. An empty list: nothing. */
export interface AccessScope {
  readonly accounts?: readonly string[]
  readonly types?: readonly string[]
}

export const EVERYTHING: AccessScope = {}
