import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askingOf } from '../../src/compose.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { EXAMPLE_NOW, fillExampleStore, observed } from '../example-store.ts'
import { openTestStore } from '../store.ts'
import { MessageBlocks } from './block-kit.ts'
import { type Served, serve } from './served.ts'
import { clickBody, signed } from './signed.ts'
import { BOT_TOKEN, BOT_USER, openSlackDouble, type SlackDouble } from './slack-double.ts'
import { textOf } from './text-of.ts'

/** The people: ada is in the user group of support, eve in none. */
const SUPPORT = 'S0SUPPORT'
const policyFor = (helpdesk: string, incidents: string) => `
principals:
  - match: { slack-group: ${SUPPORT} }
    grants: [support]
  - match: { slack-user: U0BOB }
    grants: [bob]
grants:
  support:
    questions: [where, bucket, history, asset, changes, dns]
    accounts: { names: shop-* }
    types: "*"
    hide:
      - types: AWS::S3::*
        fields: PolicyDocument
    channels: [${helpdesk}, ${incidents}]
  bob:
    questions: [where]
    accounts: "*"
    types: "*"
`

let database: Database
let double: SlackDouble
let served: Served
let ada: string
let eve: string
let helpdesk: string
let incidents: string
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
  await record(database, [
    observed(
      { type: 'AWS::S3::Bucket', id: 'secretive', name: 'secretive', config: { PolicyDocument: 'top-secret' } },
      EXAMPLE_NOW - 60_000,
    ),
  ])
  await askingOf(database).search.indexPending(new AbortController().signal)
  double = await openSlackDouble()
  ada = double.users.get('ada') ?? ''
  eve = double.users.get('eve') ?? ''
  helpdesk = double.channels.get('helpdesk') ?? ''
  incidents = double.channels.get('incidents') ?? ''
  double.groups = [{ id: SUPPORT, users: [ada] }]
  served = await serve(database, double, {
    policy: policyFor(helpdesk, incidents),
    alsoTo: { bucket: incidents },
    settings: { publicUrl: 'https://cadastre.example.com' },
  })
})
afterAll(async () => {
  await served[Symbol.asyncDispose]()
  await double[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => {
  double.calls.length = 0
  double.waited.clear()
})

const asAda = (fields: Readonly<Record<string, string>> = {}) => ({ user_id: ada, channel_id: helpdesk, ...fields })
const asEve = () => ({ user_id: eve, user_name: 'eve', channel_id: helpdesk })

describe('a command', () => {
  test('is answered to the asker alone: the fact, then account, owner, age and source, then buttons', async () => {
    const { body } = await served.command('where 10.12.7.31', asAda())
    expect(body).toMatchObject({ response_type: 'ephemeral', unfurl_links: false, link_names: false })
    expect(MessageBlocks.safeParse(body.blocks).error).toBeUndefined()
    const [fact = '', ...rest] = textOf(body.blocks).split('\n')
    expect(fact).toContain('10.12.7.31 is EC2 Instance web-2')
    expect(rest.join('\n')).toMatch(/account: shop-prod.*owner: shop.*seen: .*source: scan/s)
    expect(labelsOf(body.blocks)).toEqual(['History', 'Neighbours', 'Share'])
  })

  test('for one question alone needs no name of it', async () => {
    for (const command of ['/where', '/cloud-where']) {
      const { body } = await served.command('10.12.7.31', asAda({ command }))
      expect(textOf(body.blocks)).toContain('web-2')
    }
  })

  test('without words brings help, with what may be asked and how', async () => {
    const { body } = await served.command('', asAda())
    const text = textOf(body.blocks)
    expect(text).toContain('/cloud where 10.12.7.31')
    expect(text).toContain('bucket: ')
    expect(text).not.toContain('audit')
  })

  test('that nobody knows, or that does not fit, says what to do', async () => {
    const unknown = await served.command('wehre 10.12.7.31', asAda())
    expect(textOf(unknown.body.blocks)).toContain('did you mean where?')
    const wrong = await served.command('where 10.12.7.31 --at soon', asAda())
    expect(textOf(wrong.body.blocks)).toContain('a time such as')
  })

  test('by somebody without a grant is denied with what to do, and one that is not granted says what is', async () => {
    const nobody = await served.command('where 10.12.7.31', asEve())
    expect(textOf(nobody.body.blocks)).toContain(
      `ask whoever runs Cadastre to name slack-user:${eve} in the access policy`,
    )
    const other = await served.command('key AKIAQAAAAAAAAADA0001', asAda())
    expect(textOf(other.body.blocks)).toContain('you may not ask key; you may ask')
    expect(labelsOf(other.body.blocks)).toEqual([])
  })

  test('about what is hidden is answered like one about what does not exist', async () => {
    const hidden = await served.command('where Z0000000EXAMPLE', asAda())
    const absent = await served.command('where Z0000000EXAMPLX', asAda())
    const told = ({ body }: { body: unknown }, name: string) => JSON.stringify(body).replaceAll(name, 'NAME')
    expect(told(hidden, 'Z0000000EXAMPLE')).toBe(told(absent, 'Z0000000EXAMPLX'))
    expect(textOf(hidden.body.blocks)).toContain('Z0000000EXAMPLE')
  })

  test('shows of hidden fields that they are', async () => {
    const { body } = await served.command('asset secretive --config', asAda())
    expect(JSON.stringify(body)).not.toContain('top-secret')
    expect(textOf(body.blocks)).toMatch(/hidden by the access policy/)
  })

  test('is posted in the channel that is configured for its question, without buttons, where the policy lets it', async () => {
    await served.command('bucket invoices', asAda())
    const { body } = await double.next('chat.postMessage')
    expect(body.channel).toBe(incidents)
    expect(textOf(body.blocks)).toContain('invoices')
    expect(labelsOf(body.blocks)).toEqual([])
  })

  test('from another workspace is refused, whatever its people are called here', async () => {
    const { counts } = served.slack
    const refused = counts.refused
    const { body } = await served.command('where 10.12.7.31', asAda({ team_id: 'T0FOREIGN' }))
    expect(textOf(body.blocks)).toBe('Only people of the workspace that Cadastre belongs to are answered.')
    expect(counts.refused).toBe(refused + 1)
  })
})

describe('buttons', () => {
  const buttonOf = async (label: string, text: string) => {
    const { body } = await served.command(text, asAda())
    const action = actionsOf(body.blocks).find(button => button.text.text.startsWith(label))
    if (action === undefined) throw new Error(`no ${label} among ${labelsOf(body.blocks).join(', ')}`)
    return action
  }

  test('History and Neighbours answer, to whoever clicked, below what is there', async () => {
    for (const [label, words] of [
      ['History', /versions?|since/],
      ['Neighbours', /Refers to/],
    ] as const) {
      const action = await buttonOf(label, 'where 10.12.7.31')
      const { body } = await served.click({ user: ada, channel: helpdesk, action })
      expect(body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
      expect(textOf(body.blocks)).toMatch(words)
      expect(textOf(body.blocks)).toContain('web-2')
    }
  })

  test('Share posts for all to read, asked anew as whoever clicked', async () => {
    const action = await buttonOf('Share', 'where 10.12.7.31')
    const shared = await served.click({ user: ada, channel: helpdesk, action })
    expect(shared.body.response_type).toBe('in_channel')
    expect(textOf(shared.body.blocks)).toContain('web-2')
    const denied = await served.click({ user: eve, channel: helpdesk, action, isEphemeral: false })
    expect(denied.body.response_type).toBe('ephemeral')
    expect(textOf(denied.body.blocks)).not.toContain('web-2')
  })

  test('Share is neither offered nor done where the policy does not let answers be posted', async () => {
    const offered = await served.command('where 10.12.7.31', asAda({ channel_id: 'C0ELSEWHERE' }))
    expect(labelsOf(offered.body.blocks)).not.toContain('Share')
    const action = await buttonOf('Share', 'where 10.12.7.31')
    const { body } = await served.click({ user: ada, channel: 'C0ELSEWHERE', action })
    expect(body.response_type).toBe('ephemeral')
    expect(textOf(body.blocks)).toContain('does not let this answer be posted here')
  })

  test('Refresh now has the cloud read, and takes the place of what only the asker saw', async () => {
    const asked: boolean[] = []
    await using live = await serve(database, double, {
      policy: policyFor(helpdesk, incidents).replace('    channels:', '    live: true\n    channels:'),
      answer: {
        answer({ question, input, asking, isLiveForced }) {
          asked.push(isLiveForced)
          return question.answer(input, asking)
        },
      },
    })
    const { body } = await live.command('where 10.12.7.31', asAda())
    const action = actionsOf(body.blocks).find(({ text }) => text.text === 'Refresh now')
    if (action === undefined) throw new Error(labelsOf(body.blocks).join())
    const refreshed = await live.click({ user: ada, channel: helpdesk, action })
    expect(refreshed.body).toMatchObject({ response_type: 'ephemeral', replace_original: true })
    const posted = await live.click({ user: ada, channel: helpdesk, action, isEphemeral: false })
    expect(posted.body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
    expect(asked).toEqual([false, true, true])
  })

  test('pages go on where the message ended, and the whole is sent as a file to whoever clicked', async () => {
    const next = await buttonOf('Next (2 of', 'changes --limit 100 --since 60d')
    const page = await served.click({ user: ada, channel: helpdesk, action: next })
    expect(textOf(page.body.blocks)).toContain('Part 2 of')
    const file = await buttonOf('All of it as a file', 'changes --limit 100 --since 60d')
    const asking = served.click({ user: ada, channel: helpdesk, action: file })
    asking.catch(() => {})
    const completed = await double.next('files.completeUploadExternal')
    expect(completed.reply.ok).toBe(true)
    const opened = await double.next('conversations.open')
    expect(opened.body.users).toBe(ada)
    expect(completed.body.channel_id).toBe(opened.reply.channel.id)
    const { url_private: url } = completed.reply.files[0]
    const uploaded = await fetch(url, { headers: { authorization: `Bearer ${BOT_TOKEN}` } })
    const text = await uploaded.text()
    expect(text).toContain('web-2')
    expect(text.split('\n').length).toBeGreaterThan(20)
  })

  test('of other apps, and what was tampered with, ask nothing', async () => {
    const { counts } = served.slack
    const asked = counts.asked
    const elsewhere = { action_id: 'other.app', value: 'where 10.12.7.31' }
    const responseUrl = `${double.url}/actions/never`
    const body = clickBody({ user: ada, channel: helpdesk, responseUrl, action: elsewhere })
    expect((await served.post(signed(body))).status).toBe(404)
    expect(counts.asked).toBe(asked)
  })
})

describe('events', () => {
  test('a mention in plain words is answered to whoever wrote, in their thread', async () => {
    const text = `<@${BOT_USER}> where is <http://10.12.7.31|10.12.7.31>?`
    await served.event({ type: 'app_mention', user: ada, channel: helpdesk, text, ts: '10.1', thread_ts: '9.1' })
    const { body, reply } = await double.next('chat.postEphemeral')
    expect(reply.ok).toBe(true)
    expect(body).toMatchObject({ channel: helpdesk, user: ada, thread_ts: '9.1' })
    expect(textOf(body.blocks)).toContain('web-2')
  })

  test('a direct message is answered there; what apps write and what is edited is not', async () => {
    const opened = await fetch(`${double.url}/api/conversations.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: `users=${ada}`,
    })
    const { channel } = (await opened.json()) as { channel: { id: string } }
    const direct = { type: 'message', channel_type: 'im', user: ada, channel: channel.id }
    await served.event({ ...direct, text: 'x', bot_id: 'B1', ts: '11.1' })
    await served.event({ ...direct, text: 'x', subtype: 'message_changed', ts: '11.2' })
    await served.event({ ...direct, channel_type: 'channel', text: 'where is 10.12.7.31', ts: '11.3' })
    await settle()
    expect(double.called('chat.postMessage')).toEqual([])
    await served.event({ ...direct, text: 'where is 10.12.7.31', ts: '11.4' })
    const { body, reply } = await double.next('chat.postMessage')
    expect(reply.ok).toBe(true)
    expect(body.channel).toBe(channel.id)
    expect(textOf(body.blocks)).toContain('web-2')
  })

  test('a link to an asset unfolds where the answer may be posted, and nowhere else', async () => {
    const url = 'https://cadastre.example.com/v1/asset?asset=web-2'
    const links = [{ domain: 'cadastre.example.com', url }, { url: 'https://evil.example/v1/asset?asset=web-2' }]
    const shared = { type: 'link_shared', user: ada, message_ts: '12.1', links }
    await served.event({ ...shared, channel: 'C0ELSEWHERE' })
    await served.event({ ...shared, channel: helpdesk, user: eve })
    await served.event({ ...shared, channel: helpdesk, source: 'composer' })
    await served.event({ ...shared, channel: helpdesk, user_team: 'T0FOREIGN' })
    await settle()
    expect(double.called('chat.unfurl')).toEqual([])
    await served.event({ ...shared, channel: helpdesk })
    const { body } = await double.next('chat.unfurl')
    expect(body).toMatchObject({ channel: helpdesk, ts: '12.1' })
    expect(Object.keys(body.unfurls)).toEqual([url])
    expect(textOf(body.unfurls[url].blocks)).toContain('web-2')
  })
})

test('what is asked is logged with who asked and in which channel', async () => {
  await served.command('bucket invoices', asAda())
  await served.asking.log.settled()
  const rows = await database.query<{ principal: string; source: string }>(
    `select * from question_log where surface = 'slack' and question = 'bucket' and principal like 'slack:T%'`,
  )
  expect(JSON.stringify(rows)).toContain(`slack:T000000001:${ada}`)
  expect(JSON.stringify(rows)).toContain(helpdesk)
})

test('nothing went wrong that nobody saw', () => {
  expect(served.faults).toEqual([])
  expect(served.slack.counts.dropped).toBe(0)
})

/** Long enough for what was asked to be answered, if it was. */
const settle = () => new Promise(resolve => setTimeout(resolve, 250))

interface Action {
  readonly action_id: string
  readonly value: string
  readonly text: { readonly text: string }
}

function actionsOf(blocks: readonly { readonly type: string; readonly elements?: readonly Action[] }[]): Action[] {
  return blocks.filter(({ type }) => type === 'actions').flatMap(({ elements = [] }) => elements)
}

function labelsOf(blocks: Parameters<typeof actionsOf>[0]): string[] {
  return actionsOf(blocks).map(({ text }) => text.text)
}
