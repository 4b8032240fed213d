import { isSpecType, type Tool } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { Provenance } from '../../questions/answers/provenance.ts'
import type { AnyQuestion, Example } from '../../questions/question.ts'

/** The field of a tool's input that is no field of the question: for tools of a server that can read the cloud. */
export const LIVE = 'live'

/** A question as an assistant sees it: the tool has the question's name, and its schemas are the question's own. */
export function toolOf(question: AnyQuestion, { offersLive }: { readonly offersLive: boolean }): Tool {
  const input = offersLive ? question.input.extend({ [LIVE]: Live }) : question.input
  const tool = {
    name: question.name,
    title: `${question.name.charAt(0).toUpperCase()}${question.name.slice(1)}`,
    description: descriptionOf(question),
    inputSchema: jsonSchemaOf(input, 'input'),
    outputSchema: jsonSchemaOf(answerOf(question), 'output'),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  }
  if (!isSpecType.Tool(tool)) throw new TypeError(`${question.name} cannot be a tool: its schemas do not fit`)
  return tool
}

const Live = z.boolean().default(false).describe('Read the cloud for the answer, however fresh the inventory is')

/** What `cadastre QUESTION --json` prints. */
function answerOf(question: AnyQuestion) {
  return z.object({
    question: z.literal(question.name),
    found: z.boolean(),
    headline: z.string().describe('One line that is the whole answer'),
    output: question.output,
    provenance: Provenance.describe('Where the facts come from, how old they are, and what could not be read'),
  })
}

/**
 * Without `$schema`: the dialect is the protocol's, and validators that know only another one refuse the name of this. An answer may
 * come to hold more than is known to who reads it, so what is not named is not forbidden.
 */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return json
}

function descriptionOf({ purpose, examples }: AnyQuestion): string {
  const shown = examples.map(
    ({ title, input }: Example<Record<string, unknown>>) => `- ${title}: ${JSON.stringify(input)}`,
  )
  return [`${purpose}.`, '', 'Examples:', ...shown].join('\n')
}
