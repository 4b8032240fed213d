import { z } from 'zod'
import type { Config, Tags } from '../../model/asset.ts'
import { canonicalText } from '../../model/canonical.ts'

/** One field that differs. A value of null is written as JSON; an absent field has no value. */
export const FieldChange = z.object({
  field: z.string().describe('Path of the field: Tags[team].Value'),
  before: z.string().nullable().describe('JSON; null: the field was not there'),
  after: z.string().nullable().describe('JSON; null: the field is not there any more'),
})
export type FieldChange = z.infer<typeof FieldChange>

/** Differences that are listed of one change. */
export const CHANGES_MAX = 200
const DEPTH_MAX = 60

/**
 * What differs between two configs, field by field, in the order of the fields. Elements of lists are compared with the
 * element that has the same key (`Key`, `…Id`, `Name`, …), whatever its place; at most CHANGES_MAX are told.
 */
export function changesBetween(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = []
  compare('', before, after, changes, 0)
  return changes
}

/** One state of an asset, as far as differences are told. */
interface State {
  readonly config: Config | null
  readonly tags: Tags | null
  readonly identifiers: readonly string[] | null
  readonly edges: readonly string[] | null
}

/**
 * What differs between two versions: in their configs, which hold all that the provider says. Where only what follows from it differs
 * (tags that were read apart, names, relations), that is told.
 */
export function changesOf(before: State | undefined, after: State | undefined): FieldChange[] {
  const changes = changesBetween(before?.config ?? undefined, after?.config ?? undefined)
  if (changes.length > 0 || !before?.config || !after?.config) return changes
  const rest = ({ tags, identifiers, edges }: State) => ({ tags: tags ?? {}, identifiers, edges })
  return changesBetween(rest(before), rest(after))
}

function compare(path: string, before: unknown, after: unknown, changes: FieldChange[], depth: number): void {
  if (changes.length >= CHANGES_MAX) return
  if (Object.is(before, after)) return
  const isBoth = before !== undefined && after !== undefined
  if (isBoth && canonicalText(before) === canonicalText(after)) return
  if (depth < DEPTH_MAX && Array.isArray(before) && Array.isArray(after)) {
    compareLists(path, before, after, changes, depth)
    return
  }
  if (depth < DEPTH_MAX && isRecord(before) && isRecord(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort())
      compare(path === '' ? key : `${path}.${key}`, before[key], after[key], changes, depth + 1)
    return
  }
  changes.push({ field: path, before: shown(before), after: shown(after) })
}

function compareLists(
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  changes: FieldChange[],
  depth: number,
) {
  const [left, right] = [labelled(before), labelled(after)]
  if (left === undefined || right === undefined) {
    const [gone, come] = [unlike(before, after), unlike(after, before)]
    if (gone.length + come.length === 0) changes.push({ field: path, before: shown(before), after: shown(after) })
    // The first that went with the first that came, and so on; under the place where it is now, or was.
    for (let at = 0; at < Math.max(gone.length, come.length); at++) {
      const place = `${path}[${(come[at] ?? gone[at])?.place}]`
      compare(place, gone[at]?.element, come[at]?.element, changes, depth + 1)
    }
    return
  }
  for (const label of new Set([...left.keys(), ...right.keys()]))
    compare(`${path}[${label}]`, left.get(label), right.get(label), changes, depth + 1)
}

/** The elements under a label that does not depend on their place: a field that tells them apart, or they themselves, if texts. */
function labelled(list: readonly unknown[]): Map<string, unknown> | undefined {
  const key = KEYS.find(candidate => list.every(element => isRecord(element) && typeof element[candidate] === 'string'))
  const keyed = new Map(list.map(element => [labelOf(element, key), element] as const))
  return keyed.size === list.length && !keyed.has('') ? keyed : undefined
}

interface Placed {
  readonly place: number
  readonly element: unknown
}

/** Elements that the other list has not, each as often as it lacks them: rules of a firewall have no names, and no lasting order. */
function unlike(list: readonly unknown[], other: readonly unknown[]): Placed[] {
  const left = new Map<string, number>()
  for (const element of other) left.set(canonicalText(element), (left.get(canonicalText(element)) ?? 0) + 1)
  return list.flatMap((element, place) => {
    const text = canonicalText(element)
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count > 0 ? [] : [{ place, element }]
  })
}

/** Fields by which elements of AWS's lists are told apart, the most telling first. */
const KEYS = [
  'Key',
  'Id',
  'Arn',
  'Sid',
  'PolicyArn',
  'PolicyName',
  'GroupId',
  'NetworkInterfaceId',
  'VolumeId',
  'SubnetId',
  'DeviceName',
  'PrivateIpAddress',
  'ResourceId',
  'Name',
  'CidrIp',
  'Value',
  'Rule',
  'ID',
] as const

function labelOf(element: unknown, key: string | undefined): string {
  if (key !== undefined) return String((element as Record<string, unknown>)[key])
  return typeof element === 'string' || typeof element === 'number' ? String(element) : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string | null {
  return value === undefined ? null : canonicalText(value)
}

/** `A: 1 → 2; B: added; and 3 more`, for headlines. */
export function changesText(changes: readonly FieldChange[], max = 3): string {
  const named = changes.slice(0, max).map(({ field, before, after }) => {
    if (before === null) return `${field} added`
    return after === null ? `${field} removed` : `${field} ${short(before)} → ${short(after)}`
  })
  const rest = changes.length - named.length
  return named.join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}

function short(json: string): string {
  return json.length > 60 ? `${json.slice(0, 57)}…` : json
}
