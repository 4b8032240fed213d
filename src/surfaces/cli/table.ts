import stringWidth from 'string-width'
import type { Paint, Style } from './paint.ts'

export interface Column {
  readonly title: string
  readonly isRight: boolean
}

/** A cell with a colour, which is put on after the text is fitted. */
export interface StyledCell {
  readonly text: string
  readonly style: Style
}

const GAP = '  '
/** A column is not made narrower than this to fit a terminal. */
const WIDTH_MIN = 10

/** Lines of a table; cells are safe text. `width`: cells are shortened to fit it; undefined: nothing is shortened. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly (string | StyledCell)[])[],
  { width, paint }: { readonly width: number | undefined; readonly paint: Paint },
): string[] {
  const natural = columns.map(({ title }, at) =>
    rows.reduce((width, row) => Math.max(width, stringWidth(textOf(row[at]))), stringWidth(title)),
  )
  const widths = width === undefined ? natural : fitted(natural, width - GAP.length * (columns.length - 1))
  const line = (cells: readonly (string | StyledCell)[]) => {
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
  return [paint('dim', line(columns.map(({ title }) => title.toUpperCase()))), ...rows.map(line)]
}

function textOf(cell: string | StyledCell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '')
}

/** Takes from the widest columns until all fit. */
function fitted(natural: readonly number[], width: number): number[] {
  const widths = [...natural]
  let over = widths.reduce((sum, each) => sum + each, 0) - width
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths))
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
