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

/** From here on a find is a guess, not to stand beside a better one. */
const WEAK = 60

const ALTERNATIVES_MAX = 4
const GENERIC = new Set(['.id', '.arn', '.name', '.identifier'])
/** What calls that make one thing from another put before the new one's name. */
const NEW = ['target', 'new', 'destination', 'dest']

/** Types that are found by any of their identifier's parts, so that one is enough. */
const PARTIAL: ReadonlySet<string> = new Set(['AWS::EC2::EIP'])

/** Parts that the event's place tells. */
export const PLACES: Readonly<Record<string, string>> = {
  AccountId: 'account',
  AwsAccountId: 'account',
  CatalogId: 'account',
  RegistryId: 'account',
  Region: 'region',
}

/** What these services call an account is an asset of theirs, not the place of the call. */
const OWN_ACCOUNTS = /^AWS::(?:Chime|Organizations)::/

/** The paths of every part, or undefined when some part is nowhere in the operation's shapes. */
export function pathsOf(operation: Operation, wish: Wish): Paths | undefined {
  const { parts } = wish.type
  const paths = parts.map(part => pathsOfPart(operation, wish, part))
  if (paths.length > 0 && paths.every(found => found.length > 0) && paths.some(found => found[0] !== '-'))
    return parts.length === 1 && parts[0]?.isArn === true ? [withVariables(operation, wish, paths[0] ?? [])] : paths
  if (parts.length > 1) return ownArnPaths(operation, wish)
  return parts[0]?.isArn === true ? arnPaths(operation, wish) : undefined
}

/** All parts from the one ARN of the type that the request or response carries, where its template holds them. */
function ownArnPaths(operation: Operation, wish: Wish): Paths | undefined {
  const { nouns, parts, variables } = wish.type
  const known = variables.map(variable => memberKey(variable.name))
  if (!parts.every(part => part.name in PLACES || known.includes(memberKey(part.name)))) return undefined
  const arn = { name: 'Arn', isArn: true, isReadOnly: false, synonyms: nouns.map(noun => `${noun}.arn`), weak: [] }
  const found = pathsOfPart(operation, wish, arn)
  return found.length === 0 ? undefined : parts.map(() => found)
}

/** A name makes no ARN that holds more than the name: all its variables do, where the event has each in a member of its own. */
function withVariables(operation: Operation, wish: Wish, found: readonly string[]): readonly string[] {
  const [joined = ''] = arnPaths(operation, wish)?.[0] ?? []
  const each = joined.split('+')
  const isEachNamed = each.slice(0, -1).every(path => !GENERIC_LEAF.test(path))
  const isUsable = each.length > 1 && new Set(each).size === each.length && isEachNamed
  return isUsable && !each.some(path => ARN_LEAF.test(path)) ? [...found, joined] : found
}

const ARN_LEAF = /arns?(?:\[\])?$/i
const GENERIC_LEAF = /\.(?:id|name|identifier)$/i

/** The paths of an ARN's variables, where the event does not carry the ARN: one part, its variables joined with `+`. */
function arnPaths(operation: Operation, wish: Wish): Paths | undefined {
  const { arn } = wish.type
  if (arn === undefined) return undefined
  const own = wish.type.variables.filter(part => arn.split(':')[4] !== `\${${part.name}}`)
  const variables = own.map(part => pathsOfPart(operation, wish, part))
  if (variables.length === 0) return [['place']]
  if (variables.some(found => found.length === 0)) return undefined
  return [[variables.map(found => found[0]).join('+')]]
}

function pathsOfPart(operation: Operation, wish: Wish, part: Part): readonly string[] {
  const asked = ranked(operation.input, wish, part, 'request')
  const response = ranked(operation.output, wish, part, 'response')
  // What is made is not what it is made of: `dependsOn[].jobId` is another job, where the answer tells the new one.
  const isMade = wish.action === 'create' && wish.type.parts.length === 1 && response.length > 0
  const request = isMade ? asked.filter(found => found.isTop) : asked
  const isNew = wish.action === 'create' && (part.isReadOnly || /^(Copy|Restore|Clone|Import)/.test(operation.name))
  const ordered = isNew ? [...response, ...request] : [...request, ...response]
  const best = part.isArn && !isNew ? [...ordered].sort((a, b) => Number(b.isArn) - Number(a.isArn)) : ordered
  const paths = [...new Set(best.map(found => found.path))].slice(0, ALTERNATIVES_MAX)
  if (paths.length === 0 && PARTIAL.has(wish.type.name)) return ['-']
  const place = OWN_ACCOUNTS.test(wish.type.name) ? undefined : PLACES[part.name]
  return place === undefined ? paths : [...paths.filter(path => path.startsWith('request.')), place]
}

