import { z } from 'zod'

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
}
const WORDS: Readonly<Record<string, number>> = { now: 0, today: 0, yesterday: 86_400_000 }
const RELATIVE =
  /^-?(?:\d+(?:\.\d+)?\s*(?:s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|years?)\s*)+(?:ago)?$/
const PART = /(\d+(?:\.\d+)?)\s*([a-z])[a-z]*/g
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** A time as people write it: ISO 8601 (UTC unless it says otherwise), or how long ago. */
export const Instant = z
  .string()
  .max(64)
  .refine(text => instantOf(text, 0) !== undefined, {
    error: 'a time such as 2026-11-01T03:00Z, 2026-11-01, "2h ago", 3d or yesterday',
  })

/** The `--at` of every question that can look back. */
export const At = Instant.optional().describe('As of a time: 2026-11-01T03:00Z, 2026-11-01, "2h ago", 3d, yesterday')

/** The window of questions about what happened. */
export const Since = Instant.optional().describe('Only what happened from then on: 2h, 2026-11-01, yesterday')
export const Until = Instant.optional().describe('Only what happened until then')

/** Milliseconds since 1970; undefined: not a time. */
export function instantOf(text: string, now: number): number | undefined {
  const trimmed = text.trim()
  const word = WORDS[trimmed.toLowerCase()]
  if (word !== undefined) return now - word
  if (RELATIVE.test(trimmed.toLowerCase())) {
    let ago = 0
    for (const [, amount, unit] of trimmed.toLowerCase().matchAll(PART))
      ago += Number(amount) * (UNITS_MS[unit ?? ''] ?? 0)
    return now - ago
  }
  if (!ISO.test(trimmed)) return undefined
  const iso = trimmed.replace(' ', 'T')
  const time = Date.parse(iso.length > 10 && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? `${iso}Z` : iso)
  return Number.isNaN(time) ? undefined : time
}

/** The time that a question is asked for. */
export function atOf(text: string | undefined, now: number): number {
  return text === undefined ? now : (instantOf(text, now) ?? now)
}

/** ISO 8601 in whole seconds, UTC. */
export function isoOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

const STEPS: readonly (readonly [ms: number, unit: string])[] = [
  [365 * 86_400_000, 'year'],
  [30 * 86_400_000, 'month'],
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
]

/** `3 hours ago`, `in 2 days`, `now`: the greatest unit that fits. */
export function relative(ms: number, now: number): string {
  const distance = Math.abs(now - ms)
  const [size, unit] = STEPS.find(([step]) => distance >= step) ?? [0, '']
  if (size === 0) return 'now'
  const count = Math.floor(distance / size)
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`
  return ms > now ? `in ${words}` : `${words} ago`
}

/** `2026-11-22 06:30Z (3 hours ago)`, for headlines. */
export function whenText(ms: number, now: number): string {
  return `${isoOf(ms)
    .replace('T', ' ')
    .replace(/:\d\dZ$/, 'Z')} (${relative(ms, now)})`
}
