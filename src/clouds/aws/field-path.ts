/**
 * Paths into a config, as resource types declare them: `State.Name`, `Tags[].Value`, `Environment.Variables.*`. `[]` stands
 * for every element of a list, `*` for every field. They are split once per type, not once per asset.
 */
export type FieldPath = readonly string[]

export function fieldPath(text: string): FieldPath {
  return text.replaceAll('[]', '.[]').split('.')
}

/**
 * A copy of `value` in which `change` was applied to what the path leads to; undefined removes it. What is not on the path is shared, not
 * copied, and so is everything where nothing changed: a type has a dozen paths, and most of them change nothing.
 */
export function changeAt(value: unknown, path: FieldPath, change: (found: unknown) => unknown, depth = 0): unknown {
  if (value === undefined || value === null) return value
  const step = path[depth]
  if (step === undefined) return change(value)
  if (step === '[]') {
    return Array.isArray(value) ? changeElements(value, path, change, depth) : value
  }
  if (typeof value !== 'object' || Array.isArray(value)) return value
  const fields = value as Record<string, unknown>
  if (step !== '*' && !(step in fields)) return value
  let copy: Record<string, unknown> | undefined
  for (const name of step === '*' ? Object.keys(fields) : [step]) {
    const changed = changeAt(fields[name], path, change, depth + 1)
    if (changed === fields[name]) continue
    copy = changed === undefined ? without(copy ?? fields, name) : { ...(copy ?? fields), [name]: changed }
  }
  return copy ?? value
}

/** `delete` would make the copy slow for all who read it afterwards. */
function without(fields: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const rest: Record<string, unknown> = {}
  for (const key of Object.keys(fields)) if (key !== name) rest[key] = fields[key]
  return rest
}

function changeElements(
  elements: readonly unknown[],
  path: FieldPath,
  change: (found: unknown) => unknown,
  depth: number,
): unknown {
  const changed = elements.map(element => changeAt(element, path, change, depth + 1))
  if (changed.every((element, at) => element === elements[at])) return elements
  return changed.filter(element => element !== undefined)
}
