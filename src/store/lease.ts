import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Fault } from '../model/fault.ts'
import { ensureServer, stopServer } from './embedded.ts'

const RETRY_MS = 25
/** A server may be stopping whenever we come; that many times in a row it is not. */
const TAKES_MAX = 8
/** The advisory lock that says `this process uses the server`. */
const LEASE_KEY = 7_206_112

/** A use of the embedded server, for as long as a connection lives: whoever lets go last stops it. */
export class Lease {
  readonly #home: string
  #client: pg.Client
  #isLost = false

  private constructor(home: string, client: pg.Client) {
    this.#home = home
    this.#client = client
    client.on('error', () => {
      this.#isLost = true
    })
  }

  /** Starts the server where there is none and begins to use it. A server that its last user is just stopping is started anew. */
  static async take(home: string): Promise<{ lease: Lease; url: string }> {
    for (let attempt = 1; ; attempt++) {
      const url = await ensureServer(home)
      const client = new pg.Client({ connectionString: url, application_name: 'cadastre lease' })
      const lease = new Lease(home, client)
      try {
        await client.connect()
        await client.query('select pg_advisory_lock_shared($1)', [LEASE_KEY])
        return { lease, url }
      } catch (error) {
        await client.end().catch(() => {})
        if (attempt === TAKES_MAX) throw new Fault('operator', `using the PostgreSQL of ${home}`, { cause: error })
        await sleep(RETRY_MS * attempt)
      }
    }
  }

  /** Where the server is now: after it, or the connection to it, was lost, a new one is found or started. */
  async renew(url: string): Promise<string> {
    if (!this.#isLost) return url
    const renewed = await Lease.take(this.#home)
    this.#client = renewed.lease.#client
    this.#isLost = false
    this.#client.on('error', () => {
      this.#isLost = true
    })
    return renewed.url
  }

  async release(): Promise<void> {
    try {
      await this.#client.query('select pg_advisory_unlock_shared($1)', [LEASE_KEY])
      const { rows } = await this.#client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
        LEASE_KEY,
      ])
      if (rows[0]?.alone === true) await stopServer(this.#home)
    } catch {
      // The server is gone already, which is what the last holder wants.
    } finally {
      await this.#client.end().catch(() => {})
    }
  }
}
