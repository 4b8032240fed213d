import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { FeedTurn, RefusedDocument, SearchFeed } from '../../ports/search-feed.ts'
import { LOST, writeDocuments } from './bulk.ts'
import { type OpenSearchClient, refusal } from './client.ts'
import { indexBody } from './mapping.ts'

/*
 * What the feeder keeps in the store, beside what it feeds from:
 *
 *   live      the index that answers, by the alias of the configured name; undefined: none was complete yet
 *   building  the index that will take its place when it has everything; undefined: none is made
 *
 *   (nothing)                            -> building: a new index
 *   building, not everything written     -> the next batch of it; beside, the next one of live
 *   building has everything              -> live: that index
 *   live, and the alias names another    -> the alias is moved, the other index deleted
 *   live                                 -> the next batch
 *   live or building is not there (any more), or the place is of another store -> forgotten, so that a new one is built
 *
 * Each index has an alias of its own by which alone it is written: so that writing does not make an index that was lost, without its mappings.
 */

const Part = z.object({ index: z.string(), place: z.string().optional() })
/** `isUnseen`: what was written last is not to be found yet. */
const State = z.object({ live: Part.optional(), building: Part.optional(), isUnseen: z.boolean().default(true) })
type Part = z.infer<typeof Part>
type State = z.infer<typeof State>

const ADMIN_MS_MAX = 30_000
/** Documents that are in memory at once: configs may be large. */
const CHUNK = 200

type Advanced = { readonly part: Part; readonly written: readonly string[]; readonly refused: RefusedDocument[] }

export class Feeder {
  readonly #client: OpenSearchClient
  readonly #feed: SearchFeed
  readonly #alias: string
  /** The index that the alias is known to name. */
  #aliased: string | undefined

  constructor(client: OpenSearchClient, feed: SearchFeed, alias: string) {
    this.#client = client
    this.#feed = feed
    this.#alias = alias
  }

  async state(): Promise<State> {
    return stateOf(await this.#feed.state())
  }

  /** A new index is built from the store; the one that is there answers until then. */
  async beginRebuild(): Promise<boolean> {
    const done = await this.#feed.exclusively(async turn => {
      const state = stateOf(turn.state)
      if (state.building !== undefined) await this.#drop(state.building.index)
      await this.#save(turn, { ...state, building: await this.#create() })
      return true
    })
    return done === true
  }

  /** One batch of each index; undefined: another process feeds. */
  step(): Promise<'more' | 'current' | undefined> {
    return this.#feed.exclusively(async turn => {
      const state = stateOf(turn.state)
      if (state.live === undefined && state.building === undefined) {
        await this.#save(turn, { building: await this.#create(), isUnseen: true })
        return 'more'
      }
      await this.#point(state)
      const live = await this.#advance(turn, state.live)
      const building = await this.#advance(turn, state.building)
      const isBuilt = state.building !== undefined && building === undefined
      if (live === undefined && building === undefined && !isBuilt) {
        if (state.isUnseen && state.live !== undefined) {
          await this.#refresh(state.live.index)
          await this.#save(turn, { ...state, isUnseen: false })
        }
        await turn.saveCurrent(Date.now())
        return 'current'
      }
      const done = [live, building].flatMap(one => (one === undefined || one === LOST ? [] : one))
      const next = { live: partAfter(state.live, live), building: partAfter(state.building, building) }
      await this.#save(
        turn,
        { ...(isBuilt ? { live: next.building } : next), isUnseen: true },
        done.flatMap(({ written }) => written),
        done.flatMap(({ refused }) => refused),
      )
      return 'more'
    })
  }

  /** Writes the next batch; undefined: there is none. */
  async #advance(turn: FeedTurn, part: Part | undefined): Promise<Advanced | typeof LOST | undefined> {
    if (part === undefined) return undefined
    const batch = await turn.next(part.place)
    if (batch === 'current') return undefined
    if (batch === 'lost') return LOST
    const refused: RefusedDocument[] = []
    for (let at = 0; at < batch.assets.length; at += CHUNK) {
      const documents = await turn.documents(batch.assets.slice(at, at + CHUNK))
      const outcome = await writeDocuments(this.#client, feedOf(part.index), documents)
      if (outcome === LOST) return LOST
      refused.push(...outcome)
    }
    return { part: { index: part.index, place: batch.place }, written: batch.assets, refused }
  }

  /** The alias names the index that is live and no other. It is moved by whoever comes first after the state says so. */
  async #point({ live, building }: State): Promise<void> {
    if (live === undefined || this.#aliased === live.index) return
    const reply = await this.#client.send({ method: 'GET', path: `/_alias/${this.#alias}`, timeoutMs: ADMIN_MS_MAX })
    const named = reply.status === 404 ? [] : Object.keys(z.record(z.string(), z.unknown()).parse(reply.body))
    const old = named.filter(index => index !== live.index)
    await this.#refresh(live.index)
    const actions = [
      ...old.map(index => ({ remove: { index, alias: this.#alias } })),
      { add: { index: live.index, alias: this.#alias } },
    ]
    const request = { method: 'POST', path: '/_aliases', body: { actions }, timeoutMs: ADMIN_MS_MAX } as const
    const moved = await this.#client.send(request)
    // An index that is not there is found to be so when it is written.
    if (moved.status === 404) return
    if (moved.status >= 300) throw refusal(moved, request)
    for (const index of old)
      if (index.startsWith(`${this.#alias}-`) && index !== building?.index) await this.#drop(index)
    this.#aliased = live.index
  }

  async #create(): Promise<Part> {
    const index = `${this.#alias}-${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`
    await this.#client.expect({
      method: 'PUT',
      path: `/${index}`,
      body: indexBody(feedOf(index)),
      timeoutMs: ADMIN_MS_MAX,
    })
    return { index }
  }

  async #drop(index: string): Promise<void> {
    await this.#client.send({ method: 'DELETE', path: `/${index}?ignore_unavailable=true`, timeoutMs: ADMIN_MS_MAX })
  }

  /** What was written is found from now on. */
  async #refresh(index: string): Promise<void> {
    await this.#client.send({ method: 'POST', path: `/${index}/_refresh`, timeoutMs: ADMIN_MS_MAX })
  }

  #save(
    turn: FeedTurn,
    state: State,
    written: readonly string[] = [],
    refused: readonly RefusedDocument[] = [],
  ): Promise<void> {
    return turn.save(JSON.stringify(state), written, refused)
  }
}

function partAfter(part: Part | undefined, advanced: Advanced | typeof LOST | undefined): Part | undefined {
  if (advanced === undefined) return part
  return advanced === LOST ? undefined : advanced.part
}

function feedOf(index: string): string {
  return `${index}-feed`
}

/** What cannot be read is of another version: the index is built anew. */
function stateOf(text: string | undefined): State {
  const parsed = State.safeParse(text === undefined ? {} : JSON.parse(text))
  return parsed.success ? parsed.data : { isUnseen: true }
}
