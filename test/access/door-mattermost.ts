import type { ChatReply, Conversation } from '../../src/surfaces/chat/chat.ts'
import type { Routes } from '../../src/surfaces/http/server.ts'
import { serveMattermost } from '../../src/surfaces/mattermost/serve-mattermost.ts'
import { mattermostSettings } from '../../src/surfaces/mattermost/settings.ts'
import { signedContext } from '../../src/surfaces/mattermost/tokens.ts'
import { type MattermostDouble, TOKEN } from '../mattermost/mattermost-double.ts'
import { questions } from './asking.ts'
import { wholeOf } from './door-http.ts'
import { inTime } from './in-time.ts'
import type { Visit } from './visits.ts'

export interface MattermostDoorParts {
  readonly double: MattermostDouble
  readonly conversation: Conversation
  /** Where answers to `where` are posted as well. */
  readonly channel: string
  readonly now: number
  onFault(error: unknown): void
}

export interface MattermostDoor {
  readonly routes: Routes
  /** Everything that Mattermost gets, and the reply of the chat core that it was made of. `url`: where the routes are. */
  visit(url: string, user: string, visit: Extract<Visit, { door: 'mattermost' }>): Promise<string>
}

const CHANNEL = 'town'
const RATE = { perSecond: 100_000, burst: 100_000 }

/** Mattermost with everything behind it. */
export function openMattermostDoor(parts: MattermostDoorParts): MattermostDoor {
  const { double, channel, now, onFault } = parts
  const replies: ChatReply[] = []
  const settings = mattermostSettings({
    ...{ tokens: [TOKEN], url: double.url, command: '/cloud', publicUrl: 'https://cadastre.example.com' },
    alsoTo: { where: { channel, webhook: `${double.url}/hooks/where` } },
  })
  if (settings === undefined) throw new Error('Mattermost is not set up')
  const conversation: Conversation = {
    async reply(request) {
      const reply = await parts.conversation.reply(request)
      replies.push(reply)
      return reply
    },
  }
  const names = new Set(questions.keys())
  const { routes } = serveMattermost({
    ...{ settings, conversation, questions: names, rate: RATE, now: () => now, note: () => {}, onFault },
  })
  const responseUrl = `${double.url}/hooks/commands/1`
  return {
    routes,
    async visit(url, user, { kind, text }) {
      double.posted.length = 0
      replies.length = 0
      const by = { user_id: user, user_name: user, channel_id: CHANNEL }
      const form = { ...by, token: TOKEN, command: '/cloud', text, response_url: responseUrl }
      const about = { value: text.slice(0, 2_000), user, channel: CHANNEL, responseUrl }
      const response =
        kind === 'button'
          ? await fetch(`${url}/mattermost/action`, {
              method: 'POST',
              body: JSON.stringify({ ...by, context: signedContext(about, [TOKEN], now) }),
            })
          : await fetch(`${url}/mattermost/command`, { method: 'POST', body: new URLSearchParams(form) })
      const whole = await wholeOf(response)
      const isLate = whole.includes('Looking…')
      const posts = () => double.posted.length >= (isLate ? 1 : 0) + (replies[0]?.alsoTo === undefined ? 0 : 1)
      if (!(await inTime(() => replies.length > 0 && posts()))) throw new Error(`not delivered in Mattermost: ${text}`)
      // What is late is the same answer.
      return JSON.stringify([isLate ? '' : timeless(whole), double.posted.slice(isLate ? 1 : 0), replies])
    },
  }
}

function timeless(whole: string): string {
  return whole.replace(/x-request-id: .*\n/, '')
}
