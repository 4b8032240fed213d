import { type Listed, Partly } from './resource.ts'

/** How many describe calls of one type run at once in one place; the budget has the last word on their rate. */
const CONCURRENT_MAX = 8

/** Describes ids with one call each, some at a time, in order. A call that answers undefined, or throws one of `gone`, leaves its id out. */
export async function oneByOne<Id, Item>(
  ids: readonly Id[],
  gone: readonly string[],
  call: (id: Id) => Promise<Item | undefined>,
): Promise<Item[]> {
  const found = new Array<Item | undefined>(ids.length)
  let next = 0
  const worker = async () => {
    while (next < ids.length) {
      const at = next++
      found[at] = await call(ids[at] as Id).catch(error => {
        if (isOneOf(error, gone)) return undefined
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_MAX, ids.length) }, worker))
  return found.filter(item => item !== undefined)
}

/** Everything on all pages of a reply. */
export async function gather<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = []
  for await (const page of pages) all.push(...(items(page) ?? []))
  return all
}

/**
 * Calls with at most `size` ids at once. Where one missing id makes the whole call fail with one of `gone`, the ids of
 * that call are asked for one by one, and the missing ones are left out.
 */
export async function inBatches<Id, Item>(
  ids: readonly Id[],
  { size, gone }: { size: number; gone: readonly string[] },
  call: (ids: Id[]) => Promise<readonly Item[] | undefined>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let at = 0; at < ids.length; at += size) {
    const batch = ids.slice(at, at + size)
    try {
      all.push(...((await call(batch)) ?? []))
    } catch (error) {
      if (!isOneOf(error, gone)) throw error
      if (batch.length > 1) all.push(...(await inBatches(batch, { size: 1, gone }, call)))
    }
  }
  return all
}

/** A reply that is the asset itself, without what the SDK adds about the call. */
export function replied<Reply extends { $metadata: unknown }>({
  $metadata,
  ...reply
}: Reply): Omit<Reply, '$metadata'> {
  return reply
}

/** True for an error of the AWS SDK with one of these names or codes. */
export function isOneOf(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name)
}

/** Names of errors by which AWS services refuse a call for want of permission. */
export const DENIED = [
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedException',
  'Forbidden',
  'ForbiddenException',
  'NotAuthorizedException',
] as const

/**
 * Reads several parts of one asset at once, each by its own call. A part that is absent (one of `absent`) is undefined;
 * one that is refused, or cannot be had just now (one of `unavailable`: many services refuse while an asset is being made
 * or changed), is named in `unread`, so that what was known of it stays known. Any other error is thrown.
 */
export async function parts<Parts extends Record<string, unknown>>(
  calls: { readonly [Part in keyof Parts]: () => Promise<Parts[Part] | undefined> },
  absent: readonly string[] = [],
  unavailable: readonly string[] = [],
): Promise<{ parts: Partial<Parts>; unread: string[] }> {
  const read: Partial<Parts> = {}
  const unread: string[] = []
  await Promise.all(
    Object.entries(calls).map(async ([part, call]) => {
      try {
        const value = await (call as () => Promise<unknown>)()
        if (value !== undefined) read[part as keyof Parts] = value as Parts[keyof Parts]
      } catch (error) {
        if (isOneOf(error, absent)) return
        if (!isOneOf(error, DENIED) && !isOneOf(error, unavailable)) throw error
        unread.push(part)
      }
    }),
  )
  return { parts: read, unread: unread.sort() }
}

/** An item together with what of it could not be read. */
export function partly<Item>(item: Item, unread: readonly string[]): Listed<Item> {
  return unread.length === 0 ? item : new Partly(item, unread)
}
