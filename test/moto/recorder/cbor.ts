/** What CBOR holds, as JSON would say it; bytes are left out, because trails do not log them. */
export type CborValue = null | boolean | number | string | readonly CborValue[] | { readonly [key: string]: CborValue }

/** Reads one value of the encoding that Smithy's newer protocol uses (RFC 8949). Throws a RangeError on what is cut off. */
export function decodeCbor(bytes: Buffer): CborValue {
  return value({ bytes, at: 0 })
}

/** Whether a body is a map in CBOR: no text of JSON or XML begins with such a byte. */
export function isCbor(bytes: Buffer): boolean {
  return bytes.length > 0 && (bytes[0] ?? 0) >> 5 === MAP
}

interface Cursor {
  readonly bytes: Buffer
  at: number
}

const [UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, TAG] = [0, 1, 2, 3, 4, 5, 6]
const INDEFINITE = 31
const BREAK = 0xff

function value(from: Cursor): CborValue {
  const head = from.bytes.readUInt8(from.at++)
  const [major, info] = [head >> 5, head & 31]
  if (major === UNSIGNED) return argument(from, info)
  if (major === NEGATIVE) return -1 - argument(from, info)
  if (major === BYTES) {
    chunks(from, info)
    return null
  }
  if (major === TEXT) return chunks(from, info).toString('utf8')
  if (major === LIST) return items(from, info, value)
  if (major === MAP) return Object.fromEntries(items(from, info, entry))
  if (major === TAG) {
    // Moments are tagged seconds: the shape says that they are.
    argument(from, info)
    return value(from)
  }
  return simple(from, info)
}

function entry(from: Cursor): readonly [string, CborValue] {
  return [String(value(from)), value(from)]
}

function argument(from: Cursor, info: number): number {
  if (info < 24) return info
  const length = 1 << (info - 24)
  const at = from.at
  from.at += length
  return length === 8 ? Number(from.bytes.readBigUInt64BE(at)) : from.bytes.readUIntBE(at, length)
}

function chunks(from: Cursor, info: number): Buffer {
  if (info !== INDEFINITE) {
    const length = argument(from, info)
    from.at += length
    if (from.at > from.bytes.length) throw new RangeError('the text ends early')
    return from.bytes.subarray(from.at - length, from.at)
  }
  const parts: Buffer[] = []
  while (from.bytes.readUInt8(from.at) !== BREAK) parts.push(chunks(from, from.bytes.readUInt8(from.at++) & 31))
  from.at++
  return Buffer.concat(parts)
}

function items<Item>(from: Cursor, info: number, read: (from: Cursor) => Item): Item[] {
  if (info !== INDEFINITE) return Array.from({ length: argument(from, info) }, () => read(from))
  const found: Item[] = []
  while (from.bytes.readUInt8(from.at) !== BREAK) found.push(read(from))
  from.at++
  return found
}

function simple(from: Cursor, info: number): CborValue {
  if (info === 20 || info === 21) return info === 21
  const at = from.at
  if (info === 26) {
    from.at += 4
    return from.bytes.readFloatBE(at)
  }
  if (info === 27) {
    from.at += 8
    return from.bytes.readDoubleBE(at)
  }
  return null
}
