import { z } from 'zod'
import { type AskedFilter, COUNTED_MAX, countAsked, readAsked } from '../../store/queries/question-log.ts'
import { LOGGED_OUTCOMES, type LoggedOutcome, type LoggedQuestion } from '../../store/question-log.ts'
import { type Entry, entries, moment, type Tone, text, toned } from '../answers/blocks.ts'
import { atOf, Instant, isoOf, Until, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { defineQuestion } from '../question.ts'

const Asked = z.object({
  id: z.string(),
  at: z.string(),
  principal: z.string().describe('token:NAME, oidc:SUB, slack:TEAM:USER, mattermost:USER, local'),
  name: z.string(),
  surface: z.string(),
  from: z.string().describe('The address or channel that it came from'),
  question: z.string(),
  input: z.string().describe('JSON, without what looks like a secret, or the beginning of it'),
  outcome: z.enum(LOGGED_OUTCOMES),
  detail: z
    .string()
    .nullable()
    .describe('Why it was denied or not valid; of a failure, the id that finds it in the log'),
  assets: z.int().describe('How many assets the answer told of'),
  scope: z.string().nullable().describe('Equal for equal scopes; null: no limit'),
  grants: z.array(z.string()).describe('The grants of the policy by which it was answered'),
  durationMs: z.number(),
})
type Asked = z.infer<typeof Asked>

export default defineQuestion({
  name: 'audit',
  purpose: 'Who asked what, from where, by which grants, and what came of it',
  grant: 'audit',
  input: z.strictObject({
    who: z.string().trim().min(1).max(256).optional().describe('Part of the name or id of whoever asked'),
    question: z.string().trim().min(1).max(64).optional().describe('Only this question: where'),
    about: z.string().trim().min(1).max(256).optional().describe('Part of what was asked for: 10.12.7.31'),
    outcome: z.enum(LOGGED_OUTCOMES).optional().describe('Only what ended so'),
    since: Instant.default('24h').describe('Only what was asked from then on: 2h, 2026-11-01, yesterday'),
    until: Until,
    limit: z.int().min(1).max(1000).default(50).describe('How many to list'),
    page: z.int().min(1).max(1000).default(1).describe('Which page of them'),
  }),
  notLive: 'it tells what was asked here',
  positional: ['who'],
  output: z.object({
    asked: z.array(Asked).describe('The newest first'),
    total: z.int().describe('How many there are; see exact'),
    exact: z.boolean().describe('false: at least as many as total'),
    people: z.int().describe('How many different ones asked'),
    more: z.boolean().describe('There are more on the next page'),
  }),
  examples: [
    {
      title: 'Who asked what today',
      input: {},
      found: true,
      headline: ['3 questions of 2', 'last: ada', 'where'],
    },
    { title: 'What was denied', input: { outcome: 'denied' }, found: true, headline: ['1 question', 'bob', 'key'] },
    { title: 'Who asked for an address', input: { about: '10.12.7.31' }, found: true, headline: ['ada'] },
  ],
  async answer({ since, until, limit, page, ...given }, asking) {
    const filter: AskedFilter = {
      since: atOf(since, asking.now),
      until: atOf(until, asking.now),
      ...{ who: given.who, question: given.question, outcome: given.outcome, about: given.about },
    }
    const offset = (page - 1) * limit
    const [rows, { questions: total, people }, provenance] = await Promise.all([
      readAsked(asking, filter, { limit: limit + 1, offset }),
      countAsked(asking, filter),
      provenanceOf(asking, { cards: [], types: [], at: asking.now, found: true }),
    ])
    const [last] = rows
    const exact = total < COUNTED_MAX
    const count = `${exact ? '' : 'at least '}${total.toLocaleString('en')} question${total === 1 ? '' : 's'} of ${people}`
    return {
      found: rows.length > 0,
      headline:
        last === undefined
          ? 'nobody asked such a thing'
          : `${count}; last: ${last.name}, ${last.question}, ${whenText(last.askedAt, asking.now)}`,
      output: { asked: rows.slice(0, limit).map(askedOf), total, exact, people, more: rows.length > limit },
      provenance,
    }
  },
  present: ({ asked, more }) => [
    ...entries(null, ['time (UTC)', 'who', 'question', 'outcome', 'assets', 'from'], asked.map(entryOf)),
    ...(more ? [text('There is more before that: use --limit and --page.')] : []),
  ],
})

function askedOf({ askedAt, grants, ...row }: LoggedQuestion): Asked {
  return { ...row, at: isoOf(askedAt), grants: [...grants] }
}

const TONES: Readonly<Partial<Record<LoggedOutcome, Tone>>> = { denied: 'gone', failed: 'gone', invalid: 'changed' }

function entryOf({ at, name, question, input, outcome, detail, assets, surface, from, grants }: Asked): Entry {
  const tone = TONES[outcome]
  const by = grants.length === 0 ? '' : `, by ${grants.join(', ')}`
  return {
    row: [
      moment(at),
      name,
      question,
      tone === undefined ? outcome : toned(outcome, tone),
      assets,
      `${surface} ${from}`,
    ],
    details: [toned(`${input}${by}`, 'quiet'), ...(detail === null ? [] : [toned(detail, 'quiet')])],
  }
}
