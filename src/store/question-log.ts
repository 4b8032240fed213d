import type { Surface } from '../model/principal.ts'
import type { Database } from './database.ts'

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

const COLUMNS: readonly (readonly [name: string, type: string, cellOf: (row: LoggedQuestion) => unknown])[] = [
  ['asked_at', 'timestamptz', row => new Date(row.askedAt)],
  ['id', 'uuid', row => row.id],
  ['principal', 'text', row => row.principal],
  ['name', 'text', row => row.name],
  ['surface', 'text', row => row.surface],
  ['origin', 'text', row => row.from],
  ['question', 'text', row => row.question],
  ['input', 'text', row => row.input],
  ['outcome', 'text', row => row.outcome],
  ['detail', 'text', row => row.detail],
  ['assets', 'integer', row => row.assets],
  ['scope', 'text', row => row.scope],
  // `unnest` would take a list of lists apart: each comes as text.
  ['grants', 'text', row => JSON.stringify(row.grants)],
  ['duration_ms', 'real', row => row.durationMs],
]

const NAMES = COLUMNS.map(([name]) => name)
const INSERT = {
  name: 'log-questions',
  text: `insert into question_log (${NAMES.join(', ')})
    select ${NAMES.map(name => (name === 'grants' ? 'array(select jsonb_array_elements_text(n.grants::jsonb))' : `n.${name}`)).join(', ')}
    from unnest(${COLUMNS.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')}) as n (${NAMES.join(', ')})
    on conflict do nothing`,
}

/** Writes questions to the log, each once, however often this is repeated. */
export async function logQuestions(database: Database, rows: readonly LoggedQuestion[]): Promise<void> {
  if (rows.length === 0) return
  await database.query({ ...INSERT, values: COLUMNS.map(([, , cellOf]) => rows.map(cellOf)) })
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
