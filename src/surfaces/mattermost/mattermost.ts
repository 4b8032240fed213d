import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from '../../model/principal.ts'
import type { ChatReply, ChatRequest, Conversation } from '../chat/chat.ts'
import { within } from '../chat/within.ts'
import { bodyOf } from '../http/body.ts'
import { addressOf } from '../http/gate.ts'
import { type Rate, RateLimit } from '../http/rate-limit.ts'
import { sendJson } from '../http/send.ts'
import { type Routes, refuse } from '../http/server.ts'
import type { MattermostCounts } from './counts.ts'
import { deliver } from './delivery.ts'
import { messageText } from './message-text.ts'
import { type Click, type Command, clickOf, commandOf, tokenOf } from './payloads.ts'
import { type Post, plainPost, postOf, type Recipient } from './posts.ts'
import type { MattermostSettings } from './settings.ts'
import { isSigned, isToken } from './tokens.ts'

export interface MattermostParts {
  readonly settings: MattermostSettings
  readonly conversation: Conversation
  /** The names of the questions: a command that is called so asks that one. */
  readonly questions: ReadonlySet<string>
  /** What one person may ask. */
  readonly rate: Rate
  readonly counts: MattermostCounts
  now(): number
  /** What went wrong on the way to Mattermost. */
  onFault(error: unknown): void
}

const BODY_BYTES_MAX = 65_536
/** An answer that is there within it is the answer to the request; a later one comes after. Milliseconds. */
const AT_ONCE_MS = 2_000
/** So long is worked on one answer. */
const ANSWER_MS_MAX = 60_000
/** Wrong tokens of one address. */
const WRONG: Rate = { perSecond: 1, burst: 30 }

/** Where Mattermost posts to: slash commands, and clicks on the buttons of our answers. */
export function mattermostRoutes(parts: MattermostParts): Routes {
  const driver = new Mattermost(parts)
  return {
    'POST /mattermost/command': (request, response, closing) => driver.command(request, response, closing),
    'POST /mattermost/action': (request, response, closing) => driver.action(request, response, closing),
  }
}

class Mattermost {
  readonly #parts: MattermostParts
  readonly #asked: RateLimit
  readonly #wrong: RateLimit

  constructor(parts: MattermostParts) {
    this.#parts = parts
    this.#asked = new RateLimit(parts.rate, parts.now)
    this.#wrong = new RateLimit(WRONG, parts.now)
  }

