import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { serve } from './served.ts'
import { commandBody, signed } from './signed.ts'
import { openSlackDouble, type SlackDouble } from './slack-double.ts'
import { textOf } from './text-of.ts'

let database: Database
let double: SlackDouble
let policy: string
let ada: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  double = await openSlackDouble()
  ada = double.users.get('ada') ?? ''
  policy = `
principals: [{ match: { slack-user: ${ada} }, grants: [all] }]
grants: { all: { questions: "*", accounts: "*", types: "*" } }
`
})
afterAll(async () => {
  await double[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const commandFor = (path: string) =>
  commandBody({ user_id: ada, text: 'where 10.12.7.31', response_url: `${double.url}${path}` })

test('a command is acknowledged before it is answered, however long that takes, and without a word', async () => {
  let isAcknowledged = false
  await using served = await serve(database, double, {
    policy,
    answer: {
      async answer({ question, input, asking }) {
        while (!isAcknowledged) await new Promise(resolve => setTimeout(resolve, 5))
        return question.answer(input, asking)
      },
    },
  })
  const response = await served.post(signed(commandFor('/commands/ack')))
  isAcknowledged = true
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  expect(textOf((await double.next('/commands/ack')).body.blocks)).toContain('web-2')
})

test('many at once are acknowledged and answered, each once; more than can be answered are told so', async () => {
  await using served = await serve(database, double, { policy })
  const paths = Array.from({ length: 240 }, (_, at) => `/commands/many-${at}`)
  const statuses = await Promise.all(paths.map(async path => (await served.post(signed(commandFor(path)))).status))
  expect(new Set(statuses)).toEqual(new Set([200]))
  for (const path of paths) {
    const { body } = await double.next(path)
    expect(textOf(body.blocks)).toMatch(/web-2|too many people ask/)
  }
  const { asked, answered, dropped } = served.slack.counts
  expect({ asked, answered, dropped }).toEqual({ asked: 240, answered: 240, dropped: 0 })
})
