import { z } from 'zod'
import { isUnlimited } from '../../model/access-scope.ts'
import { readDrift } from '../../store/queries/drift.ts'
import { readEventStatus } from '../../store/queries/event-status.ts'
import { accountText, typeTitle } from '../answers/asset-ref.ts'
import { type Block, fields, table, text, time } from '../answers/blocks.ts'
import { isoOf } from '../answers/instant.ts'
import type { Asking } from '../question.ts'

const DAY_MS = 86_400_000
const DRIFT_DAYS = 7

/** How events come in, what waits because of them, and how much they leave unexplained. */
export const EventsStatus = z.object({
  newestAt: z.string().nullable().describe('When the newest event happened; null: there is none'),
  lagSeconds: z
    .number()
    .nullable()
    .describe('How long after that it was received; null: it was imported, or there is none'),
  lastDay: z
    .object({ mapped: z.int(), none: z.int(), relist: z.int(), unmapped: z.int() })
    .describe(
      'Events of the last 24 hours: they named assets; touch none; say only which type changed; could not be placed',
    ),
  exact: z.boolean().describe('false: at least as many'),
  silent: z
    .object({
      count: z.int(),
      accounts: z.array(z.object({ account: z.string(), accountName: z.string().nullable() })),
    })
    .nullable()
    .describe('Active accounts without any event in the last 24 hours, some by name; null: not known'),
  unmapped: z
    .array(z.object({ source: z.string(), name: z.string(), count: z.int(), lastAt: z.string() }))
    .describe('Writes that could not be placed: their service is listed anew instead'),
  waiting: z.int().describe('Assets that are read again because a reply did not show yet what an event told'),
  parked: z.int().describe('Assets that could not be read and wait for a person'),
  relists: z.int().describe('Scopes to be listed because something changed there'),
  rejected: z.int().describe('Messages that could not be read'),
})
export type EventsStatus = z.infer<typeof EventsStatus>

export const DriftStatus = z.object({
  since: z.string().nullable().describe('Changes since then were looked at; null: there are no events to explain any'),
  changes: z.int(),
  unexplained: z.int().describe('Found by a scan, and no event explains them'),
  types: z
    .array(z.object({ type: z.string(), changes: z.int(), unexplained: z.int() }))
    .describe('The most unexplained first'),
})
export type DriftStatus = z.infer<typeof DriftStatus>

export async function eventsStatusOf(asking: Asking): Promise<EventsStatus> {
  const { newestAt, receivedAt, counts, isExact, silent, unmapped, ...rest } = await readEventStatus(
    asking,
    asking.now - DAY_MS,
  )
  return {
    newestAt: newestAt === null ? null : isoOf(newestAt),
    lagSeconds:
      newestAt === null || receivedAt === null || isImported(receivedAt, newestAt)
        ? null
        : Math.max(0, Math.round((receivedAt - newestAt) / 1000)),
    lastDay: { ...counts },
    exact: isExact,
    silent: silent === undefined ? null : { count: silent.count, accounts: [...silent.accounts] },
    unmapped: unmapped.map(({ lastAt, ...row }) => ({ ...row, lastAt: isoOf(lastAt) })),
    ...rest,
    rejected: isUnlimited(asking.scope) ? rest.rejected : 0,
  }
}

/** What is imported counts as received long before it happened, so that nothing is read anew for it; clocks differ by less than a day. */
function isImported(receivedAt: number, at: number): boolean {
  return receivedAt < at - DAY_MS
}

export async function driftStatusOf(asking: Asking): Promise<DriftStatus> {
  const { types, since } = await readDrift(asking, { since: asking.now - DRIFT_DAYS * DAY_MS, until: asking.now })
  const total = (count: (type: (typeof types)[number]) => number) => types.reduce((sum, type) => sum + count(type), 0)
  return {
    since: since === null ? null : isoOf(since),
    changes: total(type => type.changes),
    unexplained: total(type => type.unexplained),
    types: [...types],
  }
}

/** Types with unexplained changes that are listed unless all are asked for. */
const DRIFT_SHOWN_MAX = 5
const UNMAPPED_SHOWN_MAX = 5

export function presentEvents(events: EventsStatus, drift: DriftStatus, isAll: boolean): Block[] {
  if (events.newestAt === null) return [text('No events yet: changes are found by scans, without their authors.')]
  const { mapped, none, relist, unmapped } = events.lastDay
  const count = (value: number) => value.toLocaleString('en')
  const parts = [
    [mapped, 'named assets'],
    [relist, 'named only a type'],
    [none, 'touch no asset'],
    [unmapped, 'could not be placed'],
  ].flatMap(([value, what]) => (value === 0 ? [] : [`${count(Number(value))} ${what}`]))
  const unexplained = drift.types.filter(type => type.unexplained > 0)
  return [
    fields('Events', {
      newest: time(events.newestAt),
      'received after': events.lagSeconds === null ? 'imported from logs' : `${count(events.lagSeconds)} s`,
      'last 24 hours': `${events.exact ? '' : 'at least '}${count(mapped + none + relist + unmapped)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`,
      'no events from': silentText(events),
      'to be read again': events.waiting || null,
      'wait for you': events.parked > 0 ? `${count(events.parked)}: see \`cadastre parked\`` : null,
      'to be listed': events.relists || null,
      'not readable': events.rejected || null,
      drift: driftText(drift),
    }),
    ...table(
      'Changes that no event explains',
      ['type', 'unexplained', 'of', 'share'],
      unexplained
        .slice(0, isAll ? unexplained.length : DRIFT_SHOWN_MAX)
        .map(({ type, changes, unexplained }) => [
          typeTitle(type),
          unexplained,
          changes,
          shareText(unexplained, changes),
        ]),
    ),
    ...table(
      'Writes that could not be placed, last 24 hours',
      ['call', 'times', 'last'],
      events.unmapped
        .slice(0, isAll ? events.unmapped.length : UNMAPPED_SHOWN_MAX)
        .map(({ source, name, count, lastAt }) => [`${source}:${name}`, count, time(lastAt)]),
    ),
  ]
}

/** An account whose events do not arrive looks like one in which nothing happens: only a person can tell. */
function silentText({ silent }: EventsStatus): string | null {
  if (silent === null || silent.count === 0) return null
  const rest = silent.count - silent.accounts.length
  return `${silent.accounts.map(accountText).join(', ')}${rest > 0 ? ` and ${rest.toLocaleString('en')} more accounts` : ''}, in 24 hours`
}

/** `3 % of 120 changes in 7 days were found by scans only` */
export function driftText({ changes, unexplained, since }: DriftStatus): string | null {
  if (since === null || changes === 0) return null
  return unexplained === 0
    ? `none: events explain all ${changes.toLocaleString('en')} changes that they can`
    : `${shareText(unexplained, changes)}: ${unexplained.toLocaleString('en')} of ${changes.toLocaleString('en')} changes were found by scans only`
}

function shareText(part: number, whole: number): string {
  const percent = (100 * part) / whole
  return `${percent > 0 && percent < 1 ? '<1' : Math.round(percent)} %`
}
