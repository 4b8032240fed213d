import type { types } from '@slack/bolt'
import type { Message } from '../chat/chat.ts'
import { cut } from '../chat/cut.ts'
import { type Line, linesOf } from './lines.ts'
import { buttonBlocks, type DriverButton } from './message-buttons.ts'
import { escaped, piece, plain } from './texts.ts'
import type { Blocks } from './web-api.ts'

/** What Slack takes: https://docs.slack.dev/reference/block-kit/blocks. */
export const BLOCKS_MAX = 50
/** Of one rich text, and of all of a message: Slack refuses longer ones (`msg_blocks_too_long`). */
const RICH_TEXT_CHARACTERS_MAX = 3_000
export const MESSAGE_CHARACTERS_MAX = 9_000
const HEADLINE_CHARACTERS_MAX = 1_500
const FALLBACK_CHARACTERS_MAX = 1_000
/** A context holds ten elements. */
const NOTES_MAX = 10
const NOTE_CHARACTERS_MAX = 300

export interface SlackMessage {
  /** For notifications and screen readers: the headline. */
  readonly text: string
  readonly blocks?: Blocks
}

/**
 * A message for a phone: the fact, then whose it is and how it is known, then the rest line by line, then buttons. It is written in rich
 * text, in which Slack looks for no markup, so that no name from the cloud can make any.
 */
export function messageOf(message: Message, more: readonly DriverButton[] = []): Required<SlackMessage> {
  const headline = piece(message.headline, HEADLINE_CHARACTERS_MAX, { bold: true })
  const { lines, left } = fitting(linesOf(message))
  const notes = left > 0 ? [...message.notes, `${left} more lines do not fit here`] : message.notes
  return {
    text: escaped(message.headline, FALLBACK_CHARACTERS_MAX),
    blocks: [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [headline] }] },
      ...richTexts(lines),
      ...noteBlocks(notes),
      ...buttonBlocks([...message.buttons, ...more]),
    ],
  }
}

/** The same without buttons, for where nobody is to click, in the two kinds of block that links may unfold into. */
export function unfoldedOf(message: Message): Blocks {
  const about = linesOf({ ...message, blocks: [] }).map(({ texts }) => texts.map(({ text }) => text).join(''))
  const elements = [...about, ...message.notes].slice(0, NOTES_MAX).map(text => plain(text, NOTE_CHARACTERS_MAX))
  return [
    { type: 'section', text: plain(message.headline, RICH_TEXT_CHARACTERS_MAX) },
    ...(elements.length > 0 ? [{ type: 'context' as const, elements }] : []),
  ]
}

function lengthOf({ texts }: Line): number {
  return texts.reduce((sum, { text }) => sum + text.length, 0)
}

/** What fits; a title without its lines is none. */
function fitting(lines: readonly Line[]): { lines: readonly Line[]; left: number } {
  let length = 0
  let count = 0
  for (const line of lines) {
    length += lengthOf(line)
    if (length > MESSAGE_CHARACTERS_MAX) break
    count++
  }
  while (count > 0 && count < lines.length && lines[count - 1]?.kind === 'title') count--
  return { lines: lines.slice(0, count), left: lines.slice(count).filter(({ kind }) => kind !== 'title').length }
}

/** Lines as rich texts, each within its bound; items that follow each other are one list. */
function richTexts(lines: readonly Line[]): types.RichTextBlock[] {
  const blocks: types.RichTextBlock[] = []
  let room = 0
  for (const line of lines) {
    if (line.isFirst || room < lengthOf(line)) {
      blocks.push({ type: 'rich_text', elements: [] })
      room = RICH_TEXT_CHARACTERS_MAX
    }
    room -= lengthOf(line)
    addTo(blocks.at(-1)?.elements ?? [], line)
  }
  return joined(blocks)
}

function addTo(elements: types.RichTextBlockElement[], { kind, texts }: Line): void {
  const pieces = texts.map(({ text, isBold }) =>
    piece(text, RICH_TEXT_CHARACTERS_MAX, isBold ? { bold: true } : undefined),
  )
  const section: types.RichTextSection = { type: 'rich_text_section', elements: pieces }
  const last = elements.at(-1)
  if (kind === 'item' || kind === 'detail') {
    const indent = kind === 'item' ? 0 : 1
    if (last?.type === 'rich_text_list' && last.indent === indent) last.elements.push(section)
    else elements.push({ type: 'rich_text_list', style: 'bullet', indent, elements: [section] })
    return
  }
  if (last?.type === 'rich_text_section') last.elements.push({ type: 'text', text: '\n' }, ...pieces)
  else elements.push(section)
}

/** The last ones are one, where there are more than a message holds beside its headline, notes and buttons. */
function joined(blocks: readonly types.RichTextBlock[]): types.RichTextBlock[] {
  const max = BLOCKS_MAX - 3
  if (blocks.length <= max) return [...blocks]
  const elements = blocks.slice(max - 1).flatMap(block => block.elements)
  return [...blocks.slice(0, max - 1), { type: 'rich_text', elements }]
}

function noteBlocks(notes: readonly string[]): types.ContextBlock[] {
  if (notes.length === 0) return []
  const rest = notes.length - NOTES_MAX + 1
  const told = rest > 1 ? [...notes.slice(0, NOTES_MAX - 1), `and ${rest} more`] : notes
  return [{ type: 'context', elements: told.map(note => plain(cut(note, NOTE_CHARACTERS_MAX), NOTE_CHARACTERS_MAX)) }]
}
