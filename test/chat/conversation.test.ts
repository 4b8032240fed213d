import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AllowedQuestion } from '../../src/access/open-asker.ts'
import { LOCAL, type Principal } from '../../src/model/principal.ts'
import type { ChatReply, ChatRequest, Conversation } from '../../src/surfaces/chat/chat.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { flagsOf } from '../../src/surfaces/line/flags.ts'
import { EXAMPLE_NOW } from '../example-store.ts'
import { HELPDESK, openChatStore } from './chat-store.ts'
import { textOf } from './text-of.ts'

/** Answers from the store, and remembers which were to be read live. */
const live: string[] = []
async function answer({ question, input, asking, isLiveForced }: AllowedQuestion) {
  if (isLiveForced) live.push(question.name)
  return question.answer(input, asking)
}

let store: Awaited<ReturnType<typeof openChatStore>>
let conversation: Conversation
beforeAll(async () => {
  // The command line takes the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  store = await openChatStore(answer)
  conversation = openConversation({ ...store, command: '/cloud', alsoTo: { bucket: HELPDESK, where: 'C0OTHER' } })
})
afterAll(async () => {
  vi.useRealTimers()
  await store[Symbol.asyncDispose]()
})

function slack(user: string): Principal {
  return { id: `slack:T1:${user}`, name: user, groups: [] }
}

function reply(text: string, more: Partial<ChatRequest> = {}): Promise<ChatReply> {
  return conversation.reply({
    ...{ principal: slack('ALL'), surface: 'slack', channel: 'C1', text, kind: 'command' },
    ...more,
  })
}

const labels = ({ message }: ChatReply) => message.buttons.map(({ label }) => label)
const value = ({ message }: ChatReply, label: string) =>
  message.buttons.find(button => button.label === label)?.value ?? `no button ${label}`

describe('an answer', () => {
  test('begins with the fact, then account, owner, age and source', async () => {
    const { message, audience } = await reply('where 10.12.7.31')
    expect(audience).toBe('asker')
    expect(message.headline).toMatch(/^10\.12\.7\.31 is EC2 Instance web-2/)
    expect(message.about).toEqual([
      ['account', { account: '111122223333', accountName: 'shop-prod' }],
      ['owner', 'shop'],
      ['seen', { time: '2026-11-22T06:00:00Z' }],
      ['source', 'scan'],
    ])
  })

  test('is asked on by its buttons, which ask what they say', async () => {
    const where = await reply('where 10.12.7.31')
    expect(labels(where)).toEqual(['History', 'Neighbours'])
    const history = await reply(value(where, 'History'), { kind: 'button' })
    expect(history.message.headline).toContain('web-2')
    expect(labels(history)).toEqual(['Neighbours'])
    const neighbours = await reply(value(where, 'Neighbours'), { kind: 'button' })
    expect(neighbours.message.blocks).toContainEqual(expect.objectContaining({ title: 'Refers to' }))
    expect(labels(neighbours)).toEqual(['History'])
  })

  test('that asks which is meant has a button for each', async () => {
    const which = await reply('asset deploy')
    expect(which.message.headline).toContain('may be 2 assets')
    expect(labels(which)).toHaveLength(2)
    for (const label of labels(which)) {
      const one = await reply(value(which, label), { kind: 'button' })
      expect(one.message).toMatchObject({ kind: 'found', headline: expect.stringContaining('deploy') })
    }
  })

  test('that is too long for a message comes in parts, with all of it as a file', async () => {
    const first = await reply('search --limit 100')
    expect(first.message.file?.name).toBe('search.txt')
    expect(first.message.notes[0]).toMatch(/^Part 1 of \d/)
    const rows = first.message.blocks.flatMap(block => (block.kind === 'table' ? block.rows : []))
    expect(rows.length).toBeLessThan(20)
    const second = await reply(value(first, labels(first)[0] ?? ''), { kind: 'button' })
    expect(second.message.headline).toBe(first.message.headline)
    expect(second.message.notes[0]).toMatch(/^Part 2 of \d/)
    expect(second.message.blocks).not.toEqual(first.message.blocks)
    const beyond = await reply('search --limit 100 --part 999')
    expect(labels(beyond).some(label => label.startsWith('Next ('))).toBe(false)
  })

  test('that has more pages offers the next', async () => {
    const first = await reply('where 10.12.0.0/16 --limit 1')
    expect(labels(first)).toContain('Next page')
    const second = await reply(value(first, 'Next page'), { kind: 'button' })
    expect(second.message.blocks).not.toEqual(first.message.blocks)
    const versions = await reply('history invoices --limit 1')
    expect(value(versions, 'Next page')).toContain('--page 2')
    expect(labels(await reply(value(versions, 'Next page')))).not.toContain('Next page')
  })

  test('offers to read the cloud only to who may have it read', async () => {
    const given = await reply('where 10.12.7.31', { principal: slack('LIVE') })
    expect(given.message.buttons).toContainEqual({
      label: 'Refresh now',
      value: 'where 10.12.7.31 --live',
      kind: 'refresh',
    })
    live.length = 0
    await reply(value(given, 'Refresh now'), { principal: slack('LIVE'), kind: 'button' })
    expect(live).toEqual(['where'])
    const refused = await reply(value(given, 'Refresh now'), { kind: 'button' })
    expect(refused.message).toMatchObject({
      kind: 'problem',
      headline: expect.stringContaining('not have the cloud read'),
    })
    expect(live).toEqual(['where'])
  })
})

