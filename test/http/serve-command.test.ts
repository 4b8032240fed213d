import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { fillExampleStore } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'

const PATIENT = { timeout: 20_000, interval: 50 }
const policyOf = (types: string) => `
principals: [{ match: { token: ci }, grants: [some] }]
grants: { some: { questions: [where], accounts: "*", types: ${types} } }
`
let database: Database
let home: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  home = await mkdtemp(join(tmpdir(), 'cadastre-serve-'))
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

function terminalOf(controller = new AbortController()) {
  const environment = { DATABASE_URL: database.url, CADASTRE_HOME: home }
  return { ...silentTerminal(environment), signal: controller.signal }
}

test('cadastre serve answers within the policy, follows its changes, and ends when it is stopped', async () => {
  await writeFile(join(home, 'access.yaml'), policyOf('AWS::S3::*'))
  const made = terminalOf()
  expect(await run(['token', 'create', 'ci'], made)).toBe(0)
  const authorization = `Bearer ${made.written.join('').trim()}`
  const controller = new AbortController()
  const terminal = terminalOf(controller)

  const ending = run(['serve', '--listen', '127.0.0.1:0'], terminal)
  const urlIn = () => /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.noted.join('\n'))?.[0]
  await expect.poll(urlIn, PATIENT).toBeDefined()
  const found = async (what: string) => {
    const reply = await fetch(`${urlIn()}/v1/where?what=${what}`, { headers: { authorization } })
    return ((await reply.json()) as { found?: boolean }).found
  }

  expect((await fetch(`${urlIn()}/healthz`)).status).toBe(200)
  expect((await fetch(`${urlIn()}/v1/where?what=invoices`)).status).toBe(401)
  expect(await found('invoices')).toBe(true)
  expect(await found('web-1')).toBe(false)
  await writeFile(join(home, 'access.yaml'), policyOf('AWS::EC2::*'))
  await expect.poll(() => found('web-1'), PATIENT).toBe(true)
  expect(await found('invoices')).toBe(false)

  expect(await (await fetch(`${urlIn()}/metrics`)).text()).toMatch(
    /cadastre_questions_total\{surface="http",question="where",outcome="found"\} [2-9]/,
  )

  controller.abort()
  expect(await ending).toBe(0)
  const rows = await database.query<{ count: number }>('select count(*)::int as count from question_log')
  expect(rows[0]?.count).toBeGreaterThanOrEqual(4)
})

test.each([
  [['--listen', 'nowhere'], 2],
  [['--port', '1'], 2],
  [['everything'], 2],
])('serve %s is wrong usage', async (args, code) => {
  expect(await run(['serve', ...args], terminalOf())).toBe(code)
})
