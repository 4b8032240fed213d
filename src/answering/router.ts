/*
 * Which source answers a question.
 *
 *   index           always first: what it says tells which assets the answer is about, and how old that is
 *   fresh enough    (reason.ts, freshness.ts) the answer
 *   live            just those assets are read again in the cloud and recorded; then the same question is answered again
 *   other sources   in their order, for what the cloud did not tell: what they say is laid over what is known, for this answer only
 *   in time         whatever does not come within the limit is not waited for; the index answers, and says why
 *
 * Every answer is made by the question itself from the store, within what the asker may see: so it has one shape whatever it comes from, and
 * access is applied where it always is.
 */
import type { AllowedQuestion } from '../access/open-asker.ts'
import { maySee } from '../model/access-scope.ts'
import { AccountId, type AssetIdentity, Provider, Region, ResourceTypeName } from '../model/identity.ts'
import type { PartialState, SoughtValue } from '../ports/live-source.ts'
import { FACTS_MAX } from '../questions/answers/provenance.ts'
import { INDEX, LIVE, type Route, type Tried } from '../questions/answers/route.ts'
import { answerFromIndex, InputError } from '../questions/ask.ts'
import type { Answer } from '../questions/question.ts'
import { answerOver, type Told } from '../store/overlay.ts'
import { readCards } from '../store/queries/cards.ts'
import { atMost } from './at-most.ts'
import type { CloudReader } from './cloud-reader.ts'
import type { FreshnessSettings } from './freshness.ts'
import { Patience, within } from './patience.ts'
import { freshEnough, type Reason, reasonFor } from './reason.ts'
import type { SourceReader } from './source-reader.ts'
import { triedCloud, triedSource } from './tried.ts'

export interface RouterParts {
  readonly freshness: FreshnessSettings
  readonly cloud: CloudReader
  /** In the order in which they are asked. */
  readonly sources: readonly SourceReader[]
  /** How long opening the cloud may take beside the limit, in milliseconds: who asks one question and ends may wait for it. */
  readonly openingMs?: number
  now(): number
}

/** Connections of the store that answers over what is not kept may hold at once. */
const OVERLAYS_MAX = 3
/** An answer that was read again may be about assets that it was not about before. */
const ROUNDS_MAX = 2

type Answered = Answer<unknown>
interface Gained {
  readonly answer: Answered
  /** Assets that the cloud did not tell of. */
  readonly untold: readonly AssetIdentity[]
}

/** Answers from the best source: see the top of this file. */
export class Router {
  readonly #parts: RouterParts
  readonly #overlaid = atMost(OVERLAYS_MAX)

  constructor(parts: RouterParts) {
    this.#parts = parts
  }

  /** Throws InputError where reading the cloud was asked for and makes no sense. */
  async answer(asked: AllowedQuestion): Promise<Answered> {
    const { question, isLiveForced, asking } = asked
    const { freshness } = this.#parts
    if (isLiveForced && question.notLive !== undefined)
      throw new InputError(`${question.name} is not answered live: ${question.notLive}`)
    const answer = await fromIndex(asked)
    if (question.notLive !== undefined) return answer
    if (answer.provenance.at !== null) {
      if (isLiveForced) throw new InputError('the past cannot be read live: leave out the time, or live')
      return answer
    }
    const reason = reasonFor(answer, { question: question.name, isForced: isLiveForced, now: asking.now }, freshness)
    if (reason === undefined) {
      const why = freshEnough(freshness)
      return why === undefined ? answer : routed(answer, { source: INDEX, why, tried: [] })
    }
    if (!asked.mayReadLive) {
      const why = `${reason.why}; but nothing is read for you besides, which is not granted`
      return routed(answer, { source: INDEX, why, tried: [] })
    }
    return this.#live(asked, answer, reason)
  }

  async #live(asked: AllowedQuestion, index: Answered, reason: Reason): Promise<Answered> {
    const { sources, cloud, openingMs, freshness } = this.#parts
    if (openingMs !== undefined && reason.assets.length > 0) await within(cloud.ready(), openingMs)
    const patience = new Patience(freshness.limit)
    const tried: Tried[] = []
    const used = new Set<string>()
    const others = asked.question.usesIndex === true ? [] : sources
    const turns = { left: 1 + others.length }
    let { answer, untold } = await this.#readCloud(asked, { index, reason, patience, turns, tried, used })

    const told: Told[] = []
    let isAsked = false
    const sought = reason.seeks ? asked.question.seeks?.(asked.input) : undefined
    for (const source of others) {
      turns.left--
      const isSought = source.finds && !answer.found && told.every(({ states }) => states.length === 0)
      const wanted = { untold, sought: isSought ? sought : undefined }
      if (untold.length === 0 && wanted.sought === undefined) continue
      isAsked = true
      const states = await askSource(source, asked, { ...wanted, ms: patience.turnMs(turns.left + 1), tried })
      told.push({ source: source.name, states })
      const known = new Set(states.map(({ asset }) => keyOf(asset)))
      untold = untold.filter(asset => !known.has(keyOf(asset)))
    }
    if (tried.length === 0) tried.push(NOTHING_TO_READ)
    // Also where nothing was told that may be seen: what is hidden takes the same way as what does not exist.
    if (isAsked) answer = (await this.#answerOver(asked, told, patience, { tried, used })) ?? answer
    const source = used.size === 0 ? INDEX : [...used].join(' and ')
    return routed(answer, { source, why: reason.why, tried })
  }

