import { setTimeout as wait } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import { Fault } from '../../model/fault.ts'
import { within } from '../chat/within.ts'
import { attemptOf } from './web-api.ts'

type Client = SocketModeReceiver['client']

export interface SocketLinkParts {
  readonly client: Client
  /** Pauses after one failure, two, and so on; the last one holds for all that follow. */
  readonly pausesMs?: readonly number[]
  note(text: string): void
}

const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000]
/** Asking where to connect, connecting, and being greeted. */
const CONNECT_MS_MAX = 30_000
/** Whoever starts this is told of a wrong token, but does not wait for Slack for longer than that. */
const FIRST_MS_MAX = 10_000

/**
 * The connection of Socket Mode, made anew whenever it ends, which is about once an hour. The client does so by itself, too, but gives up for
 * ever, and takes the process with it, at the first reply that it takes for final: of a Slack that is away, or of a token that is revoked.
 */
export class SocketLink implements AsyncDisposable {
  readonly #parts: SocketLinkParts
  readonly #closing = new AbortController()
  #keeping: Promise<void> = Promise.resolve()

  constructor(parts: SocketLinkParts) {
    this.#parts = parts
  }

  /** Throws a Fault where the token does not hold; where Slack is away, it is tried again from here on. */
  async open(): Promise<void> {
    let told: (problem: string | undefined) => void = () => {}
    const first = new Promise<string | undefined>(resolve => {
      told = resolve
    })
    this.#keeping = this.#keep(told)
    const problem = await within(FIRST_MS_MAX, first)
    if (problem === undefined) return
    await this[Symbol.asyncDispose]()
    throw new Fault(
      'operator',
      `${problem}: SLACK_APP_TOKEN has to be an app-level token (xapp-…) with the scope connections:write, and Socket Mode switched on`,
    )
  }

  /** `onFirst`: what the first try was refused for, or undefined. */
  async #keep(onFirst: (problem: string | undefined) => void): Promise<void> {
    const { note, pausesMs = PAUSES_MS } = this.#parts
    const { signal } = this.#closing
    let failures = 0
    while (!signal.aborted) {
      const ended = await this.#connection(() => {
        failures = 0
        onFirst(undefined)
      })
      if (signal.aborted) return
      if (ended === undefined) continue
      if (ended.isRefused) onFirst(ended.reason)
      note(`not connected to Slack: ${ended.reason}`)
      const ms = pausesMs[Math.min(failures++, pausesMs.length - 1)]
      await wait(ms, undefined, { signal }).catch(() => {})
    }
  }

  /** One connection, to its end. Undefined: it was made. */
  async #connection(onMade: () => void): Promise<{ reason: string; isRefused: boolean } | undefined> {
    const { client } = this.#parts
    let end = () => {}
    const ended = new Promise<void>(resolve => {
      end = resolve
    })
    client.once('disconnected', end)
    this.#closing.signal.addEventListener('abort', end)
    try {
      if (
        (await within(
          CONNECT_MS_MAX,
          client.start().then(() => true),
        )) === undefined
      ) {
        client.disconnect().catch(() => {})
        return { reason: `there was no greeting in ${CONNECT_MS_MAX / 1000} s`, isRefused: false }
      }
      onMade()
      await ended
      return undefined
    } catch (error) {
      const attempt = attemptOf('apps.connections.open', error)
      const reason = 'reason' in attempt ? attempt.reason : 'Slack limits apps.connections.open'
      return { reason, isRefused: attempt.kind === 'refused' }
    } finally {
      client.off('disconnected', end)
      this.#closing.signal.removeEventListener('abort', end)
    }
  }

  async [Symbol.asyncDispose]() {
    this.#closing.abort()
    await within(FIRST_MS_MAX, Promise.all([this.#parts.client.disconnect(), this.#keeping]))
  }
}
