import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { AnyQuestion } from '../../questions/question.ts'
import { bodyOf } from './body.ts'

/** What was asked, with an input that is not checked against the question's schema yet. */
export type Asked =
  | { readonly kind: 'asked'; readonly input: Readonly<Record<string, unknown>>; readonly live: boolean }
  | { readonly kind: 'wrong'; readonly status: 400 | 413 | 415; readonly detail: string }

/** The longest input is some thousand characters. */
const BODY_BYTES_MAX = 65_536
/** No input is a list of lists. */
const DEPTH_MAX = 8

/** What a field of an input is, as far as a query string needs it. */
export interface Field {
  readonly kind: 'text' | 'number' | 'boolean'
  readonly isList: boolean
  readonly choices: readonly string[]
  readonly maximum: number | undefined
  readonly default: unknown
}

const Schema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).default([]),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
  items: z.object({ type: z.string().optional() }).optional(),
})
const Schemas = z.object({ properties: z.record(z.string(), Schema) })

const FIELDS = new WeakMap<AnyQuestion, ReadonlyMap<string, Field>>()

/** The fields of a question's input, by name. */
export function fieldsOf(question: AnyQuestion): ReadonlyMap<string, Field> {
  const known = FIELDS.get(question)
  if (known !== undefined) return known
  const { properties } = Schemas.parse(z.toJSONSchema(question.input, { io: 'input', unrepresentable: 'any' }))
  const fields = new Map(Object.entries(properties).map(([name, schema]) => [name, fieldOf(schema)]))
  FIELDS.set(question, fields)
  return fields
}

function fieldOf({ type, items, enum: choices, maximum, default: given }: z.infer<typeof Schema>): Field {
  const of = items?.type ?? type
  const kind = of === 'boolean' ? of : of === 'integer' || of === 'number' ? 'number' : 'text'
  return { kind, isList: type === 'array', choices, maximum, default: given }
}

/** What a request asks: GET in its query, POST in its JSON body. `question` is undefined where there is none of the name. */
export async function askedOf(request: IncomingMessage, question: AnyQuestion | undefined): Promise<Asked> {
  const query = queryOf(request)
  const live = liveOf(query.getAll('live'))
  if (live === undefined) return wrong(400, 'live: true or false')
  query.delete('live')
  if (request.method !== 'POST') return { kind: 'asked', input: inputOf(query, question), live }
  const [other] = query.keys()
  if (other !== undefined) return wrong(400, `${other}: the input of a POST is in its body`)
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json' || request.headers['content-encoding'] !== undefined)
    return wrong(415, 'the body has to be JSON, not compressed: Content-Type: application/json')
  const body = await bodyOf(request, BODY_BYTES_MAX)
  if (body === undefined) return wrong(413, `at most ${BODY_BYTES_MAX} bytes are taken`)
  const input = parsed(body)
  if (!isObject(input)) return wrong(400, 'the body has to be a JSON object: the fields of the input')
  if (!isShallow(input, DEPTH_MAX)) return wrong(400, 'the body is nested more deeply than any input')
  return { kind: 'asked', input, live }
}

/** The part behind the question mark. */
export function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1).replace(/#.*$/s, ''))
}

/** What does not fit its field stays as it came, for the schema to refuse. What is empty is left out, as forms send it. */
function inputOf(query: URLSearchParams, question: AnyQuestion | undefined): Record<string, unknown> {
  const fields = question === undefined ? undefined : fieldsOf(question)
  const names = new Set([...query].flatMap(([name, text]) => (text === '' ? [] : [name])))
  const entries = [...names].map((name): [string, unknown] => {
    const given = query.getAll(name).filter(text => text !== '')
    const values = given.map(text => fieldValue(text, fields?.get(name)?.kind))
    return [name, fields?.get(name)?.isList === true || values.length > 1 ? values : values[0]]
  })
  return Object.fromEntries(entries)
}

function fieldValue(text: string, kind: Field['kind'] | undefined): unknown {
  if (kind === 'number') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (kind === 'boolean') return BOOLEANS.get(text) ?? text
  return text
}

const BOOLEANS = new Map([
  ['', false],
  ['true', true],
  ['false', false],
])

function liveOf([text = 'false', ...rest]: readonly string[]): boolean | undefined {
  return rest.length > 0 ? undefined : BOOLEANS.get(text)
}

/** Undefined: it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every(inner => isShallow(inner, depth - 1))
}

function wrong(status: 400 | 413 | 415, detail: string): Asked {
  return { kind: 'wrong', status, detail }
}
