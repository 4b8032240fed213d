import type { Shape, Value } from './model.ts'

/** A text as the value that its shape says it is. */
export function scalar(shape: Shape, text: string): Value {
  if (shape.type === 'boolean') return text.trim() === 'true'
  if (NUMBERS.has(shape.type)) return Number.isFinite(Number(text)) ? Number(text) : text
  return shape.type === 'timestamp' ? time(text) : text
}

/** Moments come as ISO texts, as dates of HTTP, or as seconds. */
export function time(value: string | number): Value {
  const seconds = Number(value)
  const date = new Date(Number.isFinite(seconds) ? seconds * 1000 : value)
  return Number.isNaN(date.getTime()) ? String(value) : date
}

const NUMBERS = new Set(['integer', 'long', 'float', 'double', 'short', 'byte', 'bigInteger', 'bigDecimal'])
