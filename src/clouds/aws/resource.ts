import type { Config, Edge, Identifier, IdentifierKind, Place, Tags } from '../../model/asset.ts'
import type { Brings } from '../../ports/cloud.ts'
import type { ClientSettings } from './client-settings.ts'

/**
 * How often a type is read by scans: `addresses` every hour, `names` (IAM, S3, DNS) every six hours, `rest` every
 * twelve; each is configurable.
 */
export type Cadence = 'addresses' | 'names' | 'rest'

/**
 * One resource type: what differs from every other type. Paging, retries, budgets, storing and hashing are written once,
 * elsewhere. `Item` is what the API says about one asset; it becomes the asset's config.
 */
export interface ResourceType<Client extends { destroy(): void }, Item extends object> {
  /** CloudFormation's name of the type, or the same form where CloudFormation has none. */
  readonly type: string
  /** What the type is, in a few words, for the table of types. */
  readonly title: string
  /** The API that is asked, as its IAM prefix: the key of its budget. */
  readonly service: string
  /** `global` types are listed once per account, whatever region their assets are in. */
  readonly scope: 'regional' | 'global'
  readonly cadence: Cadence
  /** IAM actions that list and describe need: the read policy is generated from these. */
  readonly permissions: readonly string[]
  client(settings: ClientSettings): Client
  /** False where no call lists the type: its assets are known by their events alone, and no scan may end them. */
  readonly listable?: boolean
  /** Every asset of the type in a place, page by page, each in full. Must throw when a page cannot be had. */
  list(client: Client, place: Place): AsyncIterable<readonly Listed<Item>[]>
  /** The assets with these native ids, at most `describeMax` of them. One that does not exist is left out of the reply, or thrown as one of `gone`. */
  describe(client: Client, ids: readonly string[], place: Place): Promise<readonly Listed<Item>[]>
  /** How many ids one `describe` takes; 100 unless said. */
  readonly describeMax?: number
  readonly brings?: Brings
  /** Names of the errors that mean absence, and nothing else. */
  readonly gone: readonly string[]
  /** The native id: CloudFormation's primary identifier, several parts joined with `|`. */
  id(item: Item): string | undefined
  arn?(item: Item, place: Place): string | undefined
  name?(item: Item): string | undefined
  /** Where the asset is, if not where it was listed (S3 buckets). */
  region?(item: Item): string | undefined
  /** Other ids that events and describes name it by: a part of a native id that has several, an older spelling. */
  aliases?(item: Item, place: Place): readonly (string | undefined)[]
  /** Other regions that events place it in: those whose endpoints take calls for assets elsewhere. */
  aliasRegions?(item: Item): readonly string[]
  /** The account that owns it, if the reply can hold assets shared by other accounts: those are left to their owner's scan. */
  owner?(item: Item): string | undefined
  /** Unless said: `Tags` or `TagSet`, as a list of key and value or as a record. */
  tags?(item: Item): Tags
  /** Values people may ask for, besides id, ARN and name, which are added for every type. */
  identifiers?(item: Item, place: Place): readonly Identifier[]
  edges?(item: Item, place: Place): readonly Edge[]
  /** Paths of fields that move by themselves: kept in the config, but a change in them alone makes no version. */
  readonly volatile?: readonly string[]
  /** Paths of lists whose order means nothing: sorted before they are stored. */
  readonly unordered?: readonly string[]
  /** Paths of secret values: only a keyed digest is stored. */
  readonly secrets?: readonly string[]
  /** Documentation and test at once: a real reply (shortened) and what is read from it. */
  readonly example: Example<Item>
}

/** An item, or an item of which some top-level fields could not be read: a refused call among several. */
export type Listed<Item> = Item | Partly<Item>

/** @see partly */
export class Partly<Item> {
  readonly item: Item
  readonly unread: readonly string[]

  constructor(item: Item, unread: readonly string[]) {
    this.item = item
    this.unread = unread
  }
}

export interface Example<Item> {
  readonly item: Item
  /** Exactly what the declaration makes of the item in account 111122223333, eu-west-1. */
  readonly asset: {
    readonly id: string
    readonly arn?: string
    readonly name?: string
    readonly tags?: Tags
    /** Without id, ARN and name. */
    readonly identifiers?: readonly Identifier[]
    readonly edges?: readonly Edge[]
  }
}

/** The catalogue holds types of every client and item; each is only ever called with what it made itself. */
// biome-ignore lint/suspicious/noExplicitAny: an existential type; ResourceType's parameters are both consumed and produced.
export type AnyResourceType = ResourceType<any, any>

/** Checks a declaration against the types of its own client and items. */
export function defineResource<Client extends { destroy(): void }, Item extends object>(
  declaration: ResourceType<Client, Item>,
): ResourceType<Client, Item> {
  return declaration
}

/** Identifiers of one kind; what is missing in the reply is left out. */
export function identifiers(kind: IdentifierKind, ...values: readonly (string | undefined | null)[]): Identifier[] {
  return values.filter(isText).map(value => ({ kind, value: kind === 'dns' ? dnsName(value) : value }))
}

/** Edges of one kind; what is missing in the reply is left out. */
export function edges(kind: string, ...targets: readonly (string | undefined | null)[]): Edge[] {
  return targets.filter(isText).map(target => ({ kind, target }))
}

/** A DNS name as it is stored: lower case, no final dot, Route 53's `\052` back to `*`. */
export function dnsName(value: string): string {
  return value.toLowerCase().replaceAll('\\052', '*').replace(/\.$/, '')
}

/** IPv6 addresses: private only in the unique local range (RFC 4193), else reachable by their own number. */
export function ipv6(...values: readonly (string | undefined | null)[]): Identifier[] {
  return values.filter(isText).map(value => ({ kind: /^f[cd]/i.test(value) ? 'private-ip' : 'public-ip', value }))
}

/** The host in a URL, under which people know an endpoint. */
export function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : (URL.parse(url)?.hostname ?? undefined)
}

/** A regional host name of AWS that no reply spells out: `fs-1.efs` becomes `fs-1.efs.eu-west-1.amazonaws.com`. */
export function awsHost(label: string, { partition, region }: Place): string {
  return `${label}.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`
}

/** `arn:aws:ec2:eu-west-1:111122223333:` and what follows. */
export function arnIn({ partition, region, account }: Place, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}

/** The account in an ARN: its owner. */
export function accountOf(arn: string | undefined): string | undefined {
  return arn?.split(':')[4] || undefined
}

/** The tag `Name`, which the console shows as the name of what has no other. */
export function nameTag(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined) {
  return tags?.find(tag => tag.Key === 'Name')?.Value || undefined
}

/** A policy or the like given as JSON text, read so that its changes show field by field; text that is no JSON stays text. */
export function json(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Tags given as a list of key and value (in either capitalisation) or as a record. */
export function tagsOf(given: unknown): Tags {
  if (!Array.isArray(given)) {
    return Object.fromEntries(
      Object.entries(given ?? {}).filter((entry): entry is [string, string] => isText(entry[1])),
    )
  }
  const tags: Record<string, string> = {}
  for (const tag of given as readonly Record<string, unknown>[]) {
    const key = tag['Key'] ?? tag['key'] ?? tag['TagKey']
    const value = tag['Value'] ?? tag['value'] ?? tag['TagValue']
    if (typeof key === 'string') tags[key] = typeof value === 'string' ? value : ''
  }
  return tags
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

export type { Config, Edge, Identifier, Place, Tags }
