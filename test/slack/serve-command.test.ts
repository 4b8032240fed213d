import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { fillExampleStore } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'
import { commandBody, SECRET, signed } from './signed.ts'
import { APP_TOKEN, BOT_TOKEN, openSlackDouble, type SlackDouble } from './slack-double.ts'
import { openSocketDouble, type SocketDouble } from './socket-double.ts'
import { textOf } from './text-of.ts'

const PATIENT = { timeout: 20_000, interval: 50 }
const SHOWN = 'answering in Slack: Emulate as cadastre'
let database: Database
let double: SlackDouble
let socket: SocketDouble
let home: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  double = await openSlackDouble()
  socket = await openSocketDouble()
  double.socketUrl = socket.url
  home = await mkdtemp(join(tmpdir(), 'cadastre-slack-'))
  // The policy as the guide gives it.
  const guide = await readFile(join(import.meta.dirname, '../../docs/slack.md'), 'utf8')
  const policy = /```yaml\n(.*?)```/s.exec(guide)?.[1] ?? ''
  await writeFile(join(home, 'access.yaml'), policy.replace(/^ {3}/gm, ''))
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ slack: { apiUrl: `${double.url}/api/` } }))
})
afterAll(async () => {
  await socket?.[Symbol.asyncDispose]()
  await double?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

function serving(more: Readonly<Record<string, string>>, listen = '127.0.0.1:0') {
  const controller = new AbortController()
  const environment = { DATABASE_URL: database.url, CADASTRE_HOME: home, SLACK_BOT_TOKEN: BOT_TOKEN, ...more }
  const terminal = { ...silentTerminal(environment), signal: controller.signal }
  const ending = run(['serve', '--listen', listen], terminal)
  return { terminal, ending, stop: () => controller.abort() }
}

const command = (path: string) => {
  const user = double.users.get('ada') ?? ''
  return commandBody({ user_id: user, text: 'where 10.12.7.31', response_url: `${double.url}${path}` })
}

test('cadastre serve answers in Slack as the guide says, with what Slack posts', async () => {
  const { terminal, ending, stop } = serving({ SLACK_SIGNING_SECRET: SECRET })
  const urlIn = () => /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.noted.join('\n'))?.[0]
  await expect.poll(urlIn, PATIENT).toBeDefined()
  expect(terminal.noted.join('\n')).toContain(SHOWN)

  const posted = await fetch(`${urlIn()}/slack/events`, signed(command('/commands/serve')))
  expect(posted.status).toBe(200)
  expect(textOf((await double.next('/commands/serve')).body.blocks)).toContain('web-2')
  expect((await fetch(`${urlIn()}/slack/events`, { method: 'POST', body: 'x' })).status).toBe(401)

  stop()
  expect(await ending).toBe(0)
})

test('Slack may come from elsewhere without a token of the API; nobody else is answered then, this machine included', async () => {
  // An address that is this machine's own, and not known as such.
  const { terminal, ending, stop } = serving({ SLACK_SIGNING_SECRET: SECRET }, '127.1:0')
  const portIn = () => /127\.1:(\d+)/.exec(terminal.noted.join('\n'))?.[1]
  await expect.poll(portIn, PATIENT).toBeDefined()
  const url = `http://127.0.0.1:${portIn()}`
  expect((await fetch(`${url}/v1/where?what=10.12.7.31`)).status).toBe(401)
  expect((await fetch(`${url}/slack/events`, signed(command('/commands/elsewhere')))).status).toBe(200)
  expect(textOf((await double.next('/commands/elsewhere')).body.blocks)).toContain('web-2')
  stop()
  expect(await ending).toBe(0)

  const alone = serving({ SLACK_APP_TOKEN: APP_TOKEN }, '127.1:0')
  expect(await alone.ending).not.toBe(0)
  expect(alone.terminal.noted.join('\n')).toContain('make a token first')
})

test('and over Socket Mode, where there is a token for it', async () => {
  const { terminal, ending, stop } = serving({ SLACK_APP_TOKEN: APP_TOKEN })
  await expect.poll(() => terminal.noted.join('\n'), PATIENT).toContain(`${SHOWN}, over Socket Mode`)
  socket.send('slash_commands', Object.fromEntries(new URLSearchParams(command('/commands/serve-socket'))))
  expect(textOf((await double.next('/commands/serve-socket')).body.blocks)).toContain('web-2')
  stop()
  expect(await ending).toBe(0)
})

test('it does not begin with a token that does not hold, and says which one it is', async () => {
  const { terminal, ending } = serving({ SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_SIGNING_SECRET: SECRET })
  expect(await ending).not.toBe(0)
  expect(terminal.noted.join('\n')).toContain('invalid_auth: SLACK_BOT_TOKEN has to be')
})
