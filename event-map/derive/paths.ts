import type { Action } from '../../src/model/change.ts'
import type { Leaf, Operation } from '../sources/botocore.ts'
import { lowerFirst } from '../sources/botocore.ts'
import type { AssetType } from './catalogue.ts'
import type { Part } from './parts.ts'
import { memberKey, stem } from './words.ts'

/** Where to look for each part of an identifier, best first: `request.roleName`, `response..instanceId`. */
export type Paths = readonly (readonly string[])[]

export interface Wish {
  readonly type: AssetType
  readonly action: Action
  /** The operation's object is exactly this type, so that a bare `name` or `id` is its own. */
  readonly isExact: boolean
  readonly isEc2: boolean
}

const ALTERNATIVES_MAX = 3
const GENERIC = new Set(['.id', '.arn', '.name', '.identifier'])
/** What calls that make one thing from another put before the new one's name. */
const NEW = ['target', 'new', 'destination', 'dest']

/** The paths of every part, or undefined when some part is nowhere in the operation's shapes. */
export function pathsOf(operation: Operation, wish: Wish): Paths | undefined {
  const paths = wish.type.parts.map(part => pathsOfPart(operation, wish, part))
  return paths.length > 0 && paths.every(found => found.length > 0) ? paths : undefined
}

function pathsOfPart(operation: Operation, wish: Wish, part: Part): readonly string[] {
  const request = ranked(operation.input, wish, part, 'request')
  const response = ranked(operation.output, wish, part, 'response')
  const isNew = wish.action === 'create' && (part.isReadOnly || /^(Copy|Restore|Clone|Import)/.test(operation.name))
  const ordered = isNew ? [...response, ...request] : [...request, ...response]
  const best = part.isArn && !isNew ? [...ordered].sort((a, b) => Number(b.isArn) - Number(a.isArn)) : ordered
  return [...new Set(best.map(found => found.path))].slice(0, ALTERNATIVES_MAX)
}

interface Found {
  readonly path: string
  readonly isArn: boolean
  readonly rank: number
}

function ranked(leaves: readonly Leaf[], wish: Wish, part: Part, side: 'request' | 'response'): readonly Found[] {
  return leaves
    .map(leaf => ({ leaf, rank: rankOf(leaf, wish, part, side) }))
    .filter(found => found.rank !== undefined)
    .map(({ leaf, rank }) => ({
      path: wish.isEc2 ? `${side}..${ec2Name(leaf, part)}` : `${side}.${leaf.path}`,
      isArn: /arns?$/i.test(leaf.name),
      rank: rank ?? 0,
    }))
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
    .slice(0, 2)
}

/** Lower is better; undefined: this leaf does not carry the part. */
function rankOf(leaf: Leaf, wish: Wish, part: Part, side: 'request' | 'response'): number | undefined {
  const name = memberKey(leaf.name)
  const depth = leaf.parents.length
  if (depth > (side === 'request' ? 2 : 3)) return undefined
  const container = leaf.parents.map(stem).at(-1) ?? ''
  const isOwn =
    container !== '' &&
    wish.type.nouns.some(
      noun =>
        noun === container ||
        container === `${noun}detail` ||
        container === `${noun}descri` ||
        container === `${noun}summari` ||
        container === `${noun}data` ||
        container === `${noun}metadata`,
    )
  const synonyms =
    wish.action === 'create'
      ? [...part.synonyms, ...part.synonyms.flatMap(s => NEW.map(word => word + s))]
      : part.synonyms
  const index = synonyms.indexOf(name)
  const isGenericName = GENERIC.has(name)
  if (index >= 0 && !isGenericName) return index * 10 + depth * 25 + (isOwn ? -20 : 0)
  if (!isGenericName || !fitsGeneric(name, part)) return undefined
  if (isOwn) return 30 + depth
  return depth === 0 && wish.isExact ? 40 : undefined
}

/** A bare `arn` tells anything, a bare `name` only a name, a bare `id` only an id. */
function fitsGeneric(name: string, part: Part): boolean {
  if (name === '.arn') return part.isArn || part.synonyms.some(synonym => synonym.endsWith('.arn'))
  if (name === '.identifier') return true
  return part.synonyms.some(synonym => synonym.endsWith(name))
}

/** EC2 writes lists as `{items: [{instanceId}]}` and wraps newer calls: only the leaf's own name is stable. */
function ec2Name(leaf: Leaf, part: Part): string {
  const last = leaf.path.split('.').at(-1)?.replace(/\[\]$/, '') ?? ''
  return part.synonyms.includes(memberKey(last)) ? last : lowerFirst(leaf.name.replace(/s$/, ''))
}
