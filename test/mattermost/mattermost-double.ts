import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/*
 * What a Mattermost server sends and takes, by the request shapes of its documentation, over real HTTP
 * (https://developers.mattermost.com/integrate/slash-commands/custom, …/integrate/plugins/interactive-messages). There is no server to
 * install: none is in the package registries that tests may use.
 */
export interface MattermostDouble extends AsyncDisposable {
  readonly url: string
  /** What was posted to response_url and webhooks, in order. */
  readonly posted: { readonly path: string; readonly body: Posted }[]
  /** The status of the next posts; 200 unless set. */
  status: number
  /** Types a slash command; fields replace those that Mattermost sends, undefined leaves them out. */
  command(text: string, fields?: Readonly<Record<string, string | undefined>>): Promise<Replied>
  /** Clicks a button of a message, as the user that is given. */
  click(message: Posted, label: string, fields?: Readonly<Record<string, unknown>>): Promise<Replied>
}

export interface Posted {
  readonly response_type?: string
  readonly text: string
  readonly attachments?: readonly { readonly actions: readonly Action[] }[]
  readonly ephemeral_text?: string
}

interface Action {
  readonly id: string
  readonly name: string
  readonly integration: { readonly url: string; readonly context: Readonly<Record<string, unknown>> }
}

export interface Replied {
  readonly status: number
  readonly headers: Headers
  readonly body: Posted
}

export const TOKEN = 'gr84ybczkjgsmehw1k7pn3m8ga'

/** `target`: where Cadastre takes what Mattermost posts; asked for late, as both have the address of the other. */
export async function openMattermost(target: () => string): Promise<MattermostDouble> {
  const posted: MattermostDouble['posted'] = []
  const server = createServer(async (request, response) => {
    posted.push({ path: request.url ?? '', body: JSON.parse(await textOf(request)) as Posted })
    response.writeHead(double.status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const double: MattermostDouble = {
    url,
    posted,
    status: 200,
    command: (text, fields = {}) => {
      const form = {
        ...{
          channel_id: 'channel1',
          channel_name: 'helpdesk',
          command: '/cloud',
          response_url: `${url}/hooks/commands/1`,
        },
        ...{ team_domain: 'shop', team_id: 'team1', text, token: TOKEN, trigger_id: 'trigger1' },
        ...{ user_id: 'all', user_name: 'ada', ...fields },
      }
      const given = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined)
      return send(`${target()}/mattermost/command`, new URLSearchParams(given))
    },
    click: (message, label, fields = {}) => {
      const action = message.attachments?.[0]?.actions.find(({ name }) => name === label)
      if (action === undefined) throw new Error(`there is no button ${label}`)
      const { url: to, context } = action.integration
      const body = {
        ...{ user_id: 'all', user_name: 'ada', channel_id: 'channel1', channel_name: 'helpdesk', team_id: 'team1' },
        ...{ team_domain: 'shop', post_id: 'post1', trigger_id: 'trigger2', type: 'button', data_source: '', context },
        ...fields,
      }
      return send(to, JSON.stringify(body), { 'content-type': 'application/json' })
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
  return double
}

export async function send(
  to: string,
  body: URLSearchParams | string,
  headers: Record<string, string> = {},
): Promise<Replied> {
  const reply = await fetch(to, { method: 'POST', body, headers })
  return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Posted }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
