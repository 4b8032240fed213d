import { EVENT_TIME_MS } from '../model/consistency.ts'
import type { Histogram } from '../model/histogram.ts'
import { type AssetId, type AssetIdentity, assetIdOf } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cloud, Described } from '../ports/cloud.ts'
import type { Refresh, RefreshStore, Verdict } from '../ports/refresh-store.ts'
import type { Answer, AnswerKeeper } from './answer-keeper.ts'
import { Batcher } from './batcher.ts'
import type { PendingAssets } from './pending.ts'
import type { PendingAsset, ScopeQueue } from './pending-asset.ts'
import {
  type Asked,
  doubtedUntil,
  isChange,
  isDoubted,
  isGone,
  motionOf,
  type Reply,
  type Step,
  settle,
} from './settle.ts'
import type { Receipt, Watermark } from './watermark.ts'

/** What refreshing has done so far. */
export interface RefreshCounts {
  /** Calls, each for one or many assets of a scope. */
  describes: number
  /** What was said of the assets. */
  readonly replies: Record<Described['kind'], number>
  readonly verdicts: Record<Verdict, number>
  answered: number
  /** Answered though no read showed a change. */
  unseen: number
  /** Reads of assets that had been read for the same events before. */
  retries: number
  parked: number
  /** Answered by what was read anyhow, later than the event. */
  late: number
  /** Touched assets of types or places that are not read. */
  unreadable: number
}

export interface ReaderOptions {
  readonly clock: Clock
  onFault(error: unknown): void
  readonly pending: PendingAssets
  readonly watermark: Watermark
  readonly keeper: AnswerKeeper
  readonly answering: Histogram
  readonly consistencyMs?: number
}

/** An asset with what was to be found out when its read began. */
interface Question {
  readonly pending: PendingAsset
  readonly receipt: Receipt | undefined
  readonly asked: Asked
}

/** A question that was answered, more or less, and what follows. */
interface Outcome {
  readonly question: Question
  readonly reply: Reply
  readonly step: Step
}

interface Kept {
  readonly observation: Observation
  verdict: Verdict
}

/** The store is best written to by two to three connections, 1,000 observations each time. */
const RECORD = { size: 1_000, lanes: 3 }
/** After our own store failed. */
const RETRY_MS = 1_000
/** What waits longer than that is left to its row. */
const REMEMBERED_MS = 2 * 60_000

/** Reads assets of one scope together, records what was said, and decides for each what is next. */
export class AssetReader {
  readonly counts: RefreshCounts = {
    describes: 0,
    replies: { present: 0, gone: 0, denied: 0, failed: 0, skipped: 0 },
    verdicts: { created: 0, changed: 0, returned: 0, ended: 0, unchanged: 0, doubted: 0 },
    answered: 0,
    unseen: 0,
    retries: 0,
    parked: 0,
    late: 0,
    unreadable: 0,
  }
  readonly #cloud: Cloud
  readonly #store: RefreshStore
  readonly #options: ReaderOptions
  readonly #recorder: Batcher<Kept>

  constructor(cloud: Cloud, store: RefreshStore, options: ReaderOptions) {
    this.#cloud = cloud
    this.#store = store
    this.#options = options
    this.#recorder = new Batcher<Kept>(kept => this.#record(kept), RECORD)
  }

