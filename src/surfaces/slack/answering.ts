import type { Principal } from '../../model/principal.ts'
import type { ChatReply, ChatRequest, Conversation, Message } from '../chat/chat.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import type { SlackCounts } from './counts.ts'
import type { Delivery, Place } from './delivery.ts'
import { messageOf } from './message-blocks.ts'
import type { DriverButton } from './message-buttons.ts'

/** What somebody asked, once it is known who they are. */
export interface Asked extends Pick<ChatRequest, 'channel' | 'text' | 'kind'> {
  readonly principal: Principal
  /** A Slack user id: whose direct messages files go to. */
  readonly user: string
  /** Where the answer goes. */
  readonly place: Place
  /** They want all of it as a file. */
  readonly isFile?: boolean
}

export interface AnsweringParts {
  readonly conversation: Conversation
  readonly delivery: Delivery
  readonly limit: RateLimit
  readonly counts: SlackCounts
  readonly signal: AbortSignal
  now(): number
}

/** Questions that are answered at once; the store and the network would only be slower for more. */
const ANSWERING_MAX = 200

/** From a question to its delivered answer. */
export class Answering {
  readonly #parts: AnsweringParts
  #underWay = 0

  constructor(parts: AnsweringParts) {
    this.#parts = parts
  }

  async answer(asked: Asked): Promise<void> {
    const { counts, limit } = this.#parts
    counts.asked++
    const seconds = limit.take(asked.principal.id)
    if (seconds !== undefined) return this.#tell(asked, `too many questions: the next one is answered in ${seconds} s`)
    if (this.#underWay >= ANSWERING_MAX) return this.#tell(asked, 'too many people ask at the moment: try again soon')
    this.#underWay++
    try {
      await this.#reply(asked)
    } finally {
      this.#underWay--
    }
  }

  async #reply(asked: Asked): Promise<void> {
    const { conversation, delivery, signal } = this.#parts
    const { principal, channel, text, kind, place, user } = asked
    const reply = await conversation.reply({ principal, surface: 'slack', channel, text, kind, signal })
    if (asked.isFile === true && reply.message.file !== undefined)
      return this.#counted(await delivery.upload(user, reply.message.file))
    const message = messageOf(reply.message, fileButtons(asked, reply))
    this.#counted(await delivery.deliver(place, message, reply.audience))
    if (reply.alsoTo !== undefined) await delivery.post(reply.alsoTo, messageOf({ ...reply.message, buttons: [] }))
  }

  /** Tells the asker alone. */
  async #tell({ place }: Asked, headline: string): Promise<void> {
    const { delivery, now } = this.#parts
    const told: Message = { kind: 'problem', headline, about: [], blocks: [], notes: [], buttons: [], now: now() }
    this.#counted(await delivery.deliver(place, messageOf(told), 'asker'))
  }

  #counted(isDelivered: boolean): void {
    if (isDelivered) this.#parts.counts.answered++
  }
}

/** A file would be there for all of a channel to read: it is offered, asked for anew, and sent to whoever clicked. */
function fileButtons({ text, kind }: Asked, { message }: ChatReply): DriverButton[] {
  return message.file === undefined ? [] : [{ label: 'All of it as a file', value: text, kind: `file-${kind}` }]
}
