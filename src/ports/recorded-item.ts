import type { ToldAsset } from './told-asset.ts'

/** A resource as AWS Config's aggregator recorded it, in Config's spelling. */
export interface RecordedItem {
  readonly resourceType: string
  readonly resourceId: string
  readonly resourceName?: string | undefined
  readonly accountId: string
  readonly awsRegion: string
  readonly arn?: string | undefined
  readonly configuration?: unknown
  readonly supplementaryConfiguration?: unknown
  readonly tags?: unknown
  readonly relationships?: readonly {
    readonly resourceType?: string | undefined
    readonly resourceId?: string | undefined
  }[]
  /** When Config recorded it, in milliseconds since 1970. */
  readonly at: number
}

/** What an item says in the words of the describe; undefined: of its type the spelling is not known. */
export type Respell = (item: RecordedItem) => ToldAsset | undefined
