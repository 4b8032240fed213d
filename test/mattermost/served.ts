import type { Conversation } from '../../src/surfaces/chat/chat.ts'
import type { Rate } from '../../src/surfaces/http/rate-limit.ts'
import { type Handler, listen } from '../../src/surfaces/http/server.ts'
import { serveMattermost } from '../../src/surfaces/mattermost/serve-mattermost.ts'
import { mattermostSettings } from '../../src/surfaces/mattermost/settings.ts'
import { openMattermost, TOKEN } from './mattermost-double.ts'

export interface ServedOptions {
  readonly conversation: Conversation
  readonly questions: ReadonlySet<string>
  readonly rate?: Rate
  now(): number
}

/** Our side and the other one, each with the address of the other. */
export async function serveChat({ conversation, questions, rate, now }: ServedOptions) {
  const faults: string[] = []
  const onFault = (error: unknown) => void faults.push(String(error))
  // Where the server is, is known when it listens.
  const judging: Record<string, Handler> = {}
  const server = await listen({ host: '127.0.0.1', port: 0, allowsRemote: false, routes: {}, judging, onFault })
  const chat = await openMattermost(() => server.url)
  const settings = mattermostSettings({
    ...{ tokens: ['anothertoken0123456789', TOKEN], url: chat.url, command: '/cloud', publicUrl: server.url },
    alsoTo: { bucket: { channel: 'C0HELPDESK', webhook: `${chat.url}/hooks/helpdesk` } },
  })
  if (settings === undefined) throw new Error('Mattermost is not set up')
  const parts = { settings, conversation, questions, rate: rate ?? { perSecond: 10_000, burst: 10_000 } }
  const { routes, counts } = serveMattermost({ ...parts, now, note: () => {}, onFault })
  Object.assign(judging, routes)
  return {
    ...{ url: server.url, chat, counts, faults },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await chat[Symbol.asyncDispose]()
    },
  }
}
