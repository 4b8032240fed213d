import type { z } from 'zod'
import { plain } from '../store/row.ts'
import type { Answer, AnyQuestion, Asking } from './question.ts'

/** Input that does not fit the question: the asker's to correct. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** How long an answer waits for the search index to catch up with the store; what is left is part of the answer. */
const INDEX_WAIT_MS = 2_000

/** Answers from what is known, brought up to date where the question searches it. */
export async function answerFromIndex(
  question: AnyQuestion,
  input: Record<string, unknown>,
  asking: Asking,
  signal?: AbortSignal,
): Promise<Answer<unknown>> {
  if (question.usesIndex === true) {
    const patience = AbortSignal.timeout(INDEX_WAIT_MS)
    await asking.search.indexPending(signal === undefined ? patience : AbortSignal.any([signal, patience]))
  }
  return question.answer(input, asking)
}

/** Parses what a surface was given and answers it. Throws InputError. */
export async function ask(question: AnyQuestion, raw: unknown, asking: Asking): Promise<Answer<unknown>> {
  return question.answer(parseInput(question, raw), asking)
}

/** The input that a question takes, from what a surface was given; throws InputError before any work is done. */
export function parseInput(question: AnyQuestion, raw: unknown): Record<string, unknown> {
  const parsed = question.input.safeParse(storable(raw), { reportInput: true })
  if (!parsed.success) throw new InputError(explain(parsed.error, question))
  return parsed.data
}

/** Text as the store holds it: what it cannot hold was replaced when names were written, and is so here, so that they still meet. */
function storable(raw: unknown): unknown {
  if (typeof raw === 'string') return plain(raw.trim())
  if (Array.isArray(raw)) return raw.map(storable)
  if (typeof raw !== 'object' || raw === null) return raw
  return Object.fromEntries(Object.entries(raw).map(([field, value]) => [field, storable(value)]))
}

function explain(error: z.ZodError, { input }: AnyQuestion): string {
  const fields = input.shape as Readonly<Record<string, { readonly description?: string }>>
  return error.issues
    .map(issue => {
      if (issue.code === 'unrecognized_keys') return `there is no option ${issue.keys.join(', ')}`
      const field = issue.path.join('.')
      if (issue.code === 'invalid_type' && issue.input === undefined && field in fields)
        return `\`${field}\` is missing: ${fields[field]?.description}`
      return field === '' ? issue.message : `${field}: ${issue.message}`
    })
    .join('; ')
}
