import type { Terminal } from './command.ts'
import { paintFor } from './paint.ts'
import { safe } from './safe.ts'

/** What long work has done so far. */
export interface Step {
  readonly done: number
  /** Undefined: not known yet, so there is no bar and no estimate. */
  readonly total?: number | undefined
  /** Counts or the current place, in a few words. */
  readonly detail?: string
}

/** A line that shows how far long work is. `using` takes it away, whatever happens. */
export interface Progress extends Disposable {
  update(step: Step): void
  /** Leaves a line that says what came of the work. */
  finish(summary: string): void
}

const BAR_WIDTH = 24
/** On a terminal. */
const DRAW_EVERY_MS = 100
/** In a pipe or a log. */
const LINE_EVERY_MS = 10_000
/** An estimate from less work than this would jump about. */
const ESTIMATE_AFTER_MS = 2_000

/** Shows the progress of one piece of work on standard error: drawn in place on a terminal, now and then a line elsewhere. */
export function startProgress(terminal: Terminal, title: string, now: () => number = Date.now): Progress {
  const started = now()
  const paint = paintFor({ ...terminal, isTerminal: terminal.isNoteTerminal })
  let shownAt = terminal.isNoteTerminal ? 0 : started
  let isOver = false
  if (terminal.isNoteTerminal) terminal.status(`${title} …`)
  else terminal.note(`${title} …`)
  return {
    update(step) {
      const every = terminal.isNoteTerminal ? DRAW_EVERY_MS : LINE_EVERY_MS
      if (isOver || now() - shownAt < every) return
      shownAt = now()
      const line = progressLine(title, step, now() - started)
      if (terminal.isNoteTerminal) terminal.status([...line].slice(0, terminal.width - 1).join(''))
      else terminal.note(line)
    },
    finish(summary) {
      if (isOver) return
      isOver = true
      terminal.status('')
      terminal.note(
        `${paint('green', '✓')} ${safe(title)}: ${safe(summary)} ${paint('dim', `(${duration(now() - started)})`)}`,
      )
    },
    [Symbol.dispose]() {
      if (!isOver) terminal.status('')
      isOver = true
    },
  }
}

/** `Scanning ███████─────── 58 % · 7/12 · shop-prod · 12 s, about 9 s left` */
export function progressLine(title: string, { done, total, detail }: Step, elapsedMs: number): string {
  const parts = [
    total === undefined || total === 0
      ? done.toLocaleString('en')
      : `${percent(done, total)} · ${done.toLocaleString('en')}/${total.toLocaleString('en')}`,
    ...(detail === undefined ? [] : [safe(detail)]),
    `${duration(elapsedMs)}${estimate(done, total, elapsedMs)}`,
  ]
  const bar = total === undefined || total === 0 ? '' : ` ${barOf(done / total)}`
  return `${safe(title)}${bar} ${parts.join(' · ')}`
}

function barOf(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH)
  return '█'.repeat(full) + '─'.repeat(BAR_WIDTH - full)
}

function percent(done: number, total: number): string {
  return `${Math.floor((100 * Math.min(done, total)) / total)} %`
}

function estimate(done: number, total: number | undefined, elapsedMs: number): string {
  if (total === undefined || done === 0 || done >= total || elapsedMs < ESTIMATE_AFTER_MS) return ''
  return `, about ${duration((elapsedMs * (total - done)) / done)} left`
}

/** `9 s`, `2 min 5 s`, `1 h 20 min` */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
