import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { type AccountId, GLOBAL, type NativeId, Region, ResourceTypeName } from '../../model/identity.ts'
import type { Outcome, Scope } from '../../model/scan-scope.ts'
import type { Account, Cloud, Describable, Described, Entered, Memory, ScannedType, Seen } from '../../ports/cloud.ts'
import { organizationAccounts, ownAccount } from './accounts.ts'
import type { Budget } from './budget.ts'
import { budgetedRetry } from './budgeted-retry.ts'
import type { ClientSettings } from './client-settings.ts'
import { EndingConnections } from './connections.ts'
import type { Credentials } from './credentials.ts'
import { describeAssets } from './describe-assets.ts'
import { explain } from './explain.ts'
import { Observer } from './observe.ts'
import type { AnyResourceType, Cadence, Listed, Place } from './resource.ts'
import { DESCRIBE_MAX, type Reading, see } from './see.ts'

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
type Unread = Exclude<Outcome, { kind: 'read' }>
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
    this.types = listable.map(({ type, service, scope, cadence, brings }) => ({
      name: ResourceTypeName.parse(type),
      scope,
      eventSources: [`${service}.amazonaws.com`],
      intervalMs: options.intervalsMs[cadence],
      ...(brings === undefined ? {} : { brings }),
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
    const { regions } = this.#options
    const closed = await this.#closed(account)
    if (closed !== undefined) return { kind: 'closed', outcome: closed }
    // Types of no region are always read; naming `global` asks for nothing more.
    if (regions !== undefined) return { kind: 'open', regions: regions.filter(region => region !== GLOBAL) }
    const client = new EC2Client(this.settingsFor(account, this.#globalRegion(), 'ec2', signal))
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
    const reading = this.#readingOf(scope, signal)
    const { type, client, place } = reading
    try {
      let pages = 0
      for await (const page of type.list(client, place) as AsyncIterable<readonly Listed<object>[]>) {
        if (++pages > PAGES_MAX) throw new Error(`the listing did not end within ${PAGES_MAX} pages`)
        signal.throwIfAborted()
        yield await see(reading, page, memory)
      }
    } finally {
      client.destroy()
    }
  }

  describable(name: string): Describable | undefined {
    const type = this.#options.catalogue.get(name)
    return type && { max: type.describeMax ?? DESCRIBE_MAX, scope: type.scope, isListable: type.listable !== false }
  }

  async describe(
    scope: Scope,
    ids: readonly NativeId[],
    memory: Memory,
    signal: AbortSignal,
  ): Promise<readonly Described[]> {
    const outside = this.#outside(scope) ?? (await this.#closed(scope.account))
    signal.throwIfAborted()
    if (outside !== undefined) return ids.map(() => outside)
    const reading = this.#readingOf(scope, signal)
    try {
      return await describeAssets(reading, ids, memory, signal)
    } finally {
      reading.client.destroy()
    }
  }

  /** Why a scope is none of ours to read: the configuration names other accounts or regions. */
  #outside({ account, region }: Scope): Unread | undefined {
    const { accounts, regions } = this.#options
    if (!/^\d{12}$/.test(account)) return { kind: 'skipped', detail: `the event names no account (${account})` }
    if (accounts !== undefined && !accounts.includes(account))
      return { kind: 'skipped', detail: `account ${account} is not among those that the configuration names` }
    if (regions !== undefined && region !== GLOBAL && !regions.includes(region))
      return { kind: 'skipped', detail: `region ${region} is not among those that the configuration names` }
    return undefined
  }

  /** Why an account cannot be entered; undefined: it can. */
  async #closed(account: AccountId): Promise<Unread | undefined> {
    const { credentials, own } = this.#options
    try {
      await credentials.of(account)()
      return undefined
    } catch (error) {
      const why = explain(error, [])
      const detail = `${credentials.roleArn(account)} cannot be assumed from account ${own}: ${why.detail}`
      const needs = [`sts:AssumeRole on ${credentials.roleArn(account)}`]
      return why.kind === 'failed' ? { ...why, detail } : { kind: 'denied', needs, detail }
    }
  }

  #readingOf(scope: Scope, signal: AbortSignal): Reading {
    const type = this.#typeOf(scope)
    const place = this.#placeOf(scope)
    const client = type.client(this.settingsFor(scope.account, place.region, type.service, signal))
    return { type, observer: this.#observers.get(scope.type) as Observer, client, place, now: this.#options.now }
  }

  explain(error: unknown, scope: Scope): Exclude<Outcome, { kind: 'read' }> {
    return explain(error, this.#typeOf(scope).permissions)
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

  /** What clients in an account and region are made with: the role there, and the budget; their calls end with the signal. */
  settingsFor(account: AccountId, region: string, service: string, signal: AbortSignal): ClientSettings {
    const { settings, credentials, budget } = this.#options
    return {
      ...settings,
      region,
      credentials: credentials.of(account),
      retryStrategy: budgetedRetry(budget, account, region, service, signal),
      ...(settings.requestHandler && { requestHandler: new EndingConnections(settings.requestHandler, signal) }),
    }
  }
}
