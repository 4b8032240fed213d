import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import { LOCAL } from '../../src/model/principal.ts'
import type { Example } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { type Input, type Served, serveAll, type Told } from '../surfaces/served.ts'
import { questions, token } from './asking.ts'

/** What the account is called that `network` and `nothing` may not see. */
const SHOP = ['111122223333', 'shop-prod', 'i-0aaaaaaaaaaaaaaa', 'invoices']
const POLICY = `
principals:
  - { match: { token: all, slack-user: ALL, mattermost-user: all }, grants: [all, audit] }
  - { match: { token: network, slack-user: NETWORK, mattermost-user: network }, grants: [network] }
  - { match: { token: nothing, slack-user: NOTHING, mattermost-user: nothing }, grants: [nothing] }
  - { match: { token: some, slack-user: SOME, mattermost-user: some }, grants: [some] }
grants:
  all: { questions: "*", accounts: "*", types: "*" }
  audit: { questions: audit, accounts: "*", types: "*" }
  network: { questions: "*", accounts: { names: network }, types: "*" }
  nothing: { questions: "*", accounts: { names: no-such-account }, types: "*" }
  some: { questions: [where, history], accounts: "*", types: "*" }
`

let database: Database
let served: Served
beforeAll(async () => {
  // What is signed, and how long tokens hold, goes by the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  database = await openTestStore()
  await fillExampleStore(database)
  await askingOf(database).search.indexPending(new AbortController().signal)
  served = await serveAll(database, POLICY, ['all', 'network', 'nothing', 'some', 'nobody'])
})
afterAll(async () => {
  vi.useRealTimers()
  await served[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const cases = [...questions.values()].flatMap(question =>
  question.examples.map((example: Example<Input>) => ({ name: question.name, question, ...example })),
)

/** Everything that was told, but for who acted: that is told whatever account they came from. */
function textOf({ document, texts, messages }: Told): string {
  const structure = JSON.stringify([document, messages], (key, value) =>
    /actor|question/.test(key) ? undefined : value,
  )
  return [structure, ...texts].join('\n').replaceAll('\\', '')
}

const SURFACES = ['HTTP', 'HTTP with a body', 'MCP', 'Slack', 'Mattermost'] as const

describe.each(SURFACES)('over %s', surface => {
  test.each(cases)('$name: $title', async ({ question, input }) => {
    const ask = (who: string) => served.surfaces[surface](who, question, input)
    const isAudit = question.grant === 'audit'

    expect((await ask('all')).isRefused).toBe(false)
    expect((await ask('some')).isRefused).toBe(!['where', 'history'].includes(question.grant))
    const nobody = await ask('nobody')
    expect(nobody).toMatchObject({ isRefused: true, document: null })
    const [nothing, network] = [await ask('nothing'), await ask('network')]
    for (const told of [nothing, network]) expect(told.isRefused).toBe(isAudit)
    if (nothing.document !== null) expect(nothing.document).toMatchObject({ found: false })

    const given = JSON.stringify(input)
    for (const told of [nobody, nothing, network])
      for (const secret of SHOP.filter(secret => !given.includes(secret))) expect(textOf(told)).not.toContain(secret)
  })
})

test.each(cases)(
  'whoever is granted everything is told what the command line tells: $name: $title',
  async ({ name, input }) => {
    const asked = [token('all'), LOCAL].map(who => served.asking.ask(who, name, input, { surface: 'cli' }))
    const [all, local] = await Promise.all(asked)
    if (all?.kind !== 'answered' || local?.kind !== 'answered') throw new Error(JSON.stringify([all, local]))
    expect(all.answer).toEqual(local.answer)
  },
)

test('nothing went wrong that nobody saw', () => {
  expect(served.asking.faults).toEqual([])
})
