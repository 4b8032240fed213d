import type { Action } from './change.ts'
import { CONSISTENCY_MS, EVENT_TIME_MS } from './consistency.ts'

/*
 * Which events explain a version of an asset. A version is first seen at r; p is the last observation of the asset before r (none:
 * minus infinity). What made the version happened between p and r, except that the cloud's reply at p may not have shown yet what had
 * happened shortly before it. So an event that touched the asset is, for this version,
 *
 *   direct   if it happened after p (its time is rounded down to EVENT_TIME_MS) and not after r;
 *   recent   if it happened within CONSISTENCY_MS before p;
 *   spent    if it was the only candidate of an earlier version: it is known what it did. A change is read within its own second, so
 *            that the event before it would else be direct for ever.
 *
 * Spent events count only where nothing else does: an instance that is pending is running later by the same call. An asset ends by being
 * deleted: of a version `gone` only deletes are looked at, if there are any since it was last created, for as long back as deleting takes.
 * In the second of that creation nobody knows which came first: such a delete may have ended an earlier life.
 */

/** An event that touched the asset. Records of one call in several accounts' trails are one. */
export interface Touch {
  readonly event: string
  /** Milliseconds since 1970, rounded down to EVENT_TIME_MS. */
  readonly at: number
  readonly action: Action
  /** Equal for events of one person. */
  readonly person: string
  /** It touched some asset of this type in this place, and does not say which. */
  readonly isVague?: boolean
}

/** A version, as far as attribution needs it. */
export interface Seen {
  readonly at: number
  /** The last observation of the asset before it; -Infinity: it was never seen before. */
  readonly previous: number
  /** The asset did not exist at that last observation. */
  readonly wasAbsent: boolean
  readonly isGone: boolean
}

/**
 * `certain`: it happened between two observations, and one person is behind all that did. `ambiguous`: several persons may have done it.
 * `likely`: one person, but the evidence is thinner. `unknown`: no event tells; a scan found it.
 */
export const CERTAINTIES = ['certain', 'ambiguous', 'likely', 'unknown'] as const
export type Certainty = (typeof CERTAINTIES)[number]

export interface Explanation {
  readonly certainty: Certainty
  /** The newest first. */
  readonly events: readonly string[]
}

/** A deletion that takes longer than this after it was asked for is not recognised as its consequence. */
export const DELETION_MS = 90 * 60_000

/** From when on an event may explain a version. */
export function explainedFrom({ previous, isGone }: Pick<Seen, 'previous' | 'isGone'>): number {
  return previous - EVENT_TIME_MS - (isGone ? DELETION_MS : CONSISTENCY_MS)
}

/**
 * Versions before the explained one that are looked at: what an event did to them says what it may still have done. Where there may be
 * more, what happened before the oldest of them is taken to have shown in those: else nothing would ever be spent of what is changed
 * again and again.
 */
export const EARLIER_MAX = 8

/**
 * Explains the first of `versions`; the others are those before it, the newest first, as far back as they may share events with it.
 * `isCut`: there were more touches than are given.
 */
export function explain(versions: readonly Seen[], touches: readonly Touch[], isCut = false): Explanation {
  const spent = new Set(versions.length > EARLIER_MAX ? touches.filter(isBefore(versions.at(-1))).map(idOf) : [])
  for (const earlier of versions.slice(1).toReversed()) {
    const { candidates, isFitting } = candidatesOf(earlier, touches, spent)
    const [only] = candidates
    const isKnown = only !== undefined && (isFitting || only.at + EVENT_TIME_MS <= earlier.at) && !only.isVague
    if (isKnown && candidates.length === 1) spent.add(only.event)
  }
  const [version] = versions
  return version === undefined ? UNKNOWN : judged(candidatesOf(version, touches, spent), isCut)
}

function isBefore(version: Seen | undefined): (touch: Touch) => boolean {
  return ({ at }) => version !== undefined && at <= version.previous
}

function idOf({ event }: Touch): string {
  return event
}

const UNKNOWN: Explanation = { certainty: 'unknown', events: [] }

interface Candidates {
  readonly candidates: readonly Touch[]
  /** They do what was seen: nothing begins or ends by an update. An update in the second of a creation may have come after it. */
  readonly isFitting: boolean
  /** The events alone make sure that it was one of them. */
  readonly isSure: boolean
}

function judged({ candidates, isSure }: Candidates, isCut: boolean): Explanation {
  if (candidates.length === 0) return UNKNOWN
  const events = candidates.toSorted(newestFirst).map(({ event }) => event)
  if (new Set(candidates.map(({ person }) => person)).size > 1) return { certainty: 'ambiguous', events }
  return { certainty: isSure && !isCut ? 'certain' : 'likely', events }
}

function candidatesOf(version: Seen, touches: readonly Touch[], spent: ReadonlySet<string>): Candidates {
  const until = touches.filter(({ at }) => at <= version.at)
  const deletes = version.isGone ? deletesOf(version, until) : []
  if (deletes.length > 0) {
    const isSure = deletes.some(({ at }) => at >= lastCreated(until) + EVENT_TIME_MS)
    return { candidates: deletes, isFitting: isSure, isSure }
  }
  const isDirect = ({ at }: Touch) => at + EVENT_TIME_MS > version.previous
  const near = until.filter(({ at }) => at + EVENT_TIME_MS > version.previous - CONSISTENCY_MS)
  const unspent = near.filter(({ event }) => !spent.has(event))
  const candidates = unspent.length > 0 ? unspent : near
  // Nothing ends by an update; and what was there before events were, nobody's later update has made.
  const isFitting = version.isGone ? false : !version.wasAbsent || candidates.some(({ action }) => action === 'create')
  return { candidates, isFitting, isSure: isFitting && unspent.some(touch => isDirect(touch) && !touch.isVague) }
}

/**
 * The requests to delete it since it was last created. What was still there when replies had to show all of the second in which it was
 * created and deleted, was created last.
 */
function deletesOf({ previous }: Seen, until: readonly Touch[]): Touch[] {
  const created = lastCreated(until)
  const isSince = (at: number) =>
    at >= created + EVENT_TIME_MS
      ? at + EVENT_TIME_MS > previous - DELETION_MS
      : at + EVENT_TIME_MS > Math.max(created, previous - CONSISTENCY_MS)
  return until.filter(({ action, at }) => action === 'delete' && isSince(at))
}

/** The second in which it was last created; -Infinity: that is not known. */
function lastCreated(touches: readonly Touch[]): number {
  return Math.max(...touches.filter(({ action }) => action === 'create').map(({ at }) => at))
}

function newestFirst(a: Touch, b: Touch): number {
  return b.at - a.at || (a.event < b.event ? -1 : 1)
}