  /** Never throws: what could not be read or recorded waits to be tried again. */
  async read(queue: ScopeQueue, assets: readonly PendingAsset[], signal: AbortSignal): Promise<void> {
    const { clock, pending: waiting, onFault } = this.#options
    const startedAt = clock.now()
    let open = assets.map(pending => this.#questionOf(pending, startedAt))
    let isBusy = true
    const release = () => {
      if (isBusy) waiting.release(queue)
      isBusy = false
    }
    try {
      open = await this.#withoutLate(open, startedAt)
      if (open.length === 0) return
      this.counts.describes++
      const ids = open.map(({ pending }) => pending.asset.nativeId)
      const replies = await this.#cloud.describe(queue.scope, ids, this.#store, signal)
      const reads = open.map(({ pending }, at) => ({ id: pending.id, hasFailed: replies[at]?.kind === 'failed' }))
      waiting.told(queue, reads, clock.now())
      release()
      await this.#answer(open, replies)
      open = []
    } catch (error) {
      if (!signal.aborted) onFault(error)
    } finally {
      release()
      for (const question of open) this.#putBack(question)
    }
  }

  #questionOf(pending: PendingAsset, startedAt: number): Question {
    const { consistencyMs } = this.#options
    const { until, action, events, reads, failures, hasChanged, receipt } = pending
    pending.receipt = undefined
    const asked = { until, action, events, reads, failures, hasChanged, startedAt }
    return { pending, receipt, asked: consistencyMs === undefined ? asked : { ...asked, consistencyMs } }
  }

  /** Leaves out what was seen long enough after the event anyhow: a log that arrives late tells nothing new about the present. */
  async #withoutLate(questions: Question[], startedAt: number): Promise<Question[]> {
    const isLate = ({ asked, pending }: Question) =>
      asked.reads === 1 && pending.keptUntil === undefined && startedAt > believedFrom(asked)
    const late = questions.filter(isLate)
    if (late.length === 0) return questions
    const seen = await this.#store.lastSeen(late.map(({ pending }) => pending.id))
    const answered = new Set(late.filter(({ asked, pending }) => (seen.get(pending.id) ?? 0) > believedFrom(asked)))
    this.counts.late += answered.size
    for (const question of answered) this.#close(question)
    return questions.filter(question => !answered.has(question))
  }

  async #answer(questions: readonly Question[], replies: readonly Described[]): Promise<void> {
    const gone = questions.filter(({ asked }, at) => replies[at]?.kind === 'gone' && isGone(asked))
    const behind = gone.length === 0 ? new Map() : await this.#store.aliased(gone.map(({ pending }) => pending.id))
    const kept = new Map<AssetId, Kept>()
    questions.forEach((question, at) => {
      for (const observation of observations(question, replies[at], behind))
        kept.set(idOf(observation.asset, question), { observation, verdict: 'doubted' })
    })
    await this.#recorder.add([...kept.values()])
    const { clock } = this.#options
    const now = clock.now()
    const outcomes = questions.map((question, at): Outcome => {
      const reply = replyOf(question, replies[at], kept)
      this.counts.replies[reply.kind]++
      return { question, reply, step: settle(question.asked, reply, now) }
    })
    const answers = outcomes.flatMap(outcome => this.#rowOf(outcome, now))
    if (answers.length > 0) await this.#options.keeper.keep(answers)
    for (const outcome of outcomes) this.#next(outcome, now)
  }

  async #record(kept: readonly Kept[]): Promise<void> {
    const verdicts = await this.#store.record(kept.map(({ observation }) => observation))
    kept.forEach((each, at) => {
      each.verdict = verdicts[at] ?? 'doubted'
      this.counts.verdicts[each.verdict]++
    })
  }

  /** What is to be written about an asset, if anything. */
  #rowOf({ question: { pending, asked }, reply, step }: Outcome, now: number): Answer[] {
    const { asset, id, since } = pending
    const { until, action } = asked
    const attempts = failuresAfter(asked, reply)
    const afterMs = step.kind === 'again' ? step.afterMs : 0
    const refresh: Refresh = { asset, since, until, action, attempts, dueAt: now + afterMs }
    if (step.kind === 'parked')
      return [{ kind: 'park', refresh, parked: { refresh, detail: step.detail, needs: step.needs } }]
    if (step.kind === 'answered') return this.#options.keeper.has(id) ? [{ kind: 'settle', refresh }] : []
    const isKnown = pending.keptUntil === until && pending.keptDueAt >= refresh.dueAt && attempts === asked.failures
    if (isKnown) return []
    // While it is read again and again its row need not be touched: whoever takes over reads it once all doubt has ended.
    const dueAt = afterMs > REMEMBERED_MS ? refresh.dueAt : Math.max(refresh.dueAt, doubtedUntil(asked))
    pending.keptUntil = until
    pending.keptDueAt = dueAt
    return [{ kind: 'wait', refresh: { ...refresh, dueAt } }]
  }

  #next({ question, reply, step }: Outcome, now: number): void {
    const { pending, asked, receipt } = question
    const { pending: waiting, watermark, answering } = this.#options
    const isPresent = reply.kind === 'present'
    if (receipt === undefined) this.counts.retries++
    else if (isPresent) answering.add(Math.max(0, now - receipt.receivedAt) / 1000)
    const hasNews = pending.receipt !== undefined
    if (isPresent && isChange(reply.verdict) && !hasNews) pending.hasChanged = true
    if (step.kind === 'answered') {
      if (isPresent && !asked.hasChanged && !isChange(reply.verdict)) this.counts.unseen++
      this.#close(question)
      return
    }
    if (receipt !== undefined) watermark.close(receipt)
    if (step.kind === 'parked') {
      this.counts.parked++
      if (pending.receipt !== undefined) watermark.close(pending.receipt)
      pending.receipt = undefined
      waiting.rest(pending, now)
      return
    }
    pending.failures = failuresAfter(asked, reply)
    if (step.afterMs > REMEMBERED_MS && !hasNews) waiting.forget(pending)
    else waiting.again(pending, now + step.afterMs, now)
  }

  #close({ pending, receipt, asked }: Question): void {
    const { pending: waiting, watermark, clock } = this.#options
    this.counts.answered++
    if (receipt !== undefined) watermark.close(receipt)
    waiting.answered(pending, asked.events, clock.now())
  }

  /** The events of a read that came to nothing are open as before. */
  #putBack({ pending, receipt }: Question): void {
    const { pending: waiting, watermark, clock } = this.#options
    const now = clock.now()
    if (receipt !== undefined) {
      if (pending.receipt !== undefined) watermark.close(pending.receipt)
      pending.receipt = receipt
    }
    pending.reads = Math.max(0, pending.reads - 1)
    waiting.again(pending, now + RETRY_MS, now)
  }
}

