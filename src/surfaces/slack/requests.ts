import type { Principal } from '../../model/principal.ts'
import type { Answering, Asked } from './answering.ts'
import type { SlackCounts } from './counts.ts'
import type { Delivery } from './delivery.ts'
import { typedText, wordsOf } from './incoming-text.ts'
import type { Links } from './links.ts'
import type { Members } from './members.ts'
import { messageOf } from './message-blocks.ts'
import { kindOfAction } from './message-buttons.ts'
import { type ClickBody, type CommandBody, type LinksEvent, teamsOf, type WordsEvent } from './payloads.ts'
import { isResponseUrl } from './response-url.ts'
import type { Seen } from './seen.ts'

export interface RequestsParts {
  readonly answering: Pick<Answering, 'answer'>
  readonly delivery: Pick<Delivery, 'deliver'>
  readonly members: Members
  readonly links: Pick<Links, 'unfold'>
  /** What Slack delivered, by its ids. */
  readonly seen: Seen
  readonly counts: SlackCounts
  /** The command that takes all questions: `/cloud`. Any other one is for the question of its name. */
  readonly command: string
  readonly botUser: string | undefined
  /** Where the simulator is, where there is one. */
  readonly apiUrl: string | undefined
  now(): number
  note(text: string): void
}

/** What comes from Slack, verified and acknowledged, becomes a question: each once, and from people of our own workspaces alone. */
export class Requests {
  readonly #parts: RequestsParts

  constructor(parts: RequestsParts) {
    this.#parts = parts
  }

  async command({ command, text, ...body }: CommandBody): Promise<void> {
    if (!this.#isNew(body.trigger_id)) return
    const { team_id: team, user_id: user, user_name: name, channel_id: channel, response_url: url } = body
    const principal = await this.#parts.members.principalOf({ user, teams: [team], name })
    const question = questionOf(command, this.#parts.command)
    await this.#answer(principal, {
      ...{ user, channel, kind: 'command' },
      text: question === undefined ? typedText(text) : `${question} ${typedText(text)}`.trim(),
      place: { kind: 'response-url', url, isReplacing: false },
    })
  }

  async click(body: ClickBody): Promise<void> {
    const [action] = body.actions
    const kind = action && kindOfAction(action.action_id)
    if (action === undefined || kind === undefined || !this.#isNew(`${body.trigger_id} ${action.action_id}`)) return
    const { user, team, channel, container, response_url: url } = body
    const teams = [user.team_id, team?.id].filter(one => one !== undefined)
    const principal = await this.#parts.members.principalOf({ user: user.id, teams, name: user.username })
    const isFile = kind.startsWith('file-')
    await this.#answer(principal, {
      ...{ user: user.id, channel: channel.id, text: action.value, isFile },
      kind: isFile ? (kind.slice('file-'.length) as Asked['kind']) : 'button',
      // What was posted for all to read stays as it is.
      place: { kind: 'response-url', url, isReplacing: kind === 'refresh' && container.is_ephemeral },
    })
  }

  /** A mention, or a direct message. */
  async words(event: WordsEvent, eventId: string): Promise<void> {
    const { user, channel, ts, thread_ts: thread, text, subtype, bot_id: bot } = event
    // What was edited, or written by an app, asks nothing.
    if (subtype !== undefined || bot !== undefined || user === this.#parts.botUser) return
    if (!this.#isNew(eventId) || !this.#parts.seen.take(`${channel} ${ts}`)) return
    const principal = await this.#parts.members.principalOfEvent({ user, teams: teamsOf(event) })
    await this.#answer(principal, {
      ...{ user, channel, kind: 'words', text: wordsOf(text, this.#parts.botUser) },
      place:
        event.channel_type === 'im' ? { kind: 'direct', channel, thread } : { kind: 'channel', channel, user, thread },
    })
  }

  async links(event: LinksEvent, eventId: string): Promise<void> {
    // While somebody still writes there is no message to unfold anything in.
    if (event.source === 'composer' || !this.#isNew(eventId)) return
    const { user, channel, message_ts: ts, links } = event
    const principal = await this.#parts.members.principalOfEvent({ user, teams: teamsOf(event) })
    if (principal === undefined) return this.#refuse('a link')
    await this.#parts.links.unfold({ principal, channel, ts, urls: links.map(({ url }) => url) })
  }

  async #answer(principal: Principal | undefined, asked: Omit<Asked, 'principal'>): Promise<void> {
    const { place } = asked
    if (place.kind === 'response-url' && !isResponseUrl(place.url, this.#parts.apiUrl))
      return this.#refuse('a response_url that is not of Slack')
    if (principal !== undefined) return this.#parts.answering.answer({ ...asked, principal })
    this.#refuse('somebody of another workspace')
    if (place.kind === 'response-url') await this.#parts.delivery.deliver(place, this.#stranger(), 'asker')
  }

  #stranger() {
    const headline = 'Only people of the workspace that Cadastre belongs to are answered.'
    const now = this.#parts.now()
    return messageOf({ kind: 'problem', headline, about: [], blocks: [], notes: [], buttons: [], now })
  }

  #isNew(id: string): boolean {
    const isNew = this.#parts.seen.take(id)
    if (!isNew) this.#parts.counts.repeated++
    return isNew
  }

  #refuse(what: string): void {
    this.#parts.counts.refused++
    this.#parts.note(`not answered in Slack: ${what}`)
  }
}

/** `/where`, or `/cloud-where` where that name is taken; undefined: the command that takes all questions. */
function questionOf(command: string, main: string): string | undefined {
  if (command === main) return undefined
  return command.startsWith(`${main}-`) ? command.slice(main.length + 1) : command.slice(1)
}
