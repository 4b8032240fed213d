import type { types } from '@slack/bolt'
import { cut } from '../chat/cut.ts'
import { safe } from '../cli/safe.ts'

/** Text of Block Kit that Slack shows as it is: nothing in it is markup, a mention, a link or an emoji. */
export function plain(text: string, charactersMax: number): types.PlainTextElement {
  return { type: 'plain_text', text: cut(shown(text), charactersMax), emoji: false }
}

/** A piece of rich text, which Slack shows as it is. */
export function piece(text: string, charactersMax: number, style?: types.RichTextText['style']): types.RichTextText {
  return { type: 'text', text: cut(shown(text), charactersMax), ...(style !== undefined && { style }) }
}

/** On one line, what is unsafe shown as its code point. Slack takes no empty text. */
function shown(text: string): string {
  return safe(text) || '-'
}

/** Invisible, between a character and what would make it markup. */
const BREAK = '\u200b'

/**
 * Text for where Slack reads markup whatever is asked: notifications, and screen readers. Entities are Slack's own
 * (https://docs.slack.dev/messaging/formatting-message-text); what else means something is kept from doing so by a character without width.
 */
export function escaped(text: string, charactersMax: number): string {
  return cut(safe(text), charactersMax)
    .replace(/[@#*_~`:]/g, character => `${character}${BREAK}`)
    .replace(/www\./gi, www => `${www}${BREAK}`)
    .replace(/[&<>]/g, character => ENTITIES[character as keyof typeof ENTITIES])
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' } as const
