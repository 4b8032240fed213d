/** What happened to an asset. A delete is only ever a suspicion: a describe has to confirm it. */
export type Action = 'create' | 'update' | 'delete'

/** One asset that an event touched, named as its provider names it. */
export interface TouchedAsset {
  /** CloudFormation's name of the type, or the same form where CloudFormation has none. */
  readonly type: string
  /** The native id: CloudFormation's primary identifier, its parts joined with `|`. */
  readonly id: string
  readonly arn?: string
  readonly account: string
  readonly region: string
  readonly action: Action
  /** An update that makes it where there is none: an UPSERT, a Put. */
  readonly mayCreate?: true
  /** Which rule found it, for the reader who doubts it. */
  readonly derivation: string
}

/** A type of which some asset changed, in a place, without the event saying which. */
export interface RelistScope {
  readonly type: string
  readonly account: string
  readonly region: string
}

/** What a record means for the inventory. */
export type Outcome =
  | { readonly kind: 'mapped'; readonly assets: readonly TouchedAsset[] }
  /** A write that touches no asset. */
  | { readonly kind: 'none'; readonly reason: string }
  /** Something of these types changed, but the event does not say which one. */
  | { readonly kind: 'relist'; readonly types: readonly RelistScope[]; readonly reason: string }
  /** A write that we cannot place: counted, kept, visible. */
  | { readonly kind: 'unmapped'; readonly reason: string }
  /** A read, a data event or a failed call. */
  | { readonly kind: 'ignored'; readonly reason: string }
