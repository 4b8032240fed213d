import pg from 'pg'
import { inject } from 'vitest'
import { ensureServer } from '../../src/store/embedded.ts'

/** An empty database of this name on the server that the test run shares: PostgreSQL, as Steampipe's endpoint is. */
export async function newDatabase(name: string): Promise<string> {
  const server = new URL(await ensureServer(inject('storeHome')))
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(`drop database if exists ${name}`)
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  return Object.assign(server, { pathname: `/${name}` }).href
}
