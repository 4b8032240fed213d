import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import { LOCAL, SURFACES } from '../../src/model/principal.ts'
import type { Database } from '../../src/store/database.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { askerOf, policyOf, questions, type TestAsking, token } from './asking.ts'

const SHOP = ['111122223333', 'shop-prod']
const POLICY = `
principals:
  - { match: { token: all }, grants: [all, audit] }
  - { match: { token: network }, grants: [network] }
  - { match: { token: nothing }, grants: [nothing] }
  - { match: { token: some }, grants: [some] }
grants:
  all: { questions: "*", accounts: "*", types: "*" }
  audit: { questions: audit, accounts: "*", types: "*" }
  network: { questions: "*", accounts: { names: network }, types: "*" }
  nothing: { questions: "*", accounts: { names: no-such-account }, types: "*" }
  some: { questions: [where, history], accounts: "*", types: "*" }
`

let database: Database
let asking: TestAsking
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  await askingOf(database).search.indexPending(new AbortController().signal)
  // What is asked here must not change what the next one is told of the log.
  asking = askerOf(database, policyOf(POLICY), EXAMPLE_NOW, { write: async () => {} })
})
afterAll(async () => {
  await asking[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const cases = [...questions.values()].flatMap(question =>
  question.examples.map((example: { title: string; input: object }) => ({ name: question.name, question, ...example })),
)

describe.each(SURFACES)('by %s', surface => {
  test.each(cases)('$name: $title', async ({ name, question, input }) => {
    const ask = (who: string) => asking.ask(token(who), name, input, { surface })

    const [all, local] = [await ask('all'), await asking.ask(LOCAL, name, input, { surface })]
    expect(all).toMatchObject({ kind: 'answered' })
    if (all.kind === 'answered' && local.kind === 'answered') expect(all.answer).toEqual(local.answer)

    expect(await ask('nobody')).toMatchObject({ kind: 'denied', message: expect.not.stringContaining(SHOP[0] ?? '') })
    const isNamed = ['where', 'history'].includes(question.grant)
    expect(await ask('some')).toMatchObject({ kind: isNamed ? 'answered' : 'denied' })

    const isAudit = question.grant === 'audit'
    const nothing = await ask('nothing')
    expect(nothing).toMatchObject(isAudit ? { kind: 'denied' } : { answer: { found: false } })
    const network = await ask('network')
    expect(network).toMatchObject({ kind: isAudit ? 'denied' : 'answered' })
    for (const outcome of [nothing, network]) {
      // Who acted is told, whatever account they came from: of the rest, nothing names the other account.
      const text = JSON.stringify(outcome, (key, value) => (key === 'actor' || key === 'question' ? undefined : value))
      for (const secret of [...SHOP, 'i-0aaaaaaaaaaaaaaa', 'invoices'])
        if (!JSON.stringify(input).includes(secret)) expect(text).not.toContain(secret)
    }
  })
})
