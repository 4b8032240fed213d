import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { AccessScope } from '../../model/access-scope.ts'
import { Fault, messageOf } from '../../model/fault.ts'
import {
  COUNTED_MAX,
  type Search,
  type SearchLag,
  type SearchPage,
  type SearchQuery,
  wordsOf,
} from '../../ports/search.ts'
import type { SearchFeed } from '../../ports/search-feed.ts'
import { OpenSearchClient, type OpenSearchSettings, refusal } from './client.ts'
import { Feeder } from './feeder.ts'
import { searchBody, type Way } from './query.ts'

export interface OpenSearchParts {
  readonly settings: OpenSearchSettings & { readonly index: string }
  readonly feed: SearchFeed
  /** Answers while OpenSearch is away or its index is not complete, and what lies too deep in a list. */
  readonly fallback: Search
  /** What went wrong and is tried again. */
  onFault(error: unknown): void
}

/** A person waits. */
const FIND_MS_MAX = 2_000
/** After it did not answer it is left alone for this long: nobody else waits for it in vain. */
const AWAY_MS = 5_000
/** Another process feeds: a look at how far it is. */
const WATCH_MS = 500
/** OpenSearch lists no more of one search; see its setting index.max_result_window. */
const LISTED_MAX = 10_000

/** Search in OpenSearch or Elasticsearch, fed from the store. The store's own index is kept up beside it, and answers in its place. */
export class OpenSearchSearch implements Search {
  readonly #parts: OpenSearchParts
  readonly #client: OpenSearchClient
  readonly #feeder: Feeder
  #away: { readonly until: number; readonly why: string } | undefined

  constructor(parts: OpenSearchParts) {
    this.#parts = parts
    this.#client = new OpenSearchClient(parts.settings)
    this.#feeder = new Feeder(this.#client, parts.feed, parts.settings.index)
  }

  async find(query: SearchQuery, scope: AccessScope): Promise<SearchPage> {
    const { fallback } = this.#parts
    if (query.offset + query.limit > LISTED_MAX) return await fallback.find(query, scope)
    if (this.#isAway()) return await this.#instead(query, scope, 'OpenSearch does not answer')
    try {
      const found = await this.#find(query, scope)
      this.#away = undefined
      return found ?? (await this.#instead(query, scope, 'the OpenSearch index is not complete yet'))
    } catch (error) {
      this.#goneAway(error)
      return await this.#instead(query, scope, 'OpenSearch does not answer')
    }
  }

  async #instead(query: SearchQuery, scope: AccessScope, why: string): Promise<SearchPage> {
    return { ...(await this.#parts.fallback.find(query, scope)), notice: `${why}: found with PostgreSQL instead` }
  }

  /** As the other index does: what is not there exactly is looked for in other ways. Undefined: there is no index yet. */
  async #find(query: SearchQuery, scope: AccessScope): Promise<SearchPage | undefined> {
    const words = await this.#ask(query, scope, 'words')
    if (words === undefined || words.total > 0) return words
    const hasWords = wordsOf(query.text).length > 0
    const starts = hasWords ? await this.#ask(query, scope, 'starts') : words
    if (starts === undefined || starts.total > 0 || (!hasWords && query.name === undefined)) return starts
    const similar = await this.#ask(query, scope, 'similar')
    return { ...starts, similar: similar?.ids ?? [] }
  }

  async #ask(query: SearchQuery, scope: AccessScope, way: Way): Promise<SearchPage | undefined> {
    const request = { method: 'POST', path: `/${this.#parts.settings.index}/_search` } as const
    const reply = await this.#client.send({ ...request, body: searchBody(query, scope, way), timeoutMs: FIND_MS_MAX })
    if (reply.status === 404) return undefined
    if (reply.status >= 300) throw refusal(reply, request)
    const { hits, timed_out: isCut, _shards: shards } = Hits.parse(reply.body)
    if (isCut || shards.failed > 0) throw new Error('OpenSearch answered in part')
    const total = Math.min(hits.total.value, COUNTED_MAX)
    return { ids: hits.hits.map(hit => hit._id), total, isTotalExact: total < COUNTED_MAX, similar: [] }
  }

  /** Feeds both indexes. That OpenSearch is away is told, and no failure: the other one answers. */
  async indexPending(signal: AbortSignal): Promise<boolean> {
    const isStored = await this.#parts.fallback.indexPending(signal)
    if (signal.aborted || this.#isAway()) return false
    // Who waits for an answer does not wait for a request that hangs: it ends beside.
    const isFed = await unlessAborted(this.#feedPending(signal), signal)
    return isStored && isFed
  }

  async #feedPending(signal: AbortSignal): Promise<boolean> {
    try {
      while (!signal.aborted) {
        const step = await this.#feeder.step()
        this.#away = undefined
        if (step !== 'more') return step === 'current'
      }
    } catch (error) {
      this.#goneAway(error)
    }
    return false
  }

  async rebuild(signal: AbortSignal, onProgress: (share: number) => void): Promise<boolean> {
    for (let isBegun = false; !isBegun && !signal.aborted; ) {
      isBegun = await this.#feeder.beginRebuild()
      if (!isBegun) await sleep(WATCH_MS, undefined, { signal }).catch(() => {})
    }
    while (!signal.aborted) {
      const step = await this.#feeder.step()
      const { building } = await this.#feeder.state()
      if (building === undefined) {
        // The alias is moved by the step after the last one.
        await this.#feeder.step()
        return true
      }
      onProgress(this.#parts.feed.share(building.place))
      if (step !== 'more') await sleep(WATCH_MS, undefined, { signal }).catch(() => {})
    }
    return false
  }

  async lag(now: number): Promise<SearchLag> {
    const { feed, fallback } = this.#parts
    const [stored, state, currentAt, refused] = await Promise.all([
      fallback.lag(now),
      this.#feeder.state(),
      feed.currentAt(),
      feed.refusedCount(),
    ])
    const fed = await feed.pending((state.live ?? state.building)?.place)
    const lagMs = fed.pending === 0 || currentAt === undefined ? 0 : Math.max(0, now - currentAt)
    const problems = [
      ...(this.#away === undefined ? [] : [this.#away.why]),
      ...(refused === 0 ? [] : [`${refused} documents were refused: see \`cadastre search-index\``]),
    ]
    return {
      pending: Math.max(stored.pending, fed.pending),
      isExact: stored.isExact && fed.isExact,
      lagMs: Math.max(stored.lagMs, lagMs),
      ...(problems.length === 0 ? {} : { problem: problems.join('; ') }),
    }
  }

  #isAway(): boolean {
    return this.#away !== undefined && performance.now() < this.#away.until
  }

  /** What it refuses of one search is no reason to leave it alone with others. */
  #goneAway(error: unknown): void {
    const isRefusal = error instanceof Fault && error.code !== 'retry'
    this.#away = { until: isRefusal ? 0 : performance.now() + AWAY_MS, why: messageOf(error) }
    this.#parts.onFault(error)
  }
}

/** What the work comes to; false when the signal ends the waiting for it. */
async function unlessAborted(work: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  const stop = Promise.withResolvers<false>()
  const onAbort = () => stop.resolve(false)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, stop.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

const Hits = z.object({
  timed_out: z.boolean(),
  _shards: z.object({ failed: z.int() }),
  hits: z.object({ total: z.object({ value: z.int() }), hits: z.array(z.object({ _id: z.string() })) }),
})
