import { describe, expect, test } from 'vitest'
import { settle, useHelpdesk } from './helpdesk.ts'
import { BOT_TOKEN, BOT_USER } from './slack-double.ts'
import { textOf } from './text-of.ts'

const desk = useHelpdesk()

describe('events', () => {
  test('a mention in plain words is answered to whoever wrote, in their thread', async () => {
    const text = `<@${BOT_USER}> where is <http://10.12.7.31|10.12.7.31>?`
    await desk.served.event({
      type: 'app_mention',
      user: desk.ada,
      channel: desk.channel,
      text,
      ts: '10.1',
      thread_ts: '9.1',
    })
    const { body, reply } = await desk.double.next('chat.postEphemeral')
    expect(reply.ok).toBe(true)
    expect(body).toMatchObject({ channel: desk.channel, user: desk.ada, thread_ts: '9.1' })
    expect(textOf(body.blocks)).toContain('web-2')
  })

  test('a direct message is answered there; what apps write and what is edited is not', async () => {
    const opened = await fetch(`${desk.double.url}/api/conversations.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: `users=${desk.ada}`,
    })
    const { channel } = (await opened.json()) as { channel: { id: string } }
    const direct = { type: 'message', channel_type: 'im', user: desk.ada, channel: channel.id }
    await desk.served.event({ ...direct, text: 'x', bot_id: 'B1', ts: '11.1' })
    await desk.served.event({ ...direct, text: 'x', subtype: 'message_changed', ts: '11.2' })
    await desk.served.event({ ...direct, channel_type: 'channel', text: 'where is 10.12.7.31', ts: '11.3' })
    await settle()
    expect(desk.double.called('chat.postMessage')).toEqual([])
    await desk.served.event({ ...direct, text: 'where is 10.12.7.31', ts: '11.4' })
    const { body, reply } = await desk.double.next('chat.postMessage')
    expect(reply.ok).toBe(true)
    expect(body.channel).toBe(channel.id)
    expect(textOf(body.blocks)).toContain('web-2')
  })

  test('a link to an asset unfolds where the answer may be posted, and nowhere else', async () => {
    const url = 'https://cadastre.example.com/v1/asset?asset=web-2'
    const links = [{ domain: 'cadastre.example.com', url }, { url: 'https://evil.example/v1/asset?asset=web-2' }]
    const shared = { type: 'link_shared', user: desk.ada, message_ts: '12.1', links }
    await desk.served.event({ ...shared, channel: 'C0ELSEWHERE' })
    await desk.served.event({ ...shared, channel: desk.channel, user: desk.eve })
    await desk.served.event({ ...shared, channel: desk.channel, source: 'composer' })
    await desk.served.event({ ...shared, channel: desk.channel, user_team: 'T0FOREIGN' })
    await settle()
    expect(desk.double.called('chat.unfurl')).toEqual([])
    await desk.served.event({ ...shared, channel: desk.channel })
    const { body } = await desk.double.next('chat.unfurl')
    expect(body).toMatchObject({ channel: desk.channel, ts: '12.1' })
    expect(Object.keys(body.unfurls)).toEqual([url])
    expect(textOf(body.unfurls[url].blocks)).toContain('web-2')
  })
})
