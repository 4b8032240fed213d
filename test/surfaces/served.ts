import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { type Config, ConfigFile } from '../../src/config.ts'
import type { AnyQuestion } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { questionRoutes } from '../../src/surfaces/http/question-routes.ts'
import { type Handler, listen } from '../../src/surfaces/http/server.ts'
import { lineOf } from '../../src/surfaces/line/line-of.ts'
import { serveMattermost } from '../../src/surfaces/mattermost/serve-mattermost.ts'
import { mattermostSettings } from '../../src/surfaces/mattermost/settings.ts'
import { serveSlack } from '../../src/surfaces/slack/serve-slack.ts'
import { SlackSection, slackSettings } from '../../src/surfaces/slack/settings.ts'
import { askerOf, policyOf, questions, type TestAsking } from '../access/asking.ts'
import { EXAMPLE_NOW } from '../example-store.ts'
import { newToken } from '../http/api.ts'
import { openMattermost, type Posted, TOKEN } from '../mattermost/mattermost-double.ts'
import { type Connected, connect, textOf } from '../mcp/served.ts'
import { clickBody, commandBody, SECRET, signed } from '../slack/signed.ts'
import { BOT_TOKEN, openSlackDouble } from '../slack/slack-double.ts'
import { textOf as textIn } from '../slack/text-of.ts'

export type Input = Readonly<Record<string, unknown>>

/** What somebody was told. */
export interface Told {
  readonly isRefused: boolean
  /** As programs read it: what `--json` prints. Null: this surface has none, or there was no answer. */
  readonly document: unknown
  /** As people read it, of all messages of an answer that is parted; none where only programs read. */
  readonly texts: readonly string[]
  /** Messages of a chat as they were sent. */
  readonly messages: readonly unknown[]
}

export type Ask = (who: string, question: AnyQuestion, input: Input) => Promise<Told>

/** A store behind every surface, each over the way that requests really take. */
export interface Served extends AsyncDisposable {
  readonly asking: TestAsking
  readonly surfaces: Readonly<Record<'HTTP' | 'HTTP with a body' | 'MCP' | 'Slack' | 'Mattermost', Ask>>
}

const RATE = { perSecond: 100_000, burst: 100_000 }

/**
 * `people`: names that the policy grants something as a token (`ada`), as a Slack user (`ADA`) and as a Mattermost user (`ada`).
 */
