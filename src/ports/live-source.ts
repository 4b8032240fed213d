import type { Config, IdentifierKind, Tags } from '../model/asset.ts'
import type { AssetIdentity, ResourceTypeName } from '../model/identity.ts'
import type { Gone } from '../model/observation.ts'

/**
 * Another place that knows assets, asked when the cloud itself cannot be: Steampipe, a CSPM. What it says is laid over what is known for
 * one answer, and never recorded: it is made from fewer fields than a describe, and may be older than it looks.
 */
export interface LiveSource {
  /** As answers call it: `steampipe`, `aws-config`. */
  readonly name: string
  /**
   * What it can tell of these assets now. It may be given assets of types that it does not know: they are left out of the reply, like those
   * that it found nothing of. Rejects only when aborted, which is how slow replies end.
   */
  read(assets: readonly AssetIdentity[], signal: AbortSignal): Promise<SourceReply>
  /** The assets that bear a value now, which the registry may not know. At most FOUND_MAX. Rejects as `read`. */
  find?(sought: SoughtValue, signal: AbortSignal): Promise<SourceReply>
}

/** Assets that one `find` may bring: more are no answer. */
export const FOUND_MAX = 50

/** `denied` and `failed` say what a person can do; of both nothing is laid over what is known. */
export type SourceReply =
  | { readonly kind: 'answered'; readonly states: readonly PartialState[] }
  | { readonly kind: 'denied'; readonly detail: string; readonly needs: readonly string[] }
  | { readonly kind: 'failed'; readonly detail: string }

/** One asset as the source knows it. */
export interface PartialState {
  readonly asset: AssetIdentity
  /** When the source itself read the cloud (not when we read the source), in milliseconds since 1970. */
  readonly at: number
  /** `gone` only where the source is sure that it would have seen the asset: what it merely does not list is left out. */
  readonly state: PartlyPresent | Gone
}

/** What is not said stays as it is known. */
export interface PartlyPresent {
  readonly kind: 'present'
  /** Null: it has none. */
  readonly name?: string | null
  /** All of them. */
  readonly tags?: Tags
  /** All values of each kind that is named; kinds that are not named stay. `id`, `arn` and `name` need not be said again. */
  readonly identifiers?: Readonly<Partial<Record<IdentifierKind, readonly string[]>>>
  /** All targets of each kind of relation that is named; kinds that are not named stay. */
  readonly edges?: Readonly<Record<string, readonly string[]>>
  /** Top-level fields of the configuration, each in full, in the words of the provider's own describe. Null: it has none. */
  readonly fields?: Config
  /**
   * Top-level fields that answers look at and that the source cannot tell. Of an asset that is not known otherwise they count as unread, so
   * that nobody takes them for empty.
   */
  readonly unread?: readonly string[]
}

/** A value that somebody asks for. */
export interface SoughtValue {
  /** What it may be: an address is `private-ip` or `public-ip`, a word may be an `id` or a `name`. */
  readonly kinds: readonly IdentifierKind[]
  /** The spellings that it may have; whoever bears one of them is meant. */
  readonly values: readonly string[]
  /** Only of these types; undefined: of any. */
  readonly types?: readonly ResourceTypeName[]
}
