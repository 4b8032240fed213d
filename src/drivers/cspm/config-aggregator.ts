import {
  ConfigServiceClient,
  NoSuchConfigurationAggregatorException,
  paginateSelectAggregateResourceConfig,
} from '@aws-sdk/client-config-service'
import { z } from 'zod'
import { type AssetIdentity, assetIdOf } from '../../model/identity.ts'
import {
  FOUND_MAX,
  type LiveSource,
  type PartialState,
  type SoughtValue,
  type SourceReply,
} from '../../ports/live-source.ts'
import type { RecordedItem, Respell } from '../../ports/recorded-item.ts'
import type { Understand } from '../../ports/told-asset.ts'
import { answering, type Calls } from './calls.ts'
import { namesOf, queriesBy, queriesFor } from './config-query.ts'
import { CONFIG_PERMISSIONS } from './permissions.ts'

export interface ConfigAggregatorOptions {
  /** Its name, in the account and region of the calls. */
  readonly aggregator: string
  readonly calls: Calls
  readonly respell: Respell
  readonly understand: Understand
}

/** Pages of one query: 100 resources each. */
const PAGES_MAX = 5
const DELETED = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded'])

/** AWS Config's aggregator: what all recorders of an organisation know, asked by advanced queries. */
export class ConfigAggregator implements LiveSource {
  readonly name = 'aws-config'
  readonly #options: ConfigAggregatorOptions

  constructor(options: ConfigAggregatorOptions) {
    this.#options = options
  }

  read(assets: readonly AssetIdentity[], signal: AbortSignal): Promise<SourceReply> {
    const asked = assets.filter(({ provider }) => provider === 'aws')
    return this.#answering(signal, async () => {
      const items = await this.#select(queriesFor(asked), signal)
      const understood = await this.#understood(items.filter(item => !isDeleted(item)))
      const wanted = new Set(asked.map(assetIdOf))
      const states = new Map(understood.map(state => [assetIdOf(state.asset), state]))
      for (const item of items) {
        const asset = asked.find(candidate => isOf(candidate, item))
        if (asset !== undefined && !states.has(assetIdOf(asset))) states.set(assetIdOf(asset), plain(asset, item))
      }
      return { kind: 'answered', states: [...states.values()].filter(({ asset }) => wanted.has(assetIdOf(asset))) }
    })
  }

  find(sought: SoughtValue, signal: AbortSignal): Promise<SourceReply> {
    return this.#answering(signal, async () => {
      const items = await this.#select(queriesBy(sought), signal)
      const states = await this.#understood(items.filter(item => !isDeleted(item)))
      return { kind: 'answered', states: states.slice(0, FOUND_MAX) }
    })
  }

  #answering(signal: AbortSignal, work: () => Promise<SourceReply>): Promise<SourceReply> {
    const { calls, aggregator } = this.#options
    const explain: Calls['explain'] = (error, permissions) => {
      if (!(error instanceof NoSuchConfigurationAggregatorException)) return calls.explain(error, permissions)
      const detail = `AWS Config has no aggregator ${aggregator} there: set \`cspm.awsConfig\` to the name, region and account of one`
      return { kind: 'failed', detail }
    }
    return answering({ ...calls, explain }, { permissions: CONFIG_PERMISSIONS, signal }, work)
  }

  #understood(items: readonly Item[]): Promise<readonly PartialState[]> {
    return this.#options.understand(items.flatMap(item => this.#options.respell(item) ?? []))
  }

  async #select(queries: readonly string[], signal: AbortSignal): Promise<readonly Item[]> {
    if (queries.length === 0) return []
    const { calls, aggregator } = this.#options
    const client = new ConfigServiceClient(await calls.settings(signal))
    try {
      const found = await Promise.all(queries.map(query => select(client, { aggregator, query })))
      return found.flat()
    } finally {
      client.destroy()
    }
  }
}

async function select(
  client: ConfigServiceClient,
  { aggregator, query }: { readonly aggregator: string; readonly query: string },
): Promise<Item[]> {
  const items: Item[] = []
  let pages = 0
  const input = { ConfigurationAggregatorName: aggregator, Expression: query, Limit: 100 }
  for await (const { Results = [] } of paginateSelectAggregateResourceConfig({ client }, input)) {
    items.push(...Results.flatMap(text => itemOf(text) ?? []))
    if (++pages === PAGES_MAX) break
  }
  return items
}

type Item = RecordedItem & { readonly status: string | undefined }

const Result = z.object({
  resourceType: z.string(),
  resourceId: z.string(),
  resourceName: z.string().nullish().catch(undefined),
  accountId: z.string(),
  awsRegion: z.string(),
  arn: z.string().nullish().catch(undefined),
  configuration: z.unknown().optional(),
  supplementaryConfiguration: z.unknown().optional(),
  tags: z.unknown().optional(),
  relationships: z
    .array(z.object({ resourceType: z.string().optional(), resourceId: z.string().optional() }))
    .optional()
    .catch(undefined),
  configurationItemCaptureTime: z.string().transform(Date.parse),
  configurationItemStatus: z.string().optional().catch(undefined),
})

/** Undefined: what came is no item. */
function itemOf(text: string): Item | undefined {
  const parsed = Result.safeParse(jsonOf(text))
  if (!parsed.success || Number.isNaN(parsed.data.configurationItemCaptureTime)) return undefined
  const { configurationItemCaptureTime: at, configurationItemStatus: status, relationships = [], ...item } = parsed.data
  return {
    ...item,
    resourceName: item.resourceName ?? undefined,
    arn: item.arn ?? undefined,
    relationships,
    at,
    status,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isDeleted({ status }: Item): boolean {
  return status !== undefined && DELETED.has(status)
}

function isOf({ account, type, nativeId }: AssetIdentity, item: Item): boolean {
  if (account !== item.accountId || type !== item.resourceType) return false
  const names = namesOf(nativeId)
  return [item.resourceId, item.resourceName, item.arn].some(name => name !== undefined && names.includes(name))
}

/** Relations that say where something is; what contains others has them too, the other way round. */
const EDGES: Readonly<Record<string, string>> = {
  'AWS::EC2::VPC': 'in-vpc',
  'AWS::EC2::Subnet': 'in-subnet',
  'AWS::EC2::SecurityGroup': 'has-security-group',
}

/** What every item says, whatever its type: that it is there or gone, its tags, and where it is. */
function plain(asset: AssetIdentity, item: Item): PartialState {
  if (isDeleted(item)) return { asset, at: item.at, state: { kind: 'gone' } }
  const related = asset.type.startsWith('AWS::EC2::') ? [] : (item.relationships ?? [])
  const placed = related.flatMap(({ resourceType = '', resourceId }) => {
    const kind = Object.hasOwn(EDGES, resourceType) ? EDGES[resourceType] : undefined
    return kind === undefined || resourceId === undefined ? [] : [{ kind, target: resourceId }]
  })
  const edges = Object.fromEntries(
    [...Map.groupBy(placed, ({ kind }) => kind)].map(([kind, list]) => [kind, list.map(({ target }) => target)]),
  )
  const tags = Tags.safeParse(item.tags)
  return {
    asset,
    at: item.at,
    state: { kind: 'present', ...(tags.success && { tags: tags.data }), ...(placed.length > 0 && { edges }) },
  }
}

const Pairs = z.array(z.object({ key: z.string(), value: z.string().nullish() }))
const Tags = Pairs.transform(pairs => Object.fromEntries(pairs.map(({ key, value }) => [key, value ?? ''])))