describe('what somebody may not', () => {
  test('nothing is granted: they are told what to ask for', async () => {
    const { message } = await reply('where 10.12.7.31', { principal: slack('NOBODY') })
    expect(message).toMatchObject({ kind: 'problem', headline: expect.stringContaining('nothing is granted to you') })
    expect(message.buttons).toEqual([])
    expect((await reply('help', { principal: slack('NOBODY') })).message.headline).toBe('Nothing is granted to you.')
  })

  test('a question that is not granted is denied, and not in the help', async () => {
    const support = { principal: slack('SUPPORT') }
    expect((await reply('key AKIAQAAAAAAAAADA0002', support)).message.headline).toMatch(
      /you may not ask key; you may ask/,
    )
    expect(textOf((await reply('help', support)).message)).not.toContain('access key')
    expect(textOf((await reply('help key', support)).message)).toContain('You may not ask key.')
    expect(textOf((await reply('who changed everything', { ...support, kind: 'words' })).message)).not.toContain(
      'timeline',
    )
  })

  test('what is hidden is told like what does not exist, in every part of the message', async () => {
    const network = { principal: slack('NETWORK') }
    const hidden = await reply('where i-0aaaaaaaaaaaaaaa2', network)
    const missing = await reply('where i-0aaaaaaaaaaaaaaff', network)
    expect(JSON.parse(JSON.stringify(hidden).replaceAll('aaaaaaa2', 'aaaaaaff'))).toEqual(missing)
    const clicked = await reply(value(await reply('where 10.12.7.31'), 'History'), { ...network, kind: 'button' })
    expect(clicked.message).toMatchObject({ kind: 'nothing', headline: expect.stringContaining('nothing known') })
  })

  test('hidden fields say that they are', async () => {
    const { message } = await reply('asset invoices --config', { principal: slack('SUPPORT') })
    expect(message.notes.join()).toContain('hidden by the access policy')
    expect((await reply('asset invoices --config')).message.notes.join()).not.toContain('hidden by')
  })

  test('an answer is shared only where the policy lets it, and as whoever shares may see it', async () => {
    const there = { principal: slack('SUPPORT'), channel: HELPDESK }
    const given = await reply('where 10.12.7.31', there)
    expect(given.audience).toBe('asker')
    expect(value(given, 'Share')).toBe('where 10.12.7.31 --share')
    const shared = await reply(value(given, 'Share'), { ...there, kind: 'button' })
    expect(shared.audience).toBe('channel')
    expect(labels(shared)).not.toContain('Share')
    // Elsewhere, by others, and what is no answer.
    expect(labels(await reply('where 10.12.7.31', { ...there, channel: 'C1' }))).not.toContain('Share')
    const elsewhere = await reply('where 10.12.7.31 --share', { ...there, channel: 'C1' })
    expect(elsewhere).toMatchObject({
      audience: 'asker',
      message: { notes: [expect.stringContaining('only you see it')] },
    })
    expect((await reply('where 10.12.7.31 --share', { channel: HELPDESK })).audience).toBe('asker')
    expect((await reply('key AKIAQAAAAAAAAADA0002 --share', there)).audience).toBe('asker')
  })

  test('a configured channel gets the answer too, where the policy lets it', async () => {
    const support = { principal: slack('SUPPORT') }
    expect((await reply('bucket invoices', support)).alsoTo).toBe(HELPDESK)
    expect((await reply('bucket invoices', { ...support, channel: HELPDESK })).alsoTo).toBeUndefined()
    expect((await reply('bucket invoices', { ...support, kind: 'button' })).alsoTo).toBeUndefined()
    expect((await reply('bucket invoices')).alsoTo).toBeUndefined()
    expect((await reply('where 10.12.7.31', support)).alsoTo).toBeUndefined()
    expect((await reply('key x', support)).alsoTo).toBeUndefined()
  })
})

