import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { type Config, type Tags, UNREAD, unreadFields } from '../../model/asset.ts'
import { type AccountId, assetIdOf, GLOBAL, Region, ResourceTypeName } from '../../model/identity.ts'
import type { Outcome, Scope } from '../../model/scan-scope.ts'
import type { Account, Cloud, Entered, Memory, ScannedType, Seen } from '../../ports/cloud.ts'
import { organizationAccounts, ownAccount } from './accounts.ts'
import type { Budget } from './budget.ts'
import { budgetedRetry } from './budgeted-retry.ts'
import type { ClientSettings } from './client-settings.ts'
import type { Credentials } from './credentials.ts'
import { explain } from './explain.ts'
import { type Observed, Observer } from './observe.ts'
import { type AnyResourceType, type Cadence, type Listed, Partly, type Place } from './resource.ts'

export interface AwsOptions {
  readonly catalogue: ReadonlyMap<string, AnyResourceType>
  /** For the account we are in; `region` is where global services are asked. */
  readonly settings: ClientSettings
  readonly credentials: Pick<Credentials, 'of' | 'roleArn'>
  readonly own: AccountId
  readonly partition: string
  readonly budget: Budget
  readonly intervalsMs: Readonly<Record<Cadence, number>>
  /** Undefined: those of the organisation. */
  readonly accounts: readonly AccountId[] | undefined
  /** Undefined: those that are enabled for the account. */
  readonly regions: readonly Region[] | undefined
  /** Keys the digests of secret values. */
  readonly secretKey: string
  readonly now: () => number
  readonly note: (text: string) => void
}

/** Where each partition's global services answer. */
const GLOBAL_REGION: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
}
/** A listing that does not end is an error, not an inventory. */
const PAGES_MAX = 100_000

/** AWS as scans see it: the organisation's accounts, their enabled regions, and the resource types of the catalogue. */
export class AwsCloud implements Cloud {
  readonly provider = 'aws'
  readonly types: readonly ScannedType[]
  readonly #options: AwsOptions
  readonly #observers: ReadonlyMap<string, Observer>

  constructor(options: AwsOptions) {
    this.#options = options
    const types = [...options.catalogue.values()]
    const listable = types.filter(type => type.listable !== false)
    this.types = listable.map(({ type, scope, cadence }) => ({
      name: ResourceTypeName.parse(type),
      scope,
      intervalMs: options.intervalsMs[cadence],
    }))
    this.#observers = new Map(types.map(type => [type.type, new Observer(type, options.secretKey)]))
  }

  async *accounts(signal: AbortSignal): AsyncIterable<readonly Account[]> {
    const { accounts, settings, own, note } = this.#options
    if (accounts !== undefined) {
      yield accounts.map(ownAccount)
      return
    }
    for await (const page of organizationAccounts(settings, own, note)) {
      signal.throwIfAborted()
      yield page
    }
  }

  async regions(account: AccountId, signal: AbortSignal): Promise<Entered> {
    const { credentials, regions, own } = this.#options
    try {
      await credentials.of(account)()
    } catch (error) {
      const why = explain(error, [])
      const detail = `${credentials.roleArn(account)} cannot be assumed from account ${own}: ${why.detail}`
      const needs = [`sts:AssumeRole on ${credentials.roleArn(account)}`]
      return { kind: 'closed', outcome: why.kind === 'failed' ? { ...why, detail } : { kind: 'denied', needs, detail } }
    }
    // Types of no region are always read; naming `global` asks for nothing more.
    if (regions !== undefined) return { kind: 'open', regions: regions.filter(region => region !== GLOBAL) }
    const client = new EC2Client(this.#settingsFor(account, this.#globalRegion(), 'ec2', signal))
    try {
      const { Regions = [] } = await client.send(new DescribeRegionsCommand({}))
      return { kind: 'open', regions: Regions.map(({ RegionName }) => Region.parse(RegionName)) }
    } catch (error) {
      return { kind: 'closed', outcome: explain(error, ['ec2:DescribeRegions']) }
    } finally {
      client.destroy()
    }
  }

  async *read(scope: Scope, memory: Memory, signal: AbortSignal): AsyncIterable<readonly Seen[]> {
    const type = this.#typeOf(scope)
    const place = this.#placeOf(scope)
    const client = type.client(this.#settingsFor(scope.account, place.region, type.service, signal)) as {
      destroy(): void
    }
    try {
      let pages = 0
      for await (const page of type.list(client, place) as AsyncIterable<readonly Listed<object>[]>) {
        if (++pages > PAGES_MAX) throw new Error(`the listing did not end within ${PAGES_MAX} pages`)
        signal.throwIfAborted()
        yield await this.#see(scope, client, page, memory)
      }
    } finally {
      client.destroy()
    }
  }

  explain(error: unknown, scope: Scope): Exclude<Outcome, { kind: 'read' }> {
    return explain(error, this.#typeOf(scope).permissions)
  }

  /** A page as it is recorded: completed with what is known where parts were refused, read again where all tags are missing that were there. */
  async #see(
    scope: Scope,
    client: { destroy(): void },
    page: readonly Listed<object>[],
    memory: Memory,
  ): Promise<readonly Seen[]> {
    const place = this.#placeOf(scope)
    const observer = this.#observers.get(scope.type) as Observer
    const at = this.#options.now()
    const seen = page.flatMap(listed => {
      const observed = observer.observe(listed, place)
      return observed === undefined ? [] : [{ listed, observed }]
    })
    const doubtful = seen.filter(
      ({ observed }) => observed.unread.length > 0 || Object.keys(observed.present.tags).length === 0,
    )
    if (doubtful.length === 0) return seen.map(({ observed }) => ({ ...observed, at }))
    const known = await memory.known(doubtful.map(({ observed }) => observed.asset))
    const lostTags = doubtful.filter(({ observed }) => {
      const isRefused = observed.unread.some(field => TAG_FIELDS.includes(field))
      return hasTags(known.get(assetIdOf(observed.asset))) && !hasTags(observed.present) && !isRefused
    })
    const again = await this.#readAgain(
      scope,
      client,
      lostTags.map(({ observed }) => observed),
    )
    const isLost = new Set(lostTags.map(({ observed }) => observed))
    return seen.flatMap(({ listed, observed }) => {
      const id = assetIdOf(observed.asset)
      const first = { listed: isLost.has(observed) ? withoutWordOfTags(listed) : listed, at }
      const chosen = isLost.has(observed) ? (again.get(id) ?? first) : first
      const complete = completed(observer, chosen.listed, known.get(id)?.config, place)
      return complete === undefined ? [] : [{ asset: complete.asset, present: complete.present, at: chosen.at }]
    })
  }

