import { hash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AskOutcome } from '../../access/asker.ts'
import { instantOf } from '../../questions/answers/instant.ts'
import type { Answer, AnyQuestion } from '../../questions/question.ts'
import { safeJson } from '../cli/safe.ts'
import { fieldsOf, queryOf } from './question-input.ts'
import { problem } from './server.ts'

export const NDJSON = 'application/x-ndjson'

/** Writes JSON as a program reads it, with what could trick a terminal escaped. */
export function sendJson(response: ServerResponse, value: unknown): void {
  const body = `${safeJson(value, 0)}\n`
  // Without its length it would be sent in chunks, which costs both sides more.
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  response.writeHead(200, headers).end(body)
}

export interface Answered {
  readonly question: AnyQuestion
  readonly answer: Answer<unknown>
  readonly input: Readonly<Record<string, unknown>>
}

/** Sends the whole answer, with links to its pages; one of the past that the asker has already is not sent again. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answered: Answered): void {
  const { question, answer, input } = answered
  response.setHeader('vary', 'Authorization, Accept')
  const links = request.method === 'POST' ? [] : linksOf(request, answered)
  if (links.length > 0) response.setHeader('link', links.join(', '))
  if (isOfThePast(input)) {
    const tag = tagOf(answer)
    response.setHeader('etag', tag)
    response.setHeader('cache-control', 'private, no-cache')
    if (request.method !== 'POST' && holds(request.headers['if-none-match'], tag))
      return void response.writeHead(304).end()
  }
  const { found, headline, output, provenance } = answer
  sendJson(response, { question: question.name, found, headline, output, provenance })
}

/** What became of a question that was not answered. */
export function sendRefusal(response: ServerResponse, outcome: Exclude<AskOutcome, { kind: 'answered' }>): void {
  if (outcome.kind === 'unknown') {
    const [near] = outcome.nearest
    const meant = near === undefined ? '' : `; did you mean ${near}?`
    problem(response, 404, `there is no such question${meant}`, { nearest: outcome.nearest })
    return
  }
  if (outcome.kind === 'failed') {
    problem(response, 500, outcome.message, { instance: `urn:uuid:${outcome.id}` })
    return
  }
  problem(response, outcome.kind === 'invalid' ? 400 : 403, outcome.message)
}

/** Writes, and waits until the reader has taken it, so that a slow one holds us back; rejects when they left. */
export async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (!response.write(text)) await once(response, 'drain', { signal })
}

/** Aborts when the client leaves before its answer is sent. Not otherwise: that would cost every answer an error that nobody reads. */
export function leavingOf(response: ServerResponse): AbortController {
  const leaving = new AbortController()
  response.once('close', () => response.writableFinished || leaving.abort())
  return leaving
}

/** Of an answer that tells of a time which does not move, `at` or `until`, and is over. */
function isOfThePast(input: Readonly<Record<string, unknown>>): boolean {
  return [input['at'], input['until']].some(
    text =>
      typeof text === 'string' &&
      instantOf(text, 0) === instantOf(text, 1) &&
      (instantOf(text, 0) ?? Infinity) < Date.now(),
  )
}

/** Weak (RFC 9110 8.8.1): how long ago something was, in words, and when it was asked may differ. */
function tagOf({ found, output, provenance: { askedAt: _, ...provenance } }: Answer<unknown>): string {
  return `W/"${hash('sha256', JSON.stringify([found, output, provenance]), 'base64url').slice(0, 27)}"`
}

function holds(given: string | undefined, tag: string): boolean {
  return given?.split(',').some(each => each.trim() === tag || each.trim() === '*') === true
}

/** The other pages, as RFC 8288 links them; of a question that has pages. */
function linksOf(request: IncomingMessage, { question, answer, input }: Answered): string[] {
  const fields = fieldsOf(question)
  const pages = fields.get('page')
  if (pages === undefined) return []
  const page = Number(input['page'] ?? 1)
  const limit = Number(input['limit'] ?? fields.get('limit')?.default ?? 1)
  const { more, total } = answer.output as { readonly more?: unknown; readonly total?: unknown }
  const hasMore = more === true || (typeof total === 'number' && total > page * limit)
  const to = (number: number, relation: string) => {
    const query = queryOf(request)
    query.set('page', String(number))
    return `</v1/${question.name}?${query}>; rel="${relation}"`
  }
  return [
    ...(page > 1 ? [to(1, 'first'), to(page - 1, 'prev')] : []),
    ...(hasMore && page < (pages.maximum ?? 1) ? [to(page + 1, 'next')] : []),
  ]
}
