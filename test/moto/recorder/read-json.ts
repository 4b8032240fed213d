import { decodeCbor, isCbor } from './cbor.ts'
import { type Model, type Shape, shapeOf, type Value, type Values } from './model.ts'
import { time } from './scalar.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The document in a body, of JSON or CBOR; nothing where there is none. */
export function parseBody(body: Buffer): Json | undefined {
  const text = body.toString('utf8')
  if (text.trim() === '') return undefined
  try {
    if (isCbor(body)) return decodeCbor(body)
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** What a JSON document says, by its shape. Members that the model does not know are left out, as a server would. */
export function readJson(model: Model, shape: Shape, json: Json): Value {
  if (json === null) return null
  if (shape.type === 'structure') return structure(model, shape, json)
  if (shape.type === 'list')
    return Array.isArray(json) ? json.map(item => readJson(model, shapeOf(model, shape.member), item)) : []
  if (shape.type === 'map') return map(model, shape, json)
  if (shape.type === 'timestamp')
    return typeof json === 'string' || typeof json === 'number' ? time(json) : String(json)
  return typeof json === 'object' ? JSON.stringify(json) : json
}

function structure(model: Model, shape: Shape, json: Json): Values {
  const given = isObject(json) ? json : {}
  const values: Record<string, Value> = {}
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const value = given[member.locationName ?? name]
    if (value !== undefined && value !== null && member.location === undefined)
      values[name] = readJson(model, shapeOf(model, member), value)
  }
  return values
}

function map(model: Model, shape: Shape, json: Json): Values {
  if (!isObject(json)) return {}
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, readJson(model, shapeOf(model, shape.value), value)]),
  )
}

function isObject(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
