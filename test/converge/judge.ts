import type { Certainty } from '../../src/model/attribution.ts'
import type { Person } from './people.ts'
import type { Moment, Timeline } from './truth.ts'

/*
 * What the registry says of an asset, against what really happened to it. The truth is a row of moments: the states that acts made, one
 * after the other. A version that was read at r shows the state of some moment that could be seen at r; the version before it, last seen at
 * p, that of an earlier one. The acts in between are its true causes. Where several moments fit, the version is right if it is right for
 * one of them.
 */

/** A version as the registry has it. */
export interface Recorded {
  readonly from: number
  /** The last time that it was seen unchanged. */
  readonly lastSeen: number
  /** Null: gone. */
  readonly digest: string | null
  readonly certainty: Certainty
  /** The names of those whom the registry holds responsible. */
  readonly actors: readonly string[]
}

export interface Circumstances {
  readonly people: readonly Person[]
  /** How old a reply may be, beyond the time that reading takes. */
  readonly lateMs: number
  /** How long reading takes at most. */
  readonly readMs: number
  /** Between the reply that something is gone and the time that it is recorded with. */
  readonly goneMs: number
  /** Whether some record of the act was delivered. */
  readonly isArrived: (act: Moment['act']) => boolean
  /** When the first record of the act was received; infinity: never. */
  readonly knownAt: (act: Moment['act']) => number
}

export const FAULTS = [
  'unattributed',
  'wrongly_attributed',
  'wrongly_ended',
  'credited',
  'unreal',
  'backwards',
] as const
/**
 * `credited`: the only one known to have called, when what all others did is lost; their call did not show. Only who knows all calls can tell.
 * `unreal`: a state that the asset was not in at that time. `backwards`: a state older than the one that was recorded before it. Both come
 * of replies that mix moments, or that contradict earlier ones; no reader can know better.
 */
export type Fault = (typeof FAULTS)[number]

export interface Finding {
  readonly fault: Fault
  readonly version: Recorded
  readonly detail: string
}

/** Index of the moment before the first: there was nothing yet. */
const BEFORE = -1

/** What is wrong with the versions of one asset, which are given in order. */
export function judge({ moments }: Timeline, versions: readonly Recorded[], given: Circumstances): Finding[] {
  return versions.flatMap((version, at): Finding[] => {
    const previous = versions[at - 1]
    // An asset is not read again before its last read has ended.
    const readBy = (next: Recorded | undefined, from: number) => ({
      ...given,
      readMs: Math.min(given.readMs, (next?.from ?? Number.POSITIVE_INFINITY) - from),
    })
    const shown = momentsShown(moments, version.digest, version.from, readBy(versions[at + 1], version.from))
    const earlier =
      previous === undefined
        ? [BEFORE]
        : momentsShown(moments, previous.digest, previous.lastSeen, readBy(version, previous.lastSeen))
    const ended = version.digest === null && !wasGone(moments, version.from, given)
    if (ended) return [{ fault: 'wrongly_ended', version, detail: `it existed: ${acts(moments, version.from)}` }]
    if (shown.length === 0) return [{ fault: 'unreal', version, detail: acts(moments, version.from) }]
    // Nobody can say what lies between this and a state that never was.
    if (earlier.length === 0) return []
    const spans = earlier.flatMap(from => shown.filter(to => from < to).map(to => ({ from, to })))
    if (spans.length === 0) return [{ fault: 'backwards', version, detail: acts(moments, version.from) }]
    const findings = spans.map(({ from, to }) => judgeSpan(moments, from, to, version, given))
    if (findings.some(finding => finding === undefined)) return []
    const mildest = findings.find(one => one?.fault === 'credited') ?? findings[0]
    const before =
      previous && `; before ${previous.digest?.slice(0, 4)} ${timeOf(previous.from)} to ${timeOf(previous.lastSeen)}`
    return mildest === undefined ? [] : [{ ...mildest, detail: `${mildest.detail}${before ?? ''}` }]
  })
}

