import { hash } from 'node:crypto'
import { type Choice, type Grant, isAll, mergedGrants, serviceOf } from './grant.ts'

/**
 * What somebody may see of the registry. They may hold several grants, each of some accounts and some types, and the union of these is no
 * product: so each grant is a bit, an account has the bits of the grants that show it, a type too, and a row may be seen if its account
 * and its type share a bit. That costs two lookups for a row, whatever the number of grants.
 */
export interface AccessScope {
  /** Null: no limit. */
  readonly limits: Limits | null
}

export interface Limits {
  readonly accounts: Mask
  readonly types: Mask
  /** The bits of the grants that show the type and hide no field of it. */
  readonly wholeTypes: Mask
  /** In the order of the bits. */
  readonly grants: readonly Grant[]
}

/** The bits of each value that some grant names; under OTHERS those of every other, under EVERY those of what is not limited by it. */
export interface Mask {
  readonly bits: ReadonlyMap<string, bigint>
  /** The same as JSON text, as statements take it: a number does not hold all bits. */
  readonly json: string
  /** Equal for equal masks. */
  readonly key: string
}

export const OTHERS = ''
export const EVERY = '#'
/** Of hidden fields: of whatever type. */
const ANY_TYPE = '*'

/** The bits of a `bigint` that are no sign. */
export const GRANTS_MAX = 62

export const EVERYTHING: AccessScope = { limits: null }

/** The scope of somebody who holds these grants; none: nothing may be seen. Throws a RangeError for more than GRANTS_MAX different ones. */
export function scopeOf(held: readonly Grant[]): AccessScope {
  const grants = mergedGrants(held)
  if (grants.length > GRANTS_MAX) throw new RangeError(`more than ${GRANTS_MAX} grants of different types`)
  if (grants.some(isEverything)) return EVERYTHING
  const accounts = grants.map(grant => grant.accounts)
  const types = grants.map(grant => grant.types)
  const named = grants.flatMap(({ types, hides }) => [...namedIn(types), ...hides.flatMap(hiding => hiding.types)])
  const showsType = (at: number, type: string) => isChosen(types[at] ?? NONE, type, holdsType)
  const hidesSome = (at: number, type: string) =>
    grants[at]?.hides.some(hiding => holdsType(hiding.types, type)) === true
  return {
    limits: {
      accounts: maskOf(accounts.flatMap(namedIn), accounts, (at, account) =>
        isChosen(accounts[at] ?? NONE, account, holdsAccount),
      ),
      types: maskOf(named, types, showsType),
      wholeTypes: maskOf(named, types, (at, type) => showsType(at, type) && !hidesSome(at, type)),
      grants,
    },
  }
}

/** Nothing is kept from the asker: also counts that cannot be split by account or type may be told. */
export function isUnlimited({ limits }: AccessScope): boolean {
  return limits === null
}

/** Of every account that may be seen, every type may be: what tells nothing of types may be told of them. */
export function seesEveryType({ limits }: AccessScope): boolean {
  return limits === null || limits.grants.every(({ types }) => isAll(types))
}

interface Placed {
  readonly account: string
  readonly type: string
}

/** The same rule as `visible(…)` of the statements, for what is not a row. */
export function maySee({ limits }: AccessScope, placed: Placed): boolean {
  return limits === null || bitsFor(limits, placed) !== 0n
}

/** As that, and no field of it is hidden. */
export function maySeeWhole({ limits }: AccessScope, { account, type }: Placed): boolean {
  return limits === null || (bitsOf(limits.accounts, account) & typeBitsOf(limits.wholeTypes, type)) !== 0n
}

/** The fields of an asset's config that are not shown: those that every grant hides by which it may be seen. */
export function hiddenFields({ limits }: AccessScope, placed: Placed): readonly string[] {
  if (limits === null) return []
  const bits = bitsFor(limits, placed)
  const each = limits.grants
    .filter((_, at) => (bits & (1n << BigInt(at))) !== 0n)
    .map(({ hides }) => hides.flatMap(({ types, fields }) => (holdsType(types, placed.type) ? fields : [])))
  const all = [...new Set(each.flat())]
  return all.filter(field => each.every(hidden => hidden.some(other => isWithin(field, other))))
}

/** `Environment.Variables` lies within `Environment`. */
function isWithin(field: string, other: string): boolean {
  const [parts, outer] = [field.split('.'), other.split('.')]
  return outer.length <= parts.length && outer.every((name, at) => name === '*' || name === parts[at])
}

function bitsFor(limits: Limits, { account, type }: Placed): bigint {
  return bitsOf(limits.accounts, account) & typeBitsOf(limits.types, type)
}

function bitsOf({ bits }: Mask, value: string): bigint {
  return bits.get(value) ?? bits.get(OTHERS) ?? 0n
}

function typeBitsOf({ bits }: Mask, type: string): bigint {
  return bits.get(type) ?? bits.get(serviceOf(type)) ?? bits.get(OTHERS) ?? 0n
}

function isEverything({ accounts, types, hides }: Grant): boolean {
  return isAll(accounts) && isAll(types) && hides.length === 0
}

type Holds = (values: readonly string[], value: string) => boolean

function holdsAccount(accounts: readonly string[], account: string): boolean {
  return accounts.includes(account)
}

function holdsType(types: readonly string[], type: string): boolean {
  return types.includes(type) || types.includes(serviceOf(type)) || types.includes(ANY_TYPE)
}

function isChosen({ only, but }: Choice, value: string, holds: Holds): boolean {
  return (only === null || holds(only, value)) && !holds(but, value)
}

function namedIn({ only, but }: Choice): readonly string[] {
  return [...(only ?? []), ...but]
}

/** The bits of the choices that hold each of these values. */
function maskOf(
  named: readonly string[],
  choices: readonly Choice[],
  holds: (at: number, value: string) => boolean,
): Mask {
  const bitsOf = (isSet: (at: number) => boolean) =>
    choices.reduce((bits, _, at) => (isSet(at) ? bits | (1n << BigInt(at)) : bits), 0n)
  const bits = new Map([
    ...[...new Set(named), OTHERS].map(value => [value, bitsOf(at => holds(at, value))] as const),
    [EVERY, bitsOf(at => isAll(choices[at] ?? NONE))] as const,
  ])
  const json = JSON.stringify(Object.fromEntries([...bits].map(([value, set]) => [value, String(set)])))
  return { bits, json, key: hash('sha256', json, 'hex').slice(0, KEY_LENGTH) }
}

/** 128 bits of a hash, in hex. */
const KEY_LENGTH = 32

const NONE: Choice = { only: [], but: [] }
