import { type Asked, isDoubted, isGone } from '../flows/settle.ts'
import type { Action } from '../model/change.ts'
import { CONSISTENCY_MS, EVENT_TIME_MS } from '../model/consistency.ts'
import { messageOf } from '../model/fault.ts'
import { type AssetId, type AssetIdentity, assetIdOf, GLOBAL } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import type { Scope } from '../model/scan-scope.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud, Described, Memory } from '../ports/cloud.ts'
import type { Refresh, Verdict } from '../ports/refresh-store.ts'
import { atMost } from './at-most.ts'
import type { Lazily } from './lazily.ts'
import { Recent } from './recent.ts'

/** What one reading of an asset came to. */
export type CloudRead =
  /** It is recorded as it is now, there or gone. */
  | { readonly kind: 'read' }
  /** What the cloud shows may be older than the last event: it is read again by whoever refreshes, or stays as it is known. */
  | { readonly kind: 'doubted'; readonly detail: string }
  | { readonly kind: 'denied'; readonly detail: string; readonly needs: readonly string[] }
  | { readonly kind: 'failed'; readonly detail: string }
  /** None of ours to read. */
  | { readonly kind: 'skipped'; readonly detail: string }

/** The last event of an asset: replies may not show for a while what it did. */
export interface LastTouch {
  readonly at: number
  readonly action: Action
}

export interface ReadStore extends Memory {
  record(observations: readonly Observation[]): Promise<readonly Verdict[]>
  /** Of assets that events touched since a time; the others are left out. */
  lastTouched(ids: readonly AssetId[], since: number): Promise<ReadonlyMap<AssetId, LastTouch>>
  /** Has assets read again by whoever refreshes, until what their events did is settled. */
  wait(refreshes: readonly Refresh[]): Promise<void>
}

export interface CloudReaderOptions {
  readonly clock: Clock
  /** Ends what is still being read. */
  readonly closing: AbortSignal
  /** How long after it was asked for something may still be read, in milliseconds: longer than anybody waits for it. */
  readonly lateMs: number
  readonly consistencyMs?: number
}

/** Calls at once for all askers. The budget of each account, region and API holds besides. */
const CALLS_MAX = 32

/**
 * Reads assets in the cloud now and records them as what refreshing reads is recorded (src/flows/settle.ts). All who ask for an asset share
 * one reading of it.
 */
export class CloudReader {
  readonly #cloud: Lazily<Cloud>
  readonly #store: ReadStore
  readonly #options: CloudReaderOptions
  readonly #recent = new Recent<CloudRead>()
  readonly #inTurn = atMost(CALLS_MAX)

  constructor(cloud: Lazily<Cloud>, store: ReadStore, options: CloudReaderOptions) {
    this.#cloud = cloud
    this.#store = store
    this.#options = options
  }

  /** Resolves when the cloud is there to be read, or cannot be opened. */
  async ready(): Promise<void> {
    await this.#cloud.get().catch(() => {})
  }

  /** One reading for each asset, in order. None of them rejects. */
  read(assets: readonly AssetIdentity[]): readonly Promise<CloudRead>[] {
    const byId = new Map<string, AssetIdentity>(assets.map(asset => [assetIdOf(asset), asset]))
    return this.#recent.take([...byId.keys()], missing => {
      const { closing, lateMs } = this.#options
      const signal = AbortSignal.any([closing, AbortSignal.timeout(lateMs)])
      const all = this.#readAll(
        missing.flatMap(id => byId.get(id) ?? []),
        signal,
      )
      return new Map(missing.map(id => [id, all.then(reads => reads.get(id) ?? NOT_SAID, failed)]))
    })
  }

  /** Those of one account, region and type are described together, and none waits for the others. */
  async #readAll(
    assets: readonly AssetIdentity[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Promise<CloudRead>>> {
    const cloud = await this.#cloud.get()
    const reads = new Map<string, Promise<CloudRead>>()
    for (const { scope, max, group } of groupsOf(cloud, assets)) {
      for (let from = 0; from < group.length; from += max) {
        const together = group.slice(from, from + max)
        const replies = this.#inTurn(() => this.#describe(cloud, scope, together, signal), signal)
        together.forEach((asset, at) => {
          reads.set(
            assetIdOf(asset),
            replies.then(each => each[at] ?? NOT_SAID, failed),
          )
        })
      }
    }
    for (const asset of assets) {
      const id = assetIdOf(asset)
      const detail = `${asset.type} is not read from the cloud asset by asset`
      if (!reads.has(id)) reads.set(id, Promise.resolve({ kind: 'skipped', detail }))
    }
    return reads
  }

  async #describe(
    cloud: Cloud,
    scope: Scope,
    assets: readonly AssetIdentity[],
    signal: AbortSignal,
  ): Promise<readonly CloudRead[]> {
    const { clock, consistencyMs = CONSISTENCY_MS } = this.#options
    const startedAt = clock.now()
    const nativeIds = assets.map(({ nativeId }) => nativeId)
    const replies = await cloud.describe(scope, nativeIds, this.#store, signal)
    const since = startedAt - consistencyMs - EVENT_TIME_MS
    const touched = await this.#store.lastTouched(assets.map(assetIdOf), since)
    const results = assets.map((asset, at) => {
      const touch = touched.get(assetIdOf(asset))
      return resultOf(asset, replies[at], touch && { ...ASKED_ONCE, ...touchedBy(touch), startedAt, consistencyMs })
    })
    const seen = results.flatMap(({ observation }, at) => (observation === undefined ? [] : [{ observation, at }]))
    const verdicts = await this.#store.record(seen.map(({ observation }) => observation))
    const reads = results.map(({ read }) => read)
    const again: Refresh[] = []
    seen.forEach(({ observation: { asset }, at }, position) => {
      const touch = touched.get(assetIdOf(asset))
      if (verdicts[position] !== 'returned' || touch === undefined) return
      const { at: until, action } = touch
      again.push({ asset, since: until, until, action, attempts: 0, dueAt: startedAt })
      reads[at] = { kind: 'doubted', detail: `${doubt(asset, touch, startedAt)}: it may be as it was before` }
    })
    if (again.length > 0) await this.#store.wait(again)
    return reads
  }
}

