import { Fault, messageOf } from '../../model/fault.ts'
import type { Database } from '../database.ts'

/** Rows of any query. */
export interface QueryResult {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/**
 * Runs a person's own query in a transaction that cannot write. Its parameters are sent apart from its text, so that
 * the server takes one statement only: none that ends the transaction and goes on.
 */
export async function readOnlyQuery(database: Database, text: string): Promise<QueryResult> {
  return database.transaction(async connection => {
    await connection.query('set transaction read only')
    try {
      const result = await connection.query<never[]>({
        text,
        values: [],
        rowMode: 'array',
        queryMode: 'extended',
      } as never)
      const { fields = [] } = result as unknown as { fields?: readonly { readonly name: string }[] }
      return { columns: fields.map(field => field.name), rows: result.rows ?? [] }
    } catch (error) {
      const { code } = error as { code?: unknown }
      // Of class 08 and 57 the connection is lost: the transaction is repeated.
      if (typeof code !== 'string' || /^(08|57)/.test(code)) throw error
      throw new Fault('operator', `PostgreSQL refuses the query: ${messageOf(error)}`)
    }
  })
}
