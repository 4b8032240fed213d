import { type Member, type Model, type Shape, shapeOf, type Value, type Values } from './model.ts'
import { scalar } from './scalar.ts'
import { childOf, type Element } from './xml.ts'

/** What an element says, by its shape. */
export function readXml(model: Model, shape: Shape, element: Element): Value {
  if (shape.type === 'structure') return structure(model, shape, element)
  if (shape.type === 'list') return element.children.map(item => readXml(model, shapeOf(model, shape.member), item))
  if (shape.type === 'map') return map(model, shape, element.children)
  return scalar(shape, element.text)
}

function structure(model: Model, shape: Shape, element: Element): Values {
  const values: Record<string, Value> = {}
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const value = memberOf(model, name, member, element)
    if (value !== undefined) values[name] = value
  }
  return values
}

function memberOf(model: Model, name: string, member: Member, element: Element): Value | undefined {
  if (member.location !== undefined) return undefined
  const target = shapeOf(model, member)
  const written = member.locationName ?? name
  if (member.xmlAttribute === true) {
    const attribute = element.attributes[written]
    return attribute === undefined ? undefined : scalar(target, attribute)
  }
  const isFlat = (member.flattened ?? target.flattened) === true
  if (target.type === 'list' && isFlat) return flatList(model, target, member.locationName ?? name, element)
  if (target.type === 'map' && isFlat)
    return map(
      model,
      target,
      element.children.filter(child => child.name === written),
    )
  const child = childOf(element, written)
  return child === undefined ? undefined : readXml(model, target, child)
}

function flatList(model: Model, shape: Shape, name: string, element: Element): Value | undefined {
  const named = shape.member?.locationName ?? name
  const items = element.children.filter(child => child.name === named || child.name === name)
  return items.length === 0 ? undefined : items.map(item => readXml(model, shapeOf(model, shape.member), item))
}

function map(model: Model, shape: Shape, entries: readonly Element[]): Value {
  const pairs = entries.flatMap(entry => {
    const key = childOf(entry, shape.key?.locationName ?? 'key')
    const value = childOf(entry, shape.value?.locationName ?? 'value')
    if (key === undefined) return []
    return [[key.text, value === undefined ? '' : readXml(model, shapeOf(model, shape.value), value)] as const]
  })
  return Object.fromEntries(pairs)
}
