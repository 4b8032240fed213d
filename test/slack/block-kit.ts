import { z } from 'zod'

/*
 * The bounds of Block Kit that Slack's documentation names (https://docs.slack.dev/reference/block-kit), of the blocks that are used here;
 * the emulator takes anything.
 */

const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.literal(false) })

const Piece = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1).max(3_000),
  style: z.strictObject({ bold: z.literal(true) }).optional(),
})
const Section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(Piece).min(1) })
const List = z.strictObject({
  type: z.literal('rich_text_list'),
  style: z.literal('bullet'),
  indent: z.int().min(0).max(8),
  elements: z.array(Section).min(1),
})
const RichText = z.strictObject({ type: z.literal('rich_text'), elements: z.array(z.union([Section, List])).min(1) })
const Context = z.strictObject({ type: z.literal('context'), elements: z.array(plainText(2_000)).min(1).max(10) })
const PlainSection = z.strictObject({ type: z.literal('section'), text: plainText(3_000) })
const Button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  value: z.string().min(1).max(2_000),
  action_id: z.string().min(1).max(255),
})
const Actions = z
  .strictObject({ type: z.literal('actions'), elements: z.array(Button).min(1).max(25) })
  .refine(({ elements }) => new Set(elements.map(one => one.action_id)).size === elements.length, 'ids differ')

/** Blocks of a message that Slack takes, and that hold no markup: only plain and rich text. */
export const MessageBlocks = z.array(z.union([RichText, Context, PlainSection, Actions])).max(50)

/** Slack refuses messages whose texts are longer together (`msg_blocks_too_long`). */
export const TEXTS_MAX = 13_000
