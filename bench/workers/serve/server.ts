// What `cadastre serve` runs, in a process of its own beside the load, with the environment of the command. It sends its URL, and when asked
// what it has used of the processor, in milliseconds.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AllowedQuestion } from '../../../src/access/open-asker.ts'
import { openAccess, openRouting, openStore } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import type { Answer } from '../../../src/questions/question.ts'
import { sendJson } from '../../../src/surfaces/http/send.ts'
import { serveQuestions } from '../../../src/surfaces/http/serve-questions.ts'

/** What is asked for the constant. */
const CONSTANT = '0.0.0.0'

const onFault = (error: unknown) =>
  void process.stderr.write(`  ${error instanceof Error ? (error.stack ?? error) : error}\n`)

const config = readConfig(process.env)
await using database = await openStore(process.env)
using routing = await openRouting(config, database, { note: () => {} })
/** The last answer that was found out. */
let known: Answer<unknown> | undefined
/** One that is the same for everybody: all that asking takes but for finding out. */
const answer = async (asked: AllowedQuestion) => {
  if (asked.input['what'] === CONSTANT && known !== undefined) return known
  known = await routing.answer(asked)
  return known
}
await using access = await openAccess(config, database, { note: () => {}, onFault, answer })
/** What the HTTP server can do by itself. */
const more = { 'GET /bare': (_: unknown, response: ServerResponse) => sendJson(response, { found: true }) }
await using server = await serveQuestions(config, config.http.listen, {
  ...{ database, asker: access.asker, more, onFault },
  asked: { log: access.log },
})
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.((user + system) / 1_000)
})
process.send?.({ url: server.url })
await once(process, 'disconnect')
