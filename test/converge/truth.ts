import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import { type AssetId, type AssetIdentity, assetIdOf } from '../../src/model/identity.ts'
import type { Touch } from './kind.ts'
import type { Person } from './people.ts'
import type { TruthReader } from './truth-reader.ts'

/** One call that succeeded, and who made it. */
export interface Act {
  readonly number: number
  readonly person: Person
  /** `CreateTags`. */
  readonly call: string
  readonly startedAt: number
  readonly endedAt: number
}

/** What an asset was like after an act: the digest of its state, null while it does not exist. */
export interface Moment {
  readonly act: Act
  readonly digest: string | null
  readonly isSideEffect: boolean
}

export interface Timeline {
  readonly asset: AssetIdentity
  /** In the order of the acts; before the first there was nothing. */
  readonly moments: readonly Moment[]
}

/** What really happened: each asset's states in order, read from behind all delays right after the act that made them. */
export class Truth {
  readonly timelines = new Map<AssetId, { readonly asset: AssetIdentity; readonly moments: Moment[] }>()
  readonly acts: Act[] = []
  readonly #reader: TruthReader
  readonly #catalogue: ReadonlyMap<string, AnyResourceType>

  constructor(reader: TruthReader, catalogue: ReadonlyMap<string, AnyResourceType>) {
    this.#reader = reader
    this.#catalogue = catalogue
  }

  /** An act has succeeded: what it touched is read. Nobody else may act in that account meanwhile. */
  async after(
    act: Act,
    place: { readonly account: string; readonly region: string },
    touches: readonly Touch[],
  ): Promise<void> {
    this.acts.push(act)
    for (const { type, id, region = place.region, isSideEffect = false } of touches) {
      if (id === '') continue
      const asset = this.#identity(type, id, place.account, region)
      const digest = await this.#reader.digestOf(asset, place.region)
      const key = assetIdOf(asset)
      const timeline = this.timelines.get(key) ?? { asset, moments: [] }
      this.timelines.set(key, timeline)
      timeline.moments.push({ act, digest, isSideEffect })
    }
  }

  #identity(type: string, nativeId: string, account: string, region: string): AssetIdentity {
    const scope = this.#catalogue.get(type)?.scope
    // Buckets are listed for a whole account, and are each in a region.
    const isNowhere = scope === 'global' && type !== 'AWS::S3::Bucket'
    return { provider: 'aws', account, region: isNowhere ? 'global' : region, type, nativeId } as AssetIdentity
  }
}
