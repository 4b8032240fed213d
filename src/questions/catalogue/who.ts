import { z } from 'zod'
import { isUnlimited } from '../../model/access-scope.ts'
import { COUNTED_MAX } from '../../store/queries/deeds.ts'
import type { KnownEvent } from '../../store/queries/events.ts'
import { accountsNamed } from '../../store/queries/names.ts'
import { hasEvents } from '../../store/queries/people.ts'
import { actorText, eventWords, meansText, personText } from '../answers/actor.ts'
import { type Entry, entries, moment, table, text, time, toned } from '../answers/blocks.ts'
import { EventRef, eventRefOf } from '../answers/event.ts'
import { atOf, Instant, isoOf, Until, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { deedsOf, findSubject, type Subject } from '../lookups/subject.ts'
import { TouchedRef, touchedBy, touchedText } from '../lookups/touched.ts'
import { type Asking, defineQuestion } from '../question.ts'

const SINCE_DEFAULT = '24h'

const Deed = z.object({ event: EventRef, touched: z.array(TouchedRef) })
type Deed = z.infer<typeof Deed>

export default defineQuestion({
  name: 'who',
  purpose: 'What a person, role or access key did, in every account, through every role they took',
  grant: 'who',
  input: z.strictObject({
    subject: z
      .string()
      .trim()
      .min(1)
      .max(2048)
      .describe('A name or e-mail address, or part of it; a role or user, or its ARN; an access key id'),
    since: Instant.default(SINCE_DEFAULT).describe('Only what they did from then on: 2h, 7d, 2026-11-01, yesterday'),
    until: Until,
    account: z.string().max(256).optional().describe('Only what they did in this account (id or name)'),
    limit: z.int().min(1).max(500).default(50).describe('How many events to list'),
    page: z.int().min(1).max(200).default(1).describe('Which page of them'),
  }),
  notLive: 'it tells what events told; ask for one asset to have it read',
  positional: ['subject'],
  output: z.object({
    subject: z.string(),
    person: z.string().nullable().describe('Who is meant; null: nobody, or not only one'),
    candidates: z
      .array(z.object({ subject: z.string(), lastAt: z.string(), last: z.string() }))
      .describe('Whoever may be meant, when they are several'),
    since: z.string(),
    until: z.string(),
    deeds: z.array(Deed).describe('The newest first'),
    more: z.boolean().describe('There are more on the next page'),
    total: z.int(),
    exact: z.boolean().describe('false: at least as many'),
    accounts: z.array(z.string()).describe('Where they did it'),
  }),
  examples: [
    {
      title: 'What somebody did today, also in roles of other accounts',
      input: { subject: 'ada@example.com' },
      found: true,
      headline: ['ada@example.com did 5 things in 2 accounts in the last 24 hours', 'last: console login'],
    },
    {
      title: 'Part of a name is enough, if only one has it',
      input: { subject: 'ev', since: '7d' },
      found: true,
      headline: ['eve did 1 thing in 1 account', 'put bucket policy on S3 Bucket exports'],
    },
    {
      title: 'What was done with an access key',
      input: { subject: 'AKIAQAAAAAAAAABOB001', since: '30d' },
      found: true,
      headline: ['bob', '5 things'],
    },
    {
      title: 'What was done in a role, whoever was behind it',
      input: { subject: 'deploy', since: '30d' },
      found: true,
      headline: ['role deploy of 111122223333', '5 things in 1 account'],
    },
    { title: 'Somebody unknown', input: { subject: 'nobody@example.com' }, found: false, headline: ['nobody'] },
  ],
  async answer({ subject: name, since: sinceText, until: untilText, account: accountName, limit, page }, asking) {
    const since = atOf(sinceText, asking.now)
    const until = atOf(untilText, asking.now)
    const found = await findSubject(asking, name)
    const none = { deeds: [], more: false, total: 0, exact: true, accounts: [] }
    const base = { subject: name, since: isoOf(since), until: isoOf(until) }
    const provenance = await provenanceOf(asking, { cards: [], types: [], at: asking.now, found: true })
    if (found.kind !== 'one') {
      const candidates = found.kind === 'many' ? found.subjects.map(candidateOf) : []
      const named = candidates.slice(0, 5).map(({ subject }) => subject)
      const headline =
        found.kind === 'none'
          ? `nobody called ${name} is known to have done anything${await whyNobody(asking)}`
          : `${name} may be ${candidates.length} people or roles; say which: ${named.join('; ')}${candidates.length > 5 ? '; …' : ''}`
      return { found: false, headline, output: { ...base, person: null, candidates, ...none }, provenance }
    }
    const { subject } = found
    const account =
      accountName === undefined ? undefined : ((await accountsNamed(asking, accountName, 1))[0]?.id ?? accountName)
    const offset = (page - 1) * limit
    const { events, more, count, accounts } = await deedsOf(
      asking,
      { actors: subject.actors, since, until, account },
      { limit, offset },
    )
    const touched = await touchedBy(asking, events)
    const person = labelOf(subject)
    const [lastTouched] = await touchedBy(asking, [subject.last])
    const when = periodText(since, until, asking.now, untilText !== undefined)
    const did =
      count === 0
        ? `${person} did nothing ${account === undefined ? '' : `in ${accountName} `}${when}; the last that is known: `
        : `${person} did ${count >= COUNTED_MAX ? 'at least ' : ''}${plural(count, 'thing')} in ${plural(accounts.length, 'account')} ${when}; last: `
    const [last, lastOn] = count > 0 && offset === 0 ? [events[0], touched[0]] : [subject.last, lastTouched]
    return {
      found: events.length > 0,
      headline: did + (last === undefined ? '' : deedText(last, touchedText(lastOn ?? []), asking.now)),
      output: {
        ...base,
        person,
        candidates: [],
        deeds: events.map((event, position) => ({
          event: eventRefOf(event, asking.scope),
          touched: touched[position] ?? [],
        })),
        more,
        total: count,
        exact: count < COUNTED_MAX,
        accounts,
      },
      provenance,
    }
  },
  present: ({ person, candidates, deeds, more }) => [
    ...table(
      null,
      ['who', 'last seen', 'doing'],
      candidates.map(({ subject, lastAt, last }) => [subject, time(lastAt), last]),
    ),
    ...entries(null, ['time (UTC)', 'what', 'on', 'account'], deedEntries(deeds, person)),
    ...(more ? [text('There is more before that: use --limit and --page.')] : []),
  ],
})

/**
 * How and from where is told where it differs from the deed above: people do many things one way. Of a role or a key it is told who did
 * it, too.
 */
function deedEntries(deeds: readonly Deed[], subject: string | null): Entry[] {
  const hows = deeds.map(({ event: { actor } }) =>
    [
      actor.person === subject ? meansText(actor) : actorText(actor),
      ...(actor.from === null ? [] : [`from ${actor.from}`]),
    ]
      .filter(Boolean)
      .join(' '),
  )
  return deeds.map(({ event, touched }, position) => {
    const how = hows[position] ?? ''
    const [first] = touched
    return {
      row: [
        moment(event.at),
        toned(event.words, toneOf(touched)),
        touchedText(touched),
        first?.asset?.accountName ?? first?.account ?? event.account,
      ],
      details: how === '' || how === hows[position - 1] ? [] : [toned(how, 'quiet')],
    }
  })
}

const TONES = { create: 'created', update: 'changed', delete: 'gone' } as const

function toneOf([first]: readonly TouchedRef[]) {
  return first === undefined ? 'quiet' : TONES[first.action]
}

/** Only who may see everything is told that there is nothing at all. */
async function whyNobody({ database, scope }: Asking): Promise<string> {
  if (!isUnlimited(scope) || (await hasEvents(database))) return ''
  return ': no events came yet; docs/events.md says how they are connected'
}

/** The person as their events tell; a role or key that was asked for, as that. */
function labelOf({ naming, last }: Subject): string {
  const person = personText(last.actor)
  if (naming?.kind === 'key') return `${person} (key ${naming.value})`
  if (naming?.kind !== 'principal' || !naming.value.includes(':role/')) return person
  const role = last.actor.principal?.toLowerCase() === naming.value ? last.actor.principal : naming.value
  return personText({ kind: 'assumed-role', principal: role, account: role.split(':')[4] ?? '', via: [], raw: null })
}

function candidateOf(subject: Subject) {
  const { last } = subject
  return { subject: labelOf(subject), lastAt: isoOf(last.at), last: eventWords(last.name) }
}

function deedText(event: KnownEvent, on: string, now: number): string {
  return `${eventWords(event.name)}${on === '' ? '' : ` on ${on}`} ${whenText(event.at, now)}`
}

/** `in the last 24 hours`, `in the last 7 days`, `between … and …`. */
function periodText(since: number, until: number, now: number, hasEnd: boolean): string {
  if (hasEnd) return `between ${whenText(since, now)} and ${whenText(until, now)}`
  const minutes = Math.round((now - since) / 60_000)
  const [count, unit] =
    minutes > 48 * 60 ? [minutes / 1440, 'day'] : minutes > 90 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return Number.isInteger(count) && count > 1 ? `in the last ${count} ${unit}s` : `since ${whenText(since, now)}`
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}
