import { setTimeout as wait } from 'node:timers/promises'
import { within } from '../chat/within.ts'

/** How one try to send something ended. */
export type Attempt<Value> =
  | { readonly kind: 'sent'; readonly value: Value }
  /** 429: nothing of this method before that. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** Slack is away, or has a fault of its own: to be tried again. */
  | { readonly kind: 'away'; readonly reason: string }
  /** It will not be taken, however often it is tried. */
  | { readonly kind: 'refused'; readonly reason: string }

export type Sent<Value> =
  | { readonly kind: 'sent'; readonly value: Value }
  | { readonly kind: 'dropped'; readonly reason: string }

export interface OutboxParts {
  /** Pauses between tries while Slack is away; there are as many tries as these and one. A `response_url` works five times. */
  readonly pausesMs?: readonly number[]
  now(): number
  onLimited?(method: string, retryAfterMs: number): void
}

/** Calls of one method that are under way at once, and all that are not sent yet, those that pause included. */
const AT_ONCE_MAX = 32
const PENDING_MAX = 1_000
const PAUSES_MS = [1_000, 10_000, 60_000, 300_000]
/** What is on its way when this is closed has that long to arrive. */
const GRACE_MS = 2_000
/** A `response_url` works for 30 minutes. */
const KEEP_MS = 29 * 60_000

interface Line {
  pending: number
  underWay: number
  /** Milliseconds since 1970: Slack said not to come before. */
  pausedUntil: number
  readonly waiting: (() => void)[]
}

/**
 * What is sent to Slack: by method, a few at once, in bounded lines, as often as Slack lets us. Closing waits for what is on its way, and drops
 * what would take longer.
 */
export class Outbox implements AsyncDisposable {
  readonly #parts: OutboxParts
  readonly #lines = new Map<string, Line>()
  readonly #closing = new AbortController()
  readonly #sending = new Set<Promise<unknown>>()

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  /** Never rejects. What is dropped says why. */
  send<Value>(method: string, attempt: (signal: AbortSignal) => Promise<Attempt<Value>>): Promise<Sent<Value>> {
    const sending = this.#send(method, attempt).finally(() => this.#sending.delete(sending))
    this.#sending.add(sending)
    return sending
  }

  async #send<Value>(method: string, attempt: (signal: AbortSignal) => Promise<Attempt<Value>>): Promise<Sent<Value>> {
    const line = this.#lineOf(method)
    if (line.pending >= PENDING_MAX) return dropped(`${PENDING_MAX} others wait for ${method}`)
    line.pending++
    try {
      return await this.#try(method, line, attempt)
    } finally {
      line.pending--
    }
  }

  async #try<Value>(
    method: string,
    line: Line,
    attempt: (signal: AbortSignal) => Promise<Attempt<Value>>,
  ): Promise<Sent<Value>> {
    const { now, onLimited, pausesMs = PAUSES_MS } = this.#parts
    const { signal } = this.#closing
    const until = now() + KEEP_MS
    let pauses = 0
    while (!signal.aborted) {
      const pauseMs = line.pausedUntil - now()
      if (now() + pauseMs > until) return dropped(`Slack takes ${method} too late`)
      if (pauseMs > 0) {
        await pause(pauseMs, signal)
        continue
      }
      const ended = await inTurn(line, () => attempt(signal))
      if (ended.kind === 'sent') return ended
      if (ended.kind === 'refused') return dropped(ended.reason)
      if (ended.kind === 'limited') {
        line.pausedUntil = Math.max(line.pausedUntil, now() + ended.retryAfterMs)
        onLimited?.(method, ended.retryAfterMs)
        continue
      }
      const next = pausesMs[pauses++]
      if (next === undefined || now() + next > until) return dropped(ended.reason)
      // Others have their turn meanwhile.
      await pause(next, signal)
    }
    return dropped('Cadastre is stopping')
  }

  #lineOf(method: string): Line {
    const known = this.#lines.get(method)
    if (known !== undefined) return known
    const line = { pending: 0, underWay: 0, pausedUntil: 0, waiting: [] }
    this.#lines.set(method, line)
    return line
  }

  async [Symbol.asyncDispose]() {
    await within(GRACE_MS, Promise.all(this.#sending))
    this.#closing.abort()
    await Promise.all(this.#sending)
  }
}

/** A turn is handed on by whoever ends; only a new one counts. */
async function inTurn<Ended>(line: Line, act: () => Promise<Ended>): Promise<Ended> {
  if (line.underWay < AT_ONCE_MAX) line.underWay++
  else await new Promise<void>(resolve => line.waiting.push(resolve))
  try {
    return await act()
  } finally {
    const next = line.waiting.shift()
    if (next === undefined) line.underWay--
    else next()
  }
}

function dropped(reason: string): { readonly kind: 'dropped'; readonly reason: string } {
  return { kind: 'dropped', reason }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {})
}
