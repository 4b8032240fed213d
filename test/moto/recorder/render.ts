import { isValues, type Model, type Shape, shapeOf, type Value } from './model.ts'

/** How a service writes its parameters into the trail. */
export interface Style {
  /** `ce`, `devops-guru` and a few more keep the API's capitals. */
  readonly keepsCapitals: boolean
  /** What is secret is left out by some, and written over by others. */
  readonly secrets: 'omitted' | 'hidden'
  readonly time: (date: Date) => string | number
}

export const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/** Parameters as CloudTrail writes them for most services: the model's names, only their first letter lowered. */
export function render(model: Model, shape: Shape, value: Value, style: Style): unknown {
  if (shape.sensitive === true) return style.secrets === 'hidden' ? HIDDEN : undefined
  if (shape.type === 'blob') return undefined
  if (value instanceof Date) return style.time(value)
  if (Array.isArray(value)) {
    const inner = shapeOf(model, shape.member)
    return value.map(item => render(model, inner, item, style)).filter(item => item !== undefined)
  }
  if (!isValues(value)) return value
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    if (inner === undefined) return []
    const member = shape.type === 'map' ? shape.value : shape.members?.[name]
    const target = shapeOf(model, member)
    const written = shape.type === 'map' || style.keepsCapitals ? name : lowerFirst(name)
    const rendered = render(model, member?.sensitive ? { ...target, sensitive: true } : target, inner, style)
    return rendered === undefined ? [] : [[written, rendered] as const]
  })
  return Object.fromEntries(entries)
}

/** `DBInstanceIdentifier` becomes `dBInstanceIdentifier`. */
export function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}

/** `Jul 10, 2023 11:54:39 AM`, as Java wrote dates up to its eighth version; since then with a comma behind the year. */
export const javaDate =
  (comma: '' | ',') =>
  (date: Date): string => {
    const hour = date.getUTCHours()
    const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}${comma}`
    const time = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
    return `${day} ${time} ${hour < 12 ? 'AM' : 'PM'}`
  }

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function two(number: number): string {
  return String(number).padStart(2, '0')
}
