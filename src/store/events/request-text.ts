import { storableText } from '../../model/canonical.ts'

const LENGTH_MAX = 8_000
/** Longer requests are not searched for secrets, and none of them is kept: no provider sends such. */
const READ_LENGTH_MAX = 1_000_000
const CUT = '…'

/**
 * A request as it is kept: JSON text, its beginning where it is long. Providers redact what they declare to be secret; whatever else
 * stands under a name that says so is replaced here, the values of `{name: 'DB_PASSWORD', value: …}` too.
 */
export function requestText(json: string): string {
  if (json.length > READ_LENGTH_MAX) return JSON.stringify('(longer than is kept)')
  const text = storableText(SECRET.test(json) ? redacted(json) : json)
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX).toWellFormed()}${CUT}` : text
}

const SECRET = /passw|passphrase|secret|token|private_?-?key|credential/i
/** Ids, names and settings of secrets are none, and neither are the tokens of paging and of idempotent requests. */
const NOT_SECRET =
  /^(client|next|request|idempoten|continuation|pagination|creation)\w*token$|(ids?|arns?|names?|types?|status|state|length|polic(y|ies)|enabled|required|versions?|stages?|days|age|count|validity|units?|ttl|format|algorithm|reuse\w*|rotation\w*|expir\w*)$/i
const REPLACED = '***'

function redacted(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), function (this: unknown, key: string, value: unknown) {
      return isSecret(key) || (VALUE.test(key) && isNamedSecret(this)) ? withoutSecret(value) : value
    })
  } catch {
    return JSON.stringify('(not readable as JSON)')
  }
}

const VALUE = /^(parameter)?value$/i
const NAME = /^(parameter)?(name|key)$/i

function isSecret(key: string): boolean {
  return SECRET.test(key) && !NOT_SECRET.test(key)
}

/** `{name: 'DB_PASSWORD', value: …}` and `{parameterKey: …, parameterValue: …}`. */
function isNamedSecret(holder: unknown): boolean {
  return Object.entries(holder as object).some(
    ([key, name]) => NAME.test(key) && typeof name === 'string' && isSecret(name),
  )
}

/** Whether there is a secret, and whether it is on or off, is none. */
function withoutSecret(value: unknown): unknown {
  return value === null || typeof value === 'boolean' ? value : REPLACED
}
