import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { questionWords } from '../../src/access/policy.ts'
import { readPolicy } from '../../src/access/read-policy.ts'
import { serveAccess } from '../../src/access/serve-access.ts'
import { askingOf } from '../../src/compose.ts'
import { EVERYTHING } from '../../src/model/access-scope.ts'
import { LOCAL } from '../../src/model/principal.ts'
import { ask } from '../../src/questions/ask.ts'
import { Database } from '../../src/store/database.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { questions, token } from './asking.ts'

const DAY_MS = 86_400_000
const GOOD = `
principals:
  - match: { token: [a, auditor] }
    grants: [all]
  - match: { token: auditor }
    grants: [audit]
grants:
  all: { questions: [where, changes], accounts: "*", types: [AWS::EC2::*] }
  audit: { questions: audit, accounts: "*", types: "*" }
`

let database: Database
let home: string
let file: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  home = await mkdtemp(join(tmpdir(), 'cadastre-serving-'))
  file = join(home, 'access.yaml')
  await writeFile(file, GOOD)
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

const notes: string[] = []
let now = EXAMPLE_NOW
function serve(isPersonal = false) {
  const { search } = askingOf(database)
  return serveAccess({
    ...{ database, search, file, isPersonal, keepQuestionsDays: 30, now: () => now },
    note: text => notes.push(text),
    onFault: error => {
      throw error
    },
  })
}

test('what is asked is logged, whatever comes of it, and asked by auditors', async () => {
  {
    await using served = await serve()
    const from = { surface: 'slack', from: 'C1' } as const
    await served.asker.ask({
      principal: token('a'),
      question: 'where',
      input: { what: 'i-0aaaaaaaaaaaaaaa2' },
      ...from,
    })
    await served.asker.ask({ principal: token('a'), question: 'key', input: { key: 'AKIAQAAAAAAAAADA0002' }, ...from })
    await served.asker.ask({ principal: token('x'), question: 'where', input: { what: 'password=hunter2' }, ...from })
    await served.asker.ask({ principal: LOCAL, question: 'nonsense', input: undefined, ...from })
    expect(await served.asker.ask({ principal: token('a'), question: 'audit', input: {}, ...from })).toMatchObject({
      kind: 'denied',
    })
    await served.log.settled()
    const outcome = await served.asker.ask({
      principal: token('auditor'),
      question: 'audit',
      input: { about: 'i-0aaa' },
      ...from,
    })
    expect(outcome).toMatchObject({
      kind: 'answered',
      answer: { output: { total: 1, asked: [{ name: 'a', assets: 1, grants: ['all'] }] } },
    })
  }
  const rows = await database.query<{ question: string; outcome: string; input: string }>(
    `select question, outcome, input, origin, surface from question_log where surface = 'slack' and principal not like 'slack:%' order by question, outcome`,
  )
  expect(rows).toMatchObject([
    { question: 'audit', outcome: 'denied' },
    { question: 'audit', outcome: 'found' },
    { question: 'key', outcome: 'denied' },
    { question: 'nonsense', outcome: 'unknown' },
    { question: 'where', outcome: 'denied', input: '{"what":"password=***"}' },
    { question: 'where', outcome: 'found', origin: 'C1' },
  ])
})

test('what was asked long ago is dropped', async () => {
  const count = async () =>
    (await database.query<{ n: number }>('select count(*)::int as n from question_log'))[0]?.n ?? 0
  expect(await count()).toBeGreaterThan(5)
  now = EXAMPLE_NOW + 31 * DAY_MS
  {
    await using _ = await serve()
  }
  now = EXAMPLE_NOW
  expect(await count()).toBe(0)
})

test('a policy with errors is told by status to who may see everything, until it is good again', async () => {
  const status = async () => {
    const question = questions.get('status')
    if (question === undefined) throw new Error('there is no status')
    return (await ask(question, {}, { ...askingOf(database), now, scope: EVERYTHING })).headline
  }
  await using served = await serve()
  expect(await status()).not.toContain('access policy')

  await writeFile(file, 'grants: 1\n')
  await served.policy.reload()
  await vi.waitFor(async () => expect(await status()).toContain('the access policy has errors'))
  expect(notes.at(-1)).toContain('access.yaml:1: grants')
  expect(notes.at(-1)).toContain('the access policy that was read before holds')
  {
    await using _ = await serve()
    expect(notes.at(-1)).toContain('nobody is granted anything until the access policy is good')
  }
  {
    // It knows of no policy, and would say that all is well; what it stores is stored when it has ended.
    const elsewhere = file
    file = join(home, 'none.yaml')
    await using _ = await serve(true)
    file = elsewhere
  }
  expect(await status()).toContain('the access policy has errors')
  expect((await served.asker.questionsFor(token('a'))).map(({ name }) => name)).toEqual(['changes', 'where'])

  await writeFile(file, GOOD)
  await served.policy.reload()
  await vi.waitFor(async () => expect(await status()).not.toContain('access policy'))
})

test('a question that takes longer than it may is cancelled, and its asker told to ask for less', async () => {
  await using bounded = await Database.open({ kind: 'url', url: database.url, questionMs: 100 })
  await using served = await serveAccess({
    ...{ database: bounded, search: askingOf(bounded).search, file, keepQuestionsDays: 30, now: () => now },
    answer: async ({ asking }) => {
      await asking.database.query('select pg_sleep(20)')
      throw new Error('it was not cancelled')
    },
    note: () => {},
    onFault: error => {
      throw error
    },
  })
  const asked = {
    principal: token('a'),
    question: 'where',
    input: { what: '10.0.0.1' },
    surface: 'http',
    from: '::1',
  } as const
  expect(await served.asker.ask(asked)).toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('longer than 0.1 s'),
  })
})

test('following ends when what may be seen changes', async () => {
  await using served = await serve()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const request = { principal: token('a'), question: 'changes', input: {}, surface: 'http', from: '::1' } as const
    const outcome = await served.asker.follow(request, undefined)
    if (outcome.kind !== 'following') throw new Error(JSON.stringify(outcome))
    const changes = outcome.changes[Symbol.asyncIterator]()
    expect((await changes.next()).done).toBe(false)

    const ended = changes.next()
    await writeFile(file, GOOD.replace('AWS::EC2::*', 'AWS::EC2::VPC'))
    await served.policy.reload()
    await vi.advanceTimersByTimeAsync(6_000)

    expect((await ended).done).toBe(true)
    expect(await served.asker.follow({ ...request, question: 'where', input: { what: 'x' } }, undefined)).toMatchObject(
      { kind: 'invalid' },
    )
  } finally {
    vi.useRealTimers()
  }
})

test('the policy of the documentation is one', async () => {
  const text = await readFile(join(import.meta.dirname, '../../docs/access.md'), 'utf8')
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? []
  const read = readPolicy(example, questionWords(questions))
  expect(read.kind === 'wrong' ? read.problems : [...read.policy.grants.keys()]).toEqual([
    'support',
    'payments',
    'incident',
    'everything',
    'audit',
  ])
})
