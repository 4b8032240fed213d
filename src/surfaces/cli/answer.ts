import { accountText } from '../../questions/answers/asset-ref.ts'
import type { Block, Cell, Tone } from '../../questions/answers/blocks.ts'
import { cellText, timeText } from '../../questions/answers/cell-text.ts'
import type { Provenance } from '../../questions/answers/provenance.ts'
import { routeText } from '../../questions/answers/route.ts'
import { unreadTexts } from '../../questions/answers/unread-text.ts'
import type { Answer, AnyQuestion } from '../../questions/question.ts'
import type { Terminal } from './command.ts'
import { type Paint, paintFor } from './paint.ts'
import { safe } from './safe.ts'
import { type StyledCell, tableLines } from './table.ts'

/** What the form of an answer depends on. */
export type Screen = Pick<Terminal, 'isTerminal' | 'width' | 'environment'>

/** The answer as text: the headline, which is the whole answer, then tables, then how it is known. */
export function answerText(question: AnyQuestion, answer: Answer<unknown>, terminal: Screen): string {
  const paint = paintFor(terminal)
  const now = Date.parse(answer.provenance.askedAt)
  const width = terminal.isTerminal ? terminal.width : undefined
  const blocks = question
    .present(answer.output)
    .flatMap((block: Block) => ['', ...blockLines(block, { now, width, paint })])
  const footer = footerLines(answer.provenance, paint)
  const headline = paint(answer.found ? ['bold', 'green'] : ['bold', 'yellow'], safe(answer.headline))
  return `${[headline, ...blocks, ...(footer.length > 0 ? ['', ...footer] : [])].join('\n')}\n`
}

export interface Showing {
  readonly now: number
  readonly width: number | undefined
  readonly paint: Paint
  readonly widthsMin?: readonly number[]
}

/** A part of an answer as lines. */
export function blockLines(block: Block, showing: Showing): string[] {
  if (block.kind === 'text') return block.text.split('\n').map(safe)
  const title = block.title === null ? [] : [showing.paint('bold', safe(block.title))]
  if (block.kind === 'fields') {
    const width = Math.max(0, ...block.fields.map(([name]) => name.length))
    const lines = block.fields.map(
      ([name, cell]) => `${showing.paint('dim', safe(name).padEnd(width))}  ${safe(cellText(cell, showing.now))}`,
    )
    return [...title, ...lines]
  }
  const columns = block.columns.map((name, at) => ({
    title: safe(name),
    isRight: block.rows.every(row => typeof row[at] === 'number'),
    isFixed: block.rows.some(row => isMoment(row[at])),
  }))
  const details = block.details?.map(lines => lines.map(cell => tableCell(cell, showing.now)))
  const rows = block.rows.map(row => row.map(cell => tableCell(cell, showing.now)))
  return [...title, ...tableLines(columns, rows, { ...showing, ...(details && { details }) })]
}

function isMoment(cell: Cell | undefined): boolean {
  return typeof cell === 'object' && cell !== null && 'moment' in cell
}

function tableCell(cell: Cell, now: number): string | StyledCell {
  const text = safe(cellText(cell, now))
  return typeof cell === 'object' && cell !== null && 'tone' in cell ? { text, style: STYLES[cell.tone] } : text
}

const STYLES = { created: 'green', changed: 'yellow', gone: 'red', quiet: 'dim' } as const satisfies Record<
  Tone,
  string
>

function footerLines(provenance: Provenance, paint: Paint): string[] {
  const now = Date.parse(provenance.askedAt)
  return [
    ...knownLine(provenance, now).map(line => paint('dim', line)),
    ...routeText(provenance.route).map(line => paint('dim', safe(line))),
    ...unreadLines(provenance, now).map(line => paint('yellow', line)),
  ]
}

function knownLine({ facts }: Provenance, now: number): string[] {
  const times = facts.map(fact => fact.observedAt).sort()
  const [oldest] = times
  const newest = times.at(-1)
  if (oldest === undefined || newest === undefined) return []
  const sources = [...new Set(facts.map(fact => fact.source))].sort().join(' and ')
  const accounts = [...new Set(facts.map(accountText))]
  const where = accounts.length === 1 ? safe(accounts[0] ?? '') : `${accounts.length} accounts`
  const when =
    oldest === newest ? timeText(oldest, now) : `between ${timeText(oldest, now)} and ${timeText(newest, now)}`
  return [`Seen by ${sources} in ${where}, ${when}.`]
}

function unreadLines(provenance: Provenance, now: number): string[] {
  const lines = unreadTexts(provenance, now, '`cadastre status`')
  if (lines.length === 0) return []
  return ['Not everything could be read; more may be there:', ...lines.map(line => `  ${safe(line)}`)]
}