function believedFrom(asked: Asked): number {
  return doubtedUntil(asked) + EVENT_TIME_MS
}

function observations(
  { pending, asked }: Question,
  described: Described | undefined,
  behind: ReadonlyMap<AssetId, readonly AssetIdentity[]>,
): Observation[] {
  if (described?.kind === 'present') {
    const { asset, present, at } = described.seen
    return [{ asset, at, source: 'event', state: present, isDoubted: isDoubted(asked) }]
  }
  if (described?.kind !== 'gone' || !isGone(asked)) return []
  // Doubted, so that an asset which nobody ever saw is not recorded as one that is gone.
  return [pending.asset, ...(behind.get(pending.id) ?? [])].map(asset => ({
    asset,
    at: described.at,
    source: 'event',
    state: { kind: 'gone' },
    isDoubted: true,
  }))
}

function replyOf(question: Question, described: Described | undefined, kept: ReadonlyMap<AssetId, Kept>): Reply {
  if (described === undefined) return { kind: 'failed', detail: 'the reply says nothing about it' }
  if (described.kind !== 'present') return described
  const { asset, present } = described.seen
  const verdict = kept.get(idOf(asset, question))?.verdict ?? 'doubted'
  return { kind: 'present', verdict, motion: motionOf(present.config, present.volatile) }
}

/** Mostly the asset is the one that was asked for, whose id is known. */
function idOf(asset: AssetIdentity, { pending: { id, asset: asked } }: Question): AssetId {
  const isAsked = asset.nativeId === asked.nativeId && asset.region === asked.region
  return isAsked ? id : assetIdOf(asset)
}

/** Reads in a row that failed. Throttling is no failure of the asset's. */
function failuresAfter(asked: Asked, reply: Reply): number {
  return reply.kind !== 'failed' ? 0 : asked.failures + (reply.isThrottled === true ? 0 : 1)
}
