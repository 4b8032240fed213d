import type { AccountId, AssetIdentity, NativeId, Region } from './identity.ts'

/** What the provider said about an asset, in the provider's own words: a JSON object. */
export type Config = { readonly [field: string]: unknown }

/**
 * The one field of a config that is ours: the names of those top-level fields that nobody ever let us read. A part that is refused after
 * it was read once is not among them; it stays as it was.
 */
export const UNREAD = '$unread'

/** The fields of a config that were never readable. */
export function unreadFields(config: Config): readonly string[] {
  const unread = config[UNREAD]
  return Array.isArray(unread) ? unread.filter(field => typeof field === 'string') : []
}

/** The kinds of value under which people ask for an asset. `private-ip`, `public-ip` and `cidr` are addresses (RFC 4291, RFC 4632). */
export const IDENTIFIER_KINDS = ['arn', 'id', 'name', 'dns', 'access-key', 'private-ip', 'public-ip', 'cidr'] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** A value under which an asset can be asked for. DNS names are lower case, without the final dot. */
export interface Identifier {
  readonly kind: IdentifierKind
  readonly value: string
}

/** A relation to another asset, which is named by any of its identifiers: that asset may not be known (yet). */
export interface Edge {
  /** Verb phrase read from source to target: `in-vpc`, `attached-to`, `encrypted-by`, `routes-to`, `runs-as`. */
  readonly kind: string
  readonly target: string
}

export type Tags = Readonly<Record<string, string>>

/** An asset as one read of the cloud showed it. */
export interface Asset extends AssetIdentity {
  readonly name: string | undefined
  readonly tags: Tags
  readonly identifiers: readonly Identifier[]
  readonly edges: readonly Edge[]
  readonly config: Config
  /** Top-level config fields that this read could not see; what was known of them stays known. */
  readonly unread: readonly string[]
}

/** Where in the cloud something is read: one account, one region. */
export interface Place {
  readonly account: AccountId
  readonly region: Region
  /** `aws`, `aws-cn`, `aws-us-gov`; part of every ARN. */
  readonly partition: string
}

export type { AccountId, AssetIdentity, NativeId, Region }
