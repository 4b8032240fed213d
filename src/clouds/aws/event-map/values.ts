import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'

/**
 * A place in a record: `request.changeBatch.changes[].action`. Two dots (`response..instanceId`) mean: wherever the leaf
 * stands nearest to the top, because EC2 wraps requests and lists in ways that differ from call to call.
 */
export interface Path {
  readonly side: 'request' | 'response' | 'details' | 'extra' | 'place'
  readonly isAnywhere: boolean
  readonly steps: readonly Step[]
}

interface Step {
  readonly name: string
  readonly lower: string
}

/** Where each side of a path lies; `details` and `extra` are what services send without having been called. */
const MEMBERS = {
  request: 'requestParameters',
  response: 'responseElements',
  details: 'serviceEventDetails',
  extra: 'additionalEventData',
} as const

function isSide(text: string): text is keyof typeof MEMBERS {
  return Object.hasOwn(MEMBERS, text)
}

/**
 * How many levels down a name is looked for. In a request, what lies deeper is something else of the same name: the
 * group that a rule of a security group lets in is not the group that gets the rule.
 */
const LEVELS_MAX = { request: 5, response: 12, details: 12, extra: 12 } as const

/** Bounds on hostile or huge records. */
const NODES_MAX = 2000
const VALUES_MAX = 1000
const DEPTH_MAX = 12

/** Reads a path as the map writes it. */
export function parsePath(text: string): Path {
  const [side, rest] = cut(text, '.')
  if (rest === '') return { side: 'place', isAnywhere: false, steps: [{ name: side, lower: side }] }
  const isAnywhere = rest.startsWith('.')
  const steps = (isAnywhere ? rest.slice(1) : rest)
    .split('.')
    .map(step => step.replace('[]', ''))
    .map(name => ({ name, lower: name.toLowerCase() }))
  return { side: isSide(side) ? side : 'request', isAnywhere, steps }
}

/** The texts at a path, none if there are none. Never throws, whatever the record holds. */
export function valuesAt(record: CloudTrailRecord, path: Path): readonly string[] {
  if (path.side === 'place') return []
  const root = record[MEMBERS[path.side]]
  const last = path.steps.at(-1)
  if (path.isAnywhere) return last === undefined ? [] : nearest(root, last, LEVELS_MAX[path.side])
  const found: string[] = []
  walk(root, path.steps, 0, found)
  return found
}

/** The texts under the path's last name wherever it stands, for calls that wrap their request. */
export function valuesAnywhere(record: CloudTrailRecord, path: Path): readonly string[] {
  const last = path.steps.at(-1)
  if (last === undefined || path.side === 'place' || GENERIC.has(last.lower)) return []
  return nearest(record[MEMBERS[path.side]], last, LEVELS_MAX[path.side])
}

/** Names that say nothing about whose they are. */
const GENERIC = new Set(['arn', 'arns', 'id', 'ids', 'identifier', 'key', 'name', 'names', 'resource', 'type', 'value'])

function walk(node: unknown, steps: readonly Step[], at: number, found: string[]): void {
  if (found.length >= VALUES_MAX) return
  const step = steps[at]
  if (step === undefined) {
    collect(node, found, 0)
    return
  }
  const list = listOf(node)
  if (list !== undefined) {
    for (const item of list.slice(0, VALUES_MAX)) walk(item, steps, at, found)
    return
  }
  const value = member(node, step)
  if (value !== undefined) walk(value, steps, at + 1, found)
}

/** Lists come bare, or as `{items: […]}` (EC2) and `{member: […]}` (query APIs). */
export function listOf(node: unknown): readonly unknown[] | undefined {
  if (Array.isArray(node)) return node
  if (!isObject(node)) return undefined
  const inner = node['items'] ?? node['item'] ?? node['member']
  return Array.isArray(inner) ? inner : undefined
}

