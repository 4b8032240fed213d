import { parse } from 'node:querystring'

/** What Slack posts: JSON (events), a form (commands), or a form with JSON in it (clicks). Undefined: none of these. */
export function parseBody(type: string | undefined, text: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^application\/x-www-form-urlencoded\b/i.test(type ?? '')) return objectOf(text)
  const form = parse(text)
  return typeof form['payload'] === 'string' ? objectOf(form['payload']) : { ...form }
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
