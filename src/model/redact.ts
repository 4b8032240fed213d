import { type Config, UNREAD, unreadFields } from './asset.ts'

/** What stands for a value that may not be shown. */
export const REDACTED = { $redacted: true } as const

/**
 * A config without what may not be shown: `Environment.Variables` goes into objects by name and into every element of lists; `*` is any
 * name. A top-level field is replaced whether it is there or not, and is named among the unread ones: no conclusion is drawn from it.
 */
export function redact(config: Config, fields: readonly string[]): Config {
  if (fields.length === 0) return config
  const paths = fields.map(field => field.split('.'))
  const within = paths.reduce((redacted: unknown, path) => without(redacted, path), config) as Config
  const tops = paths.flatMap(([name]) => (name === undefined || name === '*' ? [] : [name]))
  const whole = paths.flatMap(([name, ...rest]) =>
    name === undefined || name === '*' || rest.length > 0 ? [] : [name],
  )
  return {
    ...within,
    ...Object.fromEntries(whole.map(name => [name, REDACTED])),
    [UNREAD]: [...new Set([...unreadFields(config), ...tops])].sort(),
  }
}

function without(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return REDACTED
  if (Array.isArray(value)) return value.map(element => without(element, [name, ...rest]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      (name === '*' && field !== UNREAD) || name === field ? without(inner, rest) : inner,
    ]),
  )
}
