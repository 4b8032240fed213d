const INITIAL_BYTES = 64 * 1024
/** A string of so many UTF-16 units, or four times as many bytes, is copied faster by a loop than by a call into the runtime. */
const SHORT = 40

/** Large buffers are used again: new ones have to be filled with zeros by the kernel and hurry the garbage collector. */
const spares: Buffer[] = []
const SPARES_MAX = 8
const SPARE_BYTES_MIN = 256 * 1024
const SPARE_BYTES_MAX = 4 * 1024 * 1024
const NOTHING = Buffer.alloc(0)

function spareOf(bytes: number): Buffer | undefined {
  if (bytes < SPARE_BYTES_MIN) return undefined
  const found = spares.findIndex(spare => spare.length >= bytes)
  return found < 0 ? undefined : spares.splice(found, 1)[0]
}

/** A buffer that grows while it is written to: the hot path of `record` makes no strings and no small objects. */
export class Bytes implements Disposable {
  buffer: Buffer
  at = 0

  constructor(initialBytes = INITIAL_BYTES) {
    this.buffer = spareOf(initialBytes) ?? Buffer.allocUnsafe(initialBytes)
  }

  /** Gives the buffer back; nothing that was taken from it may be read any more. */
  [Symbol.dispose](): void {
    const { length } = this.buffer
    const isUseful = length >= SPARE_BYTES_MIN && length <= SPARE_BYTES_MAX
    if (isUseful && spares.length < SPARES_MAX) spares.push(this.buffer)
    this.buffer = NOTHING
  }

  /** Makes room for so many more bytes. */
  reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes))
    this.buffer.copy(grown, 0, 0, this.at)
    this.buffer = grown
  }

  /** The UTF-8 bytes of a string, or of its end. */
  utf8(text: string, from = 0): this {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    this.reserve((text.length - from) * 3)
    if (text.length - from > SHORT || !this.#ascii(text, from)) {
      this.at += this.buffer.write(from === 0 ? text : text.slice(from), this.at)
    }
    return this
  }

  /** Bytes as they are. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    if (bytes.length <= SHORT * 4) this.#copy(bytes)
    else this.buffer.set(bytes, this.at)
    this.at += bytes.length
  }

  /** The bytes from a position on; they stay what they are while more is written. */
  since(from: number): Buffer {
    return this.buffer.subarray(from, this.at)
  }

  #copy(bytes: Uint8Array): void {
    const { buffer, at } = this
    for (let index = 0; index < bytes.length; index++) buffer[at + index] = bytes[index] as number
  }

  #ascii(text: string, from: number): boolean {
    const { buffer } = this
    let at = this.at
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) return false
      buffer[at++] = code
    }
    this.at = at
    return true
  }
}
