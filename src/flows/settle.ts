/*
 * What one read of an asset says about the events that touched it: pure, so that every path can be tried.
 *
 *   read says            last event is a create or update                     last event is a delete
 *   present, changed     answered; looked at again while it changes,          looked at again, until it is gone
 *                        or if one read answers several events
 *   present, as known    doubted: read again, until CONSISTENCY_MS            doubted, likewise
 *                        after the event; then there was no visible change
 *   present, as before   doubted, likewise: it may be older than the       doubted, likewise
 *   a recent change      change; then it was changed back
 *   gone                 doubted, likewise; then it is gone                   it is gone
 *   denied               parked, with what to grant
 *   failed               read again with longer pauses, parked in the end; throttling alone parks nothing
 *   skipped              none of ours to read: answered
 *
 * Times are milliseconds since 1970.
 */
import type { Action } from '../model/change.ts'
import { CONSISTENCY_MS } from '../model/consistency.ts'
import type { Verdict } from '../ports/refresh-store.ts'

/** What was to be found out by a read, and what is known from reads before it. */
export interface Asked {
  /** The last event that the read may answer, and what it did. */
  readonly until: number
  readonly action: Action
  /** How many events it may answer. */
  readonly events: number
  /** Reads since that event, this one included. */
  readonly reads: number
  /** Reads in a row that failed, this one not included. */
  readonly failures: number
  /** A read since that event showed a change. */
  readonly hasChanged: boolean
  /** When the cloud was asked. */
  readonly startedAt: number
  /** CONSISTENCY_MS, unless said. */
  readonly consistencyMs?: number
}

/** What the read said. */
export type Reply =
  /** `motion`: what the asset says of its own state. */
  | { readonly kind: 'present'; readonly motion: Motion; readonly verdict: Verdict }
  | { readonly kind: 'gone' }
  | { readonly kind: 'denied'; readonly detail: string; readonly needs: readonly string[] }
  | { readonly kind: 'failed'; readonly detail: string; readonly isThrottled?: true }
  | { readonly kind: 'skipped'; readonly detail: string }

/** `changing`: it is being made, changed or deleted. `ended`: it is no more, and only still shown. */
export type Motion = 'changing' | 'ended' | 'still'

export type Step =
  | { readonly kind: 'answered' }
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'parked'; readonly detail: string; readonly needs: readonly string[] }

/** Pauses between reads while a reply is doubted, and while a change was seen that need not be the last. */
const DOUBT_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]
const FOLLOW_UP_MS = [1_000, 5_000, 20_000]
/**
 * Pauses while an asset says that it is being made, changed or deleted, and how long after the last event it is followed. They grow with that
 * time, not with the reads: those are forgotten when the asset waits in the store.
 */
const MOTION_MS = { min: 2_000, max: 300_000, ofElapsed: 1 / 2 }
export const FOLLOWED_MS_MAX = 90 * 60_000
const FAILURE_MS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000]
export const FAILURES_MAX = 10
const THROTTLED_MS = 5_000

/** Until when replies may not show yet what an event did. */
export function doubtedUntil({
  until,
  consistencyMs = CONSISTENCY_MS,
}: Pick<Asked, 'until' | 'consistencyMs'>): number {
  return until + consistencyMs
}

/** Whether a reply may be older than the events: if it shows what is known already, it says nothing. */
export function isDoubted(asked: Asked): boolean {
  return asked.startedAt < doubtedUntil(asked)
}

/** Whether an asset that was not found may be recorded as gone. */
export function isGone(asked: Asked): boolean {
  return asked.action === 'delete' || !isDoubted(asked)
}

/** What is to be done after a read whose observation is recorded. */
export function settle(asked: Asked, reply: Reply, now: number): Step {
  switch (reply.kind) {
    case 'skipped':
      return ANSWERED
    case 'denied':
      return { kind: 'parked', detail: reply.detail, needs: reply.needs }
    case 'failed':
      return failed(asked, reply)
    case 'gone':
      return isGone(asked) ? ANSWERED : again(asked, DOUBT_MS, now)
    case 'present':
      return present(asked, reply, now)
  }
}

