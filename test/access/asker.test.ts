import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskOutcome } from '../../src/access/asker.ts'
import { LOCAL, type Principal } from '../../src/model/principal.ts'
import type { Answer } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { EXAMPLE_NOW, fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { askerOf, policyOf, type TestAsking, token } from './asking.ts'

const SHOP = '111122223333'
const POLICY = `
principals:
  - match: { token: [support, both] }
    grants: [support]
  - match: [{ token: [network, both] }, { slack-user: T1:U7 }]
    grants: [network]
  - match: { slack-group: S1 }
    grants: [workloads]
  - match: { oidc-group: security }
    grants: [everything, audit]
grants:
  support:
    questions: [where, bucket, history]
    accounts: { names: shop-* }
    types: [AWS::S3::Bucket]
    hide:
      - types: AWS::S3::*
        fields: ServerSideEncryptionConfiguration
    channels: [C1, C2]
  network:
    questions: "*"
    accounts: { ids: 444455556666 }
    types: "*"
    live: true
    channels: C2
  workloads:
    questions: "*"
    accounts: { units: Root/Workloads }
    types: "*"
  everything:
    questions: "*"
    accounts: "*"
    types: "*"
  audit:
    questions: audit
    accounts: "*"
    types: "*"
`

let database: Database
let asking: TestAsking
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  asking = askerOf(database, policyOf(POLICY), EXAMPLE_NOW)
})
afterAll(async () => {
  await asking[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

// biome-ignore lint/suspicious/noExplicitAny: the output of any question; the claims of the tests say what is in it.
function answered(outcome: AskOutcome): Answer<any> {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome))
  return outcome.answer
}

const slack = (user: string, ...groups: string[]): Principal => ({ id: `slack:T1:${user}`, name: user, groups })

describe('the asker', () => {
  test('denies what is not granted, and says what is', async () => {
    expect(await asking.ask(token('nobody'), 'where', { what: '10.12.7.31' })).toEqual({
      kind: 'denied',
      message: expect.stringContaining('token:nobody'),
    })
    expect(await asking.ask(token('support'), 'key', { key: 'AKIAQAAAAAAAAADA0002' })).toEqual({
      kind: 'denied',
      message: expect.stringMatching(/may ask .*bucket.*where/),
    })
  })

  test('answers within the grants of the question', async () => {
    const bucket = answered(await asking.ask(token('support'), 'bucket', { bucket: 'invoices' }))
    expect(bucket.headline).toContain('shop-prod')
    expect(bucket.headline).toContain('encryption not readable')

    const instance = answered(await asking.ask(token('support'), 'where', { what: 'i-0aaaaaaaaaaaaaaa2' }))
    const absent = answered(await asking.ask(token('support'), 'where', { what: 'i-0bbbbbbbbbbbbbbb2' }))
    expect(instance).toEqual({
      ...absent,
      headline: absent.headline.replace('i-0bbbbbbbbbbbbbbb2', 'i-0aaaaaaaaaaaaaaa2'),
      output: { ...absent.output, what: 'i-0aaaaaaaaaaaaaaa2' },
    })
  })

  test('gives somebody with two grants the union of them, and only what both let be posted is posted', async () => {
    const found = async (principal: Principal, what: string) =>
      answered(await asking.ask(principal, 'where', { what })).found
    expect(await found(token('both'), 'invoices')).toBe(true)
    expect(await found(token('both'), 'shop.example.com')).toBe(true)
    expect(await found(token('both'), 'web-1')).toBe(false)
    expect(await found(token('network'), 'invoices')).toBe(false)
    expect(await asking.ask(token('both'), 'where', { what: 'invoices' })).toMatchObject({ channels: ['C2'] })
    expect(await asking.ask(token('support'), 'where', { what: 'invoices' })).toMatchObject({ channels: ['C1', 'C2'] })
  })

  test('knows people of Slack by themselves and by their groups, and nobody by another one’s', async () => {
    const zone = { what: 'Z0000000EXAMPLE' }
    expect(answered(await asking.ask(slack('U7'), 'where', zone)).found).toBe(true)
    expect(await asking.ask({ ...slack('U7'), id: 'slack:T2:U7' }, 'where', zone)).toMatchObject({ kind: 'denied' })
    expect(answered(await asking.ask(slack('U8', 'slack-group:S1'), 'where', { what: 'web-1' })).found).toBe(true)
    expect(await asking.ask(slack('U8', 'oidc-group:S1'), 'where', zone)).toMatchObject({ kind: 'denied' })
    expect(await asking.ask({ ...token('x'), name: 'support' }, 'where', zone)).toMatchObject({ kind: 'denied' })
  })

  test('follows an account that moves to another unit, within a minute', async () => {
    const ask = async () => answered(await asking.ask(slack('U8', 'slack-group:S1'), 'where', { what: 'web-1' })).found
    const move = (path: string) => database.query('update account set path = $1 where id = $2', [path, SHOP])
    expect(await ask()).toBe(true)

    await move('Root/Workloads2')
    asking.now += 60_000
    expect(await ask()).toBe(false)

    await move('Root/Workloads/Shop')
    asking.now += 60_000
    expect(await ask()).toBe(true)
    asking.now = EXAMPLE_NOW
  })

  test('suggests only what may be asked, and what an input lacks', async () => {
    expect(await asking.ask(token('support'), 'wher')).toEqual({ kind: 'unknown', nearest: ['where'] })
    expect(await asking.ask(token('support'), 'statu')).toEqual({ kind: 'unknown', nearest: [] })
    expect(await asking.ask(token('network'), 'statu')).toEqual({ kind: 'unknown', nearest: ['status'] })
    expect(await asking.ask(token('support'), 'where', { nonsense: 1 })).toMatchObject({ kind: 'invalid' })
    const names = async (principal: Principal) => (await asking.asker.questionsFor(principal)).map(({ name }) => name)
    expect(await names(token('support'))).toEqual(['bucket', 'diff', 'history', 'where'])
    expect(await names(token('nobody'))).toEqual([])
  })

  test('lets the cloud be read only by those who may', async () => {
    const live = { live: true }
    expect(await asking.ask(token('support'), 'where', { what: 'x' }, live)).toMatchObject({ kind: 'denied' })
    expect(await asking.ask(token('network'), 'where', { what: 'x' }, live)).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('without live'),
    })
    await using routed = askerOf(database, policyOf(POLICY), EXAMPLE_NOW, {
      answer: async ({ question, input, asking }) => question.answer(input, asking),
    })
    expect(await routed.ask(token('network'), 'where', { what: 'x' }, live)).toMatchObject({ kind: 'answered' })
    expect(await routed.ask(token('support'), 'where', { what: 'x' }, live)).toMatchObject({ kind: 'denied' })
  })

  test('`*` does not hold the questions of others', async () => {
    const security = { id: 'oidc:1', name: 'eve', groups: ['oidc-group:security'] }
    expect(await asking.ask(token('network'), 'audit')).toMatchObject({ kind: expect.stringMatching(/denied|unknown/) })
    expect((await asking.asker.questionsFor(security)).length).toBeGreaterThan(5)
  })

  test('answers the local command line without a policy', async () => {
    expect(answered(await asking.ask(LOCAL, 'where', { what: 'web-1' })).found).toBe(true)
  })

  test('fails with an id, and tells the reason to whoever runs it only', async () => {
    const closed = await openTestStore()
    await closed.query('drop table identifier')
    const failing = askerOf(closed, policyOf(POLICY), EXAMPLE_NOW)
    await fillAccounts(closed)
    const outcome = await failing.ask(token('support'), 'bucket', { bucket: 'x' })
    expect(outcome).toMatchObject({ kind: 'failed', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(JSON.stringify(outcome)).not.toContain('identifier')
    expect(String(failing.faults[0])).toContain('identifier')
    await failing[Symbol.asyncDispose]()
    await closed[Symbol.asyncDispose]()
  })
})

function fillAccounts(store: Database) {
  return store.query(`insert into account (provider, id, name, read_at) values ('aws', '${SHOP}', 'shop-prod', now())`)
}
