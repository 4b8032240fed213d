import { type AssetIdentity, GLOBAL } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import type { Outcome, Scope, ScopeResult } from '../model/scan-scope.ts'
import type { Account, Cloud, Described, Memory, Seen } from '../ports/cloud.ts'
import { Batcher } from './batcher.ts'

/** What a scan writes to: the store, in batches. */
export interface Registry extends Memory {
  record(observations: readonly Observation[]): Promise<Counted>
  /** Assets that were there and that these complete listings, begun at `startedAt`, did not show. */
  absent(scopes: readonly ScopeResult[]): Promise<readonly Absent[]>
  saveScopes(results: readonly ScopeResult[]): Promise<void>
  saveAccounts(accounts: readonly Account[]): Promise<void>
}

/** An asset that a complete listing did not show. */
export interface Absent {
  readonly asset: AssetIdentity
  readonly startedAt: number
  /** An event told of it so shortly before that listings may not show it yet. */
  readonly isRecent: boolean
}

export interface Counted {
  readonly created: number
  readonly changed: number
  readonly ended: number
  readonly unchanged: number
}

export interface Progress extends Counted {
  accounts: number
  scopes: number
  /** Scopes found so far; it grows while accounts are still being entered. */
  scopesKnown: number
  assets: number
  created: number
  changed: number
  ended: number
  unchanged: number
  denied: number
  failed: number
  skipped: number
}

/** Scopes read at once. Each holds one page, so memory does not depend on the number of accounts. */
const SCOPES_AT_ONCE = 64
/** The store is best written to by two to four connections, 500 to 1,000 observations each time. */
const RECORD = { size: 1_000, lanes: 3 }
const FINISH = { size: 500, lanes: 1 }

/** Reads these scopes anew, likewise. */
export async function readScopes(
  cloud: Cloud,
  registry: Registry,
  chosen: readonly Scope[],
  plan: ReadPlan,
): Promise<Progress> {
  const progress = { ...noProgress(), scopesKnown: chosen.length }
  await readEach(cloud, registry, chosen, {
    plan,
    progress,
    writers: writersOf(cloud, registry, progress, plan.signal),
  })
  return progress
}

/** When to stop, and whom to tell. */
export interface ReadPlan {
  readonly signal: AbortSignal
  readonly now: () => number
  onProgress?(progress: Progress): void
}

/** Nothing yet. */
export function noProgress(): Progress {
  return {
    accounts: 0,
    scopes: 0,
    scopesKnown: 0,
    assets: 0,
    created: 0,
    changed: 0,
    ended: 0,
    unchanged: 0,
    denied: 0,
    failed: 0,
    skipped: 0,
  }
}

/** The batches that all scopes share. */
export interface Writers {
  readonly recorder: Batcher<Observation>
  readonly finisher: Batcher<ScopeResult>
}

export function writersOf(cloud: Cloud, registry: Registry, progress: Progress, signal: AbortSignal): Writers {
  const recorder = new Batcher<Observation>(
    async observations => count(progress, await registry.record(observations)),
    RECORD,
  )
  const finisher = new Batcher<ScopeResult>(results => finish(cloud, registry, progress, { results, signal }), FINISH)
  return { recorder, finisher }
}

/** Reads scopes as they are found, many at once. Each is written down as it ends. */
export async function readEach(
  cloud: Cloud,
  registry: Registry,
  scopes: AsyncIterable<Scope> | Iterable<Scope>,
  {
    plan,
    progress,
    writers: { recorder, finisher },
  }: {
    readonly plan: ReadPlan
    readonly progress: Progress
    readonly writers: Writers
  },
): Promise<void> {
  const readScope = async (scope: Scope) => {
    if (plan.signal.aborted) return
    const startedAt = plan.now()
    const outcome = await readAll(cloud, registry, recorder, scope, plan.signal)
    if (outcome === 'interrupted') return
    if (outcome.kind === 'read') progress.assets += outcome.assets
    else progress[outcome.kind]++
    await finisher.add([{ scope, startedAt, outcome }])
    progress.scopes++
    plan.onProgress?.(progress)
  }

  await inParallel(scopes, SCOPES_AT_ONCE, readScope)
}

