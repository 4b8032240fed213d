import type { Config, Tags } from '../model/asset.ts'
import type {
  AccountId,
  AssetId,
  AssetIdentity,
  NativeId,
  Provider,
  Region,
  ResourceTypeName,
} from '../model/identity.ts'
import type { Present } from '../model/observation.ts'
import type { Outcome, Scope } from '../model/scan-scope.ts'

/** A provider's clouds as scans see them: which accounts, which regions, which types, and everything in one of each. */
export interface Cloud {
  readonly provider: Provider
  readonly types: readonly ScannedType[]
  /** Every account that can be found, in pages. Throws a Fault that says what to grant when none can be. */
  accounts(signal: AbortSignal): AsyncIterable<readonly Account[]>
  /** The regions that are enabled for an account, or why it cannot be entered. */
  regions(account: AccountId, signal: AbortSignal): Promise<Entered>
  /** Every asset of a scope, page by page. An error means that the scope was not read in full; `explain` says why. */
  read(scope: Scope, memory: Memory, signal: AbortSignal): AsyncIterable<readonly Seen[]>
  /** How assets of a type are read one by one or in bulk; undefined: the type is not known. */
  describable(type: string): Describable | undefined
  /**
   * Reads these assets of a scope, at most `describable(type).max` of them, in as few calls as there can be: one answer for each id,
   * in order. An id may be a part of the native id, or another name that events use for the asset; the answer then carries the
   * asset's own identity. Throws only when aborted.
   */
  describe(scope: Scope, ids: readonly NativeId[], memory: Memory, signal: AbortSignal): Promise<readonly Described[]>
  /** What an error of `read` means for its scope, and what a person can do about it. */
  explain(error: unknown, scope: Scope): Exclude<Outcome, { kind: 'read' }>
}

export interface ScannedType {
  readonly name: ResourceTypeName
  readonly scope: 'regional' | 'global'
  /** Which sources of events may tell of changes to it, as they call themselves (`ec2.amazonaws.com`). */
  readonly eventSources?: readonly string[]
  readonly brings?: Brings
  /** Between two reads of the same scope, in milliseconds. */
  readonly intervalMs: number
}

/** Assets that come and go with another one and have no event of their own: the network interface of an instance. */
export interface Brings {
  /** Names of their types: listed anew when one of the bringing type is made or deleted. */
  readonly types: readonly string[]
  /** Names of other events on it that change them. */
  readonly events?: readonly string[]
}

export interface Describable {
  /** Ids that one `describe` takes. */
  readonly max: number
  /** The scope in which an asset of the type is described. */
  readonly scope: 'regional' | 'global'
  /** False: no scan sees assets of this type. */
  readonly isListable: boolean
}

/** What one describe said of one id. Only `gone` may end an asset. */
export type Described =
  | { readonly kind: 'present'; readonly seen: Seen }
  /** `at`: when the cloud was asked, in milliseconds since 1970. */
  | { readonly kind: 'gone'; readonly at: number }
  | Exclude<Outcome, { kind: 'read' }>

export interface Account {
  readonly id: AccountId
  readonly name: string | undefined
  readonly email: string | undefined
  /** Organisational units from the root down, joined with '/'; undefined: it is in none, or its name is not known either. */
  readonly path: string | undefined
  /** Undefined: they were not read, and stay as they were known. */
  readonly tags?: Tags | undefined
  /** The provider's word. An account that is not active is not read, and its assets stay as they were last known. */
  readonly status: string
  readonly isActive: boolean
}

export type Entered =
  | { readonly kind: 'open'; readonly regions: readonly Region[] }
  | { readonly kind: 'closed'; readonly outcome: Exclude<Outcome, { kind: 'read' }> }

/** One asset on a page, and when the page was read (milliseconds since 1970). */
export interface Seen {
  readonly asset: AssetIdentity
  readonly present: Present
  readonly at: number
}

/** What the registry knows already: to complete a reply of which parts were refused, and to doubt one that lost all its tags. */
export interface Memory {
  known(
    assets: readonly AssetIdentity[],
  ): Promise<ReadonlyMap<AssetId, { readonly config: Config; readonly tags: Tags }>>
}
