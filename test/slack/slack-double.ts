import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator } from 'emulate'
import { freePort } from './free-port.ts'

/** A call of a Web API method, or a post to a `response_url`. */
export interface Call {
  /** `chat.postEphemeral`; of a `response_url`, its path. */
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: what tests look at.
  readonly body: any
  // biome-ignore lint/suspicious/noExplicitAny: what tests look at.
  readonly reply: any
  readonly at: number
}

/** How the next request for something ends, instead of well. */
export type Trouble =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'cut'

export interface SlackDouble extends AsyncDisposable {
  /** `http://127.0.0.1:…`: the Web API is at `/api/`. */
  readonly url: string
  readonly calls: Call[]
  /** How often each name was waited for. */
  readonly waited: Map<string, number>
  /** By name of a call: each is used once. */
  readonly troubles: Map<string, Trouble[]>
  /** What `usergroups.list` says; undefined: the app may not read them. */
  groups:
    | readonly { readonly id: string; readonly users: readonly string[]; readonly date_delete?: number }[]
    | undefined
  /** Ids of the emulator's users, by name. */
  readonly users: ReadonlyMap<string, string>
  readonly channels: ReadonlyMap<string, string>
  /** Where Socket Mode connects to. */
  socketUrl: string | undefined
  called(name: string): readonly Call[]
  /** The next call of a name that was not waited for yet. */
  next(name: string): Promise<Call>
}

export const TEAM = 'T000000001'
export const BOT_TOKEN = 'xoxb-test-token'
export const APP_TOKEN = 'xapp-test-token'
export const BOT_USER = 'U0CADASTRE'
/** Of the manifest, those that the emulator knows. */
const SCOPES = ['chat:write', 'users:read', 'im:write', 'files:write']
const NEXT_MS_MAX = 8_000

/**
 * Slack as the app meets it: the emulator (auth, chat, users, conversations, files), and before it what that does not know: user groups,
 * unfurls, `response_url`s, 429 and outages.
 */
export async function openSlackDouble(): Promise<SlackDouble> {
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        users: ['ada', 'bob', 'eve', 'ada-guest'].map(name => ({ name })),
        channels: [{ name: 'helpdesk' }, { name: 'private-talk', is_private: true }, { name: 'incidents' }],
        oauth_apps: [
          {
            client_id: '1.2',
            client_secret: 'test',
            name: 'Cadastre',
            redirect_uris: [],
            scopes: SCOPES,
            ...{ bot_id: 'B0CADASTRE', bot_user_id: BOT_USER, bot_name: 'cadastre' },
          },
        ],
        tokens: [
          {
            token: BOT_TOKEN,
            type: 'bot',
            user_id: BOT_USER,
            bot_id: 'B0CADASTRE',
            bot_user_id: BOT_USER,
            scopes: [...SCOPES, 'files:read', 'channels:read', 'groups:read', 'im:history', 'channels:history'],
          },
        ],
        strict_scopes: true,
      },
    },
  })
  const state: State = {
    emulator: emulator.url,
    calls: [],
    waited: new Map(),
    troubles: new Map(),
    groups: [],
    socketUrl: undefined,
  }
  const server = createServer((request, response) => {
    answer(state, request, response).catch(error => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const listed = async (method: string, key: string, id: string) => {
    const headers = { authorization: `Bearer ${BOT_TOKEN}` }
    const body = new URLSearchParams({ types: 'public_channel,private_channel' })
    const reply = await fetch(`${emulator.url}/api/${method}`, { method: 'POST', headers, body })
    const { [key]: all = [] } = (await reply.json()) as Record<string, Record<string, string>[]>
    return new Map(all.map(one => [one['name'] ?? '', one[id] ?? '']))
  }
  return Object.assign(state, {
    url,
    users: await listed('users.list', 'members', 'id'),
    channels: await listed('conversations.list', 'channels', 'id'),
    called: (name: string) => state.calls.filter(call => call.name === name),
    async next(name: string) {
      const at = state.waited.get(name) ?? 0
      state.waited.set(name, at + 1)
      const until = performance.now() + NEXT_MS_MAX
      for (;;) {
        const call = state.calls.filter(one => one.name === name)[at]
        if (call !== undefined) return call
        if (performance.now() > until)
          throw new Error(`no ${name}; there were ${state.calls.map(one => one.name).join(', ')}`)
        await new Promise(resolve => setTimeout(resolve, 5))
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await emulator.close()
    },
  })
}

interface State {
  readonly emulator: string
  readonly calls: Call[]
  readonly waited: Map<string, number>
  readonly troubles: Map<string, Trouble[]>
  groups: SlackDouble['groups']
  socketUrl: string | undefined
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const path = request.url ?? '/'
  const name = path.startsWith('/api/') ? path.slice('/api/'.length) : path
  const trouble = state.troubles.get(name)?.shift()
  if (trouble === 'cut') return void request.socket.destroy()
  if (trouble !== undefined)
    return void response.writeHead(trouble.status, trouble.headers).end(trouble.body ?? 'trouble')
  const body = bodyOf(request, raw.toString('utf8'))
  const own = ownReply(state, name, request)
  if (own !== undefined) {
    state.calls.push({ name, body, reply: own, at: Date.now() })
    const isText = typeof own === 'string'
    response.writeHead(200, { 'content-type': isText ? 'text/plain' : 'application/json' })
    return void response.end(isText ? own : JSON.stringify(own))
  }
  const { host: _, 'content-length': __, connection: ___, 'transfer-encoding': ____, ...headers } = request.headers
  const reply = await fetch(`${state.emulator}${path}`, {
    method: request.method ?? 'POST',
    headers: headers as Record<string, string>,
    ...(raw.length > 0 && { body: raw }),
  })
  const text = await reply.text()
  state.calls.push({ name, body, reply: jsonOf(text), at: Date.now() })
  response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? 'text/plain' }).end(text)
}

/** What the emulator does not know. */
function ownReply(
  { groups, socketUrl }: State,
  name: string,
  { headers }: IncomingMessage,
): object | string | undefined {
  if (/^\/(commands|actions)\//.test(name)) return 'ok'
  // The emulator takes any token.
  if (!name.startsWith('/') && ![BOT_TOKEN, APP_TOKEN].some(token => headers.authorization === `Bearer ${token}`))
    return { ok: false, error: 'invalid_auth' }
  if (name === 'chat.unfurl') return { ok: true }
  if (name === 'usergroups.list')
    return groups === undefined
      ? { ok: false, error: 'missing_scope', needed: 'usergroups:read', provided: 'commands' }
      : { ok: true, usergroups: groups.map(group => ({ date_delete: 0, ...group })) }
  if (name === 'apps.connections.open')
    return headers.authorization === `Bearer ${APP_TOKEN}` && socketUrl !== undefined
      ? { ok: true, url: socketUrl }
      : { ok: false, error: 'invalid_auth' }
  return undefined
}

function bodyOf({ headers }: IncomingMessage, text: string): unknown {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return jsonOf(text)
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [name, /^[[{]/.test(value) ? jsonOf(value) : value]),
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
