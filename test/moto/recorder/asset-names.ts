import { isValues, type Value, type Values } from './model.ts'

/** The names by which a call speaks of assets, and those that a creating call gave to what it made. */
export interface AssetNames {
  readonly named: ReadonlySet<string>
  readonly created: ReadonlySet<string>
}

const CREATING = /^(?:Create|Run|Allocate|Register|Import|Copy|Request|Put)(?=[A-Z])/
/** What some calls make is not what they are called. */
const NOUNS: Readonly<Record<string, string>> = { RunInstances: 'Instance', AllocateAddress: 'Allocation' }
const SUFFIX = /(?:Identifier|Id|Arn|ARN|Name|Url|URL)s?$/

export function assetNames(operation: string, request: Values, reply: Values): AssetNames {
  const ids = [...leaves(request), ...leaves(reply)].filter(isIdLike).map(({ text }) => text)
  // What is changed by its ARN may be asked for by its name.
  const names = ids.filter(text => text.startsWith('arn:')).map(arn => arn.split(/[:/]/).at(-1) ?? arn)
  const named = new Set([...ids, ...names])
  if (!CREATING.test(operation)) return { named, created: new Set() }
  const noun = NOUNS[operation] ?? operation.replace(CREATING, '')
  const own = [...leaves(request), ...leaves(reply)].filter(leaf => isIdLike(leaf) && isOwn(leaf.name, noun))
  return { named, created: new Set(own.map(({ text }) => text)) }
}

interface Leaf {
  readonly name: string
  readonly text: string
}

/** Deeper, and in lists below the top, stand other things' names. */
const DEPTH_MAX = 3

function leaves(value: Value | undefined, name = '', depth = 0): Leaf[] {
  if (typeof value === 'string') return [{ name, text: value }]
  if (depth > DEPTH_MAX) return []
  if (Array.isArray(value)) return depth > 1 ? [] : value.flatMap((item: Value) => leaves(item, name, depth))
  if (!isValues(value)) return []
  return Object.entries(value).flatMap(([inner, one]) => leaves(one, inner, depth + 1))
}

/** Texts that are names by their look, whatever member they stand in: tag calls take any asset's. */
const ID = /^(?:arn:|[a-z]+-[0-9a-f]{8,17}$)/

function isIdLike({ name, text }: Leaf): boolean {
  return text.length > 2 && (SUFFIX.test(name) || name === 'Bucket' || ID.test(text))
}

/** `GroupId` of a SecurityGroup or among SecurityGroups, `Arn` of anything, not `VpcId` of a Subnet, nor `GroupName` of a GroupPolicy. */
export function isOwn(name: string, noun: string): boolean {
  const stem = name.replace(SUFFIX, '').toLowerCase()
  return [stem, `${stem}s`, `${stem}es`, stem.replace(/y$/, 'ies')].some(word => noun.toLowerCase().endsWith(word))
}
