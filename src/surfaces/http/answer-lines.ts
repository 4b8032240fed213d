import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { AskOutcome } from '../../access/asker.ts'
import type { Answer, AnyQuestion } from '../../questions/question.ts'
import { safeJson } from '../cli/safe.ts'
import { fieldsOf } from './question-input.ts'
import { NDJSON, sendRefusal, write } from './send.ts'
import { problem } from './server.ts'

/** Pages are asked for one after another, each a question of its own, with the asker's own words besides. */
export interface Pages {
  readonly input: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal
  ask(input: Readonly<Record<string, unknown>>): Promise<AskOutcome>
  /** Whether the asker may go on. */
  isAdmitted(): Promise<boolean>
}

const Outputs = z.object({ properties: z.record(z.string(), z.object({ type: z.unknown().optional() })) })

/** The list that an output is, besides its counts; undefined: it has none, or several. */
export function listOf(question: AnyQuestion): string | undefined {
  const schema = Outputs.safeParse(z.toJSONSchema(question.output, { unrepresentable: 'any' }))
  if (!schema.success) return undefined
  const lists = Object.entries(schema.data.properties).filter(([, { type }]) => type === 'array')
  return lists.length === 1 ? lists[0]?.[0] : undefined
}

/**
 * An answer of any length as lines of JSON: each line is one of the list, and the last one, `{"end": …}`, tells of the answer as a whole. A
 * stream without it is not complete.
 */
export async function sendLines(response: ServerResponse, question: AnyQuestion, pages: Pages): Promise<void> {
  const list = listOf(question)
  if (list === undefined)
    return problem(response, 406, `${question.name} is not one list: it is answered as application/json`)
  let first: Answer<unknown> | undefined
  let latest: Answer<unknown> | undefined
  for (const input of inputsOf(question, pages.input)) {
    if (latest !== undefined && !(await pages.isAdmitted())) return void response.destroy()
    const outcome = await pages.ask(input)
    if (outcome.kind !== 'answered') {
      if (first === undefined) return sendRefusal(response, outcome)
      return void response.destroy()
    }
    latest = outcome.answer
    if (first === undefined) {
      first = latest
      response.writeHead(200, { 'content-type': NDJSON, vary: 'Authorization, Accept' })
      if (response.req.method === 'HEAD') return void response.end()
    }
    const items = (latest.output as Readonly<Record<string, readonly unknown[]>>)[list] ?? []
    for (const item of items) await write(response, `${safeJson(item, 0)}\n`, pages.signal)
    if (items.length < Number(input['limit'])) break
  }
  if (first === undefined || latest === undefined) return void response.end()
  const { [list]: _, ...rest } = first.output as Readonly<Record<string, unknown>>
  const { found, headline, provenance } = first
  response.end(`${safeJson({ end: { question: question.name, found, headline, output: rest, provenance } }, 0)}\n`)
}

/** One page after another, as large as may be, of a question that has pages and where the asker names none. */
function* inputsOf(
  question: AnyQuestion,
  given: Readonly<Record<string, unknown>>,
): Iterable<Readonly<Record<string, unknown>>> {
  const fields = fieldsOf(question)
  const limit = given['limit'] ?? fields.get('limit')?.maximum
  const pagesMax = given['page'] === undefined && given['limit'] === undefined ? (fields.get('page')?.maximum ?? 1) : 1
  const base = limit === undefined ? given : { ...given, limit }
  if (pagesMax === 1) {
    yield base
    return
  }
  for (let page = 1; page <= pagesMax; page++) yield { ...base, page }
}