describe('words', () => {
  test('in plain language are questions, after a command as in a mention', async () => {
    for (const kind of ['words', 'command'] as const) {
      expect((await reply('where is 10.12.7.31?', { kind })).message.headline).toContain('web-2')
      expect((await reply('who owns bucket invoices?', { kind })).message.headline).toContain('invoices')
    }
    expect((await reply('hi, show me bucket invoices please', { kind: 'words' })).message.headline).toContain(
      'invoices',
    )
    expect((await reply('where is 10.12.7.31', { kind: 'button' })).message.kind).toBe('nothing')
  })

  test('that are not understood get the nearest example, and are logged as they were typed', async () => {
    await store.log.settled()
    store.logged.length = 0
    expect((await reply('where did my lunch go', { kind: 'words' })).message.kind).toBe('problem')
    const { message } = await reply('hey bot, where did my lunch go', { kind: 'words' })
    await store.log.settled()
    expect(message).toMatchObject({
      kind: 'problem',
      headline: expect.stringContaining('I did not understand that. Ask, for example: '),
    })
    const asked = { principal: 'slack:T1:ALL', from: 'C1', question: 'words', outcome: 'invalid', assets: 0 }
    expect(store.logged).toEqual([
      expect.objectContaining({ ...asked, input: '{"typed":"where did my lunch go"}' }),
      expect.objectContaining({ ...asked, input: '{"typed":"hey bot, where did my lunch go"}' }),
    ])
  })

  test('that name no question are asked nevertheless: the nearest is one click away', async () => {
    const given = await reply('were 10.12.7.31')
    expect(given.message.headline).toBe('there is no question were; did you mean where?')
    expect((await reply(value(given, 'where 10.12.7.31'), { kind: 'button' })).message.kind).toBe('found')
    await store.log.settled()
    expect(store.logged.find(({ question }) => question === 'were')).toMatchObject({
      ...{ outcome: 'unknown', from: 'C1', input: '{"typed":"were 10.12.7.31"}' },
    })
  })

  test('that do not fit a question get its examples, and are logged as they were typed', async () => {
    await store.log.settled()
    store.logged.length = 0
    for (const text of ['where', 'where x --at never', 'key short', 'where x --att 2d']) {
      const { message } = await reply(text)
      expect(message.kind, text).toBe('problem')
      expect(textOf(message), text).toContain(`/cloud ${text.split(' ')[0]} `)
    }
    const { message } = await reply('key --nonsense', { principal: slack('SUPPORT') })
    expect(message.headline).toContain('you may not ask key')
    await store.log.settled()
    expect(store.logged.map(({ question, outcome, input }) => [question, outcome, input])).toEqual([
      ['where', 'invalid', '{"typed":"where"}'],
      ['where', 'invalid', '{"at":"never","what":"x"}'],
      ['key', 'invalid', '{"key":"short"}'],
      ['where', 'invalid', '{"typed":"where x --att 2d"}'],
      ['key', 'denied', '{"typed":"key --nonsense"}'],
    ])
    expect(store.logged[3]?.detail).toContain('there is no option --att')
  })

  test('help is made from the questions', async () => {
    const all = textOf((await reply('help')).message)
    for (const question of store.questions.values()) expect(all).toContain(question.purpose)
    const where = textOf((await reply('where --help')).message)
    for (const flag of flagsOf(store.questions.get('where') ?? expect.fail())) expect(where).toContain(flag.name)
  })
})

test('nothing is thrown, whatever breaks behind', async () => {
  const faults: unknown[] = []
  const broken = openConversation({
    ...store,
    asker: { ...store.asker, ask: () => Promise.reject(new Error('secret of the inside')) },
    onFault: error => faults.push(error),
  })
  const request = { principal: LOCAL, surface: 'slack', channel: 'C1', text: 'where x', kind: 'command' } as const
  const { message } = await broken.reply(request)
  expect(message.kind).toBe('problem')
  expect(textOf(message)).not.toContain('secret')
  expect(faults).toHaveLength(1)
  expect(store.faults).toEqual([])
})
