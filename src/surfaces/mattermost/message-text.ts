import type { Block, Cell } from '../../questions/answers/blocks.ts'
import { cellText } from '../../questions/answers/cell-text.ts'
import type { Message } from '../chat/chat.ts'
import { cut } from '../chat/cut.ts'
import { escaped, escapedValue, fenced } from './markdown.ts'

/** What Mattermost takes in one post, in characters (https://docs.mattermost.com/developers/integrate/slash-commands). */
export const POST_CHARACTERS_MAX = 16_383
const HEADLINE_CHARACTERS_MAX = 2_000
/** Of one value; whoever wants all of it asks for the asset. */
const VALUE_CHARACTERS_MAX = 500
const TEXT_CHARACTERS_MAX = 6_000

/** A message as Mattermost's markdown: the fact in bold, what is about it on one line, then the rest as far as a post holds it. */
export function messageText(message: Message): string {
  const { headline, about, blocks, notes, now } = message
  const line = about.map(([label, cell]) => `${escaped(label)}: ${value(cell, now)}`).join(' · ')
  const head = [`**${escaped(cut(headline, HEADLINE_CHARACTERS_MAX))}**`, ...(line === '' ? [] : [line])]
  const tail = notes.map(note => `_${escaped(cut(note, VALUE_CHARACTERS_MAX))}_`).join('\n')
  return fitted(
    head.join('\n'),
    blocks.map(block => blockText(block, now)),
    tail,
  )
}

/** The head, then as many blocks as there is room for, then the notes. What is left out is said. */
function fitted(head: string, blocks: readonly string[], tail: string): string {
  const kept = [head]
  let left = POST_CHARACTERS_MAX - head.length - tail.length - LEFT_OUT.length - SPACE
  for (const [at, block] of blocks.entries()) {
    if (block.length + SPACE > left) {
      if (blocks.slice(at).some(text => text !== '')) kept.push(LEFT_OUT)
      break
    }
    if (block !== '') kept.push(block)
    left -= block.length + 2
  }
  // Markup that is cut would no more say what it said: the notes are dropped whole.
  const whole = [...kept, ...(tail === '' ? [] : [tail])].join('\n\n')
  return whole.length <= POST_CHARACTERS_MAX ? whole : kept.join('\n\n').slice(0, POST_CHARACTERS_MAX)
}

const LEFT_OUT = '_There is more than a message holds: ask for less, or for one asset\\._'
const SPACE = 8

function blockText(block: Block, now: number): string {
  if (block.kind === 'text') return linesText(block.text)
  const title = block.title === null ? [] : [`**${escaped(block.title)}**`]
  if (block.kind === 'fields') {
    if (block.fields.length === 0) return ''
    return [...title, ...block.fields.map(([label, cell]) => `- ${escaped(label)}: ${value(cell, now)}`)].join('\n')
  }
  if (block.details !== undefined) return [...title, ...entryLines(block, now)].join('\n')
  // A table begins after an empty line.
  return [...title, ...title.map(() => ''), ...tableLines(block, now)].join('\n')
}

function linesText(text: string): string {
  const short = cut(text, TEXT_CHARACTERS_MAX)
  return short.includes('\n') ? fenced(short) : escaped(short)
}

type Table = Extract<Block, { kind: 'table' }>

function tableLines({ columns, rows }: Table, now: number): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(escaped)),
    line(columns.map(() => '---')),
    ...rows.map(row => line(row.map(cell => value(cell, now)))),
  ]
}

/** Rows with lines of their own, which no table has. */
function entryLines({ rows, details = [] }: Table, now: number): string[] {
  return rows.flatMap((row, at) => [
    `- ${row.map(cell => value(cell, now)).join(' · ')}`,
    ...(details[at] ?? []).map(cell => `  - ${value(cell, now)}`),
  ])
}

function value(cell: Cell, now: number): string {
  return escapedValue(cut(cellText(cell, now), VALUE_CHARACTERS_MAX)) || '-'
}
