import type { LoggedOutcome, LoggedQuestion } from '../question-log.ts'
import { milliseconds, type Reader, read, statement, timestamp } from './reader.ts'
import type { Window } from './timeline.ts'

/** Which questions: those of which all that is given holds. */
export interface AskedFilter extends Window {
  /** Part of a principal's id or name. */
  readonly who: string | undefined
  readonly question: string | undefined
  readonly outcome: LoggedOutcome | undefined
  /** Part of the input. */
  readonly about: string | undefined
}

/** Questions that are counted; with more, the count says so. */
export const COUNTED_MAX = 10_000

/** What was asked may name any asset: it is told to who may see all. */
const ASKED = `from question_log l where $1::text is null and $2::jsonb is null and l.asked_at between $3 and $4
  and ($5::text is null or l.principal ilike $5 or l.name ilike $5) and ($6::text is null or l.question = $6)
  and ($7::text is null or l.outcome = $7) and ($8::text is null or l.input ilike $8)`

const PAGE = statement(
  'asked',
  `select l.id, l.asked_at as "askedAt", l.principal, l.name, l.surface, l.origin as "from", l.question, l.input, l.outcome, l.detail,
     l.assets, l.scope, l.grants, l.duration_ms as "durationMs" ${ASKED} order by l.asked_at desc, l.id limit $9 offset $10`,
)
const COUNT = statement(
  'asked-count',
  `select count(*)::int as questions, count(distinct principal)::int as people from (select l.principal ${ASKED} limit ${COUNTED_MAX}) l`,
)

interface Row extends Omit<LoggedQuestion, 'askedAt'> {
  readonly askedAt: Date
}

/** What was asked, the newest first. */
export async function readAsked(
  reader: Reader,
  filter: AskedFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<LoggedQuestion[]> {
  const rows = await read<Row>(reader, PAGE, [...parameters(filter), page.limit, page.offset])
  return rows.map(row => ({ ...row, askedAt: milliseconds(row.askedAt) }))
}

/** How much it was, up to COUNTED_MAX, and by how many. */
export async function countAsked(reader: Reader, filter: AskedFilter): Promise<{ questions: number; people: number }> {
  const [row] = await read<{ questions: number; people: number }>(reader, COUNT, parameters(filter))
  return row ?? { questions: 0, people: 0 }
}

function parameters({ since, until, who, question, outcome, about }: AskedFilter): unknown[] {
  return [timestamp(since), timestamp(until), holding(who), question ?? null, outcome ?? null, holding(about)]
}

function holding(text: string | undefined): string | null {
  return text === undefined ? null : `%${text.replace(/[\\%_]/g, character => `\\${character}`)}%`
}
