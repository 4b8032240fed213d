import { type types, webApi } from '@slack/bolt'
import { messageOf } from '../../model/fault.ts'
import type { Attempt, Outbox, Sent } from './outbox.ts'

export type Blocks = types.KnownBlock[]

/** Slack's own faults among what its methods answer: https://docs.slack.dev/reference/methods (common errors). */
const AWAY: ReadonlySet<string> = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])
const CALL_MS_MAX = 10_000

export interface WebApiParts {
  readonly token: string
  /** `https://slack.com/api/`, or what stands for it. */
  readonly url: string | undefined
  readonly outbox: Outbox
  readonly logger: webApi.Logger
}

/** Slack's methods, each call in the line of its method: see Outbox. */
export class WebApi {
  readonly client: webApi.WebClient
  readonly #outbox: Outbox

  constructor({ token, url, outbox, logger }: WebApiParts) {
    this.#outbox = outbox
    this.client = new webApi.WebClient(token, {
      ...(url !== undefined && { slackApiUrl: url }),
      // Tries and pauses are the outbox's, whose lines are bounded.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: CALL_MS_MAX,
      logger,
    })
  }

  /** Never rejects. */
  send<Value>(method: string, call: (client: webApi.WebClient) => Promise<Value>): Promise<Sent<Value>> {
    return this.#outbox.send(method, () => this.attempt(method, call))
  }

  /** Once, and never rejects. */
  async attempt<Value>(method: string, call: (client: webApi.WebClient) => Promise<Value>): Promise<Attempt<Value>> {
    try {
      return { kind: 'sent', value: await call(this.client) }
    } catch (error) {
      return attemptOf(method, error)
    }
  }
}

/** What an error of Slack's client means. */
export function attemptOf(method: string, error: unknown): Attempt<never> {
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 }
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: code, needed } = error.data as { readonly error: string; readonly needed?: string }
    const scope = needed === undefined ? '' : ` (the app needs the scope ${needed})`
    const reason = `Slack refuses ${method}: ${code}${scope}`
    return AWAY.has(code) ? { kind: 'away', reason } : { kind: 'refused', reason }
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const reason = `Slack answers ${method} with status ${error.statusCode}`
    return { kind: error.statusCode < 500 ? 'refused' : 'away', reason }
  }
  return { kind: 'away', reason: `Slack does not answer ${method}: ${messageOf(error)}` }
}
