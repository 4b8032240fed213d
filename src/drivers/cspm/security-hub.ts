import { isIPv4, isIPv6 } from 'node:net'
import {
  type AwsSecurityFindingFilters,
  InvalidAccessException,
  paginateGetFindings,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub'
import { type AssetId, type AssetIdentity, assetIdOf } from '../../model/identity.ts'
import {
  FOUND_MAX,
  type LiveSource,
  type PartialState,
  type SoughtValue,
  type SourceReply,
} from '../../ports/live-source.ts'
import type { ToldAsset, Understand } from '../../ports/told-asset.ts'
import { answering, type Calls } from './calls.ts'
import { resourcesOf } from './finding-resources.ts'
import { HUB_PERMISSIONS } from './permissions.ts'

export interface SecurityHubOptions {
  readonly calls: Calls
  readonly understand: Understand
  /** The ARNs by which findings name these assets. */
  arnsOf(assets: readonly AssetIdentity[]): Promise<ReadonlyMap<AssetId, readonly string[]>>
}

/** Values of one filter, and pages of 100 findings of one search: the API's limit, and ours. */
const VALUES_MAX = 20
const PAGES_MAX = 3
const KEY = 'AWS::IAM::AccessKey'

/** Security Hub: its findings say what the resources that they are about were like when they were last updated. */
export class SecurityHub implements LiveSource {
  readonly name = 'security-hub'
  readonly #options: SecurityHubOptions

  constructor(options: SecurityHubOptions) {
    this.#options = options
  }

  read(assets: readonly AssetIdentity[], signal: AbortSignal): Promise<SourceReply> {
    const asked = assets.filter(({ provider }) => provider === 'aws')
    return this.#answering(signal, async () => {
      const arns = await this.#options.arnsOf(asked)
      const names = asked.flatMap(asset => arns.get(assetIdOf(asset)) ?? nameOf(asset))
      const wanted = new Set<string>(asked.map(assetIdOf))
      const states = await this.#states(inParts(names).map(byResource), signal)
      return { kind: 'answered', states: states.filter(({ asset }) => wanted.has(assetIdOf(asset))) }
    })
  }

  find(sought: SoughtValue, signal: AbortSignal): Promise<SourceReply> {
    return this.#answering(signal, async () => {
      const states = await this.#states(filtersBy(sought), signal)
      return { kind: 'answered', states: states.filter(state => bears(state, sought)).slice(0, FOUND_MAX) }
    })
  }

  #answering(signal: AbortSignal, work: () => Promise<SourceReply>): Promise<SourceReply> {
    const { calls } = this.#options
    const explain: Calls['explain'] = (error, permissions) =>
      error instanceof InvalidAccessException ? NOT_ENABLED : calls.explain(error, permissions)
    return answering({ ...calls, explain }, { permissions: HUB_PERMISSIONS, signal }, work)
  }

  /** One state for each asset: what the finding says that was updated last. */
  async #states(filters: readonly AwsSecurityFindingFilters[], signal: AbortSignal): Promise<readonly PartialState[]> {
    if (filters.length === 0) return []
    const client = new SecurityHubClient(await this.#options.calls.settings(signal))
    try {
      const found = (await Promise.all(filters.map(filter => resources(client, filter)))).flat()
      const states = await this.#options.understand(found.toSorted((a, b) => b.at - a.at))
      const newest = new Map<AssetId, PartialState>()
      for (const state of states) if (!newest.has(assetIdOf(state.asset))) newest.set(assetIdOf(state.asset), state)
      return [...newest.values()]
    } finally {
      client.destroy()
    }
  }
}

const NOT_ENABLED = {
  kind: 'failed',
  detail:
    'Security Hub is not enabled there: set `cspm.securityHub` to the region and the account that findings are collected in',
} as const

async function resources(client: SecurityHubClient, filter: AwsSecurityFindingFilters): Promise<ToldAsset[]> {
  const found: ToldAsset[] = []
  let pages = 0
  const input = {
    Filters: { ...filter, RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' as const }] },
    SortCriteria: [{ Field: 'UpdatedAt', SortOrder: 'desc' as const }],
    MaxResults: 100,
  }
  for await (const { Findings = [] } of paginateGetFindings({ client }, input)) {
    found.push(...Findings.flatMap(resourcesOf))
    if (++pages === PAGES_MAX) break
  }
  return found
}

/** Access keys have no ARN. */
function nameOf({ type, nativeId }: AssetIdentity): string[] {
  return type === KEY ? [`${KEY}:${nativeId}`] : []
}

function inParts(names: readonly string[]): string[][] {
  const distinct = [...new Set(names)]
  return Array.from({ length: Math.ceil(distinct.length / VALUES_MAX) }, (_, at) =>
    distinct.slice(at * VALUES_MAX, (at + 1) * VALUES_MAX),
  )
}

function byResource(names: readonly string[]): AwsSecurityFindingFilters {
  return { ResourceId: names.map(Value => ({ Value, Comparison: 'EQUALS' })) }
}

function filtersBy({ kinds, values, types }: SoughtValue): readonly AwsSecurityFindingFilters[] {
  const given = values.slice(0, VALUES_MAX)
  const isWanted = (type: string) => types === undefined || types.some(name => name === type)
  const v4 = given.filter(isIPv4).map(address => ({ Cidr: `${address}/32` }))
  const v6 = given.filter(isIPv6).map(address => ({ Cidr: `${address}/128` }))
  const hasAddresses = kinds.some(kind => kind.endsWith('-ip')) && isWanted('AWS::EC2::Instance')
  const hasKeys = kinds.includes('access-key') && isWanted(KEY)
  const hasBuckets = kinds.includes('name') && isWanted('AWS::S3::Bucket')
  return [
    ...(hasAddresses && v4.length > 0 ? [{ ResourceAwsEc2InstanceIpV4Addresses: v4 }] : []),
    ...(hasAddresses && v6.length > 0 ? [{ ResourceAwsEc2InstanceIpV6Addresses: v6 }] : []),
    ...(hasKeys ? [byResource(given.map(key => `${KEY}:${key}`))] : []),
    ...(hasBuckets ? [byResource(given.map(name => `arn:aws:s3:::${name}`))] : []),
  ]
}

/** A finding is about several resources: only those that bear the value are meant. */
function bears({ asset, state }: PartialState, { values }: SoughtValue): boolean {
  if (state.kind === 'gone') return false
  const borne = [asset.nativeId, ...Object.values(state.identifiers ?? {}).flat()]
  return borne.some(value => values.includes(value))
}
