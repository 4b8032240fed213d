import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { fillExampleStore } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { freePort } from '../slack/free-port.ts'
import { openTestStore } from '../store.ts'
import { type MattermostDouble, openMattermost, TOKEN } from './mattermost-double.ts'

let database: Database
let chat: MattermostDouble
let home: string
let url: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  url = `http://127.0.0.1:${await freePort()}`
  chat = await openMattermost(() => url)
  home = await mkdtemp(join(tmpdir(), 'cadastre-mattermost-'))
  // The policy as the guide gives it.
  const guide = await readFile(join(import.meta.dirname, '../../docs/mattermost.md'), 'utf8')
  const policy = /```yaml\n(.*?)```/s.exec(guide)?.[1] ?? ''
  await writeFile(join(home, 'access.yaml'), policy.replace(/^ {3}/gm, ''))
})
afterAll(async () => {
  await chat?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

function serving(environment: Readonly<Record<string, string>>) {
  const controller = new AbortController()
  const given = { DATABASE_URL: database.url, CADASTRE_HOME: home, ...environment }
  const terminal = { ...silentTerminal(given), signal: controller.signal }
  const ending = run(['serve', '--listen', new URL(url).host], terminal)
  return { terminal, ending, stop: () => controller.abort() }
}

test('cadastre serve answers in Mattermost as the guide says', async () => {
  const { terminal, ending, stop } = serving({
    CADASTRE_MATTERMOST_TOKEN: `some-other-command-token, ${TOKEN}`,
    CADASTRE_MATTERMOST_URL: chat.url,
    CADASTRE_MATTERMOST_PUBLIC_URL: url,
  })
  await expect.poll(() => terminal.noted.join('\n'), { timeout: 20_000 }).toContain(`Answering at ${url}`)
  expect(terminal.noted.join('\n')).toContain(
    `answering in Mattermost: commands of ${chat.url} to /mattermost/command\n`,
  )

  const { body } = await chat.command('where 10.12.7.31')
  expect(body.text).toContain('web\\-2')
  // The guide grants four questions: neither history nor neighbours are among them.
  expect(body.attachments).toBeUndefined()
  expect((await chat.command('history web-2')).body.text).toContain('you may not ask history')
  expect((await chat.command('help', { token: 'wrong' })).status).toBe(401)

  stop()
  expect(await ending).toBe(0)
})

test('set up by half, it does not begin, and says what is missing', async () => {
  for (const [environment, missing] of [
    [{ CADASTRE_MATTERMOST_TOKEN: TOKEN }, 'CADASTRE_MATTERMOST_URL'],
    [{ CADASTRE_MATTERMOST_URL: chat.url }, 'CADASTRE_MATTERMOST_TOKEN'],
    [{ CADASTRE_MATTERMOST_TOKEN: 'short', CADASTRE_MATTERMOST_URL: chat.url }, 'mattermost.tokens'],
  ] as const) {
    const { terminal, ending } = serving(environment)
    expect(await ending).toBe(3)
    expect(terminal.noted.join('\n')).toContain(missing)
  }
})
