import type { AccessScope } from '../model/access-scope.ts'

/** What is searched for: all that is given must hold. */
export interface SearchQuery {
  /** Words in names, identifiers, tags or configs; the last one may be the start of a word. */
  readonly text?: string
  /** Part of the name; `*` stands for anything. */
  readonly name?: string
  /** Tags that must be there; a value of undefined: whatever its value. */
  readonly tags: readonly { readonly key: string; readonly value?: string }[]
  /** Exact names of types, account ids, regions; empty: all. */
  readonly types: readonly string[]
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  readonly deleted: boolean
  readonly limit: number
  readonly offset: number
}

/** Ids of the assets found, best first. */
export interface SearchPage {
  readonly ids: readonly string[]
  /** How many match; no more than `countedTo` are counted. */
  readonly total: number
  readonly isTotalExact: boolean
}

/** How far the index is behind the store, for all that it holds: who may not see everything is not told. */
export interface SearchLag {
  /** Changed assets that are not indexed yet; counting ends somewhere, see `isExact`. */
  readonly pending: number
  readonly isExact: boolean
  /** How long the index has been behind; 0 when it is not. */
  readonly lagMs: number
}

/** Search over the current state of all assets: a projection of the store that may be behind it and says by how much. */
export interface Search {
  find(query: SearchQuery, scope: AccessScope): Promise<SearchPage>
  /** Brings the index up to the store, or as near as the signal allows. True: it is. */
  indexPending(signal: AbortSignal): Promise<boolean>
  lag(now: number): Promise<SearchLag>
}
