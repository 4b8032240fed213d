const LENGTH_MAX = 2_000
const REPLACED = '***'

/**
 * Secrets that people paste by mistake: secret access keys and session tokens of AWS (40 or more characters of base64 that are no hash),
 * JSON web tokens, bearer tokens, what stands in a URL before the host, private keys.
 */
const SECRETS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/g, REPLACED],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REPLACED],
  [/\b(?:xox[a-z]|xapp|ghp|gho|ghs|github_pat|glpat|cad)[-_][\w-]{10,}/g, REPLACED],
  [/(:\/\/[^/\s:@]*:)[^/\s@]+(?=@)/g, `$1${REPLACED}`],
  [
    /\b((?:bearer|password|passwd|pwd|secret|token)\s*[=:]?\s+|(?:password|passwd|pwd|secret|token)[=:])\S+/gi,
    `$1${REPLACED}`,
  ],
]
const LONG = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+]{40,}={0,2}(?![A-Za-z0-9/+=_-])/g

/** An input as the log keeps it: JSON text, without what looks like a secret, and not longer than anybody reads. */
export function loggedInput(input: unknown): string {
  const text = JSON.stringify(input ?? {}, (_, value: unknown) =>
    typeof value === 'string' ? withoutSecrets(value.replaceAll('\0', '')) : value,
  )
  if (text === undefined) return '{}'
  const storable = text.toWellFormed()
  return storable.length > LENGTH_MAX ? `${storable.slice(0, LENGTH_MAX).toWellFormed()}…` : storable
}

function withoutSecrets(text: string): string {
  const known = SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
  return known.replace(LONG, word => (isSecret(word) ? REPLACED : word))
}

/** Ids are hexadecimal, names and ARNs have other characters between: a secret has letters of both cases and digits, all mixed. */
function isSecret(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word)
}
