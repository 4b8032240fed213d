import type { Message } from '../chat/chat.ts'
import type { SlackCounts } from './counts.ts'
import type { SlackMessage } from './message-blocks.ts'
import type { Attempt, Outbox, Sent } from './outbox.ts'
import { respond, UNFOLDING_NOTHING } from './response-url.ts'
import type { Blocks, WebApi } from './web-api.ts'

/** Where an answer goes. */
export type Place =
  | { readonly kind: 'response-url'; readonly url: string; readonly isReplacing: boolean }
  /** A channel in which somebody mentioned us; `thread`: the message of which it is a thread. */
  | { readonly kind: 'channel'; readonly channel: string; readonly user: string; readonly thread: string | undefined }
  /** Their direct messages with us, which nobody else reads. */
  | { readonly kind: 'direct'; readonly channel: string; readonly thread: string | undefined }

/** A link that somebody posted: https://docs.slack.dev/reference/methods/chat.unfurl. */
export interface Unfolded {
  readonly channel: string
  readonly ts: string
  readonly url: string
  readonly blocks: Blocks
}

export interface DeliveryParts {
  readonly api: WebApi
  readonly outbox: Outbox
  readonly counts: SlackCounts
  /** What was dropped, and why. */
  note(text: string): void
}

/** Brings answers to people. What Slack does not take after all tries is counted, and told to whoever runs this. */
export class Delivery {
  readonly #parts: DeliveryParts

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Whether it was delivered. */
  async deliver(place: Place, message: SlackMessage, audience: 'asker' | 'channel'): Promise<boolean> {
    const sent = await this.#deliver(place, message, audience)
    // A message that Slack finds fault with is not to cost the answer, which its first line is.
    if (sent.kind === 'dropped' && /invalid_blocks|msg_blocks_too_long/.test(sent.reason)) {
      this.#parts.note(`an answer was sent without its details: ${sent.reason}`)
      return this.#isSent(await this.#deliver(place, { text: message.text }, audience))
    }
    return this.#isSent(sent)
  }

  /** To a channel, for all in it to read. */
  async post(channel: string, message: SlackMessage): Promise<boolean> {
    return this.#isSent(await this.#post(channel, message, undefined))
  }

  /** To somebody's direct messages. */
  async upload(user: string, { name, text }: NonNullable<Message['file']>): Promise<boolean> {
    const { api } = this.#parts
    const opened = await api.send('conversations.open', client => client.conversations.open({ users: user }))
    if (opened.kind === 'dropped') return this.#isSent(opened)
    const channel = opened.value.channel?.id ?? user
    const sent = await api.send('files.uploadV2', client =>
      client.filesUploadV2({ channel_id: channel, filename: name, content: text }),
    )
    return this.#isSent(sent)
  }

  async unfold({ channel, ts, url, blocks }: Unfolded): Promise<boolean> {
    const sent = await this.#parts.api.send('chat.unfurl', client =>
      client.chat.unfurl({ channel, ts, unfurls: { [url]: { blocks } } }),
    )
    return this.#isSent(sent)
  }

  #deliver(place: Place, message: SlackMessage, audience: 'asker' | 'channel'): Promise<Sent<unknown>> {
    const { api, outbox } = this.#parts
    if (place.kind === 'response-url') {
      const { url, isReplacing } = place
      return outbox.send<undefined>(
        'response_url',
        (signal): Promise<Attempt<undefined>> => respond(url, { message, audience, isReplacing }, signal),
      )
    }
    const { channel, thread } = place
    if (place.kind === 'direct' || audience === 'channel') return this.#post(channel, message, thread)
    const { user } = place
    return api.send('chat.postEphemeral', client =>
      client.chat.postEphemeral({ channel, user, ...message, ...UNFOLDING_NOTHING, ...inThread(thread) }),
    )
  }

  #post(channel: string, message: SlackMessage, thread: string | undefined): Promise<Sent<unknown>> {
    return this.#parts.api.send('chat.postMessage', client =>
      client.chat.postMessage({ channel, ...message, ...UNFOLDING_NOTHING, ...inThread(thread) }),
    )
  }

  #isSent(sent: Sent<unknown>): boolean {
    if (sent.kind === 'sent') return true
    this.#parts.counts.dropped++
    this.#parts.note(`an answer was dropped: ${sent.reason}`)
    return false
  }
}

function inThread(thread: string | undefined) {
  return thread === undefined ? {} : { thread_ts: thread }
}
