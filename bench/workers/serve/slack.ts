// What `cadastre up` runs where Slack is set up, with changes that come in at a steady rate: `slack.ts URL-OF-SLACK`, with the environment of the
// command. It sends its URL, and when asked how many changes were recorded.
import { once } from 'node:events'
import { openChats } from '../../../src/compose/chats.ts'
import { openAccess } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { serveQuestions } from '../../../src/surfaces/http/serve-questions.ts'
import { instanceCloud } from '../../inputs/instance-cloud.ts'
import { Machines } from '../../inputs/machines.ts'
import { openLive } from '../realtime/live.ts'
import { steadily } from '../realtime/load.ts'

const ACCOUNTS = 100
const CHANGES_PER_S = 1_000
/** No machine changes twice: each change is a version. */
const MACHINES = 60_000
const CHANGES_MS_MAX = (MACHINES / CHANGES_PER_S) * 1_000

const [apiUrl = ''] = process.argv.slice(2)
const onFault = (error: unknown) =>
  void process.stderr.write(`  ${error instanceof Error ? (error.stack ?? error) : error}\n`)
const telling = { note: () => {}, onFault }

const config = readConfig(process.env)
const machines = new Machines(ACCOUNTS)
const cloud = instanceCloud(ACCOUNTS, ids => machines.reply(ids))
await using live = await openLive(config.home, cloud, { isSearched: true })
const { database } = live
await using access = await openAccess(config, database, telling)
const { asker, log } = access
await using chats = await openChats({ ...config, slack: { ...config.slack, apiUrl } }, asker, telling)
const parts = { database, asker, more: chats.routes, asked: { log }, onFault }
await using server = await serveQuestions(config, config.http.listen, parts)
await live.takeIn(Array.from({ length: MACHINES }, () => machines.create(Date.now()).body))

let next = 0
process.on('message', () => process.send?.(next - live.source.waiting - live.refresher.size))
const stop = new AbortController()
const change = () => live.source.send([machines.update(next++, Date.now(), true).body])
const changing = steadily(CHANGES_PER_S, CHANGES_MS_MAX, change, stop.signal)
process.send?.({ url: server.url })
await once(process, 'disconnect')
stop.abort()
await changing
