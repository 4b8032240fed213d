import type { AccessScope } from '../model/access-scope.ts'

/** What is searched for: all that is given must hold. */
export interface SearchQuery {
  /**
   * Words. Each is part of a name, an identifier or a tag (`key=value`), or a word of the configuration; where nothing is found that way,
   * the last one may also be the start of a word of the configuration.
   */
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

/**
 * Ids of the assets found, best first: what is called exactly so, what begins so, what holds it in a name or identifier, in a tag, in its
 * configuration.
 */
export interface SearchPage {
  readonly ids: readonly string[]
  /** How many match, of those that may be seen; counting ends somewhere, see `isTotalExact`. */
  readonly total: number
  readonly isTotalExact: boolean
  /** Where nothing matches: assets with names, identifiers or tags that are spelt much like the words, nearest first. */
  readonly similar: readonly string[]
  /** Why the answer is not from the index that should have given it. */
  readonly notice?: string
}

/** How far the index is behind the store, for all that it holds: who may not see everything is not told. */
export interface SearchLag {
  /** Changed assets that are not indexed yet; counting ends somewhere, see `isExact`. */
  readonly pending: number
  readonly isExact: boolean
  /** How long the index has been behind; 0 when it is not. */
  readonly lagMs: number
  /** What a person has to look after. */
  readonly problem?: string
}

/** Search over the current state of all assets: a projection of the store that may be behind it and says by how much. */
export interface Search {
  find(query: SearchQuery, scope: AccessScope): Promise<SearchPage>
  /** Brings the index up to the store, or as near as the signal allows. True: it is. */
  indexPending(signal: AbortSignal): Promise<boolean>
  /** Makes the index anew from the store; what is there answers until then. `onProgress`: from 0 to 1. False: the signal ended it. */
  rebuild(signal: AbortSignal, onProgress: (share: number) => void): Promise<boolean>
  lag(now: number): Promise<SearchLag>
}

/** Matches that are counted, and of which the best are shown. */
export const COUNTED_MAX = 500
/** Assets that are told of as similar. */
export const SIMILAR_MAX = 5
const WORDS_MAX = 8

/** The words of a text as they are looked for. */
export function wordsOf(text: string | undefined): string[] {
  return (text ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, WORDS_MAX)
}

/** A tag as documents hold it: `key=value`, or the key alone for whatever value. */
export function labelOf({ key, value }: SearchQuery['tags'][number]): string {
  return (value === undefined ? key : `${key}=${value}`).toLowerCase()
}
