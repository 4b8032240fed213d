/**
 * Cuts a stream of text into JSON values without holding more than one of them: one document, several in a row, or one
 * to a line. A list that is the whole document, or that a top-level object holds under one of `LISTS`, is not waited for:
 * its elements come out one by one, so that a log file of any size costs the memory of one record.
 *
 * States, by where the scanner stands:
 *   outside   between values; anything but white space, commas and closing brackets is garbage up to the end of the line
 *   value     inside a value, whose text is gathered until the bracket that opened it closes
 *   list      between the elements of an unrolled list
 *   closing   behind an unrolled list, up to the end of the object that held it; its text is dropped
 *
 * Truncated values are noticed where JSON forbids what comes next (a line break inside a string; an object that follows
 * neither a comma, a colon nor a bracket), so that one cut line does not swallow the lines after it.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'broken'; readonly reason: string; readonly text: string }

/** Larger than any single event (CloudTrail's are below 1 MB), and a bound on memory. */
export const VALUE_CHARS_MAX = 16 * 1024 * 1024
/** No record is nested a hundred deep; a bound for inputs that are made of brackets. */
export const DEPTH_MAX = 10_000

const LIST_KEY = /"(?:Records|Events|Messages|logEvents)"\s*:\s*$/
const LIST_KEY_CHARS = 64
const KEPT_OF_BROKEN = 1024

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const LINE_FEED = 0x0a

export class JsonValues {
  #state: 'outside' | 'value' | 'list' | 'closing' = 'outside'
  /** The open brackets, outermost first, of the value and of the unrolled list around it. */
  #open: number[] = []
  /** How many of them belong to an unrolled list; a value ends when no more than these are open. */
  #base = 0
  #inString = false
  #isEscaped = false
  /** The last character outside strings that was not white space. */
  #last = 0
  #isGarbage = false
  #gathered: string[] = []
  #gatheredChars = 0
  #out: Piece[] = []

