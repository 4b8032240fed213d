import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Conversation } from '../../src/surfaces/chat/chat.ts'
import { isSigned, signedContext } from '../../src/surfaces/mattermost/tokens.ts'
import { EXAMPLE_NOW } from '../example-store.ts'
import { type MattermostDouble, send, TOKEN } from './mattermost-double.ts'
import { serveChat } from './served.ts'

/** Says what was said: what is asked here is not the matter. */
const conversation: Conversation = {
  async reply({ text }) {
    const message = {
      kind: 'found',
      headline: `said ${text}`,
      about: [],
      blocks: [],
      notes: [],
      buttons: [],
      now,
    } as const
    return { message, audience: 'asker' }
  },
}

let now = EXAMPLE_NOW
let served: Awaited<ReturnType<typeof serveChat>>
let chat: MattermostDouble
beforeAll(async () => {
  served = await serveChat({ conversation, questions: new Set(['where']), now: () => now })
  chat = served.chat
})
afterAll(() => served[Symbol.asyncDispose]())

describe('what is not from Mattermost', () => {
  test('is refused: no token, a wrong one, one that begins right', async () => {
    const before = served.counts.refused
    for (const token of [undefined, '', 'wrong', TOKEN.slice(0, -1), `${TOKEN}x`])
      expect((await chat.command('where 10.12.7.31', { token })).status).toBe(401)
    expect(served.counts.refused).toBe(before + 5)
    const header = new URLSearchParams({ user_id: 'all', channel_id: 'c', text: 'help' })
    expect((await send(`${served.url}/mattermost/command`, header, { authorization: `Token ${TOKEN}` })).status).toBe(
      200,
    )
  })

  test('is refused: bodies that are too large or of another form', async () => {
    expect((await chat.command('x'.repeat(70_000))).status).toBe(413)
    expect((await chat.command('help', { user_id: undefined })).status).toBe(400)
    expect((await chat.command('help', { user_id: '../admin' })).status).toBe(400)
    for (const body of ['', '{', '[]', 'null', '{"context":{}}', '\0'])
      expect((await send(`${served.url}/mattermost/action`, body)).status).toBe(401)
    expect((await fetch(`${served.url}/mattermost/command`)).status).toBe(405)
  })

  test('may not guess for long', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 40; at++) statuses.push((await chat.command('help', { token: `guess${at}` })).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await chat.command('help')).status).toBe(200)
  })

  test('is never answered with an error of ours, whatever it is', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json(),
      fc.constantFrom(
        'token=a&token=b',
        '%',
        '&&==',
        'text=%ff%fe',
        '{"context":{"until":1e999}}',
        '__proto__=1',
        '[[[[',
      ),
    )
    const fields = fc.record({
      text: odd,
      command: odd,
      response_url: odd,
      user_name: odd,
      channel_id: fc.constantFrom('channel1', '', '../x'),
    })
    await fc.assert(
      fc.asyncProperty(odd, fields, async (body, given) => {
        for (const path of ['command', 'action'])
          expect((await send(`${served.url}/mattermost/${path}`, body)).status).toBeLessThan(500)
        expect((await chat.command(given.text, given)).status).toBeLessThan(500)
      }),
      { numRuns: 100 },
    )
  })
})

test('who asks too often is told when to come again, and others are not held up', async () => {
  await using slow = await serveChat({
    conversation,
    questions: new Set(),
    rate: { perSecond: 0.1, burst: 2 },
    now: () => now,
  })
  for (let at = 0; at < 2; at++) expect((await slow.chat.command('x')).body.text).toContain('said')
  expect((await slow.chat.command('x')).body).toMatchObject({
    response_type: 'ephemeral',
    text: expect.stringContaining('too many requests: the next one is answered in 10 s'),
  })
  expect((await slow.chat.command('x', { user_id: 'bob' })).body.text).toContain('said')
  now += 10_000
  expect((await slow.chat.command('x')).body.text).toContain('said')
})

test('buttons that were made with a token are good while that token is', async () => {
  const { tokens, context } = { tokens: ['old'], context: { value: 'x', user: 'u', channel: 'c', responseUrl: '' } }
  const { signature, ...made } = signedContext(context, tokens, now)
  expect(isSigned(made, signature, ['new', 'old'], now)).toBe(true)
  expect(isSigned(made, signature, ['new'], now)).toBe(false)
  expect(isSigned(made, signature, [], now)).toBe(false)
})

test('nothing went wrong that nobody saw', () => {
  expect(served.faults).toEqual([])
})
