/** All fields of a value, at all depths, as one text: elements of lists count together, in any order, and values do not count. */
export function keyPaths(value: unknown): string {
  const paths = new Set<string>()
  collect(value, '', paths)
  return [...paths].sort().join('\n')
}

function collect(value: unknown, path: string, into: Set<string>): void {
  if (Array.isArray(value)) {
    if (value.length === 0) into.add(`${path}[] empty`)
    for (const element of value) collect(element, `${path}[]`, into)
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
    if (fields.length === 0) into.add(`${path} empty`)
    for (const [field, inner] of fields) collect(inner, `${path}.${field}`, into)
  } else into.add(`${path} ${value instanceof Date ? 'string' : typeof value}`)
}
