/**
 * Paths into a config, as resource types declare them: `State.Name`, `Tags[].Value`, `Environment.Variables.*`. `[]` stands
 * for every element of a list, `*` for every field. They are split once per type, not once per asset.
 */
export type FieldPath = readonly string[]

export function fieldPath(text: string): FieldPath {
  return text.replaceAll('[]', '.[]').split('.')
}

/** A copy of `value` in which `change` was applied to what the path leads to; undefined removes it. What is not on the path is shared, not copied. */
export function changeAt(value: unknown, path: FieldPath, change: (found: unknown) => unknown, depth = 0): unknown {
  if (value === undefined || value === null) return value
  const step = path[depth]
  if (step === undefined) return change(value)
  if (step === '[]') {
    if (!Array.isArray(value)) return value
    return value.map(element => changeAt(element, path, change, depth + 1)).filter(element => element !== undefined)
  }
  if (typeof value !== 'object' || Array.isArray(value)) return value
  const fields = value as Record<string, unknown>
  const names = step === '*' ? Object.keys(fields) : step in fields ? [step] : []
  if (names.length === 0) return value
  const copy = { ...fields }
  for (const name of names) {
    const changed = changeAt(fields[name], path, change, depth + 1)
    if (changed === undefined) delete copy[name]
    else copy[name] = changed
  }
  return copy
}
