import { z } from 'zod'
import type { Card } from '../../store/queries/cards.ts'
import { type Gap, readGaps, readUnreadAccounts } from '../../store/queries/gaps.ts'
import type { Reader } from '../../store/queries/reader.ts'
import type { Asking } from '../question.ts'
import { isoOf } from './instant.ts'
import { Route } from './route.ts'

/** How one fact of an answer is known. */
export const Fact = z.object({
  asset: z.string().describe('The asset that the fact is about'),
  account: z.string(),
  accountName: z.string().nullable(),
  type: z.string(),
  observedAt: z.string().describe('When the cloud was last read and showed it'),
  source: z.string().describe('scan, event, live, or the name of another source'),
})
export type Fact = z.infer<typeof Fact>

/** What could have held (more of) the answer and is not, or no longer, known. */
export const Unread = z.object({
  account: z.string(),
  accountName: z.string().nullable(),
  region: z.string().nullable().describe('null: all'),
  type: z.string().nullable().describe('null: all'),
  outcome: z.enum(['denied', 'failed', 'stale', 'unread']),
  readAt: z.string().nullable().describe('The last read in full; null: never'),
  detail: z.string().nullable(),
  needs: z.array(z.string()).readonly().describe('Permissions to grant'),
})
export type Unread = z.infer<typeof Unread>

export const Provenance = z.object({
  askedAt: z.string(),
  at: z.string().nullable().describe('The time that the answer is of, if another was asked for'),
  facts: z.array(Fact).readonly(),
  unread: z.array(Unread).readonly(),
  unreadMore: z.boolean().describe('There is more that could not be read than is listed'),
  route: Route.optional().describe('By which way the answer came; absent: from the index, as nobody asked for more'),
})
export type Provenance = z.infer<typeof Provenance>

/** Gaps that are listed with an answer: enough to see what is wrong; `status` has more. */
const GAPS_MAX = 30
/** Facts that are listed; an answer that lists many assets is not doubled by saying how each is known. */
export const FACTS_MAX = 50

/**
 * The provenance of an answer: how each of the cards is known, and what of some types (null: of all) is not. Only when
 * nothing was found are the accounts that were never read looked for, because that takes longer.
 */
export async function provenanceOf(
  asking: Asking,
  known: {
    cards: readonly Card[]
    types: readonly string[] | null
    at: number
    found: boolean
    gapsMax?: number
    /** Those of the types, where they were read already. */
    gaps?: readonly Gap[]
  },
): Promise<Provenance> {
  const { cards, types, at, found, gapsMax: limit = GAPS_MAX } = known
  const reader: Reader = asking
  const [gaps, unreadAccounts] = await Promise.all([
    known.gaps ?? (types?.length === 0 ? [] : gapsOf(asking, types, limit)),
    found ? [] : readUnreadAccounts(reader, limit),
  ])
  const unread = [...gaps, ...unreadAccounts]
  return {
    askedAt: isoOf(asking.now),
    at: at === asking.now ? null : isoOf(at),
    facts: cards.slice(0, FACTS_MAX).map(factOf),
    unread: unread.slice(0, limit).map(unreadOf),
    unreadMore: unread.length >= limit,
  }
}

/** What of some types (null: of all) is not known: for answers that need it in any case, so that it is read beside the rest. */
export function gapsOf(asking: Asking, types: readonly string[] | null, limit = GAPS_MAX): Promise<readonly Gap[]> {
  return readGaps(asking, types, { now: asking.now, limit })
}

function factOf({ id, account, accountName, type, seenAt, source }: Card): Fact {
  return { asset: id, account, accountName, type, observedAt: isoOf(seenAt), source }
}

/** Many answers tell of the same gap. */
const unreads = new WeakMap<Gap, Unread>()

function unreadOf(gap: Gap): Unread {
  const known = unreads.get(gap)
  if (known !== undefined) return known
  const { provider: _, readAt, ...rest } = gap
  const unread = { ...rest, readAt: readAt === null ? null : isoOf(readAt) }
  unreads.set(gap, unread)
  return unread
}
