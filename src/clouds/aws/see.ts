import { type Config, type Tags, UNREAD, unreadFields } from '../../model/asset.ts'
import { assetIdOf } from '../../model/identity.ts'
import type { Memory, Seen } from '../../ports/cloud.ts'
import type { Observed, Observer } from './observe.ts'
import { type AnyResourceType, type Listed, Partly, type Place } from './resource.ts'

/** One type in one place, with the client that asks there. */
export interface Reading {
  readonly type: AnyResourceType
  readonly observer: Observer
  readonly client: { destroy(): void }
  readonly place: Place
  readonly now: () => number
  /** Of what was asked for together before, and failed. */
  readonly isPart?: boolean
}

/** How many ids one `describe` of a type takes, unless its declaration says. */
export const DESCRIBE_MAX = 100

/** Items as they are recorded: completed with what is known where parts were refused, read again where all tags are missing that were there. */
export async function see(reading: Reading, page: readonly Listed<object>[], memory: Memory): Promise<readonly Seen[]> {
  const { observer, place } = reading
  const at = reading.now()
  const seen = page.flatMap(listed => {
    const observed = observer.observe(listed, place)
    return observed === undefined ? [] : [{ listed, observed }]
  })
  const doubtful = seen.filter(
    ({ observed }) => observed.unread.length > 0 || Object.keys(observed.present.tags).length === 0,
  )
  if (doubtful.length === 0) return seen.map(({ observed }) => ({ ...observed, at }))
  const known = await memory.known(doubtful.map(({ observed }) => observed.asset))
  const lostTags = doubtful.filter(({ observed }) => {
    const isRefused = observed.unread.some(field => TAG_FIELDS.includes(field))
    return hasTags(known.get(assetIdOf(observed.asset))) && !hasTags(observed.present) && !isRefused
  })
  const again = await readAgain(
    reading,
    lostTags.map(({ observed }) => observed),
  )
  const isLost = new Set(lostTags.map(({ observed }) => observed))
  return seen.flatMap(({ listed, observed }) => {
    const id = assetIdOf(observed.asset)
    const first = { listed: isLost.has(observed) ? withoutWordOfTags(listed) : listed, at }
    const chosen = isLost.has(observed) ? (again.get(id) ?? first) : first
    const complete = completed(observer, chosen.listed, known.get(id)?.config, place)
    return complete === undefined ? [] : [{ asset: complete.asset, present: complete.present, at: chosen.at }]
  })
}

/** A reply without any tags may have lost them on the way: the second reading counts. */
async function readAgain(reading: Reading, doubted: readonly Observed[]): Promise<Map<string, Again>> {
  const { type, observer, client, place, now } = reading
  const again = new Map<string, Again>()
  const size = type.describeMax ?? DESCRIBE_MAX
  for (let from = 0; from < doubted.length; from += size) {
    const ids = doubted.slice(from, from + size).map(({ asset }) => asset.nativeId)
    const at = now()
    for (const listed of (await type.describe(client, ids, place)) as readonly Listed<object>[]) {
      const observed = observer.observe(listed, place)
      if (observed !== undefined) again.set(assetIdOf(observed.asset), { listed, at })
    }
  }
  return again
}

interface Again {
  readonly listed: Listed<object>
  readonly at: number
}

/** Names under which replies carry tags: where these were refused, their lack means nothing. */
export const TAG_FIELDS = ['Tags', 'TagSet', 'TagList', 'tags']

function hasTags(asset: { readonly tags: Tags } | undefined): boolean {
  return asset !== undefined && Object.keys(asset.tags).length > 0
}

/** An item that lost its tags and was not there to be read again: it says nothing about tags. */
function withoutWordOfTags(listed: Listed<object>): Listed<object> {
  const [item, unread] = listed instanceof Partly ? [listed.item as object, listed.unread] : [listed, []]
  return new Partly(item, [...unread, ...TAG_FIELDS])
}

/** An item whose refused fields are filled in from what is known; those that were never read are named. */
function completed(
  observer: Observer,
  listed: Listed<object>,
  known: Config | undefined,
  place: Place,
): Observed | undefined {
  if (!(listed instanceof Partly)) return observer.observe(listed, place)
  const neverRead =
    known === undefined ? listed.unread : listed.unread.filter(field => unreadFields(known).includes(field))
  const kept = known === undefined ? [] : listed.unread.filter(field => field in known)
  return observer.observe(
    {
      ...(listed.item as object),
      ...Object.fromEntries(kept.map(field => [field, known?.[field]])),
      ...(neverRead.length === 0 ? {} : { [UNREAD]: neverRead.toSorted() }),
    },
    place,
  )
}
