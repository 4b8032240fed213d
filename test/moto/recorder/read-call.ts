import { type Member, type Model, type Shape, shapeOf, type Value, type Values } from './model.ts'
import type { Called } from './operation.ts'
import { readForm } from './read-form.ts'
import { parseBody, readJson } from './read-json.ts'
import { readXml } from './read-xml.ts'
import type { Request } from './request.ts'
import { scalar } from './scalar.ts'
import { childOf, type Element, parseXml } from './xml.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

export interface Failure {
  readonly code: string
  readonly message: string | undefined
}

/** A request's members, wherever the protocol puts them. */
export function readRequest({ api: { model }, operation, labels }: Called, request: Request): Values {
  const shape = shapeOf(model, operation.input)
  if (request.form.has('Action')) return readForm(model, shape, request.form)
  const placed = members(shape, member => {
    const name = member.locationName ?? ''
    if (member.location === 'uri') return labels.get(name)
    if (member.location === 'querystring') return fromQuery(model, member, request.query)
    if (member.location === 'header') return headerOf(request.headers, name)
    return undefined
  })
  return { ...typed(model, shape, placed), ...readBody(model, shape, request.body) }
}

/** A successful reply's members. */
export function readReply({ api: { model }, operation }: Called, reply: Reply): Values {
  if (operation.output === undefined) return {}
  const shape = shapeOf(model, operation.output)
  const placed = members(shape, ({ location, locationName = '' }) =>
    location === 'header' ? headerOf(reply.headers, locationName) : undefined,
  )
  return { ...typed(model, shape, placed), ...readBody(model, shape, reply.body, operation.output.resultWrapper) }
}

/** What a refused call was told: in XML or JSON, with or without the service's prefix. */
export function readFailure(reply: Reply): Failure {
  const text = reply.body.toString('utf8')
  if (text.trimStart().startsWith('<')) {
    // A page in HTML is what moto says when it fails itself.
    const error = find(parseXml(text), 'Error')
    return { code: childOf(error, 'Code')?.text ?? 'InternalFailure', message: childOf(error, 'Message')?.text }
  }
  const body = parseBody(reply.body)
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  const { __type, code, message, Message, Type } = fields as Record<string, unknown>
  const header = headerOf(reply.headers, 'x-amzn-errortype')
  const named = [header, __type, code, Type].find(name => typeof name === 'string') as string | undefined
  const said = [message, Message].find(words => typeof words === 'string') as string | undefined
  return { code: named?.split('#').at(-1)?.split(':')[0] ?? `HTTP${reply.status}`, message: said }
}

function readBody(model: Model, shape: Shape, body: Buffer, wrapper?: string): Values {
  const payload = shape.payload === undefined ? undefined : shape.members?.[shape.payload]
  const target = payload === undefined ? shape : shapeOf(model, payload)
  const read = target.type === 'structure' ? fromDocument(model, target, body, wrapper) : undefined
  if (payload !== undefined && shape.payload !== undefined)
    return read === undefined ? rawPayload(shape.payload, target, body) : { [shape.payload]: read }
  return read ?? {}
}

function fromDocument(model: Model, shape: Shape, body: Buffer, wrapper?: string): Values | undefined {
  const text = body.toString('utf8').trimStart()
  if (text === '') return undefined
  if (text.startsWith('<')) {
    const root = parseXml(text)
    const element = wrapper === undefined ? root : (childOf(root, wrapper) ?? root)
    return element === undefined ? undefined : (readXml(model, shape, element) as Values)
  }
  const json = parseBody(body)
  return json === undefined ? undefined : (readJson(model, shape, json) as Values)
}

/** A policy that is the whole body; files are not recorded. */
function rawPayload(name: string, shape: Shape, body: Buffer): Values {
  return shape.type === 'string' && body.length > 0 ? { [name]: body.toString('utf8') } : {}
}

function members(
  shape: Shape,
  read: (member: Member) => string | readonly string[] | undefined,
): readonly (readonly [string, string | readonly string[]])[] {
  return Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    const value = read({ ...member, locationName: member.locationName ?? name })
    return value === undefined ? [] : [[name, value] as const]
  })
}

function typed(
  model: Model,
  shape: Shape,
  placed: readonly (readonly [string, string | readonly string[]])[],
): Record<string, Value> {
  return Object.fromEntries(
    placed.map(([name, value]) => {
      const target = shapeOf(model, shape.members?.[name])
      const one = (text: string) => scalar(target.type === 'list' ? shapeOf(model, target.member) : target, text)
      return [name, typeof value === 'string' ? one(value) : value.map(one)] as const
    }),
  )
}

function fromQuery(model: Model, member: Member, query: URLSearchParams): string | readonly string[] | undefined {
  const values = query.getAll(member.locationName ?? '')
  if (shapeOf(model, member).type === 'list') return values.length > 0 ? values : undefined
  return values[0]
}

function headerOf(headers: Reply['headers'], name: string): string | undefined {
  const value = headers[name.toLowerCase()]
  return typeof value === 'string' ? value : value?.[0]
}

function find(element: Element | undefined, name: string): Element | undefined {
  if (element === undefined || element.name === name) return element
  for (const child of element.children) {
    const found = find(child, name)
    if (found !== undefined) return found
  }
  return undefined
}