/** Only the first letter's case is sure: `dBInstanceIdentifier`, `DBInstanceIdentifier` and `dbInstanceIdentifier` all occur. */
function member(node: unknown, step: Step): unknown {
  if (!isObject(node)) return undefined
  if (Object.hasOwn(node, step.name)) return node[step.name]
  for (const key of Object.keys(node)) {
    if (key.length === step.name.length && key.toLowerCase() === step.lower) return node[key]
  }
  return undefined
}

const PLURALS = new Set(['s', 'set', 'list'])

/** A member, or the list of it: `flowLogIdSet` for `flowLogId`. */
function listed(node: unknown, step: Step): unknown {
  const value = member(node, step)
  if (value !== undefined || !isObject(node)) return value
  for (const key of Object.keys(node)) {
    if (key.length <= step.name.length) continue
    if (PLURALS.has(key.slice(step.name.length).toLowerCase()) && key.toLowerCase().startsWith(step.lower))
      return node[key]
  }
  return undefined
}

/** Scalars, also where EC2 writes `{tag, content}` or `{value}` around them. */
function collect(node: unknown, found: string[], depth: number): void {
  if (found.length >= VALUES_MAX || depth > DEPTH_MAX) return
  if (typeof node === 'string') {
    if (node !== '' && node !== HIDDEN) found.push(node.startsWith('arn%3A') ? decoded(node) : node)
    return
  }
  if (typeof node === 'number') {
    found.push(String(node))
    return
  }
  const list = listOf(node)
  if (list !== undefined) {
    for (const item of list) collect(item, found, depth + 1)
    return
  }
  if (!isObject(node)) return
  collect(node['content'] ?? node['value'] ?? node['Value'] ?? onlyValue(node), found, depth + 1)
}

/** What CloudTrail writes in place of a secret or a person's name: it names nothing. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/** Services whose API has ARNs in its URLs log them as they stood there, MSK for one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `{items: [{instanceId: 'i-1'}]}` stands for a list of texts in EC2's requests. */
function onlyValue(node: { readonly [key: string]: unknown }): unknown {
  const keys = Object.keys(node)
  const value = keys.length === 1 ? node[keys[0] ?? ''] : undefined
  return typeof value === 'string' ? value : undefined
}

/** Breadth first: the level nearest to the top that has the name, all of it. */
function nearest(root: unknown, step: Step, levelsMax: number): readonly string[] {
  let level: readonly unknown[] = [root]
  let seen = 0
  for (let depth = 0; depth < levelsMax && level.length > 0 && seen < NODES_MAX; depth++) {
    const found: string[] = []
    const next: unknown[] = []
    for (const node of level) {
      if (++seen > NODES_MAX) break
      const value = listed(node, step)
      if (value !== undefined) collect(value, found, 0)
      else if (Array.isArray(node)) next.push(...node.slice(0, NODES_MAX))
      else if (isObject(node)) next.push(...Object.values(node).filter(inner => typeof inner === 'object'))
    }
    if (found.length > 0) return found
    level = next
  }
  return []
}

/** Every ARN in a value, nearest first, each once. */
export function arnsIn(root: unknown): readonly string[] {
  return textsIn(root).filter(text => text.startsWith('arn:'))
}

/** Every text in a value, nearest first, each once. */
export function textsIn(root: unknown): readonly string[] {
  const found = new Set<string>()
  let level: readonly unknown[] = [root]
  let seen = 0
  while (level.length > 0 && seen < NODES_MAX && found.size < VALUES_MAX) {
    const next: unknown[] = []
    for (const node of level) {
      if (++seen > NODES_MAX) break
      if (typeof node === 'string') found.add(node)
      else if (Array.isArray(node)) next.push(...node.slice(0, NODES_MAX))
      else if (isObject(node)) next.push(...Object.values(node))
    }
    level = next
  }
  return [...found]
}

export function isObject(node: unknown): node is { readonly [key: string]: unknown } {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}

/** A text in two at the first separator. */
export function cut(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
