import type { Asker } from '../../src/access/asker.ts'
import type { ChatReply, Conversation } from '../../src/surfaces/chat/chat.ts'
import type { Routes } from '../../src/surfaces/http/server.ts'
import { noCounts } from '../../src/surfaces/slack/counts.ts'
import type { Unfolded } from '../../src/surfaces/slack/delivery.ts'
import { Links } from '../../src/surfaces/slack/links.ts'
import { serveSlack } from '../../src/surfaces/slack/serve-slack.ts'
import { SlackSection, slackSettings } from '../../src/surfaces/slack/settings.ts'
import { clickBody, commandBody, eventBody, SECRET, signed } from '../slack/signed.ts'
import { BOT_TOKEN, BOT_USER, type Call, type SlackDouble, TEAM } from '../slack/slack-double.ts'
import { wholeOf } from './door-http.ts'
import { inTime } from './in-time.ts'
import type { Visit } from './visits.ts'

type SlackVisit = Extract<Visit, { door: 'slack' }>

export interface SlackDoorParts {
  readonly double: SlackDouble
  readonly asker: Asker
  readonly conversation: Conversation
  readonly channels: readonly string[]
  onFault(error: unknown): void
}

export interface SlackDoor extends AsyncDisposable {
  readonly routes: Routes
  /** Everything that Slack gets, and the reply of the chat core that it was made of. `url`: where the routes are. */
  visit(url: string, user: string, visit: SlackVisit): Promise<string>
  /** Somebody's message with a link: what is shown below it. */
  link(user: string, visit: Extract<Visit, { door: 'link' }>): Promise<string>
  /** The values of the buttons below an answer. */
  buttons(url: string, user: string, text: string): Promise<readonly string[]>
}

const PUBLIC_URL = 'https://cadastre.example.com'

/** Slack over signed requests, with everything behind them. */
export async function openSlackDoor(parts: SlackDoorParts): Promise<SlackDoor> {
  const { double, asker, channels, onFault } = parts
  const replies: ChatReply[] = []
  const conversation: Conversation = {
    async reply(request) {
      const reply = await parts.conversation.reply(request)
      replies.push(reply)
      return reply
    },
  }
  const section = { botToken: BOT_TOKEN, signingSecret: SECRET, apiUrl: `${double.url}/api`, publicUrl: PUBLIC_URL }
  const settings = slackSettings(SlackSection.parse(section))
  if (settings === undefined) throw new Error('Slack is not set up')
  const rate = { perSecond: 100_000, burst: 100_000 }
  const slack = await serveSlack({
    ...{ settings, asker, conversation, rate, onFault },
    now: Date.now,
    note: text => void (/dropped|refuses/.test(text) && onFault(new Error(text))),
  })
  const channelOf = ({ channel }: { readonly channel: number }) => channels[channel] ?? ''
  const asked = async (url: string, user: string, visit: SlackVisit): Promise<readonly [string, readonly Call[]]> => {
    double.calls.length = 0
    replies.length = 0
    const response = await fetch(`${url}/slack/events`, signed(bodyOf(visit, user, channelOf(visit), double)))
    const whole = await wholeOf(response)
    const isDone = () => replies.length > 0 && isDelivered(double.calls, replies[0] as ChatReply)
    if (!(await inTime(isDone)))
      throw new Error(`not delivered: ${whole} ${JSON.stringify([visit, double.calls, replies])}`)
    return [whole.replace(/x-request-id: .*\n/, ''), double.calls.filter(({ name }) => DELIVERY.test(name))]
  }
  return {
    routes: slack.routes,
    async visit(url, user, visit) {
      const [whole, calls] = await asked(url, user, visit)
      return JSON.stringify([whole, calls.map(({ name, body }) => ({ name, body: toldIn(name, body) })), replies])
    },
    async link(user, { path, channel }) {
      const unfolded: Unfolded[] = []
      const delivery = { unfold: async (one: Unfolded) => unfolded.push(one) > 0 }
      const { signal } = new AbortController()
      const counts = noCounts()
      const links = new Links({ asker, conversation, delivery, counts, publicUrl: PUBLIC_URL, signal })
      const principal = { id: `slack:${TEAM}:${user}`, name: user, groups: [] }
      await links.unfold({ principal, channel: channels[channel] ?? '', ts: '1.2', urls: [`${PUBLIC_URL}/v1/${path}`] })
      return JSON.stringify({ found: unfolded.length > 0, unfolded })
    },
    async buttons(url, user, text) {
      await asked(url, user, { door: 'slack', kind: 'command', channel: 0, action: 'ask', text })
      return replies.flatMap(({ message }) => message.buttons.map(({ value }) => value))
    },
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  }
}

const ANSWER = '/actions/answer'
const DELIVERY = /^(chat\.|\/actions\/|files\.completeUploadExternal)/

function bodyOf({ kind, text, action }: SlackVisit, user: string, channel: string, { url }: SlackDouble): string {
  const responseUrl = `${url}${ANSWER}`
  if (kind === 'command') return commandBody({ text, user_id: user, channel_id: channel, response_url: responseUrl })
  if (kind === 'words') return eventBody({ type: 'app_mention', user, channel, text: `<@${BOT_USER}> ${text}` })
  return clickBody({
    user,
    channel,
    responseUrl,
    action: { action_id: `cadastre.${action}.0`, value: text.slice(0, 2_000) },
  })
}

/** Whether all of a reply went out: to whoever asked, and to another channel where that is so. */
function isDelivered(calls: readonly Call[], { alsoTo }: ChatReply): boolean {
  const isTold = calls.some(
    ({ name, body }) => DELIVERY.test(name) && (alsoTo === undefined || body.channel !== alsoTo),
  )
  return isTold && (alsoTo === undefined || calls.some(({ body }) => body.channel === alsoTo))
}

/** Of a file, its text is in the reply. */
function toldIn(name: string, body: unknown): unknown {
  return name.startsWith('files.') ? undefined : body
}
