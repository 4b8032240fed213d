import { z } from 'zod'
import { CHANGE_KINDS, type ChangeFilter, type ChangeRow, readChanges } from '../../store/queries/changes.ts'
import { followChanges, isPosition } from '../../store/queries/follow-changes.ts'
import type { Window } from '../../store/queries/timeline.ts'
import { describe } from '../answers/asset-ref.ts'
import { entries, text } from '../answers/blocks.ts'
import { At, atOf, Since, Until, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { InputError } from '../ask.ts'
import { CHANGE_COLUMNS, ChangeRef, changeEntry, changeRefs } from '../lookups/changed.ts'
import { changesText } from '../lookups/changes.ts'
import { readChangesBy } from '../lookups/changes-by.ts'
import { byText } from '../lookups/made-by.ts'
import { accountsOf, typesOf } from '../lookups/named-places.ts'
import { findSubject } from '../lookups/subject.ts'
import { type Asking, defineQuestion } from '../question.ts'

const LISTED = 50
const BEFORE_FOLLOWING = 10

const Filter = {
  account: z.string().max(256).optional().describe('Only in this account (id or name)'),
  region: z.string().max(32).optional().describe('Only in this region'),
  type: z.string().max(256).optional().describe('Only of this type (or its last word: instance)'),
  by: z.string().trim().min(1).max(2048).optional().describe('Only what this person, role or access key did'),
  kind: z.enum(CHANGE_KINDS).optional().describe('Only this kind of change'),
  tag: z.string().min(1).max(512).optional().describe('Only assets with this tag: team=shop, or team'),
}

export default defineQuestion({
  name: 'changes',
  purpose: 'What changed, in all accounts, the newest first: each with the person behind it',
  grant: 'changes',
  input: z.strictObject({
    at: At,
    since: Since,
    until: Until,
    ...Filter,
    limit: z
      .int()
      .min(1)
      .max(500)
      .optional()
      .describe(`How many changes to list (default ${LISTED}; ${BEFORE_FOLLOWING} before those that follow)`),
  }),
  notLive: 'it tells what is recorded; ask for one asset to have it read',
  positional: [],
  output: z.object({
    changes: z.array(ChangeRef).describe('The newest first'),
    more: z.boolean().describe('There are earlier ones that are not listed'),
  }),
  examples: [
    {
      title: 'What changed last',
      input: { limit: 4 },
      found: true,
      headline: ['SQS Queue jobs', 'gone', 'by ada@example.com'],
    },
    {
      title: 'What one person changed',
      input: { by: 'bob', since: '24h' },
      found: true,
      headline: ['1 change by bob', 'EC2 SecurityGroup shop-web', 'IpPermissions'],
    },
    {
      title: 'What disappeared from an account',
      input: { kind: 'gone', account: 'shop-prod' },
      found: true,
      headline: ['3 changes', 'SQS Queue jobs'],
    },
    {
      title: 'What changed of the things with a tag, until a time',
      input: { tag: 'team=shop', type: 'instance', until: '2026-11-12' },
      found: true,
      headline: ['EC2 Instance'],
    },
    {
      title: 'What changed in a quiet time',
      input: { since: '2026-11-15', until: '2026-11-16' },
      found: false,
      headline: ['nothing changed'],
    },
  ],
  async answer({ at: atText, since: sinceText, until: untilText, limit = LISTED, by, ...given }, asking) {
    const at = atOf(atText, asking.now)
    const since = sinceText === undefined ? Number.NEGATIVE_INFINITY : atOf(sinceText, asking.now)
    const window = { since, until: Math.min(at, atOf(untilText, at)) }
    const filter = await filterOf(asking, given)
    const rows = await newest(asking, { window, filter, by, limit: limit + 1 })
    const changes = await changeRefs(asking, rows.slice(0, limit), at)
    const [latest] = changes
    const more = rows.length > limit
    const who = by === undefined ? '' : ` by ${by}`
    const count = `${more ? 'the last ' : ''}${changes.length} change${changes.length === 1 ? '' : 's'}${who}`
    return {
      found: changes.length > 0,
      headline:
        latest === undefined
          ? `nothing changed${who}${sinceText === undefined ? '' : ` since ${whenText(since, asking.now)}`}`
          : `${count}; last: ${latestText(latest, asking.now)}`,
      output: { changes, more },
      provenance: await provenanceOf(asking, { cards: [], types: [], at, found: true }),
    }
  },
  async *follow({ at, since, until, limit = BEFORE_FOLLOWING, by, ...given }, asking, { position, signal }) {
    if (at !== undefined || until !== undefined)
      throw new InputError('what follows has no end: leave out the time until which, or do not follow')
    if (position !== undefined && !isPosition(position))
      throw new InputError('there is no such position: give back one that was told, or 0 for everything')
    const filter = await filterOf(asking, given)
    const told = new Set<string>()
    let isFirst = position === undefined
    for await (const followed of followChanges(asking, { position, filter, signal })) {
      const window = {
        since: since === undefined ? Number.NEGATIVE_INFINITY : atOf(since, asking.now),
        until: Date.now(),
      }
      // Read after the position is fixed: what was committed in between is in both, and told once.
      const rows = isFirst
        ? (await newest(asking, { window, filter, by, limit })).toReversed()
        : followed.changes.filter(row => !told.has(keyOf(row)))
      if (isFirst) for (const row of rows) told.add(keyOf(row))
      isFirst = false
      const changes = await changeRefs(asking, rows, Number.POSITIVE_INFINITY)
      const wanted = by === undefined ? changes : changes.filter(change => isBy(change, by))
      const positions = new Map(followed.changes.map(row => [keyOf(row), row.position]))
      yield {
        items: wanted.map(change => {
          const after = positions.get(keyOf({ asset: change.asset.id, from: Date.parse(change.at) }))
          return { item: change, entry: changeEntry(change), ...(after !== undefined && { position: after }) }
        }),
        position: followed.position,
      }
    }
  },
  present: ({ changes, more }) => [
    ...entries(null, CHANGE_COLUMNS, changes.map(changeEntry)),
    ...(more ? [text('There are earlier ones: use --limit, or --until with the time of the last.')] : []),
  ],
})

async function filterOf(
  asking: Asking,
  given: {
    account?: string | undefined
    region?: string | undefined
    type?: string | undefined
    kind?: ChangeFilter['kind']
    tag?: string | undefined
  },
): Promise<ChangeFilter> {
  const [accounts, types] = await Promise.all([accountsOf(asking, given.account), typesOf(asking, given.type)])
  const [key = '', ...value] = given.tag?.split('=') ?? []
  const tag = given.tag === undefined ? undefined : { key, value: value.length === 0 ? undefined : value.join('=') }
  return { accounts, types, region: given.region, kind: given.kind, tag }
}

interface Wanted {
  readonly window: Window
  readonly filter: ChangeFilter
  readonly by: string | undefined
  readonly limit: number
}

/** The newest changes, the newest first; of somebody, those that are found from what they did. */
async function newest(asking: Asking, { window, filter, by, limit }: Wanted): Promise<ChangeRow[]> {
  if (filter.accounts?.length === 0 || filter.types?.length === 0) return []
  if (by === undefined) return readChanges(asking, window, filter, limit)
  return readChangesBy(asking, actorsOf(await findSubject(asking, by)), { window, filter, limit })
}

function actorsOf(found: Awaited<ReturnType<typeof findSubject>>): readonly string[] {
  if (found.kind === 'none') return []
  return found.kind === 'one' ? found.subject.actors : found.subjects.flatMap(({ actors }) => actors)
}

function keyOf({ asset, from }: { readonly asset: string; readonly from: number }): string {
  return `${asset} ${from}`
}

/** While following, whoever is called so in the answer is meant. */
function isBy({ attribution }: ChangeRef, by: string): boolean {
  const wanted = by.toLowerCase()
  const names = attribution.events.flatMap(({ actor }) => [
    actor.person,
    actor.principal,
    actor.accessKey,
    ...actor.via,
  ])
  return names.some(name => name?.toLowerCase().includes(wanted))
}

function latestText(change: ChangeRef, now: number): string {
  const { asset, at, what, changes } = change
  const fields = what === 'changed' ? `: ${changesText(changes)}` : ''
  return `${describe(asset)} ${what} ${whenText(Date.parse(at), now)}${byText(change)}${fields}`
}
