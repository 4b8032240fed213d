import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Asker, AskOutcome, AskRequest } from '../../access/asker.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import { sendLines } from './answer-lines.ts'
import { apiPage } from './api-page.ts'
import { wantsLines } from './change-stream.ts'
import { followRoute } from './follow-route.ts'
import { addressOf, type Gate } from './gate.ts'
import { openApiDocument } from './openapi.ts'
import { askedOf } from './question-input.ts'
import { leavingOf, sendAnswer, sendJson, sendRefusal } from './send.ts'
import { type Handler, type Routes, refuse } from './server.ts'

export interface ApiParts {
  readonly asker: Asker
  readonly gate: Gate
  readonly questions: ReadonlyMap<string, AnyQuestion>
  onFault(error: unknown): void
}

/** What takes longer is not waited for. */
const ANSWER_MS_MAX = 30_000

/** Every question as a route, the streams of those that can be followed, the OpenAPI document and the page that shows it. */
export function apiRoutes(parts: ApiParts): Routes {
  const document = openApiDocument(parts.questions, parts.asker)
  const page = apiPage(parts.questions)
  const follow = followRoute(parts)
  const ask: Handler = (request, response, closing) => {
    const [, name, stream] = /^\/v1\/([^/]{1,256})(\/stream)?$/.exec((request.url ?? '').replace(/[?#].*$/s, '')) ?? []
    if (name === undefined || (stream !== undefined && parts.questions.get(name)?.follow === undefined))
      return refuse(request, response, 404, 'nothing is here; /docs shows what there is')
    const exchange = { name, request, response, closing }
    return stream === undefined ? answer(parts, exchange) : follow(exchange)
  }
  return {
    'GET /v1/*': ask,
    'POST /v1/*': ask,
    'GET /openapi.json': (_, response) => sendJson(response, document),
    'GET /docs': (_, response) => {
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': page.policy }
      response.writeHead(200, headers).end(page.html)
    },
  }
}

export interface Exchange {
  /** Of the question, which there may not be. */
  readonly name: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly closing: AbortSignal
}

async function answer(parts: ApiParts, { name, request, response }: Exchange): Promise<void> {
  const { gate, questions } = parts
  const principal = await gate.admit(request, response)
  if (principal === undefined) return
  const question = questions.get(name)
  const asked = await askedOf(request, question)
  if (asked.kind === 'wrong') return refuse(request, response, asked.status, asked.detail)
  const { input, live } = asked
  const leaving = leavingOf(response)
  const from = { principal, surface: 'http', from: addressOf(request) } as const
  const within = (given: unknown) => inTime(parts, { ...from, question: name, input: given, live }, leaving)
  if (wantsLines(request) && question !== undefined) {
    const isAdmitted = () => gate.isStillAdmitted(request, principal)
    return sendLines(response, question, { input, signal: leaving.signal, ask: within, isAdmitted })
  }
  const outcome = await within(input)
  if (outcome.kind !== 'answered') return sendRefusal(response, outcome)
  sendAnswer(request, response, { ...outcome, input })
}

/** The outcome, or a failure when it takes longer than anybody waits; then what is left of it is ended, too. */
async function inTime(
  { asker, onFault }: ApiParts,
  request: AskRequest,
  leaving: AbortController,
): Promise<AskOutcome> {
  const { promise, resolve } = Promise.withResolvers<AskOutcome>()
  const timer = setTimeout(() => {
    const id = randomUUID()
    onFault(new Error(`${request.question} took more than ${ANSWER_MS_MAX / 1000} s (${id})`))
    resolve({ kind: 'failed', message: `this takes more than ${ANSWER_MS_MAX / 1000} s: ask for less at once`, id })
    leaving.abort()
  }, ANSWER_MS_MAX)
  try {
    return await Promise.race([asker.ask({ ...request, signal: leaving.signal }), promise])
  } finally {
    clearTimeout(timer)
  }
}
