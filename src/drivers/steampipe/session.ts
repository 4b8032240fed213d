import pg from 'pg'

export interface SessionOptions {
  /** `postgres://steampipe:PASSWORD@127.0.0.1:9193/steampipe` */
  readonly url: string
  /** After this Steampipe itself gives a statement up. */
  readonly timeoutMs: number
  readonly now: () => number
}

export type Row = Readonly<Record<string, unknown>>

export interface Rows {
  readonly rows: readonly Row[]
  /** The cloud was read then, or later. */
  readonly readAt: number
}

/** How many statements run at once: each may be many calls of the plugin. */
const CONNECTIONS_MAX = 4
const CONNECT_MS_MAX = 1_500
/** How long Steampipe keeps what it read, unless its operator says otherwise (`cache_max_ttl`). */
const CACHE_MS = 300_000

/**
 * Connections to Steampipe's PostgreSQL endpoint: read-only, bounded in time, and past its cache. Statements are never prepared by name: only a
 * plan that is made for the values at hand shows them to the foreign data wrapper, which turns them into parameters of API calls.
 */
export class SteampipeSession implements AsyncDisposable {
  readonly #options: SessionOptions
  readonly #pool: pg.Pool
  /** Connections that are set up, and whether the cache could be turned off in them. */
  readonly #isUncached = new WeakMap<pg.PoolClient, boolean>()

  constructor(options: SessionOptions) {
    this.#options = options
    this.#pool = new pg.Pool({
      ...connectionOf(options),
      max: CONNECTIONS_MAX,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
    })
    this.#pool.on('error', () => {}) // An idle connection was lost: the next statement makes another.
  }

  /** Runs one statement. Rejects with the signal's reason as soon as it is aborted; the statement is cancelled then. */
  async query(text: string, values: readonly unknown[], signal: AbortSignal): Promise<Rows> {
    signal.throwIfAborted()
    const aborted = Promise.withResolvers<never>()
    const onAbort = () => aborted.reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await Promise.race([this.#run(text, values, signal), aborted.promise])
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  async #run(text: string, values: readonly unknown[], signal: AbortSignal): Promise<Rows> {
    const client = await this.#pool.connect()
    if (signal.aborted) {
      client.release()
      throw signal.reason
    }
    const cancel = () => void this.#cancel(client).catch(() => {})
    signal.addEventListener('abort', cancel, { once: true })
    let failure: unknown = null
    try {
      const isUncached = await this.#prepare(client)
      const startedAt = this.#options.now()
      const { rows } = await client.query<Row>(text, [...values])
      return { rows, readAt: isUncached ? startedAt : startedAt - CACHE_MS }
    } catch (error) {
      failure = error
      throw error
    } finally {
      signal.removeEventListener('abort', cancel)
      // A connection that an error left in an unknown state is not lent again; one that only answered is.
      client.release(failure instanceof pg.DatabaseError && !signal.aborted ? undefined : failure !== null)
    }
  }

  /** Steampipe answers from what it read up to five minutes ago, unless a session asks it not to; that is a write, so it comes first. */
  async #prepare(client: pg.PoolClient): Promise<boolean> {
    const known = this.#isUncached.get(client)
    if (known !== undefined) return known
    const isUncached = await client.query(`select steampipe_internal.meta_cache('off')`).then(
      () => true,
      error => {
        if (error instanceof pg.DatabaseError) return false
        throw error
      },
    )
    await client.query('set default_transaction_read_only = on')
    this.#isUncached.set(client, isUncached)
    return isUncached
  }

  async #cancel(client: pg.PoolClient): Promise<void> {
    const { processID } = client as unknown as { readonly processID: number | null }
    const other = new pg.Client(connectionOf(this.#options))
    await other.connect()
    try {
      await other.query('select pg_cancel_backend($1)', [processID])
    } finally {
      await other.end()
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool.end()
  }
}

function connectionOf({ url, timeoutMs }: SessionOptions): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'cadastre',
    connectionTimeoutMillis: CONNECT_MS_MAX,
    statement_timeout: timeoutMs,
    types: { getTypeParser: parserOf },
  }
}

const BIGINT = 20

/** Steampipe's whole numbers are all `bigint`; those of AWS fit. */
function parserOf(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return oid === BIGINT ? Number : pg.types.getTypeParser(oid, format as 'text')
}
