import type { paintFor } from './paint.ts'
import { safe } from './safe.ts'

/** What `up` is doing, as its status line says it. Times are milliseconds. */
export interface Live {
  readonly sources: number
  readonly eventsPerSecond: number
  /** How far the registry is behind what was received; undefined: it is not. */
  readonly behindMs: number | undefined
  /** Assets that wait to be read. */
  readonly waiting: number
  readonly parked: number
  /** `scanning 42 % of 120 scopes`; undefined: nothing is due. */
  readonly scan: string | undefined
  /** The name of a source that is refused or away. */
  readonly failing: string | undefined
  readonly lastChange: LastChange | undefined
}

export interface LastChange {
  /** Undefined: no event tells. */
  readonly who: string | undefined
  readonly kind: 'created' | 'changed' | 'gone'
  readonly title: string
  readonly account: string
  readonly ageMs: number
}

type Paint = ReturnType<typeof paintFor>
const PLAIN: Paint = (_, text) => text
/** Less than that is how the registry always is. */
const BEHIND_MS_SHOWN = 2_000

/** `3.2 events/s · 12 to read · 2 parked · ada changed sg-0a1b in shop-prod 2 s ago`: what is usual is left out, the last change stays. */
export function liveLine(live: Live, paint: Paint = PLAIN): string {
  const { sources, eventsPerSecond, behindMs, waiting, parked, scan, failing, lastChange } = live
  const parts = [
    ...(failing === undefined ? [] : [paint('red', `${safe(failing)} is away`)]),
    ...(sources === 0 ? [] : [`${rate(eventsPerSecond)} events/s`]),
    ...(behindMs === undefined || behindMs < BEHIND_MS_SHOWN ? [] : [paint('yellow', `${span(behindMs)} behind`)]),
    ...(waiting === 0 ? [] : [`${waiting.toLocaleString('en')} to read`]),
    ...(parked === 0 ? [] : [paint('yellow', `${parked.toLocaleString('en')} parked`)]),
    ...(scan === undefined ? [] : [safe(scan)]),
    ...(lastChange === undefined ? [] : [changeText(lastChange, paint)]),
  ]
  return parts.length === 0 ? 'Watching; the next scopes fall due by themselves' : parts.join(' · ')
}

function changeText({ who, kind, title, account, ageMs }: LastChange, paint: Paint): string {
  const where = `${paint('bold', safe(title))} in ${safe(account)} ${span(ageMs)} ago`
  if (who === undefined) return kind === 'gone' ? `${where}: gone` : `${kind}: ${where}`
  return `${paint('cyan', safe(who))} ${kind === 'gone' ? 'deleted' : kind} ${where}`
}

/** `0.3`, `4.2`, `130`, `12,000` */
function rate(perSecond: number): string {
  if (perSecond >= 10) return Math.round(perSecond).toLocaleString('en')
  return perSecond === 0 ? '0' : Math.max(0.1, perSecond).toFixed(1)
}

/** `0.4 s`, `12 s`, `3 min`, `2 h`, `5 d` */
export function span(ms: number): string {
  if (ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`
}