const ANSWERED: Step = { kind: 'answered' }

function present(asked: Asked, { motion, verdict }: Reply & { kind: 'present' }, now: number): Step {
  const hasChanged = asked.hasChanged || isChange(verdict)
  const isExpected = asked.action === 'delete' ? motion !== 'still' : motion === 'changing'
  const isFollowed = isExpected && now < asked.until + FOLLOWED_MS_MAX
  if (isDoubted(asked)) {
    if (isFollowed && hasChanged) return { kind: 'again', afterMs: Math.min(motionMs(asked, now), leftMs(asked, now)) }
    if (!hasChanged || asked.action === 'delete') return again(asked, DOUBT_MS, now)
    return asked.events > 1 ? again(asked, FOLLOW_UP_MS, now) : ANSWERED
  }
  return isFollowed ? { kind: 'again', afterMs: motionMs(asked, now) } : ANSWERED
}

function motionMs({ until }: Asked, now: number): number {
  return Math.max(MOTION_MS.min, Math.min(MOTION_MS.max, (now - until) * MOTION_MS.ofElapsed))
}

/** Until nothing is doubted any more. */
function leftMs(asked: Asked, now: number): number {
  return Math.max(0, doubtedUntil(asked) - now)
}

/** A read that said something new. */
export function isChange(verdict: Verdict): boolean {
  return verdict === 'created' || verdict === 'changed'
}

/** The next read of those that are doubted; the last one comes when nothing is doubted any more. */
function again(asked: Asked, pausesMs: readonly number[], now: number): Step {
  const left = leftMs(asked, now)
  return { kind: 'again', afterMs: asked.reads > pausesMs.length ? left : Math.min(nth(pausesMs, asked.reads), left) }
}

function failed(asked: Asked, { detail, isThrottled }: Reply & { kind: 'failed' }): Step {
  if (isThrottled === true) return { kind: 'again', afterMs: THROTTLED_MS }
  if (asked.failures + 1 >= FAILURES_MAX) return { kind: 'parked', detail, needs: [] }
  return { kind: 'again', afterMs: nth(FAILURE_MS, asked.failures + 1) }
}

/** The pause after the given count of reads, from 1; the last one for all beyond. */
function nth(pausesMs: readonly number[], reads: number): number {
  return pausesMs[Math.min(Math.max(reads, 1), pausesMs.length) - 1] as number
}

/** Names of fields by which an asset says what state it is in, with the value or an object that holds it. */
const STATE_FIELD = /(?:state|status)$/i
/** Most fields end otherwise, which is seen at once. */
const ENDS_LIKE_STATE = new Set([...'eEsS'].map(letter => letter.charCodeAt(0)))
const CHANGING =
  /^(?:pending|creating|modifying|updating|deleting|starting|stopping|shutting-down|(?:de)?provisioning|attaching|detaching|(?:dis)?associating|rebooting|renaming|(?:in-?)?progress|backing-up|configuring.*|upgrading|maintenance|resizing|restoring|rebuilding|replacing|initializing|initiated|(?:de)?activating|draining|(?:de)?registering|.*[_-]in[_-]progress|inprogress)$/i
const ENDED = /^(?:terminated|deleted|inactive|delete_complete)$/i

/** What an asset says of its own state, from the top-level fields of its config and its volatile fields. */
export function motionOf(...fields: readonly Readonly<Record<string, unknown>>[]): Motion {
  let motion: Motion = 'still'
  for (const each of fields) {
    for (const [name, value] of Object.entries(each)) {
      if (!ENDS_LIKE_STATE.has(name.charCodeAt(name.length - 1)) || !STATE_FIELD.test(name)) continue
      const word = typeof value === 'string' ? value : wordIn(value)
      if (word === undefined) continue
      if (ENDED.test(word)) return 'ended'
      if (CHANGING.test(word)) motion = 'changing'
    }
  }
  return motion
}

/** The state in `{ Code: 16, Name: 'running' }`. */
function wordIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { Name, Code, name, code } = value as Readonly<Record<string, unknown>>
  return [Name, Code, name, code].find((word): word is string => typeof word === 'string')
}
