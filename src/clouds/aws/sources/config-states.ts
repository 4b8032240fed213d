import { type Config, UNREAD } from '../../../model/asset.ts'
import type { Incoming } from '../../../model/event.ts'
import { AccountId, assetIdOf, Region } from '../../../model/identity.ts'
import type { Observation } from '../../../model/observation.ts'
import type { Memory } from '../../../ports/cloud.ts'
import { type Observed, Observer } from '../observe.ts'
import type { AnyResourceType } from '../resource.ts'
import { CONVERSIONS } from './config-conversions.ts'
import { keyPaths } from './key-paths.ts'
import type { ConfigItem, StateTaker } from './told.ts'

export interface ConfigStatesOptions {
  readonly catalogue: ReadonlyMap<string, AnyResourceType>
  /** Keys the digests of secret values, as for what is read from the cloud. */
  readonly secretKey: string
  readonly partition: string
  readonly memory: Memory
}

/**
 * Takes the states that AWS Config recorded as observations, so that no describe is needed. Config spells what it records in its own way,
 * and leaves out what it does not know; a version that differed from the one before in that alone would be a lie. So a state is taken only
 *
 *   - of a type for which the conversion into the describe's spelling is known (config-conversions.ts),
 *   - of an asset that was read before, and in full,
 *   - if, converted, it has exactly the fields, at all depths, that the last read had: then it differs in values at most. (All tags gone at once is not such a state.)
 *
 * Of anything else the item only says that the asset changed, and the asset is read.
 */
export class ConfigStates implements StateTaker {
  readonly #options: ConfigStatesOptions
  readonly #observers: ReadonlyMap<string, Observer>

  constructor(options: ConfigStatesOptions) {
    this.#options = options
    this.#observers = new Map(
      Object.keys(CONVERSIONS).flatMap(name => {
        const type = options.catalogue.get(name)
        return type === undefined ? [] : [[name, new Observer(type, options.secretKey)] as const]
      }),
    )
  }

  async settled(incoming: Incoming, items: readonly ConfigItem[]): Promise<Incoming> {
    const converted = items.flatMap(item => this.#converted(item) ?? [])
    if (converted.length === 0) return incoming
    const known = await this.#options.memory.known(converted.map(({ observed }) => observed.asset))
    const observations = new Map<string, Observation>()
    for (const one of converted) {
      const before = known.get(assetIdOf(one.observed.asset))
      const observed = before === undefined ? undefined : this.#likeBefore(one, before.config)
      if (observed === undefined) continue
      const { event } = one.item
      observations.set(event.id, { asset: observed.asset, at: event.at, source: 'event', state: observed.present })
    }
    return {
      ...incoming,
      events: incoming.events.filter(({ id }) => !observations.has(id)),
      observations: [...incoming.observations, ...observations.values()],
    }
  }

  #converted(item: ConfigItem): Converted | undefined {
    const conversion = Object.hasOwn(CONVERSIONS, item.type) ? CONVERSIONS[item.type] : undefined
    const reply = conversion?.(item)
    const observed = reply === undefined ? undefined : this.#observe(item, reply)
    return reply === undefined || observed === undefined ? undefined : { item, reply, observed }
  }

  #observe({ type, account, region }: ConfigItem, reply: Config): Observed | undefined {
    const [parsedAccount, parsedRegion] = [AccountId.safeParse(account), Region.safeParse(region)]
    if (!parsedAccount.success || !parsedRegion.success) return undefined
    const place = { account: parsedAccount.data, region: parsedRegion.data, partition: this.#options.partition }
    try {
      return this.#observers.get(type)?.observe(reply, place)
    } catch (error) {
      // A queue may carry anything: what has not the form of a reply is no state.
      if (error instanceof TypeError) return undefined
      throw error
    }
  }

  /** The state, if it has the very fields that it had before; the asset's own ARN, which Config leaves out, is taken from there. */
  #likeBefore({ item, reply }: Converted, before: Config): Observed | undefined {
    if (UNREAD in before) return undefined
    const own = Object.entries(before).filter(([field, value]) => !(field in reply) && isOwnArn(field, value, item))
    const observed = this.#observe(item, { ...reply, ...Object.fromEntries(own) })
    if (observed === undefined) return undefined
    return keyPaths(observed.present.config) === keyPaths(before) ? observed : undefined
  }
}

interface Converted {
  readonly item: ConfigItem
  readonly reply: Config
  readonly observed: Observed
}

function isOwnArn(field: string, value: unknown, { resourceId }: ConfigItem): boolean {
  return field.endsWith('Arn') && typeof value === 'string' && value.endsWith(`/${resourceId}`)
}