const NOT_SAID: CloudRead = { kind: 'failed', detail: 'the reply says nothing about it' }
const ASKED_ONCE = { events: 1, reads: 1, failures: 0, hasChanged: false }

function touchedBy({ at, action }: LastTouch): Pick<Asked, 'until' | 'action'> {
  return { until: at, action }
}

function failed(error: unknown): CloudRead {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { kind: 'failed', detail: 'the cloud did not answer in time' }
  return { kind: 'failed', detail: messageOf(error) }
}

interface Group {
  readonly scope: Scope
  readonly max: number
  readonly group: readonly AssetIdentity[]
}

function groupsOf(cloud: Cloud, assets: readonly AssetIdentity[]): Group[] {
  const readable = assets.filter(({ provider, type, region }) => {
    const describable = provider === cloud.provider ? cloud.describable(type) : undefined
    return describable !== undefined && (describable.scope === 'global' || region !== GLOBAL)
  })
  const scopeOf = ({ provider, account, region, type }: AssetIdentity): Scope => ({
    provider,
    account,
    type,
    region: cloud.describable(type)?.scope === 'global' ? GLOBAL : region,
  })
  const groups = Map.groupBy(readable, asset => Object.values(scopeOf(asset)).join('\n'))
  return [...groups.values()].flatMap(group => {
    const [first] = group
    return first === undefined ? [] : [{ scope: scopeOf(first), max: cloud.describable(first.type)?.max ?? 1, group }]
  })
}

/** `asked`: undefined where no event may still be on its way into replies. */
function resultOf(
  asset: AssetIdentity,
  described: Described | undefined,
  asked: Asked | undefined,
): { readonly read: CloudRead; readonly observation?: Observation } {
  if (described === undefined) return { read: NOT_SAID }
  switch (described.kind) {
    case 'present': {
      const { asset: seen, present, at } = described.seen
      const observation = { asset: seen, at, source: 'live', state: present } as const
      return { read: READ, observation: { ...observation, isDoubted: asked !== undefined && isDoubted(asked) } }
    }
    case 'gone':
      if (asked !== undefined && !isGone(asked))
        return {
          read: {
            kind: 'doubted',
            detail: `${doubt(asset, { at: asked.until }, asked.startedAt)}: it may not be there yet`,
          },
        }
      // Doubted, so that an asset which nobody ever saw is not recorded as one that is gone.
      return { read: READ, observation: goneOf(asset, described.at) }
    case 'denied':
      return { read: { kind: 'denied', detail: described.detail, needs: described.needs } }
    default:
      return { read: { kind: described.kind, detail: described.detail } }
  }
}

const READ: CloudRead = { kind: 'read' }

function goneOf(asset: AssetIdentity, at: number): Observation {
  return { asset, at, source: 'live', state: { kind: 'gone' }, isDoubted: true }
}

function doubt({ nativeId }: AssetIdentity, { at }: Pick<LastTouch, 'at'>, startedAt: number): string {
  const seconds = Math.max(0, Math.round((startedAt - at) / 1_000))
  return `the cloud may not show yet what an event of ${seconds} s ago did to ${nativeId}`
}
