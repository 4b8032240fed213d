import { LOCAL, type Principal } from '../../src/model/principal.ts'
import type { Database } from '../../src/store/database.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { type Listening, listen } from '../../src/surfaces/http/server.ts'
import { type ServedSlack, serveSlack } from '../../src/surfaces/slack/serve-slack.ts'
import { SlackSection, slackSettings } from '../../src/surfaces/slack/settings.ts'
import { askerOf, policyOf, questions, type TestAsking } from '../access/asking.ts'
import { EXAMPLE_NOW } from '../example-store.ts'
import { type Click, clickBody, commandBody, eventBody, SECRET, type Signing, signed } from './signed.ts'
import { BOT_TOKEN, type Call, type SlackDouble } from './slack-double.ts'

export interface ServedOptions {
  readonly policy: string
  readonly settings?: Partial<SlackSection>
  readonly alsoTo?: Readonly<Record<string, string>>
  readonly answer?: Parameters<typeof askerOf>[3]
  /** Whoever asks in Slack may do all that the command line may. */
  readonly isEverybodyLocal?: boolean
}

/** Our side: Slack over an asker of a store, behind a real server. */
export interface Served extends AsyncDisposable {
  readonly url: string
  readonly slack: ServedSlack
  readonly asking: TestAsking
  readonly notes: string[]
  readonly faults: unknown[]
  post(request: RequestInit): Promise<Response>
  /** Somebody types a command. What came to the response_url. */
  command(text: string, fields?: Readonly<Record<string, string>>, signing?: Signing): Promise<Call>
  click(click: Omit<Click, 'responseUrl'>): Promise<Call>
  event(event: Readonly<Record<string, unknown>>, id?: string, signing?: Signing): Promise<Response>
}

/** Where answers went, of all servers of a test. */
let asked = 0
const PAUSES_MS = [20, 20, 20, 20]

export async function serve(database: Database, double: SlackDouble, options: ServedOptions): Promise<Served> {
  const asking = askerOf(database, policyOf(options.policy), EXAMPLE_NOW, options.answer)
  const notes: string[] = []
  const onFault = (error: unknown) => void asking.faults.push(error)
  const local = (principal: Principal) => (options.isEverybodyLocal === true ? LOCAL : principal)
  const asker: typeof asking.asker = {
    ...asking.asker,
    ask: request => asking.asker.ask({ ...request, principal: local(request.principal) }),
    questionsFor: principal => asking.asker.questionsFor(local(principal)),
  }
  const { alsoTo = {} } = options
  const conversation = openConversation({ asker, questions, command: '/cloud', alsoTo, now: () => asking.now, onFault })
  const settings = slackSettings(
    SlackSection.parse({
      botToken: BOT_TOKEN,
      signingSecret: SECRET,
      apiUrl: `${double.url}/api`,
      ...options.settings,
    }),
  )
  if (settings === undefined) throw new Error('not set up')
  const slack = await serveSlack({
    settings: { pausesMs: PAUSES_MS, ...settings },
    ...{ asker, conversation, rate: { perSecond: 1_000, burst: 10_000 }, onFault },
    now: Date.now,
    note: text => void notes.push(text),
  })
  const server: Listening = await listen({
    ...{ host: '127.0.0.1', port: 0, allowsRemote: true, routes: {}, judging: slack.routes, onFault },
  })
  const post = (request: RequestInit) => fetch(`${server.url}/slack/events`, request)
  const answered = async (path: string, request: RequestInit) => {
    const response = await post(request)
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
    return double.next(path)
  }
  return {
    ...{ url: server.url, slack, asking, notes, faults: asking.faults, post },
    command(text, fields = {}, signing = {}) {
      const path = `/commands/${process.pid}-${asked++}`
      const body = commandBody({ text, response_url: `${double.url}${path}`, ...fields })
      return answered(path, signed(body, signing))
    },
    click(click) {
      const path = `/actions/${process.pid}-${asked++}`
      return answered(path, signed(clickBody({ ...click, responseUrl: `${double.url}${path}` })))
    },
    event: (event, id, signing) => post(signed(eventBody(event, id), signing)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await slack[Symbol.asyncDispose]()
      await asking[Symbol.asyncDispose]()
    },
  }
}
