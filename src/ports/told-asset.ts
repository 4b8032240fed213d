import type { IdentifierKind } from '../model/asset.ts'
import type { PartialState } from './live-source.ts'

/** What another place says of one asset, in the words of the provider's own describe. */
export interface ToldAsset {
  /** The provider's name of its type; of a type that we do not know nothing is understood. */
  readonly type: string
  readonly account: string
  /** As the place says it; `global` for types that belong to no region. */
  readonly region: string
  /** `aws`, `aws-cn`, …, where the place tells it: part of every ARN. */
  readonly partition?: string
  /** When the place read the cloud, in milliseconds since 1970. */
  readonly at: number
  /** By their path in the describe's reply (`VpcConfig.SubnetIds`): lists and what has no path within are given in full. Null: it has none. */
  readonly fields: ReadonlyMap<string, unknown>
  /** All values of these kinds, where the place has them in no field of the reply. */
  readonly identifiers?: Readonly<Partial<Record<IdentifierKind, readonly string[]>>>
  /** Top-level fields of the reply that the place could have told, and did not. */
  readonly unread?: readonly string[]
}

/**
 * Which asset each of these is, and what follows from what is said of it together with what is known of it: identifiers and relations
 * are made where those of a describe are made. What is no asset of ours, or has not the form of a reply, is left out.
 */
export type Understand = (told: readonly ToldAsset[]) => Promise<readonly PartialState[]>
