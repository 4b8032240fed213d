/** Where values stand in a parameter tree, without the values: `vpc.tagSet.items[].key`. Numbers of lists do not matter. */
export function keyPaths(value: unknown, path = ''): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.flatMap(item => [...keyPaths(item, `${path}[]`)]))
  if (value === null || value === undefined) return new Set()
  if (typeof value !== 'object') return new Set([path])
  return new Set(
    Object.entries(value).flatMap(([key, inner]) => [...keyPaths(inner, path === '' ? key : `${path}.${key}`)]),
  )
}
