import { Fault } from '../../model/fault.ts'
import type { NativeId } from '../../model/identity.ts'
import type { Described, Memory, Seen } from '../../ports/cloud.ts'
import { isOneOf } from './describe.ts'
import { explain, isThrottling } from './explain.ts'
import type { Listed } from './resource.ts'
import { type Reading, see } from './see.ts'

/**
 * Reads assets by the ids that events gave them: one answer for each id, in order. `gone` is concluded only from an error that means
 * absence, or from a reply in which nothing is left over that the id might mean. An id that fails fails alone: where a call with
 * several ids fails for what was asked, they are asked for in smaller groups.
 */
export async function describeAssets(
  reading: Reading,
  ids: readonly NativeId[],
  memory: Memory,
  signal: AbortSignal,
): Promise<readonly Described[]> {
  const distinct = [...new Set(ids)]
  const answers = await ask(reading, distinct, memory, signal)
  const byId = new Map(distinct.map((id, at) => [id, answers[at] as Described]))
  return ids.map(id => byId.get(id) as Described)
}

async function ask(
  reading: Reading,
  ids: readonly NativeId[],
  memory: Memory,
  signal: AbortSignal,
): Promise<readonly Described[]> {
  if (ids.length === 0) return []
  const { type, client, place } = reading
  try {
    const items = (await type.describe(client, ids, place)) as readonly Listed<object>[]
    const seen = await see(reading, items, memory)
    return await match(reading, ids, { items, seen }, memory, signal)
  } catch (error) {
    signal.throwIfAborted()
    return settleError(reading, ids, error, memory, signal)
  }
}

/** Gives each id its asset. What is left over on both sides is asked for one by one: an id may be spelled in a way of its own. */
async function match(
  reading: Reading,
  ids: readonly NativeId[],
  { items, seen }: { readonly items: readonly unknown[]; readonly seen: readonly Seen[] },
  memory: Memory,
  signal: AbortSignal,
): Promise<readonly Described[]> {
  const found = foundBy(ids, seen)
  const matched = new Set(found)
  const isAllUsed = items.length === seen.length && seen.every(each => matched.has(each))
  const at = reading.now()
  if (isAllUsed) return found.map(each => (each === undefined ? { kind: 'gone', at } : { kind: 'present', seen: each }))
  if (ids.length === 1) return [only(seen, found[0])]
  const missing = ids.filter((_, position) => found[position] === undefined)
  const alone = new Map<NativeId, Described>()
  for (const id of missing) for (const answer of await ask(reading, [id], memory, signal)) alone.set(id, answer)
  return ids.map((id, position) => {
    const each = found[position]
    return each === undefined ? (alone.get(id) as Described) : { kind: 'present', seen: each }
  })
}

/** What a reply to a single id means that does not name an asset by that very id. */
function only(seen: readonly Seen[], found: Seen | undefined): Described {
  const [single, ...more] = seen
  if (found !== undefined) return { kind: 'present', seen: found }
  if (single === undefined) return { kind: 'skipped', detail: 'it belongs to another account' }
  if (more.length === 0) return { kind: 'present', seen: single }
  return { kind: 'failed', detail: `the reply holds ${seen.length} assets, and none of them has this id` }
}

/** The asset that each id means. Mostly it is the native id of one. */
function foundBy(ids: readonly NativeId[], seen: readonly Seen[]): (Seen | undefined)[] {
  const natives = new Map(seen.map(each => [each.asset.nativeId, each]))
  const found = ids.map(id => natives.get(id))
  if (found.every(each => each !== undefined) || natives.size === 0) return found
  const names = namesOf(seen)
  return ids.map(id => names.get(id))
}

/** Every name that an asset answers to; a native id means its own asset, whatever else is called so. */
function namesOf(seen: readonly Seen[]): ReadonlyMap<string, Seen> {
  const names = new Map<string, Seen>()
  for (const each of seen) {
    for (const { kind, value } of each.present.identifiers)
      if (kind === 'id' || kind === 'arn' || kind === 'name') names.set(value, each)
  }
  for (const each of seen) for (const alias of each.present.aliases ?? []) names.set(alias, each)
  for (const each of seen) names.set(each.asset.nativeId, each)
  return names
}

/** Of this many ids each is asked alone before an error is taken to be meant for all that were asked together. */
const ASKED_ALONE = 3

async function settleError(
  reading: Reading,
  ids: readonly NativeId[],
  error: unknown,
  memory: Memory,
  signal: AbortSignal,
): Promise<readonly Described[]> {
  const { type, now, isPart } = reading
  const isAbsence = isOneOf(error, type.gone)
  if (ids.length === 1 && isAbsence) return [{ kind: 'gone', at: now() }]
  const outcome = explain(error, type.permissions)
  if (ids.length === 1 || isPassing(error)) return ids.map(() => outcome)
  const mayBeForAll = !isAbsence && (outcome.kind === 'denied' || !isPart)
  const sample = mayBeForAll ? await askEach(reading, ids.slice(0, ASKED_ALONE), memory, signal) : []
  if (sample.length > 0 && sample.every(({ kind }) => kind === outcome.kind))
    return ids.map((_, at) => sample[at] ?? outcome)
  const rest = ids.slice(sample.length)
  const half = Math.ceil(rest.length / 2)
  const part = { ...reading, isPart: true }
  return [
    ...sample,
    ...(await ask(part, rest.slice(0, half), memory, signal)),
    ...(await ask(part, rest.slice(half), memory, signal)),
  ]
}

async function askEach(
  reading: Reading,
  ids: readonly NativeId[],
  memory: Memory,
  signal: AbortSignal,
): Promise<Described[]> {
  const answers: Described[] = []
  for (const id of ids) answers.push(...(await ask(reading, [id], memory, signal)))
  return answers
}

/** Whether an error has nothing to do with what was asked: too many calls, the network, the server, our own store. */
function isPassing(error: unknown): boolean {
  if (error instanceof Fault || isThrottling(error)) return true
  const { code, $fault, $metadata, $retryable } = error as {
    readonly code?: unknown
    readonly $fault?: unknown
    readonly $retryable?: unknown
    readonly $metadata?: { readonly httpStatusCode?: number }
  }
  const status = $metadata?.httpStatusCode ?? 0
  return (
    $fault === 'server' || $retryable !== undefined || status === 429 || status >= 500 || /^E[A-Z_]+$/.test(`${code}`)
  )
}