async function readAll(
  cloud: Cloud,
  registry: Registry,
  recorder: Batcher<Observation>,
  scope: Scope,
  signal: AbortSignal,
): Promise<Outcome | 'interrupted'> {
  let assets = 0
  const pages = cloud.read(scope, registry, signal)[Symbol.asyncIterator]()
  for (;;) {
    let page: IteratorResult<readonly Seen[]>
    try {
      page = await pages.next()
    } catch (error) {
      return signal.aborted ? 'interrupted' : cloud.explain(error, scope)
    }
    if (page.done === true) return { kind: 'read', assets }
    assets += page.value.length
    await recorder.add(page.value.map(({ asset, present, at }) => ({ asset, at, source: 'scan', state: present })))
  }
}

/** Ends what complete listings lack, then writes down how the scopes ended: in this order, so that a kill in between repeats, not skips. */
async function finish(
  cloud: Cloud,
  registry: Registry,
  progress: Progress,
  { results, signal }: { readonly results: readonly ScopeResult[]; readonly signal: AbortSignal },
): Promise<void> {
  const complete = results.filter(({ outcome }) => outcome.kind === 'read')
  const absent = complete.length === 0 ? [] : await believed(cloud, registry, await registry.absent(complete), signal)
  const ended = absent.map(
    ({ asset, startedAt }): Observation => ({ asset, at: startedAt, source: 'scan', state: { kind: 'gone' } }),
  )
  for (let from = 0; from < ended.length; from += RECORD.size) {
    count(progress, await registry.record(ended.slice(from, from + RECORD.size)))
  }
  await registry.saveScopes(results)
}

/** Of what listings lacked: what cannot have been too new for them, and what a describe does not find either. */
async function believed(
  cloud: Cloud,
  registry: Registry,
  absent: readonly Absent[],
  signal: AbortSignal,
): Promise<readonly Absent[]> {
  const recent = absent.filter(({ isRecent }) => isRecent)
  if (recent.length === 0) return absent
  const gone = new Set<Absent>()
  const keyOf = ({ asset: { account, region, type } }: Absent) => `${account} ${region} ${type}`
  for (const group of Map.groupBy(recent, keyOf).values()) {
    const { provider, account, region, type } = (group[0] as Absent).asset
    const describable = cloud.describable(type)
    const scope = { provider, account, region: describable?.scope === 'global' ? GLOBAL : region, type }
    const size = describable?.max ?? 0
    for (let from = 0; size > 0 && from < group.length; from += size) {
      const batch = group.slice(from, from + size)
      const ids = batch.map(({ asset }) => asset.nativeId)
      const replies = signal.aborted
        ? []
        : await cloud.describe(scope, ids, registry, signal).catch(unlessAborted(signal))
      for (const [at, reply] of replies.entries()) if (reply.kind === 'gone') gone.add(batch[at] as Absent)
    }
  }
  return absent.filter(each => !each.isRecent || gone.has(each))
}

/** Whoever was interrupted got no answer, and ends nothing. */
function unlessAborted(signal: AbortSignal): (error: unknown) => readonly Described[] {
  return error => {
    if (!signal.aborted) throw error
    return []
  }
}

/** The first failure stops the taking of further items; it is thrown when what was begun has ended. */
async function inParallel<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const failures: unknown[] = []
  const worker = async () => {
    try {
      for (let next = await iterator.next(); next.done !== true && failures.length === 0; next = await iterator.next())
        await work(next.value)
    } catch (error) {
      failures.push(error)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  if (failures.length > 0) throw failures[0]
}

function count(progress: Progress, counted: Counted): void {
  progress.created += counted.created
  progress.changed += counted.changed
  progress.ended += counted.ended
  progress.unchanged += counted.unchanged
}
