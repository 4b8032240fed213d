import type { CallToolResult } from '@modelcontextprotocol/server'
import type { AskOutcome } from '../../access/asker.ts'
import type { Answer, AnyQuestion } from '../../questions/question.ts'
import { answerText } from '../cli/answer.ts'
import { safe } from '../cli/safe.ts'

/**
 * What a tool returns: the answer as the command line shows it in a pipe, and as its `--json`. What goes wrong is a result too and no
 * error of the protocol, so that the assistant reads it and can correct itself. `tools`: what there is to call.
 */
export function resultOf(name: string, outcome: AskOutcome, tools: readonly string[]): CallToolResult {
  if (outcome.kind === 'answered') return answered(outcome.question, outcome.answer)
  return refusalOf(refusalText(name, outcome, tools))
}

export function refusalOf(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: safe(text) }] }
}

type Refused = Exclude<AskOutcome, { kind: 'answered' }>

function refusalText(name: string, outcome: Refused, tools: readonly string[]): string {
  if (outcome.kind === 'invalid') return `the input of ${name} does not fit: ${outcome.message}`
  if (outcome.kind === 'failed') return `${outcome.message} (id ${outcome.id})`
  if (outcome.kind === 'denied') return outcome.message
  if (outcome.nearest.length > 0) return `there is no tool ${name}; did you mean ${outcome.nearest.join(' or ')}?`
  return `there is no tool ${name}; ${tools.length === 0 ? 'nothing is granted to you' : `there are ${tools.join(', ')}`}`
}

function answered(question: AnyQuestion, answer: Answer<unknown>): CallToolResult {
  const { found, headline, output, provenance } = answer
  return {
    content: [{ type: 'text', text: answerText(question, answer, IN_A_PIPE) }],
    structuredContent: shown({ question: question.name, found, headline, output, provenance }),
  }
}

const IN_A_PIPE = { isTerminal: false, width: 0, environment: {} }

/**
 * JSON as it may be shown to a model: characters that people do not see (they hide instructions in a name) are written as their code
 * points, as in the text. Line breaks and tabs stay, policies and scripts are full of them. Fields without a value are left out.
 */
function shown(answer: object): Record<string, unknown> {
  const text = JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'string') return visible(value)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), inner]))
  })
  return JSON.parse(text) as Record<string, unknown>
}

function visible(text: string): string {
  return text.replace(/[^\t\n\r]+/g, safe)
}