interface Found {
  readonly path: string
  readonly isArn: boolean
  readonly isTop: boolean
  readonly rank: number
}

function ranked(leaves: readonly Leaf[], wish: Wish, part: Part, side: 'request' | 'response'): readonly Found[] {
  return leaves
    .map(leaf => ({ leaf, rank: rankOf(leaf, wish, part, side) }))
    .filter(found => found.rank !== undefined)
    .map(({ leaf, rank }) => ({
      path: wish.isEc2 ? `${side}..${ec2Name(leaf, part)}` : `${side}.${leaf.path}`,
      isArn: /arns?$/i.test(leaf.name),
      isTop:
        leaf.parents.length === 0 || wish.type.nouns.some(noun => isContainerOf(stem(leaf.parents.at(-1) ?? ''), noun)),
      rank: rank ?? 0,
      alias: wish.isEc2 ? undefined : leaf.alias,
    }))
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
    .filter((found, _, all) => found.rank < WEAK || (all[0]?.rank ?? 0) >= WEAK)
    .slice(0, 2)
    .flatMap(({ alias, ...found }) => [found, ...(alias === undefined ? [] : [{ ...found, path: `${side}.${alias}` }])])
}

/** Lower is better; undefined: this leaf does not carry the part. */
function rankOf(leaf: Leaf, wish: Wish, part: Part, side: 'request' | 'response'): number | undefined {
  const name = memberKey(leaf.name)
  const depth = leaf.parents.length
  if (depth > (side === 'request' ? 2 : 3)) return undefined
  if (leaf.parents.some(parent => ASIDE.test(parent))) return undefined
  const container = leaf.parents.map(stem).at(-1) ?? ''
  const isOwn = container !== '' && wish.type.nouns.some(noun => isContainerOf(container, noun))
  const synonyms =
    wish.action === 'create'
      ? [...part.synonyms, ...part.synonyms.flatMap(s => NEW.map(word => word + s))]
      : part.synonyms
  const index = synonyms.indexOf(name)
  const isTarget = index < 0 && name.startsWith('target') && part.synonyms.includes(name.slice('target'.length))
  if (isTarget) return 70 + depth * 25
  const isGenericName = GENERIC.has(name)
  const weak = wish.isExact && depth <= 1 ? part.weak.indexOf(name) : -1
  const isOthers = /^(source|previous|parent|default|target|origin)/.test(container)
  if (index >= 0 && !isGenericName) return index * 10 + depth * 25 + (isOwn ? -20 : 0) + (isOthers ? 100 : 0)
  if (!isGenericName && weak >= 0) return 50 + weak * 10 + depth * 25
  if (!isGenericName || !fitsGeneric(name, part)) return undefined
  if (isOwn) return 30 + depth
  if (wish.isExact && depth === 1 && ANSWERS.has(container)) return 45
  if (depth > 0) return undefined
  if (wish.isExact) return 40
  if (side === 'response') return part.isArn && name === '.arn' && wish.action !== 'create' ? 80 : undefined
  const isSole = wish.action !== 'create' && (leaf.isRequired || leaf.isInUri)
  return isSole ? 60 : undefined
}

/** What lies in these is not what the call was about, or is what it failed to do. */
const ASIDE = /^tags?$|^tag(list|set)|errors?$|failed|failures?$|unprocessed|unsuccessful/i

/** What some answers put around the one thing that the call was about. */
const ANSWERS = new Set(['summari', 'result', 'data', 'item', 'detail', 'resourc', 'output', 'respon'])

const CONTAINERS =
  /^(?:[iy]|[es]{1,3})?(?:detail|description|summari|data|metadata|info|input|output|configuration|config|typ|respon|request|updat|properti|definition|structur|object)?$/

/** Whether what is around a leaf is the noun, or what some APIs call it: `tableInput`, `policySummary`. */
function isContainerOf(container: string, noun: string): boolean {
  const root = noun.replace(/i$/, '')
  return container.startsWith(root) && CONTAINERS.test(container.slice(root.length))
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
