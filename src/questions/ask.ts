import type { z } from 'zod'
import type { Answer, AnyQuestion, Asking } from './question.ts'

/** Input that does not fit the question: the asker's to correct. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** Parses what a surface was given and answers it. Throws InputError. */
export async function ask(question: AnyQuestion, raw: unknown, asking: Asking): Promise<Answer<unknown>> {
  return question.answer(parseInput(question, raw), asking)
}

/** The input that a question takes, from what a surface was given; throws InputError before any work is done. */
export function parseInput(question: AnyQuestion, raw: unknown): Record<string, unknown> {
  const parsed = question.input.safeParse(raw)
  if (!parsed.success) throw new InputError(explain(parsed.error))
  return parsed.data
}

function explain(error: z.ZodError): string {
  return error.issues
    .map(issue => {
      if (issue.code === 'unrecognized_keys') return `there is no option ${issue.keys.join(', ')}`
      const field = issue.path.join('.')
      return field === '' ? issue.message : `${field}: ${issue.message}`
    })
    .join('; ')
}
