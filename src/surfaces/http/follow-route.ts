import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { messageOf } from '../../model/fault.ts'
import type { Principal } from '../../model/principal.ts'
import { InputError } from '../../questions/ask.ts'
import type { ApiParts, Exchange } from './api.ts'
import { sendStream } from './change-stream.ts'
import { addressOf } from './gate.ts'
import { askedOf, queryOf } from './question-input.ts'
import { sendRefusal } from './send.ts'
import { refuse } from './server.ts'

/** Streams at once, of all and of one principal: each reads the store now and then. */
const STREAMS_MAX = 100
const STREAMS_EACH_MAX = 10
const RETRY_AFTER_SECONDS = 10

/** What becomes known to a question, from a position on: `GET /v1/changes/stream`. */
export function followRoute(parts: ApiParts): (exchange: Exchange) => Promise<void> {
  const open = new Map<string, number>()
  return async exchange => {
    const { request, response } = exchange
    if (request.method === 'POST') {
      response.setHeader('allow', 'GET')
      return refuse(request, response, 405, 'streams are read with GET')
    }
    const principal = await parts.gate.admit(request, response)
    if (principal === undefined) return
    const ofThis = open.get(principal.id) ?? 0
    const ofAll = [...open.values()].reduce((sum, count) => sum + count, 0)
    if (ofThis >= STREAMS_EACH_MAX || ofAll >= STREAMS_MAX) {
      response.setHeader('retry-after', String(RETRY_AFTER_SECONDS))
      return refuse(request, response, 429, `too many streams at once: at most ${STREAMS_EACH_MAX} are followed`)
    }
    open.set(principal.id, ofThis + 1)
    try {
      await follow(parts, { ...exchange, principal })
    } finally {
      const left = (open.get(principal.id) ?? 1) - 1
      if (left > 0) open.set(principal.id, left)
      else open.delete(principal.id)
    }
  }
}

async function follow(
  { asker, gate, questions, onFault }: ApiParts,
  { name, request, response, closing, principal }: Exchange & { readonly principal: Principal },
): Promise<void> {
  const asked = await askedOf(request, questions.get(name))
  if (asked.kind === 'wrong') return refuse(request, response, asked.status, asked.detail)
  const { position: _, ...input } = asked.input
  const position = request.headers['last-event-id']?.toString() ?? queryOf(request).get('position') ?? undefined
  const signal = endOf(response, closing)
  const from = { principal, surface: 'http', from: addressOf(request) } as const
  const outcome = await asker.follow({ ...from, question: name, input, live: asked.live, signal }, position)
  if (outcome.kind !== 'following') return sendRefusal(response, outcome)
  const changes = outcome.changes[Symbol.asyncIterator]()
  const id = randomUUID()
  const first = await changes.next().catch((error: unknown) => ({ error }))
  if ('error' in first) {
    if (first.error instanceof InputError)
      return sendRefusal(response, { kind: 'invalid', message: first.error.message })
    onFault(new Error(`following ${name} (${id}): ${messageOf(first.error)}`, { cause: first.error }))
    return sendRefusal(response, { kind: 'failed', message: 'this cannot be followed now', id })
  }
  await sendStream(request, response, {
    ...{ question: name, changes, first, signal },
    tellsEarlier: position !== undefined || input['limit'] !== undefined,
    isAdmitted: () => gate.isStillAdmitted(request, principal),
  })
}

/** Aborted when the stream is over, by whomever: what is followed waits for nothing else. */
function endOf(response: ServerResponse, closing: AbortSignal): AbortSignal {
  const over = new AbortController()
  const end = () => over.abort()
  closing.addEventListener('abort', end, { once: true })
  response.once('close', () => {
    closing.removeEventListener('abort', end)
    end()
  })
  return over.signal
}
