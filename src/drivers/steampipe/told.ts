import type { ToldAsset } from '../../ports/told-asset.ts'
import type { Row } from './session.ts'
import { columnOf } from './statement.ts'
import type { Column, SteampipeTable } from './table.ts'

/** What a row says of its asset. A column that was not asked for says nothing. */
export function toldBy(table: SteampipeTable, row: Row, at: number): ToldAsset {
  const columns = Object.entries(table.columns).map(([column, to]) => ({ given: row[column], ...columnOf(to) }))
  const fields = new Map<string, unknown>()
  const unread = new Set<string>()
  for (const { given, path, ownCall, ...column } of columns) {
    const value = given === undefined ? undefined : fieldOf(given, column)
    if (value === undefined || (value === null && ownCall)) unread.add(path.split('.', 1)[0] as string)
    else fields.set(path, value)
  }
  for (const path of fields.keys()) unread.delete(path.split('.', 1)[0] as string)
  return {
    type: table.type,
    account: String(row['account_id']),
    region: table.scope === 'regional' ? String(row['region']) : 'global',
    ...(typeof row['partition'] === 'string' && { partition: row['partition'] }),
    at,
    fields,
    unread: [...unread],
  }
}

function fieldOf(given: unknown, { convert, hasTextInstants }: Omit<Column, 'path'>): unknown {
  if (given === null || given === '') return null
  const value = cleaned(given, hasTextInstants ? text => text : respelled)
  return convert === undefined ? value : convert(value)
}

/**
 * JSON as the API has it: the plugin's library writes null or an empty text for what is absent, and says of each reply how the call went.
 * Values of tags are left alone.
 */
function cleaned(value: unknown, spell: (text: string) => string, key = ''): unknown {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string') return key === 'Value' ? value : spell(value)
  if (Array.isArray(value)) return value.map(element => cleaned(element, spell))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([inner, held]) => held !== null && inner !== 'ResultMetadata' && (held !== '' || inner === 'Value'))
      .map(([inner, held]) => [inner, cleaned(held, spell, inner)]),
  )
}

/** Instants as they are written everywhere in the inventory. */
function respelled(text: string): string {
  return INSTANT.test(text) ? new Date(text).toISOString() : text
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
