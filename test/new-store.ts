import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { Database } from '../src/store/database.ts'
import { ensureServer } from '../src/store/embedded.ts'

/** A new and empty store, all migrations applied, on the server of a data folder. `await using` closes it. */
export async function newStore(home: string): Promise<Database> {
  const server = new URL(await ensureServer(home))
  const name = `test_${randomBytes(8).toString('hex')}`
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  return Database.open({ kind: 'url', url: Object.assign(new URL(server), { pathname: `/${name}` }).href })
}
