import type { Principal } from '../../model/principal.ts'
import type { Block, Cell } from '../../questions/answers/blocks.ts'

/*
 * What a chat driver (Slack, Mattermost) gives and gets. The driver knows for certain who wrote, renders messages in the markup of its chat
 * and delivers them; everything between is here, so that all chats answer alike.
 */

/** Something that somebody wrote to Cadastre, or a button that they clicked. */
export interface ChatRequest {
  readonly principal: Principal
  readonly surface: 'slack' | 'mattermost'
  /** The id of the channel that it was written in, as the access policy names it. */
  readonly channel: string
  /**
   * What follows a command (`where 10.1.2.3`; of a command for one question the driver puts its name first), the words of a mention, or
   * the value of a button.
   */
  readonly text: string
  readonly kind: 'command' | 'words' | 'button'
  readonly signal?: AbortSignal
}

/** A message without any markup: all texts are raw and hold names from the cloud, which drivers make safe. */
export interface Message {
  /** What is told: an answer with something found or nothing, help, or why there is no answer. */
  readonly kind: 'found' | 'nothing' | 'help' | 'problem'
  /** One line that is the whole answer. */
  readonly headline: string
  /** Account, owner, age and source, as far as they are known. */
  readonly about: readonly (readonly [label: string, value: Cell])[]
  /** What there is besides, cut to what a message holds. */
  readonly blocks: readonly Block[]
  /** What could not be read, which source was used and why, what is hidden, what was cut. */
  readonly notes: readonly string[]
  readonly buttons: readonly Button[]
  /** The whole answer, where it is too long for a message. */
  readonly file?: { readonly name: string; readonly text: string }
  /** Milliseconds since 1970: what ages are told by. */
  readonly now: number
}

export interface Button {
  readonly label: string
  /** A command line (at most VALUE_MAX characters): every click is asked anew, as whoever clicked. */
  readonly value: string
  readonly kind: 'ask' | 'refresh' | 'share'
}

/** What Slack holds in a button. A button that would need more is left out. */
export const VALUE_MAX = 2_000

export interface ChatReply {
  readonly message: Message
  /** Who may see it: only whoever asked, or everybody in the channel, where the policy lets answers be posted and a share was asked for. */
  readonly audience: 'asker' | 'channel'
  /** Another channel to post the same message in, by configuration and where the policy lets it. Its buttons stay out of it. */
  readonly alsoTo?: string
}

export interface Conversation {
  /** Never throws. */
  reply(request: ChatRequest): Promise<ChatReply>
}