/** Undefined: if these moments are what the version and the one before it showed, it is right. */
function judgeSpan(
  moments: readonly Moment[],
  from: number,
  to: number,
  version: Recorded,
  { people, isArrived }: Circumstances,
): Finding | undefined {
  const changes = moments.slice(from + 1, to + 1).filter((moment, at) => moment.digest !== digestAt(moments, from + at))
  // An asset ends by the last of them alone.
  const causes = version.digest === null ? changes.slice(-1) : changes
  const told = causes.filter(({ act, isSideEffect }) => !isSideEffect && isArrived(act))
  const named = new Set(version.actors.map(name => personOf(name, people)))
  const story = causes
    .map(one => `${one.act.person.name} ${one.act.call}${isArrived(one.act) ? '' : ' (lost)'}`)
    .join(', ')
  const detail = `${version.certainty} ${[...named].join(', ') || 'nobody'}; truly ${story}; ${acts(moments, version.from)}`
  if (version.certainty === 'unknown') return told.length > 0 ? { fault: 'unattributed', version, detail } : undefined
  const isComplete = told.every(({ act }) => named.has(act.person.name))
  if (!isComplete) return { fault: 'wrongly_attributed', version, detail }
  if (version.certainty !== 'certain' || causes.some(({ act }) => named.has(act.person.name))) return undefined
  const isParty =
    told.length === 0 && moments.slice(from + 1, to + 1).some(({ act }) => named.has(act.person.name) && isArrived(act))
  return { fault: isParty ? 'credited' : 'wrongly_attributed', version, detail }
}

/** The moments of that state which a reply of that time may show, however late it is. */
function momentsShown(moments: readonly Moment[], digest: string | null, at: number, given: Circumstances): number[] {
  return indexes(moments).filter(
    index =>
      digestAt(moments, index) === digest &&
      beganAt(moments, index) <= at + given.readMs &&
      at - given.readMs <= endedAt(moments, index) + given.lateMs,
  )
}

/**
 * Whether there was truly nothing at some time around then. A late reply that does not show yet what was made again is an excuse for as long as
 * nobody had told that it was: from then on an absence is to be doubted.
 */
function wasGone(moments: readonly Moment[], at: number, { goneMs, lateMs, knownAt }: Circumstances): boolean {
  return indexes(moments).some(index => {
    if (digestAt(moments, index) !== null || beganAt(moments, index) > at + goneMs) return false
    const next = moments[index + 1]
    const isUntold = next !== undefined && index !== BEFORE && knownAt(next.act) > at - goneMs
    return at - goneMs <= endedAt(moments, index) + (isUntold ? lateMs : 0)
  })
}

function indexes(moments: readonly Moment[]): number[] {
  return [BEFORE, ...moments.keys()]
}

function digestAt(moments: readonly Moment[], index: number): string | null {
  return moments[index]?.digest ?? null
}

function beganAt(moments: readonly Moment[], index: number): number {
  return moments[index]?.act.startedAt ?? Number.NEGATIVE_INFINITY
}

function endedAt(moments: readonly Moment[], index: number): number {
  return moments[index + 1]?.act.endedAt ?? Number.POSITIVE_INFINITY
}

export function personOf(name: string, people: readonly Person[]): string {
  return people.find(person => person.name === name || person.aliases.includes(name))?.name ?? `${name}?`
}

/** What happened shortly before a version and just after it. */
function acts(moments: readonly Moment[], at: number): string {
  const next = moments.findIndex(({ act }) => act.startedAt > at)
  const until = next < 0 ? moments.length : next
  return moments
    .slice(Math.max(0, until - BEFORE_SHOWN), until + AFTER_SHOWN)
    .map(({ act, digest }) => `${timeOf(act.endedAt)} ${act.person.name} ${act.call} ${digest?.slice(0, 4) ?? 'gone'}`)
    .join(' | ')
}

const BEFORE_SHOWN = 4
const AFTER_SHOWN = 2

/** Minutes, seconds and milliseconds. */
export function timeOf(at: number): string {
  return new Date(at).toISOString().slice(14, 23)
}
