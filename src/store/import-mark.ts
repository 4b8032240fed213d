import { hash } from 'node:crypto'
import type { Database } from './database.ts'

/** How far an import that was interrupted came. */
export interface ImportMark {
  /** The last file of which everything is stored. */
  read(): Promise<string | undefined>
  write(file: string): Promise<void>
  /** The import came to its end: it begins at the beginning when it is asked for again. */
  remove(): Promise<void>
}

/** The mark of an import of this source, narrowed in this way: `what` is any text that tells it from others. */
export function importMark(database: Database, what: string): ImportMark {
  const key = `import-${hash('sha256', what, 'hex').slice(0, 32)}`
  return {
    async read() {
      const [row] = await database.query<{ value: string }>('select value from setting where key = $1', [key])
      return row?.value
    },
    async write(file) {
      await database.query(
        'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
        [key, file],
      )
    },
    async remove() {
      await database.query('delete from setting where key = $1', [key])
    },
  }
}
