import { createHmac, randomUUID } from 'node:crypto'
import { TEAM } from './slack-double.ts'

export const SECRET = 'test-signing-secret'

export interface Signing {
  readonly secret?: string
  /** Milliseconds since 1970. */
  readonly at?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** What Slack signs, as it signs it: https://docs.slack.dev/authentication/verifying-requests-from-slack. */
export function signed(body: string, { secret = SECRET, at = Date.now(), headers = {} }: Signing = {}): RequestInit {
  const timestamp = String(Math.floor(at / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const isJson = body.startsWith('{')
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
      ...headers,
    },
  }
}

/** A slash command, as Slack posts it. */
export function commandBody(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams({
    ...{ token: 'legacy', team_id: TEAM, team_domain: 'example', channel_id: 'C1', channel_name: 'helpdesk' },
    ...{
      user_id: 'U1',
      user_name: 'ada',
      command: '/cloud',
      text: '',
      api_app_id: 'A1',
      is_enterprise_install: 'false',
    },
    trigger_id: `1.2.${randomUUID()}`,
    ...fields,
  }).toString()
}

export interface Click {
  readonly user: string
  readonly channel: string
  readonly responseUrl: string
  readonly action: { readonly action_id: string; readonly value?: string }
  readonly team?: string
  readonly isEphemeral?: boolean
}

/** A click on a button of a message, as Slack posts it. */
export function clickBody({ user, channel, responseUrl, action, team = TEAM, isEphemeral = true }: Click): string {
  return new URLSearchParams({
    payload: JSON.stringify({
      type: 'block_actions',
      team: { id: team, domain: 'example' },
      user: { id: user, username: 'ada', name: 'ada', team_id: team },
      api_app_id: 'A1',
      container: { type: 'message', message_ts: '1.2', channel_id: channel, is_ephemeral: isEphemeral },
      trigger_id: `1.2.${randomUUID()}`,
      channel: { id: channel, name: 'helpdesk' },
      response_url: responseUrl,
      actions: [{ type: 'button', block_id: 'b', action_ts: '1.2', ...action }],
    }),
  }).toString()
}

/** An event, as Slack posts it. */
export function eventBody(event: Readonly<Record<string, unknown>>, id: string = `Ev${randomUUID()}`): string {
  return JSON.stringify({
    ...{ token: 'legacy', team_id: TEAM, api_app_id: 'A1', type: 'event_callback', event_id: id },
    ...{ event_time: Math.floor(Date.now() / 1000), authorizations: [{ team_id: TEAM, is_bot: true }] },
    event: { ts: `${Date.now()}.${Math.floor(Math.random() * 1e6)}`, ...event },
  })
}
