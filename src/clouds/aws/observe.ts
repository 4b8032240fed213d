import { createHmac } from 'node:crypto'
import { canonicalText } from '../../model/canonical.ts'
import type { AssetIdentity } from '../../model/identity.ts'
import { GLOBAL, Region, ResourceTypeName } from '../../model/identity.ts'
import type { Present } from '../../model/observation.ts'
import { changeAt, type FieldPath, fieldPath } from './field-path.ts'
import {
  type AnyResourceType,
  type Config,
  type Identifier,
  identifiers,
  type Listed,
  Partly,
  type Place,
  type Tags,
  tagsOf,
} from './resource.ts'

/** An item of a reply as the registry knows it: which asset it is and what it is like. */
export interface Observed {
  readonly asset: AssetIdentity
  readonly present: Present
  /** Top-level fields that the read was refused. */
  readonly unread: readonly string[]
}

/** Turns items of one type into what is recorded, with the type's paths split once. */
export class Observer {
  readonly #type: AnyResourceType
  readonly #name: ResourceTypeName
  readonly #key: string
  readonly #unordered: readonly FieldPath[]
  readonly #secrets: readonly FieldPath[]
  readonly #volatile: readonly (readonly [text: string, path: FieldPath])[]

  /** `secretKey` keys the digests of secret values: equal secrets are equal digests in one store only. */
  constructor(type: AnyResourceType, secretKey: string) {
    this.#type = type
    this.#name = ResourceTypeName.parse(type.type)
    this.#key = secretKey
    // The innermost lists first: an outer list is sorted by what its elements are after that.
    this.#unordered = (type.unordered ?? []).map(fieldPath).toSorted((a, b) => b.length - a.length)
    this.#secrets = (type.secrets ?? []).map(fieldPath)
    this.#volatile = (type.volatile ?? []).map(text => [text, fieldPath(text)] as const)
  }

  /** Undefined for what has no id, and for what another account owns: that is for the owner's scan to see. */
  observe(listed: Listed<object>, place: Place): Observed | undefined {
    const item = listed instanceof Partly ? (listed.item as object) : listed
    const unread = listed instanceof Partly ? listed.unread : []
    const type = this.#type
    const id = type.id(item)
    if (id === undefined || id === '') return undefined
    const owner = type.owner?.(item)
    if (owner !== undefined && /^\d{12}$/.test(owner) && owner !== place.account) return undefined
    const said = type.region?.(item)
    const region = said !== undefined ? Region.parse(said) : type.scope === 'global' ? GLOBAL : place.region
    const name = type.name?.(item) || undefined
    const { config, volatile } = this.#split(item)
    const aliases = [...new Set(type.aliases?.(item, { ...place, region }) ?? [])].filter(isOther(id))
    const aliasRegions = (type.aliasRegions?.(item) ?? []).filter(isOther(region)).map(other => Region.parse(other))
    return {
      asset: {
        provider: 'aws',
        account: place.account,
        region,
        type: this.#name,
        nativeId: id,
      },
      present: {
        kind: 'present',
        name,
        tags: tagsIn(type, item),
        identifiers: [
          ...identifiers('id', id),
          ...identifiers('arn', type.arn?.(item, { ...place, region })),
          ...identifiers('name', name),
          ...(type.identifiers?.(item, place) ?? []),
        ],
        edges: type.edges?.(item, place) ?? [],
        config,
        volatile,
        ...(aliases.length === 0 ? {} : { aliases }),
        ...(aliasRegions.length === 0 ? {} : { aliasRegions }),
      },
      unread,
    }
  }

  #split(item: object): { config: Config; volatile: Config } {
    let config: unknown = item
    const volatile: Record<string, unknown> = {}
    for (const [text, path] of this.#volatile) {
      const found: unknown[] = []
      config = changeAt(config, path, value => {
        found.push(value)
        return undefined
      })
      if (found.length > 0) volatile[text] = path.includes('[]') || path.includes('*') ? found : found[0]
    }
    for (const path of this.#secrets) config = changeAt(config, path, value => this.#digest(value))
    for (const path of this.#unordered) config = changeAt(config, path, sorted)
    return { config: config as Config, volatile }
  }

  #digest(secret: unknown): string {
    const text = typeof secret === 'string' ? secret : canonicalText(secret)
    if (text.startsWith(SECRET_PREFIX)) return text
    return SECRET_PREFIX + createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 32)
  }
}

/** What stands in place of a secret: a change is seen, the value is not kept. */
export const SECRET_PREFIX = 'secret:hmac-sha256:'

function isOther(own: string): (value: string | undefined) => value is string {
  return (value): value is string => value !== undefined && value !== '' && value !== own
}

function sorted(list: unknown): unknown {
  if (!Array.isArray(list) || list.length < 2) return list
  const byText = list.map(element => [canonicalText(element), element] as const)
  return byText.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, element]) => element as unknown)
}

function tagsIn(type: AnyResourceType, item: object): Tags {
  if (type.tags !== undefined) return type.tags(item)
  const { Tags, TagSet, TagList, tags } = item as Record<string, unknown>
  return tagsOf(Tags ?? TagSet ?? TagList ?? tags)
}

export type { Identifier }
