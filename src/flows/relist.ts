import type { TouchedAsset } from '../model/change.ts'
import { CONSISTENCY_MS } from '../model/consistency.ts'
import { AccountId, GLOBAL, Region } from '../model/identity.ts'
import type { Scope } from '../model/scan-scope.ts'
import type { Clock } from '../ports/clock.ts'
import type { Brings, Cloud } from '../ports/cloud.ts'
import type { RefreshedEvent, RefreshStore } from '../ports/refresh-store.ts'
import { type Registry, readScopes } from './read-scopes.ts'

/** A scope to be listed anew. Times are milliseconds since 1970. */
interface Wanted {
  readonly scope: Scope
  /** The last time it was asked for, and the first time since it was listed. */
  requestedAt: number
  firstAt: number
  reason: string
  /** Between two listings. */
  pauseMs: number
  listedAt: number
  /** The store has it. */
  isKept: boolean
}

/** After the first request, so that those that follow share the listing. */
const GATHER_MS = 2_000
const PAUSE_MS = 30_000
/** A write that the event map cannot place says little: its service is listed seldom, and not before its changes can be seen. */
const UNPLACED_PAUSE_MS = 10 * 60_000
const TICK_MS = 1_000
/** The table is asked for what others wrote to it. */
const TABLE_MS = 5_000
/** Listings at once take the quota of describes, so only so many. */
const SCOPES_MAX = 32
const WANTED_MAX = 100_000

/**
 * Lists scopes anew in which something changed that no event names. A scope is listed soon after the first request and at most every
 * half minute; a request is answered by a listing that began when its change could be seen by all.
 */
export class Relister {
  readonly #cloud: Cloud
  readonly #registry: Registry
  readonly #store: RefreshStore
  readonly #options: { readonly clock: Clock; onFault(error: unknown): void }
  readonly #wanted = new Map<string, Wanted>()
  /** The types that sources of events may tell of. */
  readonly #typesOf: ReadonlyMap<string, Cloud['types']>
  readonly #brings: ReadonlyMap<string, Brings>

