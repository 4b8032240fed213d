// What `cadastre serve` runs, in a process of its own beside the load, with the environment of the command. It sends its URL, and when asked
// what it has used of the processor, in milliseconds.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { openAccess, openStore } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { sendJson } from '../../../src/surfaces/http/send.ts'
import { serveQuestions } from '../../../src/surfaces/http/serve-questions.ts'

const onFault = (error: unknown) =>
  void process.stderr.write(`  ${error instanceof Error ? (error.stack ?? error) : error}\n`)

const config = readConfig(process.env)
await using database = await openStore(process.env)
await using access = await openAccess(config, database, { note: () => {}, onFault })
/** What the server can do when nothing has to be found out. */
const more = { 'GET /constant': (_: unknown, response: ServerResponse) => sendJson(response, { found: true }) }
await using server = await serveQuestions(config, config.http.listen, { database, asker: access.asker, more, onFault })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.((user + system) / 1_000)
})
process.send?.({ url: server.url })
await once(process, 'disconnect')
