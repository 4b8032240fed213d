// Draws what a command prints as an SVG for the docs: `node scripts/terminal-picture.ts OUT.svg COLUMNS < output`.
// What `script -qc COMMAND FILE` records of a terminal will do as well. Lines that begin with `$ ` are drawn as what was typed. Colours are those of ANSI (ECMA-48, SGR).
import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import stringWidth from 'string-width'

const CELL = { width: 8.4, height: 19 }
const PADDING = 18
const BAR = 30
const COLOURS: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#56d4dd',
  90: '#8b949e',
}
/** Back to the beginning, and nothing there. */
const ERASE = '\r\u001b[2K'
const FOREGROUND = '#e6edf3'
const BACKGROUND = '#0d1117'
const DIM = '#8b949e'

interface Span {
  readonly text: string
  readonly colour: string
  readonly isBold: boolean
}

const [out, columns = '120'] = process.argv.slice(2)
if (out === undefined) throw new Error('usage: terminal-picture.ts OUT.svg COLUMNS < output')
const lines = (await text(process.stdin)).replace(/\s+$/, '').split(/\r*\n/).map(remaining)
writeFileSync(
  out,
  picture(
    lines.flatMap(line => wrapped(spans(line), Number(columns))),
    Number(columns),
  ),
)

/** What a terminal shows of a line in which something was erased, as lines of progress are. */
function remaining(line: string): string {
  return line.split(ERASE).at(-1) ?? ''
}

function picture(all: readonly (readonly Span[])[], columns: number): string {
  const width = Math.ceil(columns * CELL.width + 2 * PADDING)
  const height = Math.ceil(all.length * CELL.height + 2 * PADDING + BAR)
  const rows = all.map((line, at) => row(line, PADDING + BAR + (at + 0.75) * CELL.height))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>Cadastre in a terminal</title>
<rect width="100%" height="100%" rx="10" fill="${BACKGROUND}"/>
<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${rows.filter(line => line !== '').join('\n')}
</g>
</svg>
`
}

/** A line as a terminal of so many columns breaks it. */
function wrapped(line: readonly Span[], columns: number): Span[][] {
  const rows: Span[][] = [[]]
  let used = 0
  for (const span of line) {
    let rest = span.text
    while (rest !== '') {
      const piece = rest.slice(0, columns - used)
      rows.at(-1)?.push({ ...span, text: piece })
      used += piece.length
      rest = rest.slice(piece.length)
      if (used >= columns && rest !== '') {
        rows.push([])
        used = 0
      }
    }
  }
  return rows
}

/** Every span has its own place, so that the columns of tables stand in line whatever font the reader has. */
function row(line: readonly Span[], y: number): string {
  let column = 0
  return line
    .map(({ text: content, colour, isBold }) => {
      const x = PADDING + column * CELL.width
      const width = stringWidth(content)
      column += width
      if (content.trim() === '') return ''
      const weight = isBold ? ' font-weight="bold"' : ''
      const length = ` textLength="${(width * CELL.width).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`
      return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${colour}"${weight}${length}>${escaped(content)}</text>`
    })
    .join('')
}

function spans(line: string): Span[] {
  if (line.startsWith('$ ')) {
    return [
      { text: '$ ', colour: '#7ee787', isBold: true },
      { text: line.slice(2), colour: FOREGROUND, isBold: true },
    ]
  }
  const found: Span[] = []
  let style = { colour: FOREGROUND, isBold: false }
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    const codes = /^\u001b\[([0-9;]*)m$/.exec(part)?.[1]
    if (codes !== undefined) style = codes.split(';').map(Number).reduce(restyled, style)
    else if (part !== '') found.push({ text: part, ...style })
  }
  return found
}

function restyled(style: { colour: string; isBold: boolean }, code: number): { colour: string; isBold: boolean } {
  if (code === 0) return { colour: FOREGROUND, isBold: false }
  if (code === 1) return { ...style, isBold: true }
  if (code === 2) return { ...style, colour: DIM }
  if (code === 22) return { colour: style.colour === DIM ? FOREGROUND : style.colour, isBold: false }
  if (code === 39) return { ...style, colour: FOREGROUND }
  return { ...style, colour: COLOURS[code] ?? style.colour }
}

function escaped(content: string): string {
  // SVG folds spaces; those that do not break stay as many as they are.
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0')
}
