import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AllowedQuestion } from '../../src/access/open-asker.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { openChatStore } from '../chat/chat-store.ts'
import { EXAMPLE_NOW } from '../example-store.ts'
import { type MattermostDouble, openMattermost, type Posted } from './mattermost-double.ts'
import { serveChat } from './served.ts'

/** Answers from the store; while `slow` is set, not before it resolves. */
let slow: Promise<void> | undefined
async function answer({ question, input, asking }: AllowedQuestion) {
  await slow
  return question.answer(input, asking)
}

let store: Awaited<ReturnType<typeof openChatStore>>
let served: Awaited<ReturnType<typeof serveChat>>
let chat: MattermostDouble
let now = EXAMPLE_NOW
beforeAll(async () => {
  store = await openChatStore(answer)
  served = await serveChat({
    conversation: openConversation({ ...store, command: '/cloud', alsoTo: { bucket: 'C0HELPDESK' } }),
    questions: new Set(store.questions.keys()),
    now: () => now,
  })
  chat = served.chat
})
afterEach(() => {
  chat.posted.length = 0
  chat.status = 200
  now = EXAMPLE_NOW
  slow = undefined
})
afterAll(async () => {
  await served[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
})

const labels = (message: Posted) => message.attachments?.[0]?.actions.map(({ name }) => name) ?? []

describe('a command', () => {
  test('tells the fact first, then account, owner, age and source', async () => {
    const { body } = await chat.command('where 10.12.7.31')
    expect(body.text.split('\n').slice(0, 2)).toEqual([
      '**10.12.7.31 is EC2 Instance web\\-2 \\(i\\-0aaaaaaaaaaaaaaa2\\) in shop\\-prod \\(111122223333\\), eu\\-west\\-1, owner shop**',
      expect.stringMatching(/^account: shop\\-prod .* · owner: shop · seen: 2026.* · source: scan$/),
    ])
    expect(labels(body)).toEqual(['History', 'Neighbours'])
  })

  test('for one question asks that one', async () => {
    const { body } = await chat.command('10.12.7.31', { command: '/where' })
    expect(body.text).toContain('web\\-2')
    expect((await chat.command('', { command: '/where' })).body.text).toContain('is missing: An IPv4')
  })

  test('in plain words is understood, and help says what there is', async () => {
    expect((await chat.command('where is 10.12.7.31?')).body.text).toContain('web\\-2')
    expect((await chat.command('')).body.text).toContain('/cloud where 10.12.7.31')
  })

  test('whose answer takes long is acknowledged, and answered by its response_url', async () => {
    let go = () => {}
    slow = new Promise(resolve => {
      go = resolve
    })
    const { body } = await chat.command('where 10.12.7.31')
    expect(body).toMatchObject({ response_type: 'ephemeral', text: 'Looking…' })
    expect(chat.posted).toEqual([])
    go()
    await vi.waitFor(() => expect(chat.posted).toHaveLength(1))
    expect(chat.posted[0]).toMatchObject({
      path: '/hooks/commands/1',
      body: { text: expect.stringContaining('web\\-2') },
    })
  })

  test('makes us post nowhere but to the Mattermost that is configured', async () => {
    await using elsewhere = await openMattermost(() => served.url)
    const before = served.counts.dropped
    slow = new Promise(resolve => setTimeout(resolve, 2_200))
    await chat.command('where 10.12.7.31', { response_url: `${elsewhere.url}/hooks/commands/1` })
    await vi.waitFor(() => expect(served.counts.dropped).toBe(before + 1))
    expect(elsewhere.posted).toEqual([])
    expect(served.faults.splice(0).join()).toContain('not of the Mattermost that is configured')
  })

  test('of somebody without a grant is denied; what is hidden is told like what is missing', async () => {
    const nobody = await chat.command('where 10.12.7.31', { user_id: 'nobody' })
    expect(nobody.body.text).toContain('nothing is granted to you')
    expect(nobody.body.text).toContain('mattermost\\-user:nobody')
    const hidden = await chat.command('where i-0aaaaaaaaaaaaaaa2', { user_id: 'network' })
    const missing = await chat.command('where i-0aaaaaaaaaaaaaaff', { user_id: 'network' })
    expect(hidden.body.text.replaceAll('aaaaaaa2', 'aaaaaaff')).toBe(missing.body.text)
  })

  test('is logged with the channel that it came from', async () => {
    await chat.command('where 10.12.7.31')
    await store.log.settled()
    expect(store.logged.at(-1)).toMatchObject({
      principal: 'mattermost:all',
      name: 'ada',
      surface: 'mattermost',
      from: 'channel1',
    })
  })

  test('posts in the channel that is set for its question, where the policy lets it', async () => {
    await chat.command('bucket invoices', { user_id: 'support' })
    await vi.waitFor(() => expect(chat.posted).toHaveLength(1))
    expect(chat.posted[0]).toMatchObject({
      path: '/hooks/helpdesk',
      body: { text: expect.stringContaining('invoices') },
    })
    await chat.command('bucket invoices')
    expect(chat.posted).toHaveLength(1)
  })
})

describe('a button', () => {
  test('asks anew, and its answer has buttons again', async () => {
    const { body } = await chat.command('where 10.12.7.31')
    const clicked = await chat.click(body, 'History')
    expect(clicked).toMatchObject({ status: 200, body: {} })
    expect(chat.posted[0]).toMatchObject({ path: '/hooks/commands/1', body: { response_type: 'ephemeral' } })
    const history = chat.posted[0]?.body ?? { text: '' }
    expect(history.text).toContain('web\\-2')
    expect(labels(history)).toEqual(['Neighbours'])

    // A button below what a button brought asks what it says, and not the same again.
    await chat.click(history, 'Neighbours')
    expect(labels(chat.posted[1]?.body ?? { text: '' })).toEqual(['History'])
  })

  test('is answered in words where the response_url is used up', async () => {
    const { body } = await chat.command('where 10.12.7.31')
    chat.status = 404
    const clicked = await chat.click(body, 'History')
    expect(clicked.body.ephemeral_text).toContain('web\\-2')
  })

  test('shares only where the policy lets it; what is shared has no buttons', async () => {
    const there = { user_id: 'support', channel_id: 'C0HELPDESK' }
    const { body } = await chat.command('where 10.12.7.31', there)
    expect(labels(body)).toContain('Share')
    await chat.click(body, 'Share', there)
    const shared = chat.posted[0]?.body
    expect(shared).toMatchObject({ response_type: 'in_channel', text: expect.stringContaining('web\\-2') })
    expect(shared?.attachments).toBeUndefined()
    expect(labels((await chat.command('where 10.12.7.31', { user_id: 'support' })).body)).not.toContain('Share')
  })

  test('is refused from anybody else, elsewhere, when it is too old, and when it was changed', async () => {
    const { body } = await chat.command('where 10.12.7.31')
    const context = body.attachments?.[0]?.actions[0]?.integration.context ?? {}
    expect((await chat.click(body, 'History', { user_id: 'support' })).status).toBe(403)
    expect((await chat.click(body, 'History', { channel_id: 'channel2' })).status).toBe(403)
    for (const change of [
      { value: 'key AKIAQAAAAAAAAADA0002' },
      { user: 'support' },
      { until: 9e12 },
      { responseUrl: '' },
      { signature: '00' },
      { signature: '0'.repeat(64) },
    ])
      expect(
        (await chat.click(body, 'History', { context: { ...context, ...change } })).status,
        JSON.stringify(change),
      ).toBe(401)
    expect(
      (await chat.click(body, 'History', { user_id: 'support', context: { ...context, user: 'support' } })).status,
    ).toBe(401)
    now += 13 * 3_600_000
    expect((await chat.click(body, 'History')).status).toBe(401)
    expect(chat.posted).toEqual([])
  })
})

test('nothing went wrong that nobody saw', () => {
  expect(store.faults).toEqual([])
  expect(served.faults).toEqual([])
})
