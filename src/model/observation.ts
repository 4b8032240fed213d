import type { Config, Edge, Identifier, Tags } from './asset.ts'
import type { AssetIdentity, NativeId, Region } from './identity.ts'

/** By which way an observation came: a scan's listing, a describe that an event caused, a question asked live. */
export const SOURCES = ['scan', 'event', 'live'] as const
export type Source = (typeof SOURCES)[number]

/** What one read of the cloud showed of one asset. `denied` and `failed` reads show nothing, so they are no observations. */
export interface Observation {
  readonly asset: AssetIdentity
  /** When the cloud was read, in milliseconds since 1970. */
  readonly at: number
  readonly source: Source
  readonly state: Present | Gone
  /** The cloud may not show yet what was written: if this equals what is known, it says nothing and is not kept. */
  readonly isDoubted?: boolean
}

export interface Present {
  readonly kind: 'present'
  readonly name: string | undefined
  readonly tags: Tags
  readonly identifiers: readonly Identifier[]
  readonly edges: readonly Edge[]
  /** Without the volatile fields: equal configs are one version. */
  readonly config: Config
  /** Fields that move by themselves, as last read; they have no history. */
  readonly volatile: Config
  /**
   * Other ids that events name this asset by, where its native id has several parts: a touch of any of them (in the same account, region
   * and type) is a touch of the asset.
   */
  readonly aliases?: readonly NativeId[]
  /** Other regions that events place it in: a touch of any of its ids in one of these is a touch of the asset as well. */
  readonly aliasRegions?: readonly Region[]
}

export interface Gone {
  readonly kind: 'gone'
}
