import stringWidth from 'string-width'
import type { Paint, Style } from './paint.ts'

export interface Column {
  readonly title: string
  readonly isRight: boolean
  /** It is never shortened: half a time is none. */
  readonly isFixed?: boolean
}

/** A cell with a colour, which is put on after the text is fitted. */
export interface StyledCell {
  readonly text: string
  readonly style: Style
}

type AnyCell = string | StyledCell

const GAP = '  '
const INDENT = '    '
/** A column is not made narrower than this to fit a terminal. */
const WIDTH_MIN = 10

export interface Fitting {
  readonly width: number | undefined
  readonly paint: Paint
  /** Lines below each row. */
  readonly details?: readonly (readonly AnyCell[])[]
  /** Of each column, unless all do not fit. */
  readonly widthsMin?: readonly number[]
}

/** Lines of a table; cells are safe text. `width`: cells are shortened to fit it; undefined: nothing is shortened. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly AnyCell[])[],
  { width, paint, details, widthsMin }: Fitting,
): string[] {
  const natural = columns.map(({ title }, at) =>
    rows.reduce(
      (width, row) => Math.max(width, stringWidth(textOf(row[at]))),
      Math.max(stringWidth(title), widthsMin?.[at] ?? 0),
    ),
  )
  const widths = width === undefined ? natural : fitted(natural, columns, width - GAP.length * (columns.length - 1))
  const line = (cells: readonly AnyCell[]) => {
    const last = cells.findLastIndex(cell => textOf(cell) !== '')
    return cells
      .slice(0, last + 1)
      .map((cell, at) => {
        const width = widths[at] ?? 0
        const isRight = columns[at]?.isRight === true
        const short = shortened(textOf(cell), width)
        const text = at === last && !isRight ? short : padded(short, width, isRight)
        return typeof cell === 'object' ? paint(cell.style, text) : text
      })
      .join(GAP)
  }
  const below = (at: number) =>
    (details?.[at] ?? []).map(cell => {
      const text = width === undefined ? textOf(cell) : shortened(textOf(cell), width - INDENT.length)
      return INDENT + (typeof cell === 'object' ? paint(cell.style, text) : text)
    })
  return [
    paint('dim', line(columns.map(({ title }) => title.toUpperCase()))),
    ...rows.flatMap((row, at) => [line(row), ...below(at)]),
  ]
}

function textOf(cell: AnyCell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '')
}

/** Takes from the widest columns until all fit. */
function fitted(natural: readonly number[], columns: readonly Column[], width: number): number[] {
  const widths = [...natural]
  const isFree = (at: number) => columns[at]?.isFixed !== true
  let over = widths.reduce((sum, each) => sum + each, 0) - width
  while (over > 0) {
    const widest = widths.reduce((most, each, at) => (isFree(at) && each > (widths[most] ?? 0) ? at : most), -1)
    const current = widths[widest] ?? 0
    if (current <= WIDTH_MIN) break
    widths[widest] = current - 1
    over--
  }
  return widths
}

function shortened(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let short = ''
  let used = 0
  for (const { segment } of GRAPHEMES.segment(text)) {
    used += stringWidth(segment)
    if (used > width - 1) break
    short += segment
  }
  return `${short}…`
}

const GRAPHEMES = new Intl.Segmenter()

function padded(text: string, width: number, isRight: boolean): string {
  const blank = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return isRight ? blank + text : text + blank
}
