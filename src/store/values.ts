import { addressBytes, isAddressKind } from '../model/address.ts'
import { copyRows, texts, times, uuids, type Writer } from './binary.ts'
import type { Connection } from './database.ts'

/** One line of the tables that are looked up by value. */
export interface ValueRow {
  readonly table: 'identifier' | 'address' | 'edge'
  readonly value: string
  readonly kind: string
  readonly asset: string
  readonly from: number
  readonly to: number
}

/** From 'kind value' to the table that it is looked up in. */
export function parsedValue(role: 'identifier' | 'edge', text: string): Pick<ValueRow, 'table' | 'kind' | 'value'> {
  const space = text.indexOf(' ')
  const kind = text.slice(0, space)
  return { table: role === 'identifier' && isAddressKind(kind) ? 'address' : role, kind, value: text.slice(space + 1) }
}

/** What each table calls the value and the asset. */
const VALUE_TABLES = {
  identifier: { value: 'value', asset: 'asset', cast: 'text' },
  address: { value: 'address', asset: 'asset', cast: 'inet' },
  edge: { value: 'target', asset: 'source', cast: 'text' },
} as const

export async function openValues(connection: Connection, all: readonly ValueRow[]): Promise<void> {
  for (const [table, { value, asset }] of Object.entries(VALUE_TABLES)) {
    const rows = all.filter(row => row.table === table)
    if (rows.length === 0) continue
    const bytes = copyRows(rows, 5, (writer, row) => {
      if (table === 'address') writeAddress(writer, row.value)
      else writer.text(row.value)
      writer.text(row.kind).hex(row.asset).time(row.from).time(row.to)
    })
    await connection.copyFrom(
      `copy ${table} (${value}, kind, ${asset}, valid_from, valid_to) from stdin (format binary)`,
      bytes,
    )
  }
}

/** PostgreSQL's inet: family (2 for IPv4, 3 for IPv6), prefix length, is-cidr flag, length, bytes (network.c, network_recv). */
function writeAddress(writer: Writer, text: string): void {
  const bytes = addressBytes(text)
  const slash = text.indexOf('/')
  const bits = slash < 0 ? bytes.length * 8 : Number(text.slice(slash + 1))
  writer.raw(4 + bytes.length, at => {
    writer.put(at, [bytes.length === 4 ? 2 : 3, bits, 0, bytes.length, ...bytes])
  })
}

/** Ends what is open: each row's `from` is when. */
export async function closeValues(connection: Connection, all: readonly ValueRow[]): Promise<void> {
  for (const [table, { value, asset, cast }] of Object.entries(VALUE_TABLES)) {
    const rows = all.filter(row => row.table === table)
    if (rows.length === 0) continue
    await connection.query({
      name: `record-close-${table}`,
      text: `update ${table} t set valid_to = n.at
             from unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[]) as n (value, kind, asset, at)
             where t.${value} = n.value::${cast} and t.${asset} = n.asset and t.kind = n.kind and t.valid_to = 'infinity'`,
      values: [
        texts(rows.map(row => row.value)),
        texts(rows.map(row => row.kind)),
        uuids(rows.map(row => row.asset)),
        times(rows.map(row => row.from)),
      ],
    })
  }
}
