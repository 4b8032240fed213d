import { type Member, type Model, type Shape, shapeOf, type Value, type Values } from './model.ts'
import { scalar } from './scalar.ts'

/** A form with dotted names (`Tags.member.1.Key`), as a tree. */
interface Branch {
  text?: string
  readonly children: Map<string, Branch>
}

/** What a form of the query protocols says, by the request's shape. */
export function readForm(model: Model, shape: Shape, form: URLSearchParams): Values {
  const root: Branch = { children: new Map() }
  for (const [name, text] of form) {
    let branch = root
    for (const part of name.split('.')) {
      const next = branch.children.get(part) ?? { children: new Map() }
      branch.children.set(part, next)
      branch = next
    }
    branch.text = text
  }
  return structure(model, shape, root)
}

function structure(model: Model, shape: Shape, branch: Branch): Values {
  const values: Record<string, Value> = {}
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const target = shapeOf(model, member)
    const at = branch.children.get(writtenAs(model, name, member, target))
    if (at !== undefined) values[name] = read(model, target, member, at)
  }
  return values
}

/** EC2 capitalises what the model writes small, and its lists have no inner name. */
function writtenAs(model: Model, name: string, member: Member, target: Shape): string {
  if (isEc2(model)) return member.queryName ?? capitalised(member.locationName ?? name)
  const isFlat = target.type === 'list' && (member.flattened ?? target.flattened) === true
  return isFlat ? (target.member?.locationName ?? member.locationName ?? name) : (member.locationName ?? name)
}

function read(model: Model, shape: Shape, member: Member | undefined, branch: Branch): Value {
  if (shape.type === 'structure') return structure(model, shape, branch)
  if (shape.type === 'list') return list(model, shape, member, branch)
  if (shape.type === 'map') return map(model, shape, member, branch)
  return scalar(shape, branch.text ?? '')
}

function list(model: Model, shape: Shape, member: Member | undefined, branch: Branch): Value {
  const isFlat = isEc2(model) || (member?.flattened ?? shape.flattened) === true
  const items = isFlat ? branch : branch.children.get(shape.member?.locationName ?? 'member')
  return numbered(items).map(item => read(model, shapeOf(model, shape.member), shape.member, item))
}

function map(model: Model, shape: Shape, member: Member | undefined, branch: Branch): Value {
  const isFlat = (member?.flattened ?? shape.flattened) === true
  const pairs = numbered(isFlat ? branch : branch.children.get('entry')).map(entry => {
    const key = entry.children.get(shape.key?.locationName ?? 'key')?.text ?? ''
    const value = entry.children.get(shape.value?.locationName ?? 'value') ?? { text: '', children: new Map() }
    return [key, read(model, shapeOf(model, shape.value), shape.value, value)] as const
  })
  return Object.fromEntries(pairs)
}

function numbered(branch: Branch | undefined): Branch[] {
  return [...(branch?.children ?? [])].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
}

function isEc2(model: Model): boolean {
  return model.metadata.protocol === 'ec2'
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
