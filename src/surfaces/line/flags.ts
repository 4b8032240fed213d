import { z } from 'zod'
import type { AnyQuestion } from '../../questions/question.ts'

/** One input field as a flag. */
export interface Flag {
  /** As it is typed: `--not-before`. */
  readonly name: string
  readonly field: string
  readonly kind: 'text' | 'number' | 'boolean'
  readonly isList: boolean
  readonly choices: readonly string[]
  readonly description: string
  readonly defaultText: string | undefined
  readonly isRequired: boolean
}

/** What `z.toJSONSchema` says of one field, as far as a flag needs it. */
const Field = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  items: z.object({ type: z.string().optional() }).optional(),
})
const Fields = z.object({ properties: z.record(z.string(), Field), required: z.array(z.string()).default([]) })

/** The flags of a question, from its input schema. */
export function flagsOf(question: AnyQuestion): Flag[] {
  const { properties, required } = Fields.parse(z.toJSONSchema(question.input, { io: 'input', unrepresentable: 'any' }))
  return Object.entries(properties).map(([field, schema]) => ({
    name: `--${field.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
    field,
    kind: kindOf(schema.items?.type ?? schema.type),
    isList: schema.type === 'array',
    choices: schema.enum ?? [],
    description: schema.description ?? '',
    defaultText: defaultOf(schema.default),
    isRequired: required.includes(field),
  }))
}

function defaultOf(value: unknown): string | undefined {
  return value === undefined || value === false || Array.isArray(value) ? undefined : String(value)
}

function kindOf(type: string | undefined): Flag['kind'] {
  if (type === 'boolean') return 'boolean'
  return type === 'integer' || type === 'number' ? 'number' : 'text'
}