  constructor(
    cloud: Cloud,
    registry: Registry,
    store: RefreshStore,
    options: { readonly clock: Clock; onFault(error: unknown): void },
  ) {
    this.#cloud = cloud
    this.#registry = registry
    this.#store = store
    this.#options = options
    this.#brings = new Map(
      cloud.types.flatMap(({ name, brings }) => (brings === undefined ? [] : [[name, brings] as const])),
    )
    const pairs = cloud.types.flatMap(type => (type.eventSources ?? []).map(source => ({ source, type })))
    this.#typesOf = new Map(
      [...Map.groupBy(pairs, ({ source }) => source)].map(([source, group]) => [source, group.map(({ type }) => type)]),
    )
  }

  /** Scopes that wait to be listed. */
  get size(): number {
    return this.#wanted.size
  }

  /** What an event may have changed without naming it is to be listed. */
  request(event: RefreshedEvent): void {
    const { outcome, at, source, name } = event
    if (outcome.kind === 'unmapped') {
      const account = AccountId.safeParse(event.account).data
      const region = Region.safeParse(event.region).data
      if (account === undefined || region === undefined) return
      for (const { name: type, scope } of this.#typesOf.get(source) ?? []) {
        const place = scope === 'global' ? GLOBAL : region
        this.#want(
          { provider: event.provider, account, region: place, type },
          at,
          UNPLACED_PAUSE_MS,
          `${source}:${name}`,
        )
      }
    }
    if (outcome.kind === 'mapped') this.#requestBrought(event, outcome.assets)
    if (outcome.kind !== 'relist') return
    for (const { type, account, region } of outcome.types) {
      const scope = this.#scopeOf(event.provider, account, region, type)
      if (scope !== undefined) this.#want(scope, at, PAUSE_MS, outcome.reason)
    }
  }

  /** What comes and goes with an asset, without an event of its own. */
  #requestBrought({ provider, at, name }: RefreshedEvent, touched: readonly TouchedAsset[]): void {
    for (const { type, account, region, action } of touched) {
      const brings = this.#brings.get(type)
      if (brings === undefined || (action === 'update' && brings.events?.includes(name) !== true)) continue
      for (const brought of brings.types) {
        const scope = this.#scopeOf(provider, account, region, brought)
        if (scope !== undefined) this.#want(scope, at, PAUSE_MS, `${name} of ${type}`)
      }
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, onFault } = this.#options
    let tableAt = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      try {
        if (clock.now() >= tableAt + TABLE_MS) {
          tableAt = clock.now()
          await this.#exchange()
        }
        await this.#list(signal)
      } catch (error) {
        if (!signal.aborted) onFault(error)
      }
      await clock.sleep(TICK_MS, signal).catch(() => {})
    }
  }

  /** Writes down what is wanted and takes up what others wrote down. */
  async #exchange(): Promise<void> {
    const fresh = [...this.#wanted.values()].filter(({ isKept }) => !isKept)
    if (fresh.length > 0) {
      await this.#store.requestRelists(fresh.map(({ scope, requestedAt, reason }) => ({ scope, requestedAt, reason })))
      for (const wanted of fresh) wanted.isKept = true
    }
    const unknown: Scope[] = []
    for (const { scope, requestedAt, reason } of await this.#store.relists()) {
      const known = this.#scopeOf(scope.provider, scope.account, scope.region, scope.type)
      if (known === undefined || keyOf(known) !== keyOf(scope)) unknown.push(scope)
      if (known !== undefined)
        this.#want(known, requestedAt, undefined, reason).isKept ||= keyOf(known) === keyOf(scope)
    }
    if (unknown.length > 0) await this.#store.relisted(unknown, Number.MAX_SAFE_INTEGER)
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    const startedAt = clock.now()
    const due = [...this.#wanted.values()].filter(wanted => startedAt >= dueAt(wanted)).slice(0, SCOPES_MAX)
    if (due.length === 0) return
    const scopes = due.map(({ scope }) => scope)
    await readScopes(this.#cloud, this.#registry, scopes, { signal, now: clock.now })
    if (signal.aborted) return
    await this.#store.relisted(scopes, startedAt - CONSISTENCY_MS)
    for (const wanted of due) {
      wanted.listedAt = startedAt
      if (wanted.requestedAt <= startedAt - CONSISTENCY_MS) this.#wanted.delete(keyOf(wanted.scope))
    }
  }

  #want(scope: Scope, requestedAt: number, pauseMs: number | undefined, reason: string): Wanted {
    const key = keyOf(scope)
    const known = this.#wanted.get(key)
    const at = Math.min(requestedAt, this.#options.clock.now())
    if (known === undefined) {
      const wanted = {
        scope,
        requestedAt: at,
        firstAt: at,
        reason,
        pauseMs: pauseMs ?? PAUSE_MS,
        listedAt: 0,
        isKept: false,
      }
      if (this.#wanted.size < WANTED_MAX) this.#wanted.set(key, wanted)
      return wanted
    }
    if (at > known.requestedAt) {
      known.requestedAt = at
      known.isKept = false
    }
    if (known.firstAt <= known.listedAt) known.firstAt = at
    known.pauseMs = Math.min(known.pauseMs, pauseMs ?? known.pauseMs)
    return known
  }

  /** Undefined: no listing shows such assets. */
  #scopeOf(provider: Scope['provider'], account: string, region: string, type: string): Scope | undefined {
    const known = this.#cloud.types.find(({ name }) => name === type)
    const owner = AccountId.safeParse(account).data
    const at = known?.scope === 'global' ? GLOBAL : Region.safeParse(region).data
    if (known === undefined || owner === undefined || at === undefined || provider !== this.#cloud.provider)
      return undefined
    return { provider, account: owner, region: at, type: known.name }
  }
}

/** When a scope is to be listed: soon after it was first asked for, and again when what was asked for last can be seen by all. */
function dueAt({ requestedAt, firstAt, pauseMs, listedAt }: Wanted): number {
  const isListed = listedAt > firstAt
  const isPatient = pauseMs === UNPLACED_PAUSE_MS || isListed
  return Math.max(isPatient ? requestedAt + CONSISTENCY_MS : firstAt + GATHER_MS, listedAt + pauseMs)
}

function keyOf({ account, region, type }: Scope): string {
  return `${account}\n${region}\n${type}`
}
