/**
 * JSON text with the keys of every object in order, so that equal values have equal text. Undefined fields are left out
 * and dates are ISO 8601, as in JSON.stringify. PostgreSQL's jsonb takes neither U+0000 nor lone surrogates: the former becomes its
 * picture (U+2400), the latter the replacement character (U+FFFD).
 */
export function canonicalText(value: unknown): string {
  const text = write(value, 0)
  return UNSTORABLE.test(text) ? write(storable(value), 0) : text
}

/** A string that PostgreSQL can store, and that reads like the one given. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u2400')
}

/** JSON.stringify escapes exactly U+0000 and lone surrogates this way (ECMAScript, QuoteJSONString). */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/
/** Deeper than any API's reply; deeper values are cut, and say so. */
const DEPTH_MAX = 200
const CUT = '"(deeper than can be stored)"'

function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (depth > DEPTH_MAX) return CUT
  if (Array.isArray(value)) {
    let text = ''
    for (let at = 0; at < value.length; at++) text += (at === 0 ? '' : ',') + write(value[at], depth + 1)
    return `[${text}]`
  }
  if (value instanceof Date) return JSON.stringify(value)
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`
  const fields = value as Record<string, unknown>
  let text = ''
  for (const key of Object.keys(fields).sort()) {
    const field = fields[key]
    if (field === undefined || typeof field === 'function') continue
    text += (text === '' ? '' : ',') + quotedKey(key) + write(field, depth + 1)
  }
  return `{${text}}`
}

/** What JSON.stringify would escape; most strings hold none of it, and quoting them needs no call. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/

function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** APIs use the same few thousand field names over and over. */
const keys = new Map<string, string>()
const KEYS_MAX = 20_000

function quotedKey(key: string): string {
  const known = keys.get(key)
  if (known !== undefined) return known
  const text = `${JSON.stringify(key)}:`
  if (keys.size < KEYS_MAX) keys.set(key, text)
  return text
}

function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value)
  if (value === null || typeof value !== 'object' || depth > DEPTH_MAX) return value
  if (Array.isArray(value)) return value.map(element => storable(element, depth + 1))
  if (value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [storableText(key), storable(field, depth + 1)]),
  )
}
