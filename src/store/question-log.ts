import type { Surface } from '../model/principal.ts'
import { texts, times, uuids } from './binary.ts'
import type { Database } from './database.ts'
import { arrayText } from './text-array.ts'

/** One question that was asked. */
export interface LoggedQuestion {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly askedAt: number
  readonly principal: string
  readonly name: string
  readonly surface: Surface
  readonly from: string
  readonly question: string
  /** JSON text, without secrets. */
  readonly input: string
  readonly outcome: LoggedOutcome
  readonly detail: string | null
  readonly assets: number
  readonly scope: string | null
  readonly grants: readonly string[]
  readonly durationMs: number
}

export const LOGGED_OUTCOMES = ['found', 'nothing', 'following', 'unknown', 'invalid', 'denied', 'failed'] as const
export type LoggedOutcome = (typeof LOGGED_OUTCOMES)[number]

type Column = readonly [name: string, type: string, cellsOf: (rows: readonly LoggedQuestion[]) => Buffer]
const text = (name: string, type: string, cellOf: (row: LoggedQuestion) => string | null): Column => [
  name,
  type,
  rows => texts(rows.map(cellOf)),
]

/** In their binary form, which costs the store less to read than text. Numbers and lists of lists have none here: they come as text. */
const COLUMNS: readonly Column[] = [
  ['asked_at', 'timestamptz', rows => times(rows.map(row => row.askedAt))],
  ['id', 'uuid', rows => uuids(rows.map(row => row.id))],
  text('principal', 'text', row => row.principal),
  text('name', 'text', row => row.name),
  text('surface', 'text', row => row.surface),
  text('origin', 'text', row => row.from),
  text('question', 'text', row => row.question),
  text('input', 'text', row => row.input),
  text('outcome', 'text', row => row.outcome),
  text('detail', 'text', row => row.detail),
  text('assets', 'integer', row => String(row.assets)),
  text('scope', 'text', row => row.scope),
  text('grants', 'text[]', row => arrayText(row.grants)),
  text('duration_ms', 'real', row => String(row.durationMs)),
]

const NAMES = COLUMNS.map(([name]) => name).join(', ')
const arrayType = (type: string) => (type === 'timestamptz' || type === 'uuid' ? type : 'text')
const INSERT = {
  name: 'log-questions',
  text: `insert into question_log (${NAMES})
    select ${COLUMNS.map(([name, type]) => `n.${name}::${type}`).join(', ')}
    from unnest(${COLUMNS.map(([, type], at) => `$${at + 1}::${arrayType(type)}[]`).join(', ')}) as n (${NAMES})
    on conflict do nothing`,
}

/** Writes questions to the log, each once, however often this is repeated. */
export async function logQuestions(database: Database, rows: readonly LoggedQuestion[]): Promise<void> {
  if (rows.length === 0) return
  await database.query({ ...INSERT, values: COLUMNS.map(([, , cellsOf]) => cellsOf(rows)) })
}

/** Rows that are dropped in one transaction. */
const DROPPED_MAX = 10_000

/** Drops what was asked before a time; returns how many rows. */
export async function dropQuestions(database: Database, before: number, signal: AbortSignal): Promise<number> {
  for (let dropped = 0; ; ) {
    const rows = await database.query({
      name: 'drop-questions',
      text: `with old as (select asked_at, id from question_log where asked_at < $1 order by asked_at limit $2)
        delete from question_log l using old where l.asked_at = old.asked_at and l.id = old.id returning 1`,
      values: [new Date(before), DROPPED_MAX],
    })
    dropped += rows.length
    if (rows.length < DROPPED_MAX || signal.aborted) return dropped
  }
}
