import type { Block, Cell } from '../../questions/answers/blocks.ts'
import { cellText } from '../../questions/answers/cell-text.ts'
import type { Message } from '../chat/chat.ts'

/** A line of a message: pieces of raw text. */
export interface Line {
  /** `detail`: it belongs to the item before it. */
  readonly kind: 'title' | 'plain' | 'item' | 'detail'
  /** It begins a part of the message. */
  readonly isFirst: boolean
  readonly texts: readonly { readonly text: string; readonly isBold: boolean }[]
}

/** Of one value; whoever wants all of it asks for the asset. */
const VALUE_CHARACTERS_MAX = 600

/** What a message says below its headline: a phone shows no wide tables, so each row is a line. */
export function linesOf({ about, blocks, now }: Pick<Message, 'about' | 'blocks' | 'now'>): Line[] {
  const known = new Set(about.map(([label, cell]) => `${label} ${value(cell, now)}`))
  const parts = [
    about.map(field => fieldLine(field, now)),
    ...blocks.map(block => blockLines(withoutKnown(block, known, now), now)),
  ]
  return parts.flatMap(lines => lines.map((one, at) => ({ ...one, isFirst: at === 0 })))
}

/** Without fields that were told above. */
function withoutKnown(block: Block, known: ReadonlySet<string>, now: number): Block {
  if (block.kind !== 'fields') return block
  return { ...block, fields: block.fields.filter(([label, cell]) => !known.has(`${label} ${value(cell, now)}`)) }
}

function blockLines(block: Block, now: number): Line[] {
  if (block.kind === 'text') return block.text.split('\n').map(text => line('plain', [text]))
  const title = block.title === null ? [] : [line('title', [], [block.title])]
  if (block.kind === 'fields') return [...title, ...block.fields.map(field => fieldLine(field, now))]
  return [...title, ...block.rows.flatMap((row, at) => rowLines(block, row, at, now))]
}

function fieldLine([label, cell]: readonly [string, Cell], now: number): Line {
  return line('plain', [`: ${value(cell, now)}`], [label])
}

type Table = Extract<Block, { kind: 'table' }>

/** The first cell, then the others; of those that do not speak for themselves with the name of their column. */
function rowLines({ columns, details = [] }: Table, row: readonly Cell[], at: number, now: number): Line[] {
  const [first = null, ...others] = row
  const rest = others.flatMap((cell, index) => {
    if (cell === null || cell === '') return []
    const text = value(cell, now)
    return [speaksForItself(cell) ? text : `${columns[index + 1] ?? ''} ${text}`]
  })
  const texts = [value(first, now), ...(rest.length > 0 ? [` · ${rest.join(' · ')}`] : [])]
  const [head = '', ...tail] = texts
  return [line('item', tail, [head]), ...(details[at] ?? []).map(cell => line('detail', [value(cell, now)]))]
}

function speaksForItself(cell: Cell): boolean {
  if (typeof cell === 'number' || typeof cell === 'boolean') return false
  return !(typeof cell === 'object' && cell !== null && 'time' in cell)
}

function value(cell: Cell, now: number): string {
  const text = cellText(cell, now)
  return text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX)}…` : text
}

function line(kind: Line['kind'], texts: readonly string[], bold: readonly string[] = []): Line {
  return {
    kind,
    isFirst: false,
    texts: [...bold.map(text => ({ text, isBold: true })), ...texts.map(text => ({ text, isBold: false }))],
  }
}
