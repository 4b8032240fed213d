import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, type Receiver, verifySlackRequest } from '@slack/bolt'
import { bodyOf } from '../http/body.ts'
import { type Handler, problem, refuse } from '../http/server.ts'
import type { SlackCounts } from './counts.ts'
import { type Posted, parseBody } from './parse-body.ts'
import { Seen } from './seen.ts'

/** A click brings the message that it was made in, which may have 50 blocks of 3,000 characters. */
const BODY_BYTES_MAX = 1024 * 1024
/** What is not signed is not read, but for Slack's own checks of TLS. */
const UNSIGNED_BYTES_MAX = 1_024
/** Slack waits three seconds. What nobody took until then is nothing that we know. */
const ACKNOWLEDGE_MS_MAX = 2_500
/** Bolt refuses what is older; what is as far in the future would outlive the memory of signatures. */
const SKEW_MS_MAX = 5 * 60_000

export interface ReceiverParts {
  readonly signingSecret: string
  readonly counts: SlackCounts
  now(): number
}

/**
 * What Slack posts to `/slack/events`, for Bolt: commands, clicks and events, each signed by Slack within the last five minutes
 * (https://docs.slack.dev/authentication/verifying-requests-from-slack) and not seen before. Bolt's own receiver refuses no replays, and
 * opens a server of its own.
 */
export class SlackReceiver implements Receiver {
  readonly #parts: ReceiverParts
  readonly #signatures: Seen
  #app: App | undefined

  constructor(parts: ReceiverParts) {
    this.#parts = parts
    this.#signatures = new Seen(2 * SKEW_MS_MAX, parts.now)
  }

  init(app: App): void {
    this.#app = app
  }

  /** It listens where the HTTP API does. */
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  readonly handle: Handler = async (request, response) => {
    const { 'x-slack-signature': signature, 'content-length': length } = request.headers
    if (signature === undefined && !(Number(length) <= UNSIGNED_BYTES_MAX)) {
      this.#parts.counts.refused++
      return refuse(request, response, 401, 'there is no signature of Slack')
    }
    const text = await bodyOf(request, BODY_BYTES_MAX)
    if (text === undefined) return refuse(request, response, 413, `a body of at most ${BODY_BYTES_MAX} bytes`)
    // Slack asks now and then, without a signature, whether TLS works (https://docs.slack.dev/interactivity/implementing-slash-commands).
    if (/^(?:[^{].*&)?ssl_check=1(?:&|$)/s.test(text)) return void response.writeHead(200).end()
    const reason = this.#refusal(request, text)
    if (reason !== undefined) {
      this.#parts.counts.refused++
      return refuse(request, response, 401, reason)
    }
    const body = parseBody(request.headers['content-type'], text)
    if (body === undefined) return refuse(request, response, 400, 'neither a form nor a JSON object')
    if (body.type === 'url_verification') return sendText(response, String(body['challenge'] ?? ''))
    await this.#process(body, request, response)
  }

  /** Undefined: it is from Slack, now, for the first time. */
  #refusal({ headers }: IncomingMessage, body: string): string | undefined {
    const signature = headers['x-slack-signature']
    const timestamp = Number(headers['x-slack-request-timestamp'])
    const { signingSecret, now } = this.#parts
    if (typeof signature !== 'string' || !Number.isSafeInteger(timestamp) || timestamp <= 0)
      return 'there is no signature of Slack'
    if (timestamp * 1000 > now() + SKEW_MS_MAX)
      return 'the signature is of the future: see to the clock of this machine'
    try {
      verifySlackRequest({
        signingSecret,
        body,
        headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
        nowMilliseconds: now(),
      })
    } catch {
      return 'the signature is wrong or too old'
    }
    return this.#signatures.take(signature) ? undefined : 'this request came before'
  }

  async #process(body: Posted, { headers }: IncomingMessage, response: ServerResponse) {
    const unknown = () => {
      if (!response.headersSent) response.writeHead(404).end()
    }
    const late = setTimeout(unknown, ACKNOWLEDGE_MS_MAX)
    const retryNum = Number(headers['x-slack-retry-num'])
    try {
      await this.#app?.processEvent({
        body,
        ack: async () => {
          if (!response.headersSent) response.writeHead(200).end()
        },
        ...(Number.isSafeInteger(retryNum) && { retryNum }),
      })
      unknown()
    } catch {
      // What listeners throw is told by the app's error handler: here a body was of no form that Slack sends.
      if (!response.headersSent) problem(response, 400, 'nothing that Slack sends')
    } finally {
      clearTimeout(late)
    }
  }
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/plain' }).end(text)
}
