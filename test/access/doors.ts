import type { AskerParts } from '../../src/access/open-asker.ts'
import type { Policy } from '../../src/access/policy.ts'
import { type Config, ConfigFile } from '../../src/config.ts'
import type { Database } from '../../src/store/database.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { answerText } from '../../src/surfaces/cli/answer.ts'
import { questionRoutes } from '../../src/surfaces/http/question-routes.ts'
import { listen } from '../../src/surfaces/http/server.ts'
import type { Random } from '../fuzz/random.ts'
import type { MattermostDouble } from '../mattermost/mattermost-double.ts'
import type { SlackDouble } from '../slack/slack-double.ts'
import { askerOf, questions, type TestAsking, token } from './asking.ts'
import { openMcpDoor, throughHttp, throughStream, wholeOf } from './door-http.ts'
import { openMattermostDoor } from './door-mattermost.ts'
import { openSlackDoor } from './door-slack.ts'
import { NOW } from './estate.ts'
import type { People } from './policies.ts'
import type { Visit } from './visits.ts'

export interface DoorsParts {
  readonly database: Database
  readonly policy: Policy
  /** Secrets of the tokens of the two. */
  readonly tokens: Readonly<Record<keyof Tokens, string>>
  readonly people: People
  readonly slack: SlackDouble
  readonly mattermost: MattermostDouble
  readonly answer: NonNullable<AskerParts['answer']>
}

export interface Tokens {
  readonly curious: string
  readonly knowing: string
}

/** A store behind all of its surfaces. */
export interface Doors extends AsyncDisposable {
  readonly asking: TestAsking
  /** What the curious get, to the last byte that is not the time. */
  through(visit: Visit): Promise<string>
  /** The visit with what the curious have from somebody who may see everything: an ETag, or one of the buttons that ask something. */
  borrowed(visit: Visit, random: Random): Promise<Visit>
}

const RATE = { perSecond: 100_000, burst: 100_000 }

export async function openDoors(parts: DoorsParts): Promise<Doors> {
  const { database, policy, tokens, people, answer } = parts
  // What is asked is not to differ by what was asked before.
  const asking = askerOf(database, policy, NOW, { answer, write: async () => {} })
  const { asker, faults } = asking
  const onFault = (error: unknown) => void faults.push(error)
  const { channels } = people
  const also = { where: channels[1] ?? '' }
  const talk = { asker, questions, command: '/cloud', now: () => NOW, onFault }
  const conversation = openConversation({ ...talk, alsoTo: { ...also, bucket: channels[0] ?? '' } })
  const slack = await openSlackDoor({ double: parts.slack, asker, conversation, channels, onFault })
  const mattermost = openMattermostDoor({
    conversation: openConversation({ ...talk, alsoTo: also }),
    ...{ double: parts.mattermost, channel: also.where, now: NOW, onFault },
  })
  const more = { ...slack.routes, ...mattermost.routes }
  const config = ConfigFile.parse({ http: { rate: RATE } }) as Config
  const { routes } = await questionRoutes(config, { host: '127.0.0.1', database, asker, more, onFault })
  const server = await listen({ host: '127.0.0.1', port: 0, allowsRemote: false, judging: routes, routes: {}, onFault })
  const { url } = server
  const mcp = await openMcpDoor(url, tokens.curious)
  const curious = people.curious['slack-user']
  const enter = async (visit: Visit): Promise<string> => {
    if (visit.door === 'http') return wholeOf(await throughHttp(url, tokens.curious, visit))
    if (visit.door === 'stream') return throughStream(url, tokens.curious, visit.path)
    if (visit.door === 'mcp') return mcp.call(visit.tool, visit.input)
    if (visit.door === 'tools') return mcp.tools()
    if (visit.door === 'slack') return slack.visit(url, curious, visit)
    if (visit.door === 'link') return slack.link(curious, visit)
    if (visit.door === 'mattermost') return mattermost.visit(url, 'curious', visit)
    const { probe, live, isTerminal } = visit
    const given = { surface: 'cli', ...(live && { live }) } as const
    const outcome = await asking.ask(token('curious'), probe.question, probe.input, given)
    if (outcome.kind !== 'answered') return JSON.stringify(outcome)
    const text = answerText(outcome.question, outcome.answer, { isTerminal, width: 90, environment: {} })
    return JSON.stringify({ found: outcome.answer.found, text })
  }
  return {
    asking,
    through: async visit => (await enter(visit)).replace(/(\\*"ms\\*":)\d+/g, '$1'),
    async borrowed(visit, random) {
      if (visit.door === 'http' && visit.borrowsTag) {
        const response = await throughHttp(url, tokens.knowing, visit)
        await response.arrayBuffer()
        return { ...visit, headers: { ...visit.headers, 'if-none-match': response.headers.get('etag') ?? '"none"' } }
      }
      if (visit.door === 'slack' && visit.borrowsButton) {
        const buttons = await slack.buttons(url, people.knowing['slack-user'], visit.text)
        return { ...visit, text: buttons.length === 0 ? visit.text : random.pick(buttons) }
      }
      return visit
    },
    async [Symbol.asyncDispose]() {
      await mcp[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await slack[Symbol.asyncDispose]()
      await asking[Symbol.asyncDispose]()
    },
  }
}
