import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../model/fault.ts'
import type { Connection } from './database.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
/** The advisory lock that one migrating process holds. */
const LOCK_KEY = 7_206_113

/** Applies the migrations that the store does not have yet, in order of their names, inside the caller's transaction. */
export async function migrate(connection: Connection): Promise<void> {
  const files = readdirSync(FOLDER)
    .filter(file => file.endsWith('.sql'))
    .sort()
  if (await isCurrent(connection, files)) return
  await connection.query('select pg_advisory_xact_lock($1)', [LOCK_KEY])
  await connection.query(
    'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
  )
  const { rows } = await connection.query<{ name: string }>('select name from migration')
  const applied = new Set(rows.map(row => row.name))
  const unknown = [...applied].filter(name => !files.includes(name))
  if (unknown.length > 0) {
    throw new Fault(
      'operator',
      `the store was written by a newer Cadastre (it has ${unknown.join(', ')}): use that version or later`,
    )
  }
  for (const file of files.filter(name => !applied.has(name))) {
    await connection.query(readFileSync(join(FOLDER, file), 'utf8'))
    await connection.query('insert into migration (name) values ($1)', [file])
  }
}

/** The usual case takes one query and no lock. */
async function isCurrent(connection: Connection, files: readonly string[]): Promise<boolean> {
  const { rows } = await connection.query<{ exists: boolean }>(`select to_regclass('migration') is not null as exists`)
  if (rows[0]?.exists !== true) return false
  const applied = await connection.query<{ name: string }>('select name from migration order by name')
  return applied.rows.map(row => row.name).join() === files.join()
}
