import { type AccessScope, EVERY, OTHERS } from '../../model/access-scope.ts'
import type { Database } from '../database.ts'
import { maskOf, scopeParameters } from '../scope-masks.ts'

/** The store as one asker sees it. */
export interface Reader {
  readonly database: Database
  readonly scope: AccessScope
}

/** A statement that the server plans once per connection. Its first two parameters are the scope. */
export interface Statement {
  readonly name: string
  readonly text: string
  /** It finds few rows by their keys: its plan is the same for all values. */
  readonly isLookup?: boolean
}

/**
 * Declares a statement. The text must hold `visible(…)` for every table whose rows could tell of an asset: a statement
 * without it is refused when it is declared, so that no query can forget the scope.
 */
export function statement(name: string, text: string): Statement {
  if (!text.includes('$1::text is null')) throw new Error(`the statement ${name} does not apply the scope`)
  return { name: `read-${name}`, text }
}

/** Declares a statement that finds few rows by their keys. It is planned once, by indexes, where planning would take longer than finding. */
export function lookup(name: string, text: string): Statement {
  return { ...statement(name, text), isLookup: true }
}

/** The bits of a column's value in a mask (src/model/access-scope.ts): that of the accounts is named by its key, that of the types is there. */
function accountBits(key: string, account: string): string {
  return `coalesce(${maskOf(key)} ->> ${account}, ${maskOf(key)} ->> '${OTHERS}')::bigint`
}

/** As `serviceOf` (src/model/grant.ts): all before the last part of the type. */
function typeBits(mask: string, type: string): string {
  const service = `regexp_replace(${type}, '[^:/]*$', '*')`
  return `coalesce(${mask}::jsonb ->> ${type}, ${mask}::jsonb ->> ${service}, ${mask}::jsonb ->> '${OTHERS}')::bigint`
}

/** That an account and a type share a bit: some grant shows both. */
export function shared(table: string, accounts: string, types: string): string {
  return `(${accountBits(accounts, `${table}.account`)} & ${typeBits(types, `${table}.type`)}) <> 0`
}

/**
 * The condition under which rows of a table with the columns `account` and `type` may be seen. `every` stands in the
 * column `type` and means all types: whoever may see some type of the account may see that row.
 */
export function visible(table: string, every?: string): string {
  const either =
    every === undefined ? '' : ` or (${table}.type = '${every}' and ${accountBits('$1', `${table}.account`)} <> 0)`
  return `($1::text is null or ${shared(table, '$1', '$2')}${either})`
}

/** The same for a table of accounts, where `id` names them; no grant is without types. */
export function visibleAccount(table: string): string {
  return `($1::text is null or ($2::jsonb is not null and ${accountBits('$1', `${table}.id`)} <> 0))`
}

/**
 * The condition under which an event may be seen: some asset that it touched may be; where it touched none, every type of its account.
 */
export function visibleEvent(event: string): string {
  return `($1::text is null
    or (${event}.outcome = 'mapped' and exists (
      select from jsonb_to_recordset(${event}.touched::jsonb) as touched (account text, type text) where ${visible('touched')}))
    or (${event}.outcome <> 'mapped' and (${accountBits('$1', `${event}.account`)} & ($2::jsonb ->> '${EVERY}')::bigint) <> 0))`
}

/** Runs a statement; `values` are its parameters from $3 on. */
export async function read<Row extends object>(
  { database, scope }: Reader,
  { name, text, isLookup = false }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const parameters = await scopeParameters(database, scope)
  return database.query<Row>({ name, text, values: [...parameters, ...values], isLookup })
}

/** A time as PostgreSQL takes it. */
export function timestamp(ms: number): Date | string {
  if (Math.abs(ms) === Number.POSITIVE_INFINITY) return ms > 0 ? 'infinity' : '-infinity'
  // The text of four-digit years is made much faster than node-postgres makes that of a date.
  return ms >= 0 && ms < YEAR_10000 ? new Date(ms).toISOString() : new Date(ms)
}

const YEAR_10000 = Date.UTC(10_000, 0)

/** A time as node-postgres gives it: a date, or an infinite number. */
export function milliseconds(time: Date | number): number {
  return typeof time === 'number' ? time : time.getTime()
}
