import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import access from '../../src/surfaces/cli/commands/access.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { fillExampleStore } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'

let database: Database
let home: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  home = await mkdtemp(join(tmpdir(), 'cadastre-access-'))
  await write(`
principals:
  - match: { slack-group: S1 }
    grants: [shop]
grants:
  shop:
    questions: [where, history]
    accounts: { units: Root/Workloads }
    types: AWS::EC2::*
`)
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

const write = (text: string) => writeFile(join(home, 'access.yaml'), text)

async function ran(...args: string[]): Promise<{ code: number; text: string }> {
  const terminal = silentTerminal({ DATABASE_URL: database.url, CADASTRE_HOME: home })
  const code = await run(['access', ...args], terminal)
  return { code, text: [...terminal.written, ...terminal.noted].join('\n') }
}

test('check says by which grant somebody may ask, what it shows, and what they are told', async () => {
  const { code, text } = await ran('check', 'slack-user:U1', 'where', 'web-1', '--group', 'slack-group:S1')

  expect(code).toBe(0)
  expect(text).toContain('slack::U1 may ask where')
  expect(text).toContain('shop: held as slack-group:S1, and lets where be asked')
  expect(text).toContain('accounts   shop-prod (111122223333)')
  expect(text).toMatch(/they are told: web-1 is EC2 Instance web-1/)
})

test('check says why somebody may not', async () => {
  expect(await ran('check', 'slack-user:U1', 'where', 'web-1')).toEqual({
    code: 1,
    text: expect.stringMatching(
      /no grant that they hold[\s\S]*not held; it is by slack-group:S1[\s\S]*may not ask this/,
    ),
  })
  const named = await ran('check', 'slack-user:U1', 'key', '--group=slack-group:S1')
  expect(named).toMatchObject({
    code: 1,
    text: expect.stringContaining('held as slack-group:S1, but does not name key'),
  })
  const hidden = await ran('check', 'slack-user:U1', 'where', 'invoices', '--group=slack-group:S1')
  expect(hidden.text).toMatch(/they are told: nothing known is or was called invoices/)
  expect(hidden.text).toMatch(/there is: {6}invoices is S3 Bucket/)
})

test('show lists grants and what accounts are chosen by', async () => {
  const { code, text } = await ran('show')
  expect(code).toBe(0)
  expect(text).toContain('shop: held by slack-group:S1')
  expect(text).toContain('111122223333  shop-prod  Root/Workloads')
  expect(JSON.parse((await ran('show', '--json')).text)).toHaveLength(1)
})

test.each([
  [['check'], 'access check PRINCIPAL'],
  [['check', 'ada'], 'is no principal'],
  [['check', 'token:a', 'wher'], 'did you mean where'],
  [['check', 'token:a', '--group', 'S1'], 'slack-group:'],
  [['nonsense'], 'access show'],
])('%j is wrong usage', async (args, message) => {
  expect(await ran(...args)).toEqual({ code: 2, text: expect.stringContaining(message) })
})

test('a file with errors is named with its lines, and exits with 3', async () => {
  await write('principals: []\ngrants:\n  a: 1\n')
  const { code, text } = await ran('show')
  expect(code).toBe(3)
  expect(text).toContain('access.yaml:3: grants.a')
  await rm(join(home, 'access.yaml'))
  expect((await ran('show')).text).toContain('docs/access.md')
  expect(access.flags).toContain('--group')
})
