import type { Config } from '../../../model/asset.ts'
import { isObject, type JsonObject } from '../event-map/trail-record.ts'
import type { ConfigItem } from './told.ts'

/** What of an item says how the asset is. */
type RecordedState = Pick<ConfigItem, 'resourceId' | 'configuration' | 'tags'>

/**
 * For types whose states AWS Config records just as their describe gives them, but for the spelling: the item as the reply would have it.
 * Undefined: this item holds no state. Each is proven on real items and on the type's example (test/sources/real-config-items.test.ts, config-states.test.ts).
 */
export const CONVERSIONS: Readonly<Record<string, (item: RecordedState) => Config | undefined>> = {
  'AWS::EC2::SecurityGroup': item => {
    const group = respelled(item)
    if (group === undefined) return undefined
    return {
      ...group,
      IpPermissions: permissions(group['IpPermissions']),
      IpPermissionsEgress: permissions(group['IpPermissionsEgress']),
    }
  },
  'AWS::EC2::Volume': respelled,
  'AWS::SQS::Queue': ({ resourceId, configuration, tags }) => {
    const attributes = objectOf(configuration)
    if (attributes === undefined) return undefined
    const Attributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, DOCUMENTS.has(name) ? parsed(value) : value]),
    )
    const hasTags = isObject(tags) && Object.keys(tags).length > 0
    return { QueueUrl: resourceId, Attributes, ...(hasTags ? { Tags: tags } : {}) }
  },
}

/** Attributes of queues that are documents in a text; the inventory holds them opened. */
const DOCUMENTS = new Set(['Policy', 'RedrivePolicy', 'RedriveAllowPolicy'])

/** Config's names are those of the first Java SDK: the API's with a small first letter, and null for what is absent. */
function respelled({ configuration }: RecordedState): Config | undefined {
  const state = objectOf(configuration)
  return state === undefined ? undefined : (capitalised(state) as Config)
}

/** Names with a capital, and nothing for null. */
export function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalised(inner)]),
  )
}

/** Config has the ranges of IPv4 twice: as texts, which is older, and as the reply has them. */
function permissions(list: unknown): unknown {
  if (!Array.isArray(list)) return list
  return list.map((permission: unknown) => {
    if (!isObject(permission)) return permission
    const { Ipv4Ranges, IpRanges: _, ...rest } = permission
    return Ipv4Ranges === undefined ? permission : { ...rest, IpRanges: Ipv4Ranges }
  })
}

/** What the API of Config's history gives as a text, its notices give as an object. */
export function objectOf(value: unknown): JsonObject | undefined {
  const opened = parsed(value)
  return isObject(opened) ? opened : undefined
}

/** JSON given as a text, opened; any other value as it is. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}
