import { describe, expect, test } from 'vitest'
import { actionsOf, labelsOf, useHelpdesk } from './helpdesk.ts'
import { serve } from './served.ts'
import { clickBody, signed } from './signed.ts'
import { BOT_TOKEN } from './slack-double.ts'
import { textOf } from './text-of.ts'

const desk = useHelpdesk()

describe('buttons', () => {
  const buttonOf = async (label: string, text: string) => {
    const { body } = await desk.served.command(text, desk.asAda())
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
      const { body } = await desk.served.click({ user: desk.ada, channel: desk.channel, action })
      expect(body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
      expect(textOf(body.blocks)).toMatch(words)
      expect(textOf(body.blocks)).toContain('web-2')
    }
  })

  test('Share posts for all to read, asked anew as whoever clicked', async () => {
    const action = await buttonOf('Share', 'where 10.12.7.31')
    const shared = await desk.served.click({ user: desk.ada, channel: desk.channel, action })
    expect(shared.body.response_type).toBe('in_channel')
    expect(textOf(shared.body.blocks)).toContain('web-2')
    const denied = await desk.served.click({ user: desk.eve, channel: desk.channel, action, isEphemeral: false })
    expect(denied.body.response_type).toBe('ephemeral')
    expect(textOf(denied.body.blocks)).not.toContain('web-2')
  })

  test('Share is neither offered nor done where the policy does not let answers be posted', async () => {
    const offered = await desk.served.command('where 10.12.7.31', desk.asAda({ channel_id: 'C0ELSEWHERE' }))
    expect(labelsOf(offered.body.blocks)).not.toContain('Share')
    const action = await buttonOf('Share', 'where 10.12.7.31')
    const { body } = await desk.served.click({ user: desk.ada, channel: 'C0ELSEWHERE', action })
    expect(body.response_type).toBe('ephemeral')
    expect(textOf(body.blocks)).toContain('does not let this answer be posted here')
  })

  test('Refresh now has the cloud read, and takes the place of what only the asker saw', async () => {
    const asked: boolean[] = []
    await using live = await serve(desk.database, desk.double, {
      policy: desk.policy.replace('    channels:', '    live: true\n    channels:'),
      answer: {
        answer({ question, input, asking, isLiveForced }) {
          asked.push(isLiveForced)
          return question.answer(input, asking)
        },
      },
    })
    const { body } = await live.command('where 10.12.7.31', desk.asAda())
    const action = actionsOf(body.blocks).find(({ text }) => text.text === 'Refresh now')
    if (action === undefined) throw new Error(labelsOf(body.blocks).join())
    const refreshed = await live.click({ user: desk.ada, channel: desk.channel, action })
    expect(refreshed.body).toMatchObject({ response_type: 'ephemeral', replace_original: true })
    const posted = await live.click({ user: desk.ada, channel: desk.channel, action, isEphemeral: false })
    expect(posted.body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
    expect(asked).toEqual([false, true, true])
  })

  test('pages go on where the message ended, and the whole is sent as a file to whoever clicked', async () => {
    const next = await buttonOf('Next (2 of', 'changes --limit 100 --since 60d')
    const page = await desk.served.click({ user: desk.ada, channel: desk.channel, action: next })
    expect(textOf(page.body.blocks)).toContain('Part 2 of')
    const file = await buttonOf('All of it as a file', 'changes --limit 100 --since 60d')
    const asking = desk.served.click({ user: desk.ada, channel: desk.channel, action: file })
    asking.catch(() => {})
    const completed = await desk.double.next('files.completeUploadExternal')
    expect(completed.reply.ok).toBe(true)
    const opened = await desk.double.next('conversations.open')
    expect(opened.body.users).toBe(desk.ada)
    expect(completed.body.channel_id).toBe(opened.reply.channel.id)
    const { url_private: url } = completed.reply.files[0]
    const uploaded = await fetch(url, { headers: { authorization: `Bearer ${BOT_TOKEN}` } })
    const text = await uploaded.text()
    expect(text).toContain('web-2')
    expect(text.split('\n').length).toBeGreaterThan(20)
  })

  test('of other apps, and what was tampered with, ask nothing', async () => {
    const { counts } = desk.served.slack
    const asked = counts.asked
    const elsewhere = { action_id: 'other.app', value: 'where 10.12.7.31' }
    const responseUrl = `${desk.double.url}/actions/never`
    const body = clickBody({ user: desk.ada, channel: desk.channel, responseUrl, action: elsewhere })
    expect((await desk.served.post(signed(body))).status).toBe(404)
    expect(counts.asked).toBe(asked)
  })
})
