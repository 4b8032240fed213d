import pg from 'pg'
import type { Lead } from '../ports/refresh-store.ts'
import type { Database } from './database.ts'

/** The advisory lock that says `this process refreshes the store`. */
const LEAD_KEY = 7_206_113

/**
 * Waits for the right to refresh the store, which is a lock that lives as long as its connection: whoever is killed lets go of it.
 * Throws when the database cannot be reached, and when aborted.
 */
export async function takeLead(database: Database, signal: AbortSignal, onWait: () => void): Promise<Lead> {
  signal.throwIfAborted()
  await database.query('select') // Finds the server, wherever it is by now.
  const lost = new AbortController()
  const client = new pg.Client({
    connectionString: database.url,
    application_name: 'cadastre refresh',
    keepAlive: true,
  })
  client.on('error', error => lost.abort(error))
  client.on('end', () => lost.abort(new Error('the connection that holds the lock has ended')))
  const end = () => void client.end().catch(() => {})
  signal.addEventListener('abort', end, { once: true })
  try {
    await client.connect()
    const { rows } = await client.query<{ isTaken: boolean }>('select pg_try_advisory_lock($1) as "isTaken"', [
      LEAD_KEY,
    ])
    if (rows[0]?.isTaken !== true) {
      onWait()
      await client.query('select pg_advisory_lock($1)', [LEAD_KEY])
    }
    signal.throwIfAborted()
  } catch (error) {
    end()
    throw error
  } finally {
    signal.removeEventListener('abort', end)
  }
  return {
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      await client.end().catch(() => {})
    },
  }
}
