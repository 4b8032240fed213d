/** What somebody may see of the registry. Undefined: no limit. An empty list: nothing. */
export interface AccessScope {
  readonly accounts?: readonly string[]
  readonly types?: readonly string[]
}

export const EVERYTHING: AccessScope = {}

/** Nothing is kept from the asker: also counts that cannot be split by account or type may be told. */
export function isUnlimited({ accounts, types }: AccessScope): boolean {
  return accounts === undefined && types === undefined
}
