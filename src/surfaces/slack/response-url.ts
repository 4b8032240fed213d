import { messageOf as reasonOf } from '../../model/fault.ts'
import type { SlackMessage } from './message-blocks.ts'
import type { Attempt } from './outbox.ts'

/** Where Slack takes answers to commands and clicks: five times within 30 minutes. */
const HOSTS: ReadonlySet<string> = new Set(['hooks.slack.com', 'hooks.slack-gov.com'])
const RESPOND_MS_MAX = 10_000
const REASON_CHARACTERS_MAX = 200
/** Where a limit does not say when to come again, in milliseconds. */
const LIMITED_MS = 1_000

export interface Response {
  readonly message: SlackMessage
  readonly audience: 'asker' | 'channel'
  /** In the place of the message whose button was clicked. */
  readonly isReplacing: boolean
}

/** Whether answers may go there: nobody is to make us post elsewhere. `own`: where a simulator of Slack is. */
export function isResponseUrl(url: string, own: string | undefined): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, hostname } = new URL(url)
  if (own !== undefined) return hostname === new URL(own).hostname
  return protocol === 'https:' && HOSTS.has(host)
}

/** One post to a `response_url`. Never rejects. */
export async function respond(url: string, response: Response, signal: AbortSignal): Promise<Attempt<undefined>> {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(payloadOf(response)),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(RESPOND_MS_MAX)]),
    })
    const text = (await reply.text()).slice(0, REASON_CHARACTERS_MAX)
    if (reply.ok) return { kind: 'sent', value: undefined }
    if (reply.status === 429) return { kind: 'limited', retryAfterMs: retryAfterMsOf(reply.headers) }
    const reason = `Slack answers response_url with status ${reply.status}: ${text}`
    return reply.status >= 500 ? { kind: 'away', reason } : { kind: 'refused', reason }
  } catch (error) {
    return { kind: 'away', reason: `Slack does not answer response_url: ${reasonOf(error)}` }
  }
}

function payloadOf({ message, audience, isReplacing }: Response): object {
  return {
    ...message,
    response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
    replace_original: isReplacing,
    ...UNFOLDING_NOTHING,
  }
}

/** Nothing in a message is a link that Slack is to look into, or the name of somebody to be told. */
export const UNFOLDING_NOTHING = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' } as const

function retryAfterMsOf(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.max(seconds * 1000, 1) : LIMITED_MS
}
