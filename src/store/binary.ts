import { Bytes } from '../model/bytes.ts'
import { writeCanonical } from '../model/canonical.ts'

/**
 * PostgreSQL's binary forms: rows for `COPY … (FORMAT binary)` (documented with COPY), and arrays that `unnest` turns into
 * rows (src/backend/utils/adt/arrayfuncs.c, array_recv). No quoting, no escaping, half the bytes of the text forms.
 */
const OIDS = { text: 25, uuid: 2950, bytea: 17, timestamptz: 1184, jsonb: 3802 } as const

const WORD = 2 ** 32
const EPOCH_MS = Date.UTC(2000, 0, 1)
/** The first and the last millisecond that a timestamptz holds (src/include/datatype/timestamp.h). */
export const TIME_MIN_MS = Date.UTC(-4713, 10, 24)
export const TIME_MAX_MS = 8.64e15
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const JSONB_VERSION = 1
const DASH = 0x2d
/** What a hexadecimal digit is worth, by its character code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0)

/** Writes values one after the other, each with its length in front. */
export class Writer extends Bytes {
  /** Begins a COPY row of so many fields. */
  row(fields: number): this {
    this.reserve(2)
    this.at = this.buffer.writeInt16BE(fields, this.at)
    return this
  }

  /** A string, or its end: 'kind value' needs no cutting into new strings. */
  text(value: string | null, from = 0): this {
    if (value === null) return this.null()
    const start = this.#begin()
    this.utf8(value, from)
    return this.#end(start)
  }

  /** JSON text as jsonb: the format's version goes in front. */
  json(value: string | null): this {
    if (value === null) return this.null()
    const start = this.#begin()
    this.byte(JSONB_VERSION)
    this.utf8(value)
    return this.#end(start)
  }

  /** Any value as jsonb, its keys in order. */
  canonical(value: unknown): this {
    const start = this.#begin()
    this.byte(JSONB_VERSION)
    writeCanonical(this, value)
    return this.#end(start)
  }

  /** Any value as the text of its JSON, its keys in order. */
  canonicalText(value: unknown): this {
    const start = this.#begin()
    writeCanonical(this, value)
    return this.#end(start)
  }

  /** Hexadecimal digits; dashes, as in a UUID, are passed over. */
  hex(value: string | null): this {
    if (value === null) return this.null()
    const start = this.#begin()
    this.reserve(value.length)
    const { buffer } = this
    let at = this.at
    for (let index = 0; index < value.length; index += 2) {
      if (value.charCodeAt(index) === DASH) index++
      buffer[at++] = ((DIGITS[value.charCodeAt(index)] ?? 0) << 4) | (DIGITS[value.charCodeAt(index + 1)] ?? 0)
    }
    this.at = at
    return this.#end(start)
  }

  /**
   * Whole milliseconds since 1970, as microseconds since 2000; Infinity is PostgreSQL's 'infinity'. In two words, because
   * far times have more bits than a number holds exactly, and BigInt would cost more than all the rest.
   */
  time(value: number): this {
    this.word(8)
    if (value === Number.POSITIVE_INFINITY) return this.word(0x7fff_ffff).word(0xffff_ffff)
    const high = Math.floor((value - EPOCH_MS) / WORD)
    const low = (value - EPOCH_MS - high * WORD) * 1000
    const carry = Math.floor(low / WORD)
    return this.word(high * 1000 + carry).word(low - carry * WORD)
  }

  texts(values: readonly string[] | null): this {
    if (values === null) return this.null()
    const start = this.#begin()
    this.array(OIDS.text, values.length)
    for (const value of values) this.text(value)
    return this.#end(start)
  }

  /** The head of an array: dimensions, has-nulls flag, element type, length, lower bound. */
  array(type: number, length: number): this {
    if (length === 0) return this.word(0).word(0).word(type)
    return this.word(1).word(1).word(type).word(length).word(1)
  }

  null(): this {
    return this.word(-1)
  }

  /** Bytes with their length in front. */
  bytes(...bytes: readonly number[]): this {
    this.word(bytes.length)
    for (const byte of bytes) this.byte(byte)
    return this
  }

  /** Four bytes, the highest first. */
  word(value: number): this {
    this.reserve(4)
    this.#put(this.at, value)
    this.at += 4
    return this
  }

  byte(value: number): void {
    this.reserve(1)
    this.buffer[this.at++] = value
  }

  /** Any value as canonical JSON, without a length in front: bytes that are read before the next is written. */
  scratch(value: unknown): Buffer {
    this.at = 0
    writeCanonical(this, value)
    return this.since(0)
  }

  #begin(): number {
    this.reserve(4)
    this.at += 4
    return this.at
  }

  #end(start: number): this {
    this.#put(start - 4, this.at - start)
    return this
  }

  #put(at: number, value: number): void {
    const { buffer } = this
    buffer[at] = value >>> 24
    buffer[at + 1] = value >>> 16
    buffer[at + 2] = value >>> 8
    buffer[at + 3] = value
  }
}

/**
 * A condition for a COPY that is always true, and that PostgreSQL does not know to be: it then inserts row by row instead of collecting
 * 1,000 rows. For each collected row it holds a resource, all of one hash, and above 32 of them (src/backend/utils/resowner)
 * finding one among them costs more than the rows themselves, when these are small.
 */
export const ONE_BY_ONE = 'random() >= 0'

/** All that one binary COPY sends, row by row: header, the rows, trailer. */
export class CopyWriter extends Writer {
  rows = 0

  constructor(initialBytes?: number) {
    super(initialBytes)
    this.append(SIGNATURE)
  }

  override row(fields: number): this {
    this.rows++
    return super.row(fields)
  }

  /** Ends the rows and returns all bytes. */
  finish(): Buffer {
    super.row(-1)
    return this.since(0)
  }
}

/** All that one binary COPY of rows sends. */
export function copyRows<Row>(rows: readonly Row[], fields: number, write: (writer: Writer, row: Row) => void): Buffer {
  const writer = new CopyWriter()
  for (const row of rows) write(writer.row(fields), row)
  return writer.finish()
}

/** A parameter that is an array of uuid. */
export function uuids(values: readonly string[]): Buffer {
  return parameter(OIDS.uuid, values, (writer, value) => writer.hex(value))
}

/** A parameter that is an array of text; null stays null. */
export function texts(values: readonly (string | null)[]): Buffer {
  return parameter(OIDS.text, values, (writer, value) => writer.text(value))
}

/** A parameter that is an array of jsonb, from JSON texts. */
export function jsons(values: readonly (string | null)[]): Buffer {
  return parameter(OIDS.jsonb, values, (writer, value) => writer.json(value))
}

/** A parameter that is an array of bytea, from hexadecimal text. */
export function digests(values: readonly (string | null)[]): Buffer {
  return parameter(OIDS.bytea, values, (writer, value) => writer.hex(value))
}

/** A parameter that is an array of timestamptz, from milliseconds since 1970. */
export function times(values: readonly number[]): Buffer {
  return parameter(OIDS.timestamptz, values, (writer, value) => writer.time(value))
}

function parameter<Value>(
  type: number,
  values: readonly Value[],
  write: (writer: Writer, value: Value) => void,
): Buffer {
  const writer = new Writer().array(type, values.length)
  for (const value of values) write(writer, value)
  return writer.since(0)
}
