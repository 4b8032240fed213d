import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { fillExampleStore } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { type Served, serve } from './served.ts'
import { clickBody, commandBody, eventBody } from './signed.ts'
import { APP_TOKEN, BOT_USER, openSlackDouble, type SlackDouble } from './slack-double.ts'
import { openSocketDouble, type SocketDouble } from './socket-double.ts'
import { textOf } from './text-of.ts'

let database: Database
let double: SlackDouble
let socket: SocketDouble
let served: Served
let ada: string
let policy: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  double = await openSlackDouble()
  socket = await openSocketDouble()
  double.socketUrl = socket.url
  ada = double.users.get('ada') ?? ''
  policy = `
principals: [{ match: { slack-user: ${ada} }, grants: [all] }]
grants: { all: { questions: "*", accounts: "*", types: "*" } }
`
  served = await serve(database, double, { policy, settings: { appToken: APP_TOKEN } })
})
afterAll(async () => {
  await served[Symbol.asyncDispose]()
  await socket[Symbol.asyncDispose]()
  await double[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const until = async (isTrue: () => boolean) => {
  for (let wait = 0; !isTrue() && wait < 1_500; wait++) await new Promise(resolve => setTimeout(resolve, 10))
  expect(isTrue()).toBe(true)
}
const commandOf = (path: string) =>
  Object.fromEntries(
    new URLSearchParams(commandBody({ user_id: ada, text: 'where 10.12.7.31', response_url: `${double.url}${path}` })),
  )

test('a command, a click and a mention are acknowledged and answered; nothing is posted to us', async () => {
  expect(served.slack.routes).toEqual({})
  const command = socket.send('slash_commands', commandOf('/commands/socket-1'))
  const { body } = await double.next('/commands/socket-1')
  expect(textOf(body.blocks)).toContain('web-2')

  const action = body.blocks.at(-1).elements[0]
  const responseUrl = `${double.url}/actions/socket-1`
  const form = new URLSearchParams(clickBody({ user: ada, channel: 'C1', responseUrl, action }))
  const click = socket.send('interactive', JSON.parse(form.get('payload') ?? '') as object)
  expect(textOf((await double.next('/actions/socket-1')).body.blocks)).toContain('web-2')

  const channel = double.channels.get('helpdesk')
  const text = `<@${BOT_USER}> where is 10.12.7.31?`
  const mention = JSON.parse(eventBody({ type: 'app_mention', user: ada, channel, text, ts: '40.1' })) as object
  const event = socket.send('events_api', mention)
  expect(textOf((await double.next('chat.postEphemeral')).body.blocks)).toContain('web-2')
  expect(socket.acknowledged).toEqual([command, click, event])
})

test('an envelope that is delivered again, also over a new connection, is acknowledged, and answered once', async () => {
  const payload = commandOf('/commands/socket-2')
  const first = socket.send('slash_commands', payload)
  await double.next('/commands/socket-2')
  const connections = socket.connections
  socket.refresh()
  await until(() => socket.connections > connections)
  const again = socket.send('slash_commands', payload, { retry_attempt: 1, retry_reason: 'timeout' })
  await until(() => socket.acknowledged.includes(again))
  expect(socket.acknowledged).toContain(first)
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(double.called('/commands/socket-2')).toHaveLength(1)
  expect(served.slack.counts.repeated).toBe(1)
})

test('a connection that is cut is made anew, however often Slack cannot be had meanwhile', async () => {
  const connections = socket.connections
  double.troubles.set('apps.connections.open', [
    { status: 503 },
    'cut',
    { status: 429, headers: { 'retry-after': '1' } },
  ])
  socket.cut()
  await until(() => socket.connections > connections)
  socket.send('slash_commands', commandOf('/commands/socket-3'))
  expect(textOf((await double.next('/commands/socket-3')).body.blocks)).toContain('web-2')
  expect(served.notes.join('\n')).toContain('Slack answers apps.connections.open with status 503')
})

test('a token that is revoked costs Slack, and nothing else', async () => {
  const connections = socket.connections
  const url = double.socketUrl
  double.socketUrl = undefined
  socket.cut()
  await until(() => served.notes.join('\n').includes('invalid_auth'))
  double.socketUrl = url
  await until(() => socket.connections > connections)
})

test('a token that does not hold is said at the start', async () => {
  await expect(serve(database, double, { policy, settings: { appToken: 'xapp-wrong' } })).rejects.toThrow(
    /invalid_auth.*SLACK_APP_TOKEN has to be/,
  )
})

test('nothing went wrong that nobody saw', () => {
  expect(served.faults).toEqual([])
})
