import { z } from 'zod'
import { isUnlimited } from '../../model/access-scope.ts'
import { ACCOUNT_ENTRY } from '../../model/scan-scope.ts'
import { readPolicyProblem } from '../../store/policy-problem.ts'
import { readAccountStatus, readTypeStatus } from '../../store/queries/status.ts'
import { accountCell, accountText, typeTitle } from '../answers/asset-ref.ts'
import { type Block, fields, table, text, time } from '../answers/blocks.ts'
import { isoOf, relative } from '../answers/instant.ts'
import { provenanceOf, Unread } from '../answers/provenance.ts'
import { DriftStatus, driftStatusOf, EventsStatus, eventsStatusOf, presentEvents } from '../lookups/event-status.ts'
import { defineQuestion } from '../question.ts'

const ACCOUNTS_MAX = 10
const GAPS_MAX = 1_000

export default defineQuestion({
  name: 'status',
  purpose: 'How complete and how fresh the inventory is: accounts, types, events, gaps and what to grant',
  grant: 'status',
  input: z.strictObject({
    accounts: z
      .int()
      .min(1)
      .max(10_000)
      .default(ACCOUNTS_MAX)
      .describe('How many accounts to list, those with gaps first'),
    all: z.boolean().default(false).describe('Also types with nothing wrong, and all that is otherwise cut short'),
  }),
  notLive: 'it tells what was read, and when',
  positional: [],
  output: z.object({
    accounts: z.array(
      z.object({
        provider: z.string(),
        account: z.string(),
        accountName: z.string().nullable(),
        status: z.string().nullable().describe("The provider's word"),
        assets: z.number(),
        read: z.int().describe('Scopes (a region and type) that were read in full'),
        unread: z.int().describe('Scopes that were denied or failed'),
        oldest: z.string().nullable().describe('The read that is longest ago'),
        newest: z.string().nullable(),
      }),
    ),
    accountsTotal: z.int(),
    types: z.array(
      z.object({
        type: z.string(),
        assets: z.number().describe('As of the last full read of each scope'),
        read: z.int(),
        denied: z.int(),
        failed: z.int(),
        skipped: z.int(),
        oldest: z.string().nullable(),
      }),
    ),
    assets: z.number(),
    gaps: z.array(Unread),
    events: EventsStatus,
    drift: DriftStatus,
    all: z.boolean(),
    access: z
      .string()
      .nullable()
      .describe('What is wrong with the access policy; null: nothing, or not told to who may not see everything'),
    search: z
      .object({
        pending: z.int().describe('Changes that are not in the search index yet'),
        exact: z.boolean().describe('false: at least as many'),
        lagSeconds: z.number(),
        problem: z.string().nullable().describe('What somebody has to look after'),
      })
      .nullable()
      .describe('null: not told to who may not see everything'),
  }),
  examples: [
    {
      title: 'What is known, and what is not',
      input: {},
      found: true,
      headline: ['2 accounts', 'could not be read', 'last event 7 minutes ago'],
    },
  ],
  async answer({ accounts: limit, all: isAll }, asking) {
    const [all, { accounts, total }, lag, access, provenance, events, drift] = await Promise.all([
      readTypeStatus(asking),
      readAccountStatus(asking, limit),
      isUnlimited(asking.scope) ? asking.search.lag(asking.now) : null,
      isUnlimited(asking.scope) ? readPolicyProblem(asking.database) : undefined,
      provenanceOf(asking, { cards: [], types: null, at: asking.now, found: false, gapsMax: GAPS_MAX }),
      eventsStatusOf(asking),
      driftStatusOf(asking),
    ])
    const types = all.filter(({ type }) => type !== ACCOUNT_ENTRY)
    const assets = types.reduce((sum, type) => sum + type.assets, 0)
    const unread = all.reduce((sum, type) => sum + type.denied + type.failed, 0)
    const kinds = types.filter(type => type.assets > 0).length
    const oldest = Math.min(...types.flatMap(type => type.oldest ?? []))
    const never = provenance.unread.filter(gap => gap.outcome === 'unread').length
    const parts = [
      `${assets.toLocaleString('en')} assets of ${kinds} type${kinds === 1 ? '' : 's'} in ${total.toLocaleString('en')} account${total === 1 ? '' : 's'}`,
      Number.isFinite(oldest)
        ? `everything read within the last ${relative(oldest, asking.now).replace(' ago', '')}`
        : 'nothing was read yet: run `cadastre scan`',
      unread === 0 ? 'no gaps' : `${unread.toLocaleString('en')} scope${unread === 1 ? '' : 's'} could not be read`,
      ...(events.newestAt === null ? [] : [`last event ${relative(Date.parse(events.newestAt), asking.now)}`]),
      ...(events.parked === 0 ? [] : [`${events.parked} assets wait for you: see \`cadastre parked\``]),
      ...(access === undefined ? [] : ['the access policy has errors: see below']),
      ...(never === 0 ? [] : [`${never} account${never === 1 ? '' : 's'} never tried`]),
    ]
    return {
      found: types.length > 0 || total > 0,
      headline: parts.join('; '),
      output: {
        accounts: accounts.map(account => ({
          ...account,
          oldest: isoOrNull(account.oldest),
          newest: isoOrNull(account.newest),
        })),
        accountsTotal: total,
        types: types.map(type => ({ ...type, oldest: isoOrNull(type.oldest) })),
        assets,
        gaps: [...provenance.unread],
        events,
        drift,
        all: isAll,
        access: access?.text ?? null,
        search:
          lag === null
            ? null
            : {
                pending: lag.pending,
                exact: lag.isExact,
                lagSeconds: Math.round(lag.lagMs / 100) / 10,
                problem: lag.problem ?? null,
              },
      },
      provenance: { ...provenance, unread: [], unreadMore: false },
    }
  },
  present: ({ accounts, accountsTotal, types, gaps, events, drift, access, search, all }) => [
    ...(access === null ? [] : [fields('The access policy has errors', { error: access.split('\n').join('; ') })]),
    ...table(
      'Accounts',
      ['account', 'status', 'assets', 'read', 'not read', 'newest', 'oldest'],
      accounts.map(account => [
        accountCell(account),
        account.status,
        account.assets,
        account.read,
        account.unread,
        time(account.newest),
        time(account.oldest),
      ]),
    ),
    ...(accountsTotal > accounts.length
      ? [text(`${accounts.length} of ${accountsTotal.toLocaleString('en')} accounts: use --accounts.`)]
      : []),
    ...table(
      'Types',
      ['type', 'assets', 'read', 'denied', 'failed', 'skipped', 'oldest'],
      typesShown(types, all).map(({ type, assets, read, denied, failed, skipped, oldest }) => [
        type,
        assets,
        read,
        denied,
        failed,
        skipped,
        time(oldest),
      ]),
    ),
    ...foldedText(types, all),
    ...presentEvents(events, drift, all),
    ...presentGaps(gaps, all),
    ...(search === null
      ? []
      : [
          fields('Search index', {
            'not searchable yet': `${search.exact ? '' : 'at least '}${search.pending.toLocaleString('en')} change${search.pending === 1 ? '' : 's'}`,
            behind: `${search.lagSeconds} s`,
            ...(search.problem === null ? {} : { problem: search.problem }),
          }),
        ]),
  ],
})

