import type { AccessScope } from '../../model/access-scope.ts'
import type { Database } from '../database.ts'

/** The store as one asker sees it. */
export interface Reader {
  readonly database: Database
  readonly scope: AccessScope
}

/** A statement that the server plans once per connection. Its first two parameters are the scope. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/**
 * Declares a statement. The text must hold `visible(…)` for every table whose rows could tell of an asset: a statement
 * without it is refused when it is declared, so that no query can forget the scope.
 */
export function statement(name: string, text: string): Statement {
  if (!text.includes('$1::text[] is null')) throw new Error(`the statement ${name} does not apply the scope`)
  return { name: `read-${name}`, text }
}

/**
 * The condition under which rows of a table with the columns `account` and `type` may be seen. `shared` stands in the
 * column `type` and means all types: whoever may see some type of the account may see that row.
 */
export function visible(table: string, shared?: string): string {
  const types = shared === undefined ? '' : ` or (${table}.type = '${shared}' and cardinality($2::text[]) > 0)`
  return `($1::text[] is null or ${table}.account = any($1::text[])) and ($2::text[] is null or ${table}.type = any($2::text[])${types})`
}

/** The same for a table of accounts, where `id` names them; who may see no type at all sees no account either. */
export function visibleAccount(table: string): string {
  return `($1::text[] is null or ${table}.id = any($1::text[])) and ($2::text[] is null or cardinality($2::text[]) > 0)`
}

/**
 * The condition under which an event may be seen: some asset that it touched may be; where it touched none, everything of its account.
 */
export function visibleEvent(event: string): string {
  return `(($1::text[] is null and $2::text[] is null)
    or (${event}.outcome = 'mapped' and exists (
      select from jsonb_to_recordset(${event}.touched::jsonb) as touched (account text, type text) where ${visible('touched')}))
    or (${event}.outcome <> 'mapped' and $2::text[] is null and ${event}.account = any($1::text[])))`
}

/** Runs a statement; `values` are its parameters from $3 on. */
export function read<Row extends object>(
  { database, scope }: Reader,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  return database.query<Row>({ name, text, values: [scope.accounts ?? null, scope.types ?? null, ...values] })
}

/** A time as PostgreSQL takes it. */
export function timestamp(ms: number): Date | string {
  if (Number.isFinite(ms)) return new Date(ms)
  return ms > 0 ? 'infinity' : '-infinity'
}

/** A time as node-postgres gives it: a date, or an infinite number. */
export function milliseconds(time: Date | number): number {
  return typeof time === 'number' ? time : time.getTime()
}
