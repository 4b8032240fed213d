/** A list as PostgreSQL writes it, for where an array of arrays would have to be of equal lengths. */
export function arrayText(values: readonly string[]): string {
  return `{${values.map(value => `"${value.replace(/["\\]/g, '\\$&')}"`).join()}}`
}

/** What PostgreSQL writes of a `text[]` of one dimension ("Array Input and Output Syntax"), without a string for every character of it. */
export function arrayOfText(text: string): (string | null)[] {
  const values: (string | null)[] = []
  const last = text.length - 1
  for (let at = 1; at < last; ) {
    const isQuoted = text[at] === '"'
    const end = isQuoted ? closing(text, at + 1) : before(text.indexOf(',', at), last)
    const value = isQuoted ? text.slice(at + 1, end) : text.slice(at, end)
    values.push(isQuoted ? unescaped(value) : value === 'NULL' ? null : value)
    at = end + (isQuoted ? 2 : 1)
  }
  return values
}

/** Where the quote is that ends a value: not one behind a backslash, unless that is behind one itself. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
}

function before(comma: number, last: number): number {
  return comma < 0 ? last : comma
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/gs, '$1') : text
}
