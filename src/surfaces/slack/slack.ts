import { App, type Receiver, SocketModeReceiver } from '@slack/bolt'
import type { Asker } from '../../access/asker.ts'
import { Fault } from '../../model/fault.ts'
import type { Conversation } from '../chat/chat.ts'
import { type Rate, RateLimit } from '../http/rate-limit.ts'
import type { Handler } from '../http/server.ts'
import { Answering } from './answering.ts'
import type { SlackCounts } from './counts.ts'
import { Delivery } from './delivery.ts'
import { Links } from './links.ts'
import { listen } from './listeners.ts'
import { loggerOf, SILENT } from './logger.ts'
import { Members } from './members.ts'
import { Outbox } from './outbox.ts'
import { SlackReceiver } from './receiver.ts'
import { Requests } from './requests.ts'
import { Seen } from './seen.ts'
import type { SlackSettings } from './settings.ts'
import { SocketLink } from './socket-link.ts'
import { UserGroups } from './user-groups.ts'
import { WebApi } from './web-api.ts'

export interface SlackParts {
  readonly settings: SlackSettings
  readonly asker: Pick<Asker, 'questionsFor'>
  readonly conversation: Conversation
  /** What one person may ask. */
  readonly rate: Rate
  readonly counts: SlackCounts
  now(): number
  /** What whoever runs this should know. */
  note(text: string): void
  onFault(error: unknown): void
}

export interface Slack extends AsyncDisposable {
  /** `My Company as cadastre, over Socket Mode` */
  readonly name: string
  /** Takes what Slack posts; undefined: it comes over Socket Mode. */
  readonly handle: Handler | undefined
}

/** Slack delivers events again for up to an hour. */
const REPEATED_MS = 65 * 60_000

/**
 * Connects to Slack. Throws a Fault: `operator` where a token is wrong, which says which; `retry` where Slack does not answer.
 */
export async function openSlack(parts: SlackParts): Promise<Slack> {
  const { settings, asker, conversation, rate, counts, now, note, onFault } = parts
  const outbox = new Outbox({
    now,
    onLimited(method, retryAfterMs) {
      counts.limited++
      note(`Slack limits ${method}: nothing is sent for ${Math.ceil(retryAfterMs / 1000)} s`)
    },
    ...(settings.pausesMs && { pausesMs: settings.pausesMs }),
  })
  const api = new WebApi({ token: settings.botToken, url: settings.apiUrl, outbox, logger: SILENT })
  const { team, teamName, user, userName, botId } = await identify(api)
  const closing = new AbortController()
  const { signal } = closing
  const groups = new UserGroups({ api, now, note })
  const members = new Members({ api, groups, teams: [team, ...settings.teams], now, note })
  const delivery = new Delivery({ api, outbox, counts, note })
  const answering = new Answering({ conversation, delivery, limit: new RateLimit(rate, now), counts, signal, now })
  const links = new Links({ asker, conversation, delivery, counts, publicUrl: settings.publicUrl, signal })
  const { command, apiUrl } = settings
  const seen = new Seen(REPEATED_MS, now)
  const shared = { delivery, members, counts, now, note }
  const requests = new Requests({ ...shared, answering, links, seen, command, botUser: user, apiUrl })
  const { receiver, http, link } = receiverOf(parts)
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: settings.botToken, botUserId: user, teamId: team, ...(botId && { botId }) }),
    convoStore: false,
    logger: loggerOf(note),
    ...(apiUrl !== undefined && { clientOptions: { slackApiUrl: apiUrl } }),
  })
  app.error(async error => onFault(error))
  listen(app, requests)
  // Who is in which group is known before the first one asks.
  groups.of(user).catch(onFault)
  await link?.open()
  return {
    name: `${teamName} as ${userName}${http === undefined ? ', over Socket Mode' : ''}`,
    handle: http?.handle,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await link?.[Symbol.asyncDispose]()
      await outbox[Symbol.asyncDispose]()
    },
  }
}

interface Receiving {
  readonly receiver: Receiver
  readonly http?: SlackReceiver
  readonly link?: SocketLink
}

/** Over Socket Mode where there is a token for it: then Slack posts nothing. */
function receiverOf({ settings, counts, now, note }: SlackParts): Receiving {
  const { appToken, signingSecret, apiUrl, pausesMs } = settings
  if (appToken === undefined) {
    const http = new SlackReceiver({ signingSecret: signingSecret ?? '', counts, now })
    return { receiver: http, http }
  }
  const clientOptions = {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  }
  const receiver = new SocketModeReceiver({
    ...{ appToken, logger: SILENT, installerOptions: { clientOptions } },
    // The link does that.
    autoReconnectEnabled: false,
  })
  return { receiver, link: new SocketLink({ client: receiver.client, note, ...(pausesMs && { pausesMs }) }) }
}

async function identify(api: WebApi) {
  const attempt = await api.attempt('auth.test', client => client.auth.test())
  if (attempt.kind === 'refused')
    throw new Fault(
      'operator',
      `${attempt.reason}: SLACK_BOT_TOKEN has to be the Bot User OAuth Token (xoxb-…) of the app, which is at "OAuth & Permissions"`,
    )
  if (attempt.kind !== 'sent')
    throw new Fault('retry', attempt.kind === 'away' ? attempt.reason : 'Slack limits auth.test')
  const { team_id: team = '', team: teamName = team, user_id: user = '', user: userName = user } = attempt.value
  return { team, teamName, user, userName, botId: attempt.value.bot_id }
}