export async function serveAll(database: Database, policy: string, people: readonly string[]): Promise<Served> {
  // What is asked here is not to be found by `audit`, which others are asked later.
  const asking = askerOf(database, policyOf(policy), EXAMPLE_NOW, { write: async () => {} })
  const { asker, faults } = asking
  const onFault = (error: unknown) => void faults.push(error)
  const note = () => {}
  const conversation = openConversation({ asker, questions, command: '/cloud', now: () => EXAMPLE_NOW, onFault })
  const chats: Record<string, Handler> = {}
  const config = ConfigFile.parse({ http: { rate: RATE } }) as Config
  const { routes } = await questionRoutes(config, { host: '127.0.0.1', database, asker, onFault })
  const judging = Object.assign(chats, routes)
  const server = await listen({ host: '127.0.0.1', port: 0, allowsRemote: false, judging, routes: {}, onFault })
  const { url } = server
  const slackDouble = await openSlackDouble()
  const section = { botToken: BOT_TOKEN, signingSecret: SECRET, apiUrl: `${slackDouble.url}/api` }
  const slack = await serveSlack({
    ...{ settings: requireSet(slackSettings(SlackSection.parse(section))), asker, conversation, rate: RATE },
    ...{ now: Date.now, note, onFault },
  })
  const mattermost = await openMattermost(() => url)
  const settings = { tokens: [TOKEN], url: mattermost.url, command: '/cloud', publicUrl: url, alsoTo: {} }
  const names = new Set(questions.keys())
  const parts = { conversation, questions: names, rate: RATE, now: () => EXAMPLE_NOW, note, onFault }
  const served = serveMattermost({ ...parts, settings: requireSet(mattermostSettings(settings)) })
  Object.assign(chats, slack.routes, served.routes)
  const tokens = new Map<string, string>()
  const clients = new Map<string, Connected>()
  for (const who of people) {
    tokens.set(who, await newToken(database, who))
    const headers = { authorization: `Bearer ${tokens.get(who)}` }
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } })
    const connected = await connect(transport)
    // From then on the client holds every answer against its tool's output schema.
    await connected.client.listTools()
    clients.set(who, connected)
  }
  let asked = 0
  const overHttp = async (who: string, path: string, init: RequestInit = {}): Promise<Told> => {
    const headers = { authorization: `Bearer ${tokens.get(who)}`, 'content-type': 'application/json' }
    const response = await fetch(`${url}/v1/${path}`, { ...init, headers })
    const document: unknown = await response.json()
    const isRefused = response.status !== 200
    return { isRefused, document: isRefused ? null : document, texts: [], messages: isRefused ? [document] : [] }
  }
  const inSlack = async (body: (responseUrl: string) => string) => {
    const path = `/actions/${asked++}`
    const response = await fetch(`${url}/slack/events`, signed(body(`${slackDouble.url}${path}`)))
    if (response.status !== 200) throw new Error(`Slack gets ${response.status}`)
    return (await slackDouble.next(path)).body as SlackMessage
  }
  return {
    asking,
    surfaces: {
      HTTP: (who, { name }, input) => overHttp(who, `${name}?${queryOf(input)}`),
      'HTTP with a body': (who, { name }, input) =>
        overHttp(who, name, { method: 'POST', body: JSON.stringify(input) }),
      async MCP(who, { name }, input) {
        const result = await (clients.get(who) as Connected).call(name, { ...input })
        const document = result.structuredContent ?? null
        return { isRefused: result.isError === true, document, texts: [textOf(result)], messages: [] }
      },
      async Slack(who, question, input) {
        const [user, channel] = [who.toUpperCase(), 'C1']
        const text = lineOf(question, input)
        const fields = { text, user_id: user, channel_id: channel }
        const all = [await inSlack(responseUrl => commandBody({ ...fields, response_url: responseUrl }))]
        for (let next = nextInSlack(all); next !== undefined; next = nextInSlack(all)) {
          const action = next
          all.push(await inSlack(responseUrl => clickBody({ user, channel, responseUrl, action })))
        }
        const texts = all.map(slackText)
        return { isRefused: isRefused(texts), document: null, texts, messages: all }
      },
      async Mattermost(who, question, input) {
        const { body } = await mattermost.command(lineOf(question, input), { user_id: who })
        const all = [body]
        for (let next = nextInMattermost(all); next !== undefined; next = nextInMattermost(all)) {
          mattermost.posted.length = 0
          await mattermost.click(all.at(-1) as Posted, next, { user_id: who })
          all.push(mattermost.posted[0]?.body as Posted)
        }
        const texts = all.map(({ text }) => text)
        return { isRefused: isRefused(texts), document: null, texts, messages: all }
      },
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients.values()) await client[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await slack[Symbol.asyncDispose]()
      await mattermost[Symbol.asyncDispose]()
      await slackDouble[Symbol.asyncDispose]()
      await asking[Symbol.asyncDispose]()
    },
  }
}

export interface SlackMessage {
  readonly text: string
  readonly blocks: readonly { readonly elements?: readonly SlackElement[] }[]
  readonly response_type: string
}

interface SlackElement {
  readonly text?: { readonly text?: string }
  readonly action_id: string
  readonly value: string
}

function slackText({ blocks }: SlackMessage): string {
  return textIn(blocks)
}

function nextInSlack(all: readonly SlackMessage[]): SlackElement | undefined {
  const elements = all.at(-1)?.blocks.flatMap(({ elements = [] }) => elements) ?? []
  return elements.find(({ text }) => NEXT.test(text?.text ?? ''))
}

function nextInMattermost(all: readonly Posted[]): string | undefined {
  return all.at(-1)?.attachments?.[0]?.actions.find(({ name }) => NEXT.test(name))?.name
}

const NEXT = /^Next \(/

/** A chat says in words that it does not answer, first of all. */
function isRefused([text = '']: readonly string[]): boolean {
  return /^(\*\*)?(you may not ask|nothing is granted to you)/.test(text)
}

function requireSet<T>(settings: T | undefined): T {
  if (settings === undefined) throw new Error('it is not set up')
  return settings
}

function queryOf(input: Input): string {
  const pairs = Object.entries(input).flatMap(([name, value]) => [value].flat().map(one => [name, String(one)]))
  return new URLSearchParams(pairs as [string, string][]).toString()
}
