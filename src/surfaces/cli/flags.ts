import { parseArgs } from 'node:util'
import { z } from 'zod'
import { nearest } from '../../model/nearest.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import { UsageError } from './command.ts'

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

/** The input that the arguments spell, not yet checked against the schema, and in which form the answer is wanted. */
export function inputOf(
  question: AnyQuestion,
  args: readonly string[],
): { input: unknown; isJson: boolean; isFollowed: boolean } {
  const flags = flagsOf(question)
  const byName = new Map(flags.map(flag => [flag.name.slice(2), flag]))
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      [...byName.keys()].map(name => [
        name,
        { type: byName.get(name)?.kind === 'boolean' ? 'boolean' : 'string' } as const,
      ]),
    ),
  })
  const input: Record<string, unknown> = {}
  const words: string[] = []
  let isJson = false
  let isFollowed = false
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    if (token.name === 'json') {
      isJson = true
      continue
    }
    if (token.name === 'follow' && question.follow !== undefined) {
      isFollowed = true
      continue
    }
    const flag = byName.get(token.name)
    if (flag === undefined) throw new UsageError(unknownFlag(token.rawName, flags, surfaceFlags(question)))
    const value = flagValue(flag, token.value)
    const held = input[flag.field]
    if (flag.isList) input[flag.field] = [...(Array.isArray(held) ? held : []), value]
    else input[flag.field] = value
  }
  place(question, flags, words, input)
  return { input, isJson, isFollowed }
}

function flagValue(flag: Flag, value: string | undefined): unknown {
  if (flag.kind === 'boolean') {
    if (value !== undefined) throw new UsageError(`${flag.name} takes no value`)
    return true
  }
  if (value === undefined) throw new UsageError(`${flag.name} needs a value: ${flag.description}`)
  return flag.kind === 'number' ? (/^-?\d+$/.test(value) ? Number(value) : value) : value
}

function place(
  question: AnyQuestion,
  flags: readonly Flag[],
  words: readonly string[],
  input: Record<string, unknown>,
) {
  const fields = question.positional.filter(field => input[field] === undefined)
  fields.forEach((field, at) => {
    const value = at === fields.length - 1 ? words.slice(at).join(' ') : words[at]
    if (value !== undefined && value !== '') input[field] = value
  })
  if (fields.length === 0 && words.length > 0)
    throw new UsageError(`there is nothing to do with \`${words.join(' ')}\``)
  const missing = flags.find(flag => flag.isRequired && input[flag.field] === undefined)
  if (missing !== undefined) throw new UsageError(`what is missing is ${missing.field}: ${missing.description}`)
}

/** Flags that are no input: in which form the answer is wanted. */
export function surfaceFlags(question: AnyQuestion): string[] {
  return [...(question.follow === undefined ? [] : ['--follow']), '--json']
}

function unknownFlag(raw: string, flags: readonly Flag[], others: readonly string[]): string {
  const close = nearest(raw, [...flags.map(flag => flag.name), ...others, '--help'])
  return `there is no option ${raw}${close === undefined ? '' : `; did you mean ${close}?`}`
}
