import { type AccountId, type Provider, type Region, ResourceTypeName } from './identity.ts'

/** What one listing covers: all assets of a type in an account and region (`global` for types that are listed once per account). */
export interface Scope {
  readonly provider: Provider
  readonly account: AccountId
  readonly region: Region
  readonly type: ResourceTypeName
}

/** How the reading of a scope ended. Only `read` may end assets; whatever the others did not see stays as it was known. */
export type Outcome =
  | { readonly kind: 'read'; readonly assets: number }
  /** `needs`: what to grant. `detail`: the provider's own words. */
  | { readonly kind: 'denied'; readonly needs: readonly string[]; readonly detail: string }
  /** To be tried again. `isThrottled`: the provider only wants fewer calls. */
  | { readonly kind: 'failed'; readonly detail: string; readonly isThrottled?: true }
  /** Not there to be read: the service is not offered or not enabled in the region, the account is closed. */
  | { readonly kind: 'skipped'; readonly detail: string }

/** A scope that was tried. Times are milliseconds since 1970. */
export interface ScopeResult {
  readonly scope: Scope
  readonly startedAt: number
  readonly outcome: Outcome
}

/** Stands as the type of the scope that says whether an account could be entered at all; its region is `global`. */
export const ACCOUNT_ENTRY = ResourceTypeName.parse('account')
