/**
 * PostgreSQL's binary forms: rows for `COPY … (FORMAT binary)` (documented with COPY), and arrays that `unnest` turns into
 * rows (src/backend/utils/adt/arrayfuncs.c, array_recv). No quoting, no escaping, half the bytes of the text forms.
 */
const OIDS = { text: 25, uuid: 2950, bytea: 17, timestamptz: 1184, jsonb: 3802 } as const

const EPOCH_MS = Date.UTC(2000, 0, 1)
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const INITIAL_BYTES = 64 * 1024

/** Writes values one after the other into one growing buffer, each with its length in front. */
export class Writer {
  #buffer = Buffer.allocUnsafe(INITIAL_BYTES)
  #at = 0

  /** The bytes written so far. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at)
  }

  /** Begins a COPY row of so many fields. */
  row(fields: number): this {
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(fields, this.#at)
    return this
  }

  text(value: string | null): this {
    if (value === null) return this.null()
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    this.#reserve(4 + value.length * 3)
    const written = this.#buffer.write(value, this.#at + 4)
    this.#buffer.writeInt32BE(written, this.#at)
    this.#at += 4 + written
    return this
  }

  /** JSON text as jsonb: the format's version, 1, goes in front. */
  json(value: string | null): this {
    if (value === null) return this.null()
    this.#reserve(5 + value.length * 3)
    this.#buffer[this.#at + 4] = 1
    const written = 1 + this.#buffer.write(value, this.#at + 5)
    this.#buffer.writeInt32BE(written, this.#at)
    this.#at += 4 + written
    return this
  }

  /** Hexadecimal digits; dashes, as in a UUID, are passed over. */
  hex(value: string | null): this {
    if (value === null) return this.null()
    const digits = value.includes('-') ? value.replaceAll('-', '') : value
    return this.raw(digits.length / 2, at => this.#buffer.write(digits, at, 'hex'))
  }

  /** Milliseconds since 1970; Infinity is PostgreSQL's 'infinity'. Split in two words: BigInt would cost more than all the rest. */
  time(value: number): this {
    const isInfinite = value === Number.POSITIVE_INFINITY
    const micros = Math.round((value - EPOCH_MS) * 1000)
    const high = isInfinite ? 0x7fff_ffff : Math.floor(micros / 2 ** 32)
    const low = isInfinite ? 0xffff_ffff : micros - high * 2 ** 32
    return this.raw(8, at => {
      this.#buffer.writeInt32BE(high, at)
      this.#buffer.writeUInt32BE(low, at + 4)
    })
  }

  texts(values: readonly string[]): this {
    const start = this.#at
    this.#reserve(4)
    this.#at += 4
    this.array(OIDS.text, values.length)
    for (const value of values) this.text(value)
    this.#buffer.writeInt32BE(this.#at - start - 4, start)
    return this
  }

  /** The head of an array: dimensions, has-nulls flag, element type, length, lower bound. */
  array(type: number, length: number): this {
    this.#reserve(20)
    for (const word of length === 0 ? [0, 0, type] : [1, 1, type, length, 1])
      this.#at = this.#buffer.writeInt32BE(word, this.#at)
    return this
  }

  null(): this {
    this.#reserve(4)
    this.#at = this.#buffer.writeInt32BE(-1, this.#at)
    return this
  }

  /** A value of so many bytes, written by `fill`. */
  raw(length: number, fill: (at: number) => void): this {
    this.#reserve(4 + length)
    this.#at = this.#buffer.writeInt32BE(length, this.#at)
    fill(this.#at)
    this.#at += length
    return this
  }

  /** Sets bytes inside a value that is being written. */
  put(at: number, bytes: readonly number[]): void {
    this.#buffer.set(bytes, at)
  }

  /** Bytes as they are, without a length. */
  append(bytes: Buffer): this {
    this.#reserve(bytes.length)
    this.#at += bytes.copy(this.#buffer, this.#at)
    return this
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes))
    this.#buffer.copy(grown, 0, 0, this.#at)
    this.#buffer = grown
  }
}

/** All that one binary COPY sends: header, the rows, trailer. */
export function copyRows<Row>(rows: readonly Row[], fields: number, write: (writer: Writer, row: Row) => void): Buffer {
  const writer = new Writer().append(SIGNATURE)
  for (const row of rows) write(writer.row(fields), row)
  return writer.row(-1).bytes()
}

/** A parameter that is an array of uuid. */
export function uuids(values: readonly string[]): Buffer {
  return values.reduce((writer, value) => writer.hex(value), new Writer().array(OIDS.uuid, values.length)).bytes()
}

/** A parameter that is an array of text; null stays null. */
export function texts(values: readonly (string | null)[]): Buffer {
  return values.reduce((writer, value) => writer.text(value), new Writer().array(OIDS.text, values.length)).bytes()
}

/** A parameter that is an array of jsonb, from JSON texts. */
export function jsons(values: readonly (string | null)[]): Buffer {
  return values.reduce((writer, value) => writer.json(value), new Writer().array(OIDS.jsonb, values.length)).bytes()
}

/** A parameter that is an array of bytea, from hexadecimal text. */
export function digests(values: readonly (string | null)[]): Buffer {
  return values.reduce((writer, value) => writer.hex(value), new Writer().array(OIDS.bytea, values.length)).bytes()
}

/** A parameter that is an array of timestamptz, from milliseconds since 1970. */
export function times(values: readonly number[]): Buffer {
  return values
    .reduce((writer, value) => writer.time(value), new Writer().array(OIDS.timestamptz, values.length))
    .bytes()
}
