import { type Config, IDENTIFIER_KINDS } from '../../model/asset.ts'
import { AccountId, type AssetId, type AssetIdentity, assetIdOf, GLOBAL, Region } from '../../model/identity.ts'
import type { Memory } from '../../ports/cloud.ts'
import type { PartialState, PartlyPresent } from '../../ports/live-source.ts'
import type { ToldAsset } from '../../ports/told-asset.ts'
import { type Observed, Observer } from './observe.ts'
import type { AnyResourceType, Place } from './resource.ts'
import { TAG_FIELDS } from './see.ts'

export interface PartialStatesOptions {
  readonly catalogue: ReadonlyMap<string, AnyResourceType>
  /** Keys the digests of secret values, as for what is read from the cloud. */
  readonly secretKey: string
  /** Of what is told without one. */
  readonly partition: string
  readonly memory: Memory
}

/**
 * Understands what others say of assets: it is laid over the last known configuration, and the whole is observed like a describe's reply.
 * So an address that moved is a new identifier even if whoever told of it knows half of the fields.
 */
export class PartialStates {
  readonly #options: PartialStatesOptions
  readonly #observers = new Map<string, Observer>()

  constructor(options: PartialStatesOptions) {
    this.#options = options
  }

  async understand(told: readonly ToldAsset[]): Promise<readonly PartialState[]> {
    const alone = told.flatMap(one => {
      const place = this.#placeOf(one)
      const observed = place && this.#observe(one.type, laid({}, one.fields), place)
      return observed === undefined ? [] : [{ one, place: place as Place, asset: observed.asset }]
    })
    const known = await this.#options.memory.known(alone.map(({ asset }) => asset))
    return alone.flatMap(({ one, place, asset }) => {
      const before = known.get(assetIdOf(asset))?.config
      const now = this.#observe(one.type, laid(before ?? {}, one.fields), place)
      // With more fields it may be seen to belong to somebody else.
      if (now === undefined || assetIdOf(now.asset) !== assetIdOf(asset)) return []
      const then = before === undefined ? undefined : this.#observe(one.type, before, place)
      return [{ asset, at: one.at, state: present(one, now, then) }]
    })
  }

  /** The ARNs under which others may know these assets, as far as they are known here. */
  async arnsOf(assets: readonly AssetIdentity[]): Promise<ReadonlyMap<AssetId, readonly string[]>> {
    const known = await this.#options.memory.known(assets)
    return new Map(
      assets.flatMap(asset => {
        const id = assetIdOf(asset)
        const config = known.get(id)?.config
        const place = this.#placeOf(asset)
        const observed = config && place && this.#observe(asset.type, config, place)
        const arns = (observed?.present.identifiers ?? []).filter(({ kind }) => kind === 'arn')
        return arns.length === 0 ? [] : [[id, arns.map(({ value }) => value)] as const]
      }),
    )
  }

  #placeOf({ account, region, type, partition = this.#options.partition }: Placed): Place | undefined {
    const parsed = { account: AccountId.safeParse(account), region: Region.safeParse(region) }
    if (!this.#options.catalogue.has(type) || !parsed.account.success || !parsed.region.success) return undefined
    return { account: parsed.account.data, region: parsed.region.data, partition }
  }

  #observe(name: string, item: Config, place: Place): Observed | undefined {
    const type = this.#options.catalogue.get(name) as AnyResourceType
    // The region is told for certain only by types that have one.
    if (type.scope === 'regional' && place.region === GLOBAL) return undefined
    const observer = this.#observers.get(name) ?? new Observer(type, this.#options.secretKey)
    this.#observers.set(name, observer)
    try {
      return observer.observe(item, place)
    } catch (error) {
      // Others may say anything: what has not the form of a reply is no state.
      if (error instanceof TypeError) return undefined
      throw error
    }
  }
}

type Placed = Pick<ToldAsset, 'account' | 'region' | 'type' | 'partition'>

/** What is said, over what is known. */
function laid(config: Config, fields: ReadonlyMap<string, unknown>): Config {
  return [...fields].reduce((all, [path, value]) => laidAt(all, path.split('.'), value), config)
}

function laidAt(config: Config, [field = '', ...within]: readonly string[], value: unknown): Config {
  const { [field]: held, ...others } = config
  const next = within.length === 0 ? value : laidAt(isObject(held) ? held : {}, within, value)
  const isNone = next === null || (within.length > 0 && Object.keys(next as object).length === 0)
  return isNone ? others : { ...others, [field]: next }
}

function present(
  { fields, identifiers: borne, unread = [] }: ToldAsset,
  now: Observed,
  then: Observed | undefined,
): PartlyPresent {
  const told = topOf(fields)
  const { name, tags, identifiers, edges, config, volatile } = now.present
  const tellsTags = TAG_FIELDS.some(field => told.has(field))
  const kinds = new Set([...edges, ...(then?.present.edges ?? [])].map(({ kind }) => kind))
  return {
    kind: 'present',
    ...(name === undefined ? (tellsTags ? { name: null } : {}) : { name }),
    ...(tellsTags ? { tags } : {}),
    identifiers: {
      ...Object.fromEntries(
        IDENTIFIER_KINDS.map(kind => [kind, identifiers.filter(each => each.kind === kind).map(({ value }) => value)]),
      ),
      ...borne,
    },
    edges: Object.fromEntries(
      [...kinds].map(kind => [kind, edges.filter(each => each.kind === kind).map(({ target }) => target)]),
    ),
    fields: Object.fromEntries(
      [...told].filter(field => field in config || !(field in volatile)).map(field => [field, config[field] ?? null]),
    ),
    ...(unread.length === 0 ? {} : { unread }),
  }
}

function topOf(fields: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  return new Set([...fields.keys()].map(path => path.split('.', 1)[0] as string))
}

function isObject(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
