import { addressBytes, isAddressKind } from '../model/address.ts'
import { CopyWriter, ONE_BY_ONE, texts, times, uuids } from './binary.ts'
import type { Connection } from './database.ts'

/** One line of the tables that are looked up by value. */
export interface ValueRow {
  readonly role: Role
  /** 'kind value'. */
  readonly text: string
  readonly asset: string
  readonly at: number
}

export type Role = 'identifier' | 'edge'
type Table = 'identifier' | 'address' | 'edge'

/** What each table calls the value and the asset. */
const VALUE_TABLES = {
  identifier: { value: 'value', asset: 'asset', cast: 'text' },
  address: { value: 'address', asset: 'asset', cast: 'inet' },
  edge: { value: 'target', asset: 'source', cast: 'text' },
} as const
const TABLES = ['identifier', 'address', 'edge'] as const

/** The table in which a 'kind value' is looked up. */
function tableOf(role: Role, kind: string): Table {
  return role === 'identifier' && isAddressKind(kind) ? 'address' : role
}

/** Values that begin to hold, written as they are found: millions of them pass through here in a scan. */
export class OpenedValues {
  readonly #writers = { identifier: new CopyWriter(), address: new CopyWriter(), edge: new CopyWriter() }

  add(role: Role, text: string, asset: string, from: number, to = Number.POSITIVE_INFINITY): void {
    const space = text.indexOf(' ')
    const kind = text.slice(0, space)
    const table = tableOf(role, kind)
    const writer = this.#writers[table].row(5)
    if (table === 'address') writer.bytes(...inetBytes(text.slice(space + 1)))
    else writer.text(text, space + 1)
    writer.text(kind).hex(asset).time(from).time(to)
  }

  async store(connection: Connection): Promise<void> {
    for (const table of TABLES) {
      const writer = this.#writers[table]
      if (writer.rows === 0) continue
      const { value, asset } = VALUE_TABLES[table]
      const statement = `copy ${table} (${value}, kind, ${asset}, valid_from, valid_to) from stdin (format binary) where ${ONE_BY_ONE}`
      await connection.copyFrom(statement, writer.finish())
    }
  }
}

/** PostgreSQL's inet: family (2 for IPv4, 3 for IPv6), prefix length, is-cidr flag, length, bytes (network.c, network_recv). */
function inetBytes(text: string): number[] {
  const bytes = addressBytes(text)
  const slash = text.indexOf('/')
  const bits = slash < 0 ? bytes.length * 8 : Number(text.slice(slash + 1))
  return [bytes.length === 4 ? 2 : 3, bits, 0, bytes.length, ...bytes]
}

/** Ends what is open. */
export async function closeValues(connection: Connection, values: readonly ValueRow[]): Promise<void> {
  await eachTable(values, ({ table, rows, parameters }) => {
    const { value, asset, cast } = VALUE_TABLES[table]
    return connection.query({
      name: `record-close-${table}`,
      text: `update ${table} t set valid_to = n.at
             from unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[]) as n (value, kind, asset, at)
             where t.${value} = n.value::${cast} and t.${asset} = n.asset and t.kind = n.kind and t.valid_to = 'infinity'`,
      values: [...parameters, times(rows.map(row => row.at))],
    })
  })
}

/** Forgets that the values were ever held. */
export async function removeValues(connection: Connection, values: readonly Omit<ValueRow, 'at'>[]): Promise<void> {
  await eachTable(values, ({ table, parameters }) => {
    const { value, asset, cast } = VALUE_TABLES[table]
    return connection.query({
      name: `record-remove-${table}`,
      text: `delete from ${table} t using unnest($1::text[], $2::text[], $3::uuid[]) as n (value, kind, asset)
             where t.${value} = n.value::${cast} and t.${asset} = n.asset and t.kind = n.kind`,
      values: [...parameters],
    })
  })
}

interface TableRows<Row> {
  readonly table: Table
  readonly rows: readonly Row[]
  /** Arrays of value, kind and asset. */
  readonly parameters: readonly Buffer[]
}

async function eachTable<Row extends Omit<ValueRow, 'at'>>(
  values: readonly Row[],
  run: (rows: TableRows<Row>) => Promise<unknown>,
): Promise<void> {
  const parsed = values.map(row => {
    const space = row.text.indexOf(' ')
    const kind = row.text.slice(0, space)
    return { row, kind, value: row.text.slice(space + 1), table: tableOf(row.role, kind) }
  })
  for (const table of TABLES) {
    const found = parsed.filter(value => value.table === table)
    if (found.length === 0) continue
    const parameters = [
      texts(found.map(({ value }) => value)),
      texts(found.map(({ kind }) => kind)),
      uuids(found.map(({ row }) => row.asset)),
    ]
    await run({ table, rows: found.map(({ row }) => row), parameters })
  }
}