  /** Takes the next part of the stream, and gives what has become complete. */
  push(chunk: string): Piece[] {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at)
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (code === BACKSLASH) this.#isEscaped = true
        else if (code === QUOTE) this.#inString = false
        else if (code === LINE_FEED) {
          from = this.#abandon('a text in it does not end on its line', chunk, from, at)
          this.#isGarbage = false
        }
        continue
      }
      if (isSpace(code)) {
        if (code === LINE_FEED) this.#isGarbage = false
        continue
      }
      if (this.#isGarbage) {
        if (code === QUOTE) this.#inString = true
        if (this.#state !== 'list' || (code !== COMMA && code !== CLOSE_LIST)) continue
        this.#isGarbage = false
      }
      if (this.#open.length > this.#base || this.#state === 'closing') from = this.#inside(code, chunk, from, at)
      else from = this.#between(code, at, chunk)
      this.#last = code
    }
    if (this.#state === 'value') this.#gather(chunk, from, chunk.length)
    return this.#taken()
  }

  /** The stream has ended: what is still open is broken. */
  end(): Piece[] {
    const isInList = this.#base > 0
    if (this.#state === 'value') this.#abandon('the input ends in the middle of it', '', 0, 0)
    else if (isInList) this.#break('the input ends before its list does, so that records may be missing', '')
    return this.#taken()
  }

  /** A character inside a value (or behind an unrolled list). Returns where the current value's text begins in the chunk. */
  #inside(code: number, chunk: string, from: number, at: number): number {
    if (code === QUOTE) {
      this.#inString = true
      return from
    }
    if (this.#open.length >= DEPTH_MAX) {
      this.#isGarbage = true
      return this.#abandon('it is nested too deeply; the rest of its line is skipped', chunk, from, at)
    }
    if (code === OPEN_OBJECT) {
      if (!this.#mayOpen()) return this.#between(code, at, chunk, this.#abandon('it is cut off', chunk, from, at))
      this.#open.push(code)
      return from
    }
    if (code === OPEN_LIST) {
      this.#open.push(code)
      return this.#open.length === 2 && this.#base === 0 && this.#isListKey(chunk, from, at) ? this.#unroll() : from
    }
    if (code !== CLOSE_OBJECT && code !== CLOSE_LIST) return from
    const opened = this.#open.pop()
    if (opened !== code - 2) {
      this.#isGarbage = true
      return this.#abandon('its brackets do not match; the rest of its line is skipped', chunk, from, at)
    }
    if (this.#open.length > this.#base) return from
    if (this.#state === 'closing') {
      if (this.#open.length === 0) this.#reset()
      return at + 1
    }
    this.#gather(chunk, from, at + 1)
    this.#emit()
    this.#state = this.#base > 0 ? 'list' : 'outside'
    return at + 1
  }

  /** A character between values. Returns where the value that it may begin starts. */
  #between(code: number, at: number, chunk: string, from = at): number {
    if (code === CLOSE_LIST && this.#state === 'list') {
      this.#open.pop()
      this.#base = 0
      this.#state = this.#open.length > 0 ? 'closing' : 'outside'
      return at + 1
    }
    if (code === OPEN_OBJECT || (code === OPEN_LIST && this.#state === 'list')) {
      this.#state = 'value'
      this.#open.push(code)
      return at
    }
    if (code === OPEN_LIST) {
      this.#open.push(code)
      this.#unroll()
      return at + 1
    }
    if (code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT) return from
    this.#isGarbage = true
    this.#inString = code === QUOTE
    const lineEnd = chunk.indexOf('\n', at)
    this.#out.push({
      kind: 'broken',
      reason: 'not JSON',
      text: chunk.slice(at, Math.min(at + KEPT_OF_BROKEN, lineEnd < 0 ? chunk.length : lineEnd)),
    })
    return from
  }

  /** JSON allows an object as an element of a list and behind a colon, nowhere else. */
  #mayOpen(): boolean {
    if (this.#last === COLON) return true
    return this.#open.at(-1) === OPEN_LIST && (this.#last === COMMA || this.#last === OPEN_LIST)
  }

  #isListKey(chunk: string, from: number, at: number): boolean {
    const before = chunk.slice(Math.max(from, at - LIST_KEY_CHARS), at)
    const tail = before.length < LIST_KEY_CHARS ? this.#gathered.join('').slice(-LIST_KEY_CHARS) + before : before
    return this.#open[0] === OPEN_OBJECT && LIST_KEY.test(tail)
  }

  #unroll(): number {
    this.#base = this.#open.length
    this.#state = 'list'
    this.#drop()
    return 0
  }

  #gather(chunk: string, from: number, to: number): void {
    const room = VALUE_CHARS_MAX - this.#gatheredChars
    this.#gatheredChars += to - from
    if (room > 0 && to > from) this.#gathered.push(chunk.slice(from, Math.min(to, from + room)))
  }

  #emit(): void {
    const text = this.#gathered.join('')
    if (this.#gatheredChars > VALUE_CHARS_MAX) this.#break('it is too large', text)
    else this.#out.push({ kind: 'text', text })
    this.#drop()
  }

  /** Gives the current value up and starts anew outside. */
  #abandon(reason: string, chunk: string, from: number, at: number): number {
    if (this.#state === 'value') {
      this.#gather(chunk, from, at)
      this.#break(reason, this.#gathered.join(''))
    }
    this.#reset()
    return at
  }

  #break(reason: string, text: string): void {
    this.#out.push({ kind: 'broken', reason, text: text.slice(0, KEPT_OF_BROKEN) })
  }

  #reset(): void {
    this.#state = 'outside'
    this.#open = []
    this.#base = 0
    this.#inString = false
    this.#isEscaped = false
    this.#drop()
  }

  #drop(): void {
    this.#gathered = []
    this.#gatheredChars = 0
  }

  #taken(): Piece[] {
    const out = this.#out
    this.#out = []
    return out
  }
}

/** White space as JSON has it (RFC 8259, section 2), and the byte order mark that some editors put first. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === LINE_FEED || code === 0x0d || code === 0x09 || code === 0xfeff
}