  /** Reads again what the answer is about, and answers again; then, if that is about others, once more. */
  async #readCloud(asked: AllowedQuestion, { index, reason, patience, turns, tried, used }: Reading): Promise<Gained> {
    const { cloud, freshness, now } = this.#parts
    const judged = { question: asked.question.name, isForced: asked.isLiveForced }
    const read = new Set<string>()
    const untold = new Map<string, AssetIdentity>()
    let answer = index
    let wanted = reason.assets
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const ids = wanted.filter(id => !read.has(id))
      const assets = await identitiesOf(asked, ids.slice(0, freshness.assets - read.size))
      if (assets.length === 0) break
      const startedAt = performance.now()
      const reads = cloud.read(assets)
      const ms = patience.turnMs(turns.left)
      const results = await Promise.all(reads.map(each => within(each, ms)))
      const isCut = ids.length > assets.length || answer.provenance.facts.length >= FACTS_MAX
      tried.push(triedCloud(results, { isCut, ms: performance.now() - startedAt }))
      assets.forEach((asset, at) => {
        read.add(asset.id)
        if (results[at]?.kind !== 'read') untold.set(asset.id, asset)
      })
      if (results.some(result => result?.kind === 'read')) used.add(LIVE)
      answer = await fromIndex({ ...asked, signal: stopping(asked.signal, patience.leftMs) }, now())
      wanted = reasonFor(answer, { ...judged, now: now() }, freshness)?.assets ?? []
    }
    return { answer, untold: [...untold.values()] }
  }

  /** Undefined: that could not be had in time. */
  async #answerOver(
    asked: AllowedQuestion,
    told: readonly Told[],
    patience: Patience,
    { tried, used }: Pick<Reading, 'tried' | 'used'>,
  ): Promise<Answered | undefined> {
    const { asking } = asked
    const now = this.#parts.now()
    const timeoutMs = patience.leftMs
    const signal = AbortSignal.timeout(Math.ceil(timeoutMs))
    const startedAt = performance.now()
    const answering = this.#overlaid(
      () =>
        answerOver(asking.database, told, { timeoutMs, signal, now, scope: asking.scope }, async (over, telling) => ({
          answer: await fromIndex({ ...asked, asking: { ...asking, database: over } }, now),
          telling,
        })),
      signal,
    )
    const answered = await within(
      answering.catch(() => undefined),
      timeoutMs,
    )
    for (const source of answered?.telling ?? []) used.add(source)
    if (answered === undefined) {
      const detail = 'what it says could not be laid over what is known in time'
      const ms = Math.round(performance.now() - startedAt)
      tried.push({ source: told.map(({ source }) => source).join(' and '), outcome: 'slow', detail, ms })
    }
    return answered?.answer
  }
}

/** Only what is known can be read again. */
const NOTHING_TO_READ: Tried = {
  source: LIVE,
  outcome: 'skipped',
  detail: 'nothing is known that could be read again',
  ms: 0,
}

interface Reading {
  readonly index: Answered
  readonly reason: Reason
  readonly patience: Patience
  readonly turns: { readonly left: number }
  readonly tried: Tried[]
  /** The sources that told something. */
  readonly used: Set<string>
}

function fromIndex({ question, input, asking, signal }: AllowedQuestion, now = asking.now): Promise<Answered> {
  return answerFromIndex(question, input, { ...asking, now }, signal)
}

/** A search waits for its index no longer than there is time. */
function stopping(signal: AbortSignal | undefined, ms: number): AbortSignal {
  const late = AbortSignal.timeout(Math.ceil(ms))
  return signal === undefined ? late : AbortSignal.any([signal, late])
}

function routed(answer: Answered, route: Route): Answered {
  return { ...answer, provenance: { ...answer.provenance, route } }
}

/** What a source is asked: the states of assets, and which assets bear a value. */
interface Wanted {
  readonly untold: readonly AssetIdentity[]
  readonly sought: SoughtValue | undefined
}

/** Of what the asker may see, whatever a source says. */
async function askSource(
  source: SourceReader,
  { asking }: AllowedQuestion,
  { untold, sought, ms, tried }: Wanted & { readonly ms: number; readonly tried: Tried[] },
): Promise<readonly PartialState[]> {
  const startedAt = performance.now()
  const [reads, found] = await Promise.all([
    Promise.all(source.read(untold).map(read => within(read, ms))),
    sought === undefined ? null : within(source.find(sought), ms),
  ])
  tried.push(triedSource(source.name, reads, found, performance.now() - startedAt))
  const states = [
    ...reads.flatMap(read => (read?.kind === 'answered' ? (read.state ?? []) : [])),
    ...(found?.kind === 'answered' ? found.states : []),
  ]
  return states.filter(({ asset }) => maySee(asking.scope, asset))
}

type Identified = AssetIdentity & { readonly id: string }

/** The identities of assets that the asker may see. */
async function identitiesOf({ asking }: AllowedQuestion, ids: readonly string[]): Promise<readonly Identified[]> {
  const cards = await readCards(asking, ids, Number.POSITIVE_INFINITY)
  return cards.map(({ id, provider, account, region, type, nativeId }) => ({
    id,
    provider: Provider.parse(provider),
    account: AccountId.parse(account),
    region: Region.parse(region),
    type: ResourceTypeName.parse(type),
    nativeId,
  }))
}

function keyOf({ provider, account, region, type, nativeId }: AssetIdentity): string {
  return [provider, account, region, type, nativeId].join('\n')
}