interface TypeRow {
  readonly assets: number
  readonly denied: number
  readonly failed: number
}

/** What is wrong is to be seen at once; all is well with the others, which are counted. */
function typesShown<Row extends TypeRow>(types: readonly Row[], isAll: boolean): Row[] {
  return types.filter(({ assets, denied, failed }) => denied + failed > 0 || (isAll && assets > 0))
}

function foldedText(types: readonly TypeRow[], isAll: boolean): Block[] {
  const folded = types.filter(type => type.assets > 0 && !typesShown(types, isAll).includes(type))
  if (folded.length === 0) return []
  const assets = folded.reduce((sum, type) => sum + type.assets, 0)
  return [
    text(
      `${folded.length} ${folded.length < types.length ? 'other ' : ''}type${folded.length === 1 ? '' : 's'} without gaps: ${assets.toLocaleString('en')} assets. --all lists them.`,
    ),
  ]
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : isoOf(ms)
}

/** Lines of gaps that are shown unless all are asked for. */
const GAPS_SHOWN_MAX = 15

function presentGaps(gaps: readonly Unread[], isAll: boolean): Block[] {
  const rows = grouped(gaps)
  const shown = isAll ? rows : rows.slice(0, GAPS_SHOWN_MAX)
  return [
    ...table('Gaps', ['account', 'what', 'outcome', 'last read', 'next step'], shown),
    ...(rows.length > shown.length ? [text(`${rows.length - shown.length} more gaps: --all lists them.`)] : []),
  ]
}

/** One line for all regions and types of an account that lack the same thing. */
function grouped(gaps: readonly Unread[]) {
  const groups = Map.groupBy(gaps, ({ account, outcome, needs, detail }) =>
    [account, outcome, ...(needs.length > 0 ? needs : [detail])].join('\n'),
  )
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    const types = [
      ...new Set(group.map(({ type }) => (type === null || type === ACCOUNT_ENTRY ? 'everything' : typeTitle(type)))),
    ]
    const regions = [
      ...new Set(group.flatMap(({ region }) => (region === null || region === 'global' ? [] : [region]))),
    ]
    const what = `${types.slice(0, 3).join(', ')}${types.length > 3 ? ` and ${types.length - 3} more types` : ''}${regions.length > 0 ? ` in ${regions.slice(0, 3).join(', ')}${regions.length > 3 ? ` and ${regions.length - 3} more` : ''}` : ''}`
    const next = first.needs.length > 0 ? `grant ${first.needs.join(', ')}` : (first.detail ?? NEXT[first.outcome])
    return [[accountText(first), what, first.outcome, time(first.readAt), next]]
  })
}

const NEXT = {
  denied: 'grant the read policy to the role',
  failed: 'it is tried again by the next scan',
  stale: 'run `cadastre scan`, or keep `cadastre up` running',
  unread: 'run `cadastre scan`; the role may be missing',
} as const satisfies Record<Unread['outcome'], string>
