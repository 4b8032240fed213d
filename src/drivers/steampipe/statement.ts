import type { Asked } from './asked.ts'
import type { Column, Condition } from './table.ts'

export interface Statement {
  readonly asked: Asked
  readonly text: string
  readonly values: readonly unknown[]
}

/** Rows that one statement may bring. */
export const ROWS_MAX = 500

/**
 * The statement that reads these rows: names are from our own tables, whatever people or the cloud said is a parameter. Columns that the
 * installed plugin does not have are left out; undefined: without one of them it could not be said what the row is.
 */
export function statementOf(
  asked: Asked,
  { schema, installed, withCalls }: { schema: string; installed: ReadonlySet<string>; withCalls: boolean },
): Statement | undefined {
  const { table, conditions } = asked
  const place = table.scope === 'regional' ? ['account_id', 'region'] : ['account_id']
  if ([...place, ...conditions.map(({ column }) => column)].some(column => !installed.has(column))) return undefined
  const wanted = Object.entries(table.columns)
    .filter(([column, to]) => installed.has(column) && (withCalls || !columnOf(to).ownCall))
    .map(([column]) => column)
  const values = conditions.map(condition => (isOne(condition) ? condition.values[0] : condition.values))
  const where = conditions.map((condition, at) => clauseOf(condition, `$${at + 1}`))
  const partition = installed.has('partition') ? ['partition'] : []
  const columns = [...new Set([...place, ...partition, ...wanted])].map(quoted).join(', ')
  return {
    asked,
    text: `select ${columns} from ${quoted(schema)}.${quoted(table.name)} where ${where.join(' and ')} limit ${ROWS_MAX}`,
    values,
  }
}

export function columnOf(to: string | Column): Column {
  return typeof to === 'string' ? { path: to } : to
}

/** Equality with one value is what every plugin understands as a key. */
function isOne({ values, as }: Condition): boolean {
  return values.length === 1 && as !== 'items'
}

function clauseOf(condition: Condition, parameter: string): string {
  const column = quoted(condition.column)
  if (condition.as === 'items') return `${column} -> 'Items' ?| ${parameter}::text[]`
  const type = condition.as === 'inet' ? 'inet' : 'text'
  const left = condition.as === 'lower' ? `lower(${column})` : column
  return isOne(condition) ? `${left} = ${parameter}::${type}` : `${left} = any(${parameter}::${type}[])`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
