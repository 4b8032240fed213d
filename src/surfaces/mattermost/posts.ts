import type { ChatReply } from '../chat/chat.ts'
import { cut } from '../chat/cut.ts'
import { safe } from '../cli/safe.ts'
import { messageText } from './message-text.ts'
import { signedContext } from './tokens.ts'

/** Whom a message is for, and how its buttons come back. */
export interface Recipient {
  readonly user: string
  readonly channel: string
  readonly responseUrl: string
}

export interface PostSettings {
  readonly tokens: readonly string[]
  readonly publicUrl?: string | undefined
  now(): number
}

/** What Mattermost takes as the answer to a command, at once or later. */
export interface Post {
  readonly response_type: 'ephemeral' | 'in_channel'
  readonly text: string
  readonly attachments?: readonly object[]
  /** What is in the text means what Mattermost's markdown says, and not what Slack's does. */
  readonly skip_slack_parsing: true
}

/** Mattermost shows some more, in rows; a phone does not. */
const BUTTONS_MAX = 10
const LABEL_CHARACTERS_MAX = 60

/**
 * A reply as a post. Buttons are only in messages for one person, and only good for them: Mattermost does not sign who clicked, so that in
 * what all see a button would ask as whoever a request says.
 */
export function postOf(reply: ChatReply, recipient: Recipient, settings: PostSettings): Post {
  const { message, audience } = reply
  const isShared = audience === 'channel'
  const actions = isShared ? [] : actionsOf(reply, recipient, settings)
  return {
    response_type: isShared ? 'in_channel' : 'ephemeral',
    text: messageText(message),
    ...(actions.length > 0 && { attachments: [{ fallback: 'Ask on', actions }] }),
    skip_slack_parsing: true,
  }
}

export function plainPost(text: string): Post {
  return { response_type: 'ephemeral', text, skip_slack_parsing: true }
}

function actionsOf(
  { message }: ChatReply,
  { user, channel, responseUrl }: Recipient,
  { tokens, publicUrl, now }: PostSettings,
): object[] {
  if (publicUrl === undefined) return []
  const url = `${publicUrl.replace(/\/+$/, '')}/mattermost/action`
  return message.buttons.slice(0, BUTTONS_MAX).map(({ label, value }, at) => ({
    // Only letters and digits.
    id: `ask${at}`,
    type: 'button',
    name: safe(cut(label, LABEL_CHARACTERS_MAX)),
    integration: { url, context: signedContext({ value, user, channel, responseUrl }, tokens, now()) },
  }))
}
