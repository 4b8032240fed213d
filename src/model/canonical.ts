import { Bytes } from './bytes.ts'

/**
 * JSON text with the keys of every object in one order, so that equal values have equal text. Undefined fields are left out
 * and dates are ISO 8601, as in JSON.stringify. PostgreSQL's jsonb takes neither U+0000 nor lone surrogates: the former becomes its
 * picture (U+2400), the latter the replacement character (U+FFFD).
 */
export function canonicalText(value: unknown): string {
  const bytes = new Bytes(1024)
  writeCanonical(bytes, value)
  return bytes.since(0).toString()
}

/** The canonical text, in UTF-8, at the end of the bytes. */
export function writeCanonical(bytes: Bytes, value: unknown, depth = 0): Bytes {
  if (typeof value === 'string') return writeString(bytes, value)
  if (value === null || typeof value !== 'object') return bytes.utf8(scalarText(value))
  if (depth > DEPTH_MAX) return bytes.utf8(CUT)
  if (Array.isArray(value)) return writeArray(bytes, value, depth)
  if (value instanceof Date) return bytes.utf8(JSON.stringify(value))
  if (value instanceof Uint8Array) return bytes.utf8(`"${Buffer.from(value).toString('base64')}"`)
  return writeObject(bytes, value as Record<string, unknown>, depth)
}

/** A string that PostgreSQL can store, and that reads like the one given. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u2400')
}

/** Deeper than any API's reply; deeper values are cut, and say so. */
const DEPTH_MAX = 200
const CUT = '"(deeper than can be stored)"'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c

function scalarText(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  return JSON.stringify(value) ?? 'null'
}

/** Most strings are ASCII and hold nothing to escape: they are copied until a character says otherwise. */
function writeString(bytes: Bytes, text: string): Bytes {
  bytes.reserve(text.length + 2)
  const { buffer } = bytes
  let at = bytes.at
  buffer[at++] = QUOTE
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
      return bytes.utf8(JSON.stringify(storableText(text)))
    }
    buffer[at++] = code
  }
  buffer[at++] = QUOTE
  bytes.at = at
  return bytes
}

function writeByte(bytes: Bytes, byte: number): Bytes {
  bytes.reserve(1)
  bytes.buffer[bytes.at++] = byte
  return bytes
}

function writeArray(bytes: Bytes, values: readonly unknown[], depth: number): Bytes {
  writeByte(bytes, 0x5b)
  for (let index = 0; index < values.length; index++) {
    if (index > 0) writeByte(bytes, COMMA)
    writeCanonical(bytes, values[index], depth + 1)
  }
  return writeByte(bytes, 0x5d)
}

function writeObject(bytes: Bytes, fields: Readonly<Record<string, unknown>>, depth: number): Bytes {
  const keys = Object.keys(fields)
  const sorted = fieldsOf(keys)
  if (sorted === undefined) return writeObject(bytes, storableKeys(fields, keys), depth)
  writeByte(bytes, 0x7b)
  let isFirst = true
  for (const { key, head } of sorted) {
    const field = fields[key]
    if (field === undefined || typeof field === 'function') continue
    if (!isFirst) writeByte(bytes, COMMA)
    isFirst = false
    bytes.append(head)
    writeCanonical(bytes, field, depth + 1)
  }
  return writeByte(bytes, 0x7d)
}

/** Of keys that become equal, the last one stays, as in jsonb. */
function storableKeys(fields: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map(key => [storableText(key), fields[key]]))
}

/** A field's key, and how it is written: `"key":`. */
interface Field {
  readonly key: string
  readonly head: Uint8Array
}

/** What is reached by walking an object's keys one after the other: APIs use the same few thousand shapes over and over. */
interface Shape {
  readonly next: Map<string, Shape>
  sorted: readonly Field[] | undefined
}

const SHAPES_MAX = 20_000
const KEYS_MAX = 100
const EMPTY: Shape = { next: new Map(), sorted: undefined }
let shapes = 0

/** The fields in jsonb's own order (shorter keys first, then by bytes), which spares it the sorting; undefined when a key cannot be stored as it is. */
function fieldsOf(keys: readonly string[]): readonly Field[] | undefined {
  if (keys.length > KEYS_MAX) return sortedFields(keys)
  let shape = EMPTY
  for (const key of keys) {
    let next = shape.next.get(key)
    if (next === undefined) {
      if (shapes >= SHAPES_MAX) return sortedFields(keys)
      shapes++
      next = { next: new Map(), sorted: undefined }
      shape.next.set(key, next)
    }
    shape = next
  }
  shape.sorted ??= sortedFields(keys)
  return shape.sorted
}

function sortedFields(keys: readonly string[]): readonly Field[] | undefined {
  if (keys.some(key => storableText(key) !== key)) return undefined
  return keys
    .map(key => ({ key, bytes: Buffer.from(key), head: Buffer.from(`${JSON.stringify(key)}:`) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || a.bytes.compare(b.bytes))
}
