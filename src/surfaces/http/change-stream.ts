import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Followed } from '../../questions/question.ts'
import { safeJson } from '../cli/safe.ts'
import { NDJSON, write } from './send.ts'

/*
 * What is followed, as CloudEvents 1.0 over server-sent events (WHATWG HTML 9.2), or as lines of JSON. Every event has an id: the position behind
 * it. Whoever gives the last one back (`Last-Event-ID`, or ?position=) gets what came after it, each change once. An id without data is a
 * position that was reached without anything to tell.
 */

export interface StreamOptions {
  readonly question: string
  readonly changes: AsyncIterator<Followed>
  /** What was followed when the stream was asked for. */
  readonly first: IteratorResult<Followed>
  /** What was before is told, too, where the asker says how much. */
  readonly tellsEarlier: boolean
  readonly signal: AbortSignal
  /** Whether the asker may go on; it is asked now and then. */
  isAdmitted(): Promise<boolean>
}

/** Proxies end what is silent for longer. */
const HEARTBEAT_MS = 15_000
const CHECK_MS = 2_000
/** When a browser comes again after the stream ended. */
const RETRY_MS = 2_000

/** Sends what becomes known until the client leaves, the server closes or the asker may not see it any more. */
export async function sendStream(
  request: IncomingMessage,
  response: ServerResponse,
  options: StreamOptions,
): Promise<void> {
  const isLines = wantsLines(request)
  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  response.writeHead(200, {
    'content-type': isLines ? NDJSON : 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  if (request.method === 'HEAD') return void response.end()
  const heartbeat = setInterval(() => isLines || response.writableNeedDrain || response.write(':\n\n'), HEARTBEAT_MS)
  const check = setInterval(() => {
    options.isAdmitted().then(
      isAdmitted => isAdmitted || ended.abort(),
      () => {},
    )
  }, CHECK_MS)
  try {
    if (!isLines) await write(response, `retry: ${RETRY_MS}\n\n`, signal)
    for await (const text of textsOf(options, isLines, signal)) await write(response, text, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    clearInterval(heartbeat)
    clearInterval(check)
    // Not awaited: it ends with the signal of the request.
    options.changes.return?.()?.catch(() => {})
  }
  response.end()
}

export function wantsLines({ headers }: IncomingMessage): boolean {
  return /\bapplication\/(x-)?(ndjson|jsonl)\b/i.test(headers.accept ?? '')
}

async function* textsOf(
  { question, changes, first, tellsEarlier }: StreamOptions,
  isLines: boolean,
  signal: AbortSignal,
) {
  for (let next = first, isFirst = true; next.done !== true; next = await orEnd(changes, signal), isFirst = false) {
    const { items, position } = next.value
    const told = isFirst && !tellsEarlier ? [] : items
    for (const { item, position: behind } of told) yield textOf(cloudEvent(question, item, behind), behind, isLines)
    if (!isLines) yield `id: ${position}\n\n`
  }
}

/** What follows, or the end as soon as the signal says so: what is followed may be silent for long. */
async function orEnd(changes: AsyncIterator<Followed>, signal: AbortSignal): Promise<IteratorResult<Followed>> {
  const end = { done: true, value: undefined } as const
  if (signal.aborted) return end
  const aborted = Promise.withResolvers<typeof end>()
  const onAbort = () => aborted.resolve(end)
  signal.addEventListener('abort', onAbort, { once: true })
  const next = changes.next()
  // When the end wins, whatever becomes of it is of no interest.
  next.catch(() => {})
  try {
    return await Promise.race([next, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function textOf(event: object, position: string | undefined, isLines: boolean): string {
  const json = safeJson(event, 0)
  if (isLines) return `${json}\n`
  return `${position === undefined ? '' : `id: ${position}\n`}data: ${json}\n\n`
}

const Told = z.object({
  asset: z.object({
    id: z.string(),
    provider: z.string(),
    account: z.string(),
    nativeId: z.string(),
    arn: z.string().nullable(),
  }),
  at: z.string(),
  what: z.string(),
})

/** CloudEvents 1.0: two of the same source and id are the same change. */
function cloudEvent(question: string, item: unknown, position: string | undefined): object {
  const { asset, at, what } = Told.parse(item)
  return {
    specversion: '1.0',
    id: `${asset.id}/${at}`,
    source: `/${asset.provider}/${asset.account}`,
    type: `cadastre.${question}.${what.replaceAll(' ', '-')}.v1`,
    subject: asset.arn ?? asset.nativeId,
    time: at,
    datacontenttype: 'application/json',
    ...(position !== undefined && { position }),
    data: item,
  }
}
