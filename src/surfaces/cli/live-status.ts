import type { Live } from '../../compose.ts'
import { lagMsOf } from '../../flows/intake.ts'
import { isFailing } from '../http/health.ts'
import type { Terminal } from './command.ts'
import { type LastChange, liveLine } from './live-line.ts'
import { paintFor } from './paint.ts'

export interface StatusOptions {
  /** `scanning 42 % of 120 scopes`; undefined: nothing is being scanned. */
  scan(): string | undefined
  /** The newest change in the registry and when it was made; asked for only when there may be another one. */
  lastChange(): Promise<Changed | undefined>
}

export interface Changed extends Omit<LastChange, 'ageMs'> {
  /** Milliseconds since 1970. */
  readonly at: number
}

const TICK_MS = 1_000
/** Rates are of this many ticks. */
const TICKS_OF_A_RATE = 5
/** In a pipe: a line that often, and one for a change, though not for each of many. */
const LINE_EVERY_MS = 60_000
const CHANGE_EVERY_MS = 5_000

/** Shows in one line what `up` is doing, until disposed: in place on a terminal, now and then a line elsewhere. */
export function showStatus(live: Live, terminal: Terminal, { scan, lastChange }: StatusOptions): AsyncDisposable {
  const { clock, intake, refresher } = live
  const stop = new AbortController()
  const paint = paintFor({ ...terminal, isTerminal: terminal.isNoteTerminal })
  const totals: number[] = []
  let changed: Changed | undefined
  let changes = -1
  let linedAt = clock.now()

  const look = async () => {
    const now = clock.now()
    totals.push(recordsOf(live))
    if (totals.length > TICKS_OF_A_RATE + 1) totals.shift()
    const isNews = changesOf(live) !== changes
    if (isNews) {
      changes = changesOf(live)
      changed = await lastChange()
    }
    const state = {
      sources: intake.sources.length,
      eventsPerSecond: ((totals.at(-1) ?? 0) - (totals[0] ?? 0)) / Math.max(1, totals.length - 1) / (TICK_MS / 1_000),
      behindMs: behindMs(live, now),
      waiting: refresher.size,
      parked: refresher.parked,
      scan: scan(),
      failing: intake.sources.find(source => isFailing(source, now))?.name,
      lastChange: changed && { ...changed, ageMs: now - changed.at },
    }
    const line = liveLine(state)
    if (terminal.isNoteTerminal) {
      const width = terminal.width - 1
      terminal.status(line.length <= width ? liveLine(state, paint) : [...line].slice(0, width).join(''))
    } else if (now - linedAt >= (isNews && changed !== undefined ? CHANGE_EVERY_MS : LINE_EVERY_MS)) {
      linedAt = now
      terminal.note(`${new Date(now).toISOString()} ${line}`)
    }
  }
  const loop = (async () => {
    while (!stop.signal.aborted) {
      // The database may be away: that is told by whoever needs it.
      await look().catch(() => {})
      await clock.sleep(TICK_MS, stop.signal).catch(() => {})
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await loop
      terminal.status('')
    },
  }
}

function recordsOf({ intake }: Live): number {
  return intake.sources.reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0), 0)
}

/** Changes whenever the registry may have got another version. */
function changesOf({ refresher: { counts } }: Live): number {
  const { created, changed, returned, ended } = counts.verdicts
  return created + changed + returned + ended
}

function behindMs({ intake, refresher }: Live, now: number): number {
  const held = intake.sources.filter(source => source.held.size > 0).map(source => lagMsOf(source, now))
  return Math.max(refresher.lagMs, ...held)
}
