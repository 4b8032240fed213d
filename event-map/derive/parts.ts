import { SYNONYMS } from '../facts/types.ts'
import type { Operation } from '../sources/botocore.ts'
import { memberKey, normal, stem, wordsOf } from './words.ts'

/** One part of a type's identifier, with the names under which requests and responses carry it. */
export interface Part {
  readonly name: string
  readonly isArn: boolean
  /** Made up by the service: only a response to a create can tell it. */
  readonly isReadOnly: boolean
  /** Keys of member names, best first. */
  readonly synonyms: readonly string[]
  /** Keys that only tell it where the operation's object is exactly this type: `jobArn` of an evaluation job. */
  readonly weak: readonly string[]
}

interface Typed {
  readonly name: string
  readonly noun: string
  readonly nouns: readonly string[]
  readonly arn: string | undefined
  readonly identifier: readonly string[]
  readonly readOnly: readonly string[]
}

/** Members that say in which account: they tell an asset only where the account is the asset. */
const PLACE_MEMBERS = /^(aws)?accountid$|^registryid$|^catalogid$/i

const GENERIC = new Set(['id', 'arn', 'name', 'identifier'])

/** The parts of a type's identifier. The operations whose exact object it is tell what the API itself calls them. */
export function partsOf(type: Typed, lifecycle: readonly Operation[]): readonly Part[] {
  const required = lifecycle
    .filter(operation => /^(Delete|Get|Describe|Update|Deregister|Terminate|Modify|Release|Stop)/.test(operation.name))
    .map(operation =>
      operation.input.filter(leaf => leaf.isRequired && leaf.parents.length === 0).map(leaf => leaf.name),
    )
  const counted = new Map<string, number>()
  for (const name of required.flat()) counted.set(name, (counted.get(name) ?? 0) + 1)
  const common = [...counted].filter(([, count]) => count * 2 > required.length).map(([name]) => name)
  return type.identifier.map((name, index) => {
    const isArn = kindOf(name) === 'arn'
    const own = synonymsOf(type, name, index)
    const others = type.identifier.filter(other => other !== name).flatMap(other => synonymsOf(type, other, -1))
    const learnt = common
      .filter(
        member => !GENERIC.has(normal(member)) && !PLACE_MEMBERS.test(member) && !others.includes(memberKey(member)),
      )
      .filter(member => type.identifier.length === 1 || own.includes(memberKey(member)))
      .filter(member => isCompatible(name, member, type.arn))
      .filter(
        member => required.every(names => names.length <= type.identifier.length) || own.includes(memberKey(member)),
      )
    const given = (SYNONYMS[type.name] ?? []).flatMap(key => keyFor(name, key, type.identifier.length === 1))
    const synonyms = [...new Set([...own, ...learnt.map(memberKey), ...given])]
    const weak = weakOf(type, name).filter(key => !synonyms.includes(key) && !others.includes(key))
    return { name, isArn, isReadOnly: isArn || type.readOnly.includes(name), synonyms, weak }
  })
}

function synonymsOf(type: Typed, part: string, index: number): readonly string[] {
  const kind = kindOf(part)
  const own = memberKey(part)
  const base = own.split('.')[0] ?? ''
  const isNamedForType = base === '' || type.nouns.some(noun => noun.startsWith(base) || base.startsWith(noun))
  const isOnly = type.identifier.length === 1
  if (!isOnly && !(index >= 0 && isNamedForType)) return base === '' ? [own] : [own, ...otherKinds(base, kind)]
  const kinds = {
    arn: ['.arn', ...(isNamedByName(type.arn) ? ['.name', ''] : ['.id', '', '.identifier'])],
    name: ['.name', '', '.identifier', '.arn'],
    id: ['.id', '.identifier', '', '.arn'],
    other: ['', '.name', '.id', '.identifier', '.arn'],
  }[kind]
  const named = kinds.flatMap(suffix => type.nouns.map(noun => noun + suffix))
  return [...(own === '' ? [] : [own]), ...named, ...(base === '' ? [] : kinds.map(suffix => base + suffix))]
}

/** `MemberId=account.id` is for that part only; a key alone for the only part there is. */
function keyFor(part: string, key: string, isOnly: boolean): readonly string[] {
  const [owner, only] = key.split('=')
  if (only !== undefined) return owner === part ? [only] : []
  return isOnly ? [key] : []
}

/** The last word of the type's noun, with the kinds that tell the part. */
function weakOf(type: Typed, part: string): readonly string[] {
  const last = stem(wordsOf(type.noun).at(-1) ?? '')
  const kind = kindOf(part)
  const base = memberKey(part).split('.')[0] ?? ''
  const isOwn = type.identifier.length === 1 || base === '' || stem(type.noun).startsWith(base)
  if (last === '' || !isOwn) return []
  if (kind === 'arn') return [`${last}.arn`, ...(isNamedByName(type.arn) ? [`${last}.name`] : [`${last}.id`])]
  if (kind === 'name') return [`${last}.name`, `${last}.identifier`, `${last}.arn`]
  return [`${last}.id`, `${last}.identifier`, `${last}.arn`, ...(kind === 'other' ? [`${last}.name`] : [])]
}

/** The part of a composite that names another thing: that thing's other spellings. */
function otherKinds(base: string, kind: 'arn' | 'name' | 'id' | 'other'): readonly string[] {
  if (kind === 'id') return [`${base}.identifier`, base, `${base}.arn`]
  if (kind === 'arn') return [`${base}.arn`, base]
  return [`${base}.name`, base, `${base}.identifier`, `${base}.arn`]
}

function kindOf(name: string): 'arn' | 'name' | 'id' | 'other' {
  const plain = normal(name)
  if (plain.endsWith('arn')) return 'arn'
  if (plain.endsWith('name')) return 'name'
  return plain.endsWith('id') || plain.endsWith('identifier') ? 'id' : 'other'
}

/** Whether an ARN ends in a name, so that a name in the request is enough to build it. */
function isNamedByName(arn: string | undefined): boolean {
  const last = arn === undefined ? undefined : [...arn.matchAll(/\$\{([^}]*)\}/g)].at(-1)?.[1]
  return last !== undefined && /name/i.test(last)
}

/** A name does not tell an id. An ARN tells anything. */
function isCompatible(part: string, member: string, arn: string | undefined): boolean {
  const [wanted, given] = [kindOf(part), kindOf(member)]
  if (wanted === 'arn' && given === 'name') return isNamedByName(arn)
  return !(wanted === 'id' && given === 'name')
}