  async command(request: IncomingMessage, response: ServerResponse, closing: AbortSignal): Promise<void> {
    const body = await this.#body(request, response)
    if (body === undefined) return
    const { settings, counts } = this.#parts
    if (!isToken(tokenOf(body, request.headers.authorization), settings.tokens))
      return this.#refuseSender(request, response, 'the token is not that of a slash command that is set up here')
    const command = commandOf(body)
    if (command === undefined) return this.#refuse(request, response, 400, 'this is no slash command of Mattermost')
    counts.asked++
    const recipient = { user: command.user_id, channel: command.channel_id, responseUrl: command.response_url }
    const wait = this.#asked.take(command.user_id)
    if (wait !== undefined) return sendJson(response, plainPost(tooMany(wait)))
    const text = this.#textOf(command)
    const replying = this.#reply({ ...command, text, kind: 'command' }, closing)
    const reply = await within(AT_ONCE_MS, replying)
    if (reply === undefined) {
      sendJson(response, plainPost('Looking…'))
      return this.#deliver(await replying, recipient, closing)
    }
    sendJson(response, postOf(reply, recipient, this.#postSettings()))
    counts.answered++
    await this.#postElsewhere(reply, closing)
  }

  async action(request: IncomingMessage, response: ServerResponse, closing: AbortSignal): Promise<void> {
    const body = await this.#body(request, response)
    if (body === undefined) return
    const { settings, counts, now } = this.#parts
    const click = clickOf(body)
    if (click === undefined || !isSigned(click.context, click.context.signature, settings.tokens, now()))
      return this.#refuseSender(request, response, 'this is no button of ours, or it is too old: ask again')
    // Mattermost says who clicked and does not sign it: a button is only good for whom it was made, where it was made.
    if (click.user_id !== click.context.user || click.channel_id !== click.context.channel)
      return this.#refuse(request, response, 403, 'this button was made for somebody else')
    counts.asked++
    const wait = this.#asked.take(click.user_id)
    if (wait !== undefined) return sendJson(response, { ephemeral_text: tooMany(wait), skip_slack_parsing: true })
    const reply = await this.#reply({ ...click, text: click.context.value, kind: 'button' }, closing)
    const problem = await this.#answerClick(click, reply, closing)
    // What Mattermost shows as the answer to a click has no buttons; but it is there when its response_url is used up.
    sendJson(
      response,
      problem === undefined ? {} : { ephemeral_text: messageText(reply.message), skip_slack_parsing: true },
    )
    counts.answered++
  }

  /** To the response_url of the command that it began with, where that is still good. */
  async #answerClick({ context }: Click, reply: ChatReply, signal: AbortSignal): Promise<string | undefined> {
    if (context.responseUrl === '') return 'there is none'
    const post = postOf(reply, context, this.#postSettings())
    return deliver(this.#parts.settings.url, context.responseUrl, post, signal)
  }

  async #deliver(reply: ChatReply, recipient: Recipient, signal: AbortSignal): Promise<void> {
    const { counts, settings, onFault } = this.#parts
    const post: Post = postOf(reply, recipient, this.#postSettings())
    const problem = await deliver(settings.url, recipient.responseUrl, post, signal)
    if (problem === undefined) counts.answered++
    else {
      counts.dropped++
      onFault(new Error(`an answer was not delivered: ${problem}`))
    }
    await this.#postElsewhere(reply, signal)
  }

  /** To the channel that is configured for the question. */
  async #postElsewhere({ message, alsoTo }: ChatReply, signal: AbortSignal): Promise<void> {
    if (alsoTo === undefined) return
    const { settings, counts, onFault } = this.#parts
    const target = Object.values(settings.alsoTo).find(({ channel }) => channel === alsoTo)
    if (target === undefined) return
    const problem = await deliver(settings.url, target.webhook, { text: messageText(message) }, signal)
    if (problem === undefined) return
    counts.dropped++
    onFault(new Error(`an answer was not posted in channel ${alsoTo}: ${problem}`))
  }

  #reply(
    asked: Pick<Command, 'user_id' | 'user_name' | 'channel_id' | 'text'> & Pick<ChatRequest, 'kind'>,
    closing: AbortSignal,
  ): Promise<ChatReply> {
    const principal: Principal = {
      id: `mattermost:${asked.user_id}`,
      name: asked.user_name === '' ? asked.user_id : asked.user_name,
      groups: [],
    }
    const signal = AbortSignal.any([closing, AbortSignal.timeout(ANSWER_MS_MAX)])
    const { text, kind, channel_id: channel } = asked
    return this.#parts.conversation.reply({ principal, surface: 'mattermost', channel, text, kind, signal })
  }

  /** `/where 10.1.2.3` asks `where`; the command that takes all questions is followed by one. */
  #textOf({ command, text }: Command): string {
    const name = command.replace(/^\//, '').toLowerCase()
    return command !== this.#parts.settings.command && this.#parts.questions.has(name) ? `${name} ${text}` : text
  }

  #postSettings() {
    const { settings, now } = this.#parts
    return { tokens: settings.tokens, publicUrl: settings.publicUrl, now }
  }

  async #body(request: IncomingMessage, response: ServerResponse): Promise<string | undefined> {
    const body = await bodyOf(request, BODY_BYTES_MAX)
    if (body === undefined) this.#refuse(request, response, 413, `more than ${BODY_BYTES_MAX} bytes`)
    return body
  }

  /** Whoever guesses may not for long. */
  #refuseSender(request: IncomingMessage, response: ServerResponse, detail: string): void {
    const wait = this.#wrong.take(addressOf(request))
    if (wait !== undefined) response.setHeader('retry-after', String(wait))
    this.#refuse(request, response, wait === undefined ? 401 : 429, wait === undefined ? detail : tooMany(wait))
  }

  #refuse(request: IncomingMessage, response: ServerResponse, status: number, detail: string): void {
    this.#parts.counts.refused++
    refuse(request, response, status, detail)
  }
}

function tooMany(seconds: number): string {
  return `too many requests: the next one is answered in ${seconds} s`
}
