import { setTimeout as wait } from 'node:timers/promises'
import { Fault, messageOf } from '../../model/fault.ts'
import { nowAndThen } from '../cli/now-and-then.ts'
import { type Handler, type Routes, refuse } from '../http/server.ts'
import { noCounts, type SlackCounts } from './counts.ts'
import type { SlackSettings } from './settings.ts'
import type { Slack, SlackParts } from './slack.ts'

export interface ServedSlack extends AsyncDisposable {
  /** Where Slack posts to; none with Socket Mode. */
  readonly routes: Routes
  /** Since the process began. */
  readonly counts: Readonly<SlackCounts>
}

/** How long between tries while Slack does not answer at the start, in milliseconds. */
const AGAIN_MS = 15_000
const RETRY_AFTER_SECONDS = 15

/**
 * Slack beside whatever else a process serves. Throws a Fault where its tokens are wrong; where Slack does not answer, it is tried again
 * behind everything else. What Bolt is made of is loaded here and nowhere before.
 */
export async function serveSlack(parts: Omit<SlackParts, 'counts'>): Promise<ServedSlack> {
  const { openSlack } = await import('./slack.ts')
  const { onFault, settings } = parts
  // While Slack is away, every answer would say so.
  const note = nowAndThen(parts.note, parts.now)
  const counts = noCounts()
  const closing = new AbortController()
  let slack: Slack | undefined
  const open = async () => {
    slack = await openSlack({ ...parts, note, counts })
    note(`answering in Slack: ${slack.name}`)
  }
  let opening: Promise<void> = Promise.resolve()
  try {
    await open()
  } catch (error) {
    if (!isAway(error)) throw error
    note(`${messageOf(error)}: it is tried again every ${AGAIN_MS / 1000} s`)
    opening = openLater(open, closing.signal).catch(onFault)
  }
  const handle: Handler = (request, response, signal) => {
    if (slack?.handle !== undefined) return slack.handle(request, response, signal)
    response.setHeader('retry-after', String(RETRY_AFTER_SECONDS))
    refuse(request, response, 503, 'not connected to Slack yet')
  }
  return {
    routes: routesOf(settings, handle),
    counts,
    async [Symbol.asyncDispose]() {
      closing.abort()
      await opening
      await slack?.[Symbol.asyncDispose]()
    },
  }
}

function routesOf({ appToken }: SlackSettings, handle: Handler): Routes {
  return appToken === undefined ? { 'POST /slack/events': handle } : {}
}

function isAway(error: unknown): boolean {
  return error instanceof Fault && error.code === 'retry'
}

async function openLater(open: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await wait(AGAIN_MS, undefined, { signal })
    } catch {
      return
    }
    try {
      return await open()
    } catch (error) {
      if (!isAway(error)) throw error
    }
  }
}