  /** A reply without any tags may have lost them on the way: the second reading counts. */
  async #readAgain(
    scope: Scope,
    client: { destroy(): void },
    doubted: readonly Observed[],
  ): Promise<Map<string, Again>> {
    const again = new Map<string, Again>()
    const type = this.#typeOf(scope)
    const place = this.#placeOf(scope)
    const observer = this.#observers.get(scope.type) as Observer
    const size = type.describeMax ?? 100
    for (let from = 0; from < doubted.length; from += size) {
      const ids = doubted.slice(from, from + size).map(({ asset }) => asset.nativeId)
      const at = this.#options.now()
      for (const listed of (await type.describe(client, ids, place)) as readonly Listed<object>[]) {
        const observed = observer.observe(listed, place)
        if (observed !== undefined) again.set(assetIdOf(observed.asset), { listed, at })
      }
    }
    return again
  }

  #typeOf(scope: Scope): AnyResourceType {
    const type = this.#options.catalogue.get(scope.type)
    if (type === undefined) throw new RangeError(`no resource type ${scope.type}`)
    return type
  }

  #placeOf({ account, region }: Scope): Place {
    return { account, region: region === GLOBAL ? this.#globalRegion() : region, partition: this.#options.partition }
  }

  #globalRegion(): Region {
    return Region.parse(GLOBAL_REGION[this.#options.partition] ?? 'us-east-1')
  }

  #settingsFor(account: AccountId, region: string, service: string, signal: AbortSignal): ClientSettings {
    const { settings, credentials, budget } = this.#options
    return {
      ...settings,
      region,
      credentials: credentials.of(account),
      retryStrategy: budgetedRetry(budget, account, region, service, signal),
    }
  }
}

interface Again {
  readonly listed: Listed<object>
  readonly at: number
}

/** Names under which replies carry tags: where these were refused, their lack means nothing. */
const TAG_FIELDS = ['Tags', 'TagSet', 'TagList', 'tags']

function hasTags(asset: { readonly tags: Tags } | undefined): boolean {
  return asset !== undefined && Object.keys(asset.tags).length > 0
}

/** An item that lost its tags and was not there to be read again: it says nothing about tags. */
function withoutWordOfTags(listed: Listed<object>): Listed<object> {
  const [item, unread] = listed instanceof Partly ? [listed.item as object, listed.unread] : [listed, []]
  return new Partly(item, [...unread, ...TAG_FIELDS])
}

/** An item whose refused fields are filled in from what is known; those that were never read are named. */
function completed(
  observer: Observer,
  listed: Listed<object>,
  known: Config | undefined,
  place: Place,
): Observed | undefined {
  if (!(listed instanceof Partly)) return observer.observe(listed, place)
  const neverRead =
    known === undefined ? listed.unread : listed.unread.filter(field => unreadFields(known).includes(field))
  const kept = known === undefined ? [] : listed.unread.filter(field => field in known)
  return observer.observe(
    {
      ...(listed.item as object),
      ...Object.fromEntries(kept.map(field => [field, known?.[field]])),
      ...(neverRead.length === 0 ? {} : { [UNREAD]: neverRead.toSorted() }),
    },
    place,
  )
}
