import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { openChats } from '../../../compose/chats.ts'
import { openAccess, openRouting, openStore } from '../../../compose.ts'
import { ListenAddress, readConfig } from '../../../config.ts'
import { messageOf } from '../../../model/fault.ts'
import { serveQuestions } from '../../http/serve-questions.ts'
import { type Command, EXIT, UsageError } from '../command.ts'
import { nowAndThen } from '../now-and-then.ts'
import { safe } from '../safe.ts'

export default {
  name: 'serve',
  summary: 'Answer questions over HTTP and MCP, in Slack and Mattermost, until stopped.',
  help: `cadastre serve: answers questions over HTTP and MCP, in Slack and Mattermost, until stopped.

Usage: cadastre serve [--listen ADDRESS:PORT]

  --listen  where (127.0.0.1:7475; port 0: any that is free)

Every question is a route: GET /v1/where?what=10.12.7.31. /docs shows them all, /openapi.json says the same to programs, and
/v1/changes/stream tells of changes as they become known; /mcp has the questions as tools for assistants. Slack and Mattermost are answered
where their tokens are set (docs/slack.md, docs/mattermost.md). \`cadastre up\` serves the same beside keeping the registry up to date.

Until a token is made (cadastre token create NAME) or logins are set up, only this machine is answered, and may ask everything; on any
other address it does not begin. What tokens and logins may ask is granted in the access policy. docs/http.md has the rest.

  cadastre serve
  cadastre serve --listen 0.0.0.0:8080
`,
  flags: ['--listen'],
  async run(args, terminal) {
    const listen = parsed(args)
    const config = readConfig(terminal.environment)
    const say = nowAndThen(text => terminal.note(`${new Date().toISOString()} ${text}`), Date.now)
    const onFault = (error: unknown, id?: string) => {
      if (!terminal.signal.aborted) say(`${safe(messageOf(error))}${id === undefined ? '' : ` (${id})`}`)
    }
    await using database = await openStore(terminal.environment)
    const note = (text: string) => terminal.note(safeLines(text))
    using routing = await openRouting(config, database, { note })
    await using access = await openAccess(config, database, { note, onFault, answer: routing.answer })
    await using chats = await openChats(config, access.asker, { note, onFault })
    const { slack, mattermost } = chats
    const asked = { log: access.log, chats: { slack, mattermost } }
    const parts = { database, asker: access.asker, more: chats.routes, asked, onFault }
    await using server = await serveQuestions(config, listen ?? config.http.listen, parts)
    terminal.note(`Answering at ${server.url}/v1/…; ${server.url}/docs shows how. Ctrl-C stops.`)
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
    return EXIT.found
  },
} satisfies Command

function safeLines(text: string): string {
  return text.split('\n').map(safe).join('\n')
}

function parsed(args: readonly string[]): ListenAddress | undefined {
  let given: string | undefined
  try {
    given = parseArgs({ args: [...args], options: { listen: { type: 'string' } }, allowPositionals: false }).values
      .listen
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  if (given === undefined) return undefined
  const address = ListenAddress.safeParse(given)
  if (!address.success) throw new UsageError(`--listen takes ${address.error.issues[0]?.message}`)
  return address.data
}
