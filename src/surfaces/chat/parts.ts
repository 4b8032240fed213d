import { accountText } from '../../questions/answers/asset-ref.ts'
import type { Block, Cell } from '../../questions/answers/blocks.ts'

/** What one message holds, in lines of about LINE_WIDTH characters: what somebody reads on a phone without losing the fact. */
const LINES_MAX = 30
const LINE_WIDTH = 80
/** Longer lines of a text are parted, so that no piece is longer than a message. */
const TEXT_LINE_MAX = 1_000

/** The blocks of an answer, parted into what one message holds each; at least one part. Tables go on under the same title. */
export function partsOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const parts: Block[][] = [[]]
  let left = LINES_MAX
  for (const block of blocks) {
    let isContinued = false
    for (const piece of piecesOf(block)) {
      const cost = costOf(piece)
      if (cost > left && parts.at(-1)?.length !== 0) {
        parts.push([])
        left = LINES_MAX
        isContinued = false
      }
      const part = parts.at(-1) as Block[]
      const last = part.at(-1)
      if (isContinued && last !== undefined) part[part.length - 1] = joined(last, piece)
      else part.push(piece)
      left -= cost
      isContinued = true
    }
  }
  return parts
}

/** What is not parted any more: rows with their details, lines of a text, all fields of a block. */
function piecesOf(block: Block): Block[] {
  if (block.kind === 'fields') return block.fields.length === 0 ? [] : [block]
  if (block.kind === 'table')
    return block.rows.map((row, at) => ({
      ...block,
      rows: [row],
      ...(block.details && { details: [block.details[at] ?? []] }),
    }))
  return block.text
    .split('\n')
    .flatMap(line => (line.length <= TEXT_LINE_MAX ? [line] : (line.match(LINE_PIECES) ?? [])))
    .map(text => ({ kind: 'text', text }))
}

const LINE_PIECES = new RegExp(`[^]{1,${TEXT_LINE_MAX}}`, 'gu')

function joined(a: Block, b: Block): Block {
  if (a.kind === 'text' && b.kind === 'text') return { kind: 'text', text: `${a.text}\n${b.text}` }
  if (a.kind !== 'table' || b.kind !== 'table') return b
  const details = a.details && [...a.details, ...(b.details ?? [])]
  return { ...a, rows: [...a.rows, ...b.rows], ...(details && { details }) }
}

function costOf(piece: Block): number {
  if (piece.kind === 'text') return linesOf(piece.text.length)
  if (piece.kind === 'fields') return piece.fields.reduce((sum, [, cell]) => sum + linesOf(widthOf(cell)), 0)
  const cells = piece.rows.flat().reduce<number>((sum, cell) => sum + widthOf(cell), 0)
  const details = piece.details?.flat() ?? []
  return 1 + linesOf(cells) + details.reduce<number>((sum, cell) => sum + linesOf(widthOf(cell)), 0)
}

function linesOf(characters: number): number {
  return Math.max(1, Math.ceil(characters / LINE_WIDTH))
}

function widthOf(cell: Cell): number {
  if (typeof cell === 'string') return cell.length
  if (typeof cell !== 'object' || cell === null) return 5
  if ('text' in cell) return cell.text.length
  return 'account' in cell ? accountText(cell).length : 20
}
