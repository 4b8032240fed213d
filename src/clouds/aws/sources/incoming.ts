import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import type { Credential, Event, Incoming, Rejected } from '../../../model/event.ts'
import { noCounts } from '../../../model/incoming.ts'
import type { Observation } from '../../../model/observation.ts'
import { actorReader } from '../event-map/actor.ts'
import { parseTextWith, unwrapWith } from '../event-map/envelope.ts'
import type { EventMap } from '../event-map/load.ts'
import { resolve } from '../event-map/resolve.ts'
import { linkOf } from '../event-map/role-chain.ts'
import { isObject, type JsonObject, type Parsed } from '../event-map/trail-record.ts'
import { otherReader } from './other.ts'
import type { ConfigItem, NoticedFile, Told } from './told.ts'
import { trailEvent } from './trail-event.ts'

/** What messages said. */
export interface Reading {
  readonly incoming: Incoming
  /** States that AWS Config recorded; their events are in `incoming`, for whoever does not look at the states. */
  readonly items: readonly ConfigItem[]
  /** What was only told of, and has to be fetched and read too. */
  readonly files: readonly NoticedFile[]
}

export interface ReaderOptions {
  readonly map: EventMap
  /** The role that we read accounts with: what its sessions read is no change. */
  readonly roleName: string
  /** Records that are not wanted are not even counted. */
  readonly wants?: (record: CloudTrailRecord) => boolean
}

/**
 * Turns what sources bring into what the registry keeps. CloudTrail records in any envelope, EventBridge's own events and AWS Config's
 * items are told by their content. It remembers nothing between two calls, so that one reader serves all sources.
 */
export class IncomingReader {
  readonly #map: EventMap
  readonly #ownSession: string
  readonly #wants: (record: CloudTrailRecord) => boolean
  readonly #actorOf = actorReader()
  readonly #other: (value: JsonObject) => Told | undefined

  constructor({ map, roleName, wants }: ReaderOptions) {
    this.#map = map
    const name = roleName.split('/').at(-1) ?? roleName
    this.#ownSession = `:assumed-role/${name}/`
    this.#wants = wants ?? (() => true)
    this.#other = otherReader(map)
  }

  /** What message bodies say. `from` names their source in what is rejected. Never throws. */
  readTexts(texts: readonly string[], from: string): Reading {
    const gathered = new Gathered()
    for (const text of texts) for (const one of parseTextWith(this.#other, text)) this.#add(one, gathered, from)
    return gathered
  }

  /** The same for a JSON value that is parsed already. */
  readValue(value: unknown, from: string): Reading {
    return this.readAll(unwrapWith(this.#other, value), from)
  }

  readAll(parsed: readonly (Parsed | Told)[], from: string): Reading {
    const gathered = new Gathered()
    for (const one of parsed) this.#add(one, gathered, from)
    return gathered
  }

  #add(one: Parsed | Told, into: Gathered, from: string): void {
    if (one.kind === 'record') this.#addRecord(one.record, into)
    else if (one.kind === 'rejected') into.rejected.push({ source: from, reason: one.reason, sample: one.sample })
    else if (one.kind === 'files') into.files.push(...one.files)
    else if (one.kind === 'ignored') into.counts.ignored++
    else {
      const { event } = one.kind === 'event' ? one : one.item
      into.counts[event.outcome.kind]++
      into.events.push(event)
      if (one.kind === 'config-item') into.items.push(one.item)
    }
  }

  /** Most records are reads: nothing is made of them, not even an actor. */
  #addRecord(record: CloudTrailRecord, into: Gathered): void {
    if (!this.#wants(record)) return
    const outcome = resolve(this.#map, record)
    const isKept = outcome.kind !== 'ignored' && !(outcome.kind === 'unmapped' && this.#isOwnRead(record))
    into.counts[isKept ? outcome.kind : 'ignored']++
    if (record.eventSource === 'sts.amazonaws.com') {
      const link = linkOf(record, this.#actorOf(record))
      if (link !== undefined) into.credentials.push(link)
    }
    if (isKept) into.events.push(trailEvent(record, outcome, this.#actorOf(record)))
  }

  /**
   * A call of our own that we cannot place and that is not said to write. What says of itself that it writes is kept, whoever made it:
   * nobody hides behind our role's name.
   */
  #isOwnRead({ readOnly, userIdentity }: CloudTrailRecord): boolean {
    const arn = readOnly !== false && isObject(userIdentity) ? userIdentity['arn'] : undefined
    return typeof arn === 'string' && arn.includes(this.#ownSession)
  }
}

class Gathered implements Reading {
  readonly events: Event[] = []
  readonly credentials: Credential[] = []
  readonly observations: Observation[] = []
  readonly rejected: Rejected[] = []
  readonly counts = noCounts()
  readonly items: ConfigItem[] = []
  readonly files: NoticedFile[] = []

  get incoming(): Incoming {
    const { events, credentials, observations, rejected, counts } = this
    return { events, credentials, observations, rejected, counts }
  }
}
