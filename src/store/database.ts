import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Fault, messageOf } from '../model/fault.ts'
import { Lease } from './lease.ts'
import { migrate } from './migrate.ts'
import { Pools } from './pools.ts'
import { STOPPED, TooSlow } from './too-slow.ts'

/** Where the store is: the person's own PostgreSQL, or the embedded one with its data in a folder. */
export type StoreLocation = (
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'embedded'; readonly home: string }
) & {
  /** How long a statement of a question may take; without it, as long as it takes. */
  readonly questionMs?: number
}

/** A connection while it is lent: queries with parameters, rows as objects. */
export interface Connection {
  /** `copy … from stdin`, of bytes that are complete. */
  copyFrom(statement: string, bytes: Buffer): Promise<void>
  query<Row extends object>(
    query: pg.QueryConfig | string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>
}

const ATTEMPTS_MAX = 8
const BACKOFF_MS = 100
const BACKOFF_MS_MAX = 3_000

/** A statement that reads; `isLookup`: it finds few rows by their keys, so that the same plan is good for all values. */
export interface ReadStatement extends pg.QueryConfig {
  readonly isLookup?: boolean
}

/** SQLSTATE classes and codes after which the same transaction may succeed: connection lost, server stopping or starting, deadlock, serialisation. */
const PASSING = /^(08[^P]|57P0|40001|40P01|55P03)/
const SQLSTATE = /^[0-9A-Z]{5}$/
/** Node's errors of a connection that was cut. */
const CUT = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/**
 * The store's connections. A lost connection or server is found again (the embedded one restarted) and the transaction is
 * run anew, which is why every transaction must be repeatable.
 */
export class Database implements AsyncDisposable {
  readonly #lease: Lease | undefined
  #pools: Pools
  #url: string
  #renewal: Promise<string> | undefined
  /** Why the embedded server did not start again. */
  #lastRefusal: unknown
  readonly #questionMs: number | undefined
  #forQuestions: Database | undefined
  /** Whose connections these are; undefined: its own. */
  #whole: Database | undefined

  protected constructor(url: string, lease: Lease | undefined, questionMs?: number) {
    this.#url = url
    this.#lease = lease
    this.#questionMs = questionMs
    this.#pools = new Pools(url, questionMs)
  }

  /** Connects, starts the embedded server where there is none, and brings the schema up to date. */
  static async open(location: StoreLocation): Promise<Database> {
    const held = location.kind === 'embedded' ? await Lease.take(location.home) : undefined
    const database = new Database(held?.url ?? (location as { url: string }).url, held?.lease, location.questionMs)
    try {
      await database.transaction(migrate)
    } catch (error) {
      await database[Symbol.asyncDispose]()
      throw error
    }
    return database
  }

  /** The connection string, with its password: for psql and BI tools. */
  get url(): string {
    return (this.#whole ?? this).#url
  }

  /** The same for questions: what takes longer than the location allows is cancelled, with TooSlow. Closed with the whole. */
  get forQuestions(): Database {
    if (this.#questionMs === undefined || this.#whole !== undefined) return this
    if (this.#forQuestions === undefined) {
      this.#forQuestions = new Database(this.#url, undefined, this.#questionMs)
      this.#forQuestions.#whole = this
    }
    return this.#forQuestions
  }

  /** Runs `work` in one transaction; after a passing failure runs it anew, so it must not keep anything from a run that failed. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#repeat(this.#pool, async connection => {
      await connection.query('begin')
      try {
        const result = await work(connection)
        await connection.query('commit')
        return result
      } catch (error) {
        await connection.query('rollback').catch(() => {})
        throw error
      }
    })
  }

  /** Runs `work` in one transaction that is rolled back whatever comes of it; once, so that it takes no longer than it may. */
  async rolledBack<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const whole = this.#whole ?? this
    const outcome = await attemptOn(whole.#pools[this.#pool], async connection => {
      await connection.query('begin')
      try {
        return await work(connection)
      } finally {
        await connection.query('rollback')
      }
    })
    if (outcome.kind === 'failed') throw fault(outcome.error)
    return outcome.value
  }

  /** One statement that reads; repeated like a transaction. */
  query<Row extends object>(query: ReadStatement | string, values?: readonly unknown[]): Promise<Row[]> {
    const isLookup = typeof query === 'object' && query.isLookup === true
    return this.#repeat(isLookup ? 'lookups' : this.#pool, async connection => {
      const { rows } = await connection.query<Row>(query as string, values)
      return rows
    })
  }

  get #pool(): 'any' | 'questions' {
    return this.#whole === undefined ? 'any' : 'questions'
  }

  async #repeat<T>(pool: 'any' | 'questions' | 'lookups', work: (connection: Connection) => Promise<T>): Promise<T> {
    const whole = this.#whole ?? this
    for (let attempt = 1; ; attempt++) {
      const pools = whole.#pools
      const outcome = await attemptOn(pools[pool], work)
      if (outcome.kind === 'done') return outcome.value
      const { error, isLost } = outcome
      if (codeOf(error) === STOPPED && pool !== 'any') throw new TooSlow(this.#questionMs, { cause: error })
      if (!isLost && !PASSING.test(codeOf(error))) throw fault(error)
      if (attempt === ATTEMPTS_MAX) {
        throw new Fault(
          'retry',
          `the database did not come back after ${ATTEMPTS_MAX} attempts: check that it runs and has room, then repeat the command`,
          { cause: whole.#lastRefusal ?? error },
        )
      }
      await sleep(Math.min(BACKOFF_MS * 2 ** (attempt - 1), BACKOFF_MS_MAX) * (0.5 + Math.random() / 2))
      if (isLost) await whole.#reconnect(pools)
    }
  }

  /** The server may have come back on another port. Only the first of several callers who lost the same pools replaces them. */
  async #reconnect(lost: Pools): Promise<void> {
    if (this.#lease === undefined || this.#pools !== lost) return
    this.#renewal ??= this.#lease.renew(this.#url).finally(() => {
      this.#renewal = undefined
    })
    const url = await this.#renewal.catch(error => {
      this.#lastRefusal = error
      return this.#url
    })
    if (this.#pools !== lost || url === this.#url) return
    this.#url = url
    this.#pools = new Pools(url, this.#questionMs)
    lost.end().catch(() => {})
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#whole !== undefined) return
    await this.#pools.end()
    await this.#lease?.release()
  }
}

type Outcome<T> = { kind: 'done'; value: T } | { kind: 'failed'; error: unknown; isLost: boolean }

async function attemptOn<T>(pool: pg.Pool, work: (connection: Connection) => Promise<T>): Promise<Outcome<T>> {
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    // An answer with an SQLSTATE comes from a server that is there: 57P03 is one that is starting.
    return { kind: 'failed', error, isLost: !SQLSTATE.test(codeOf(error)) || codeOf(error) === '57P03' }
  }
  let isLost = false
  const onError = () => {
    isLost = true
  }
  client.on('error', onError)
  try {
    const value = await work(connectionOf(client))
    client.release()
    return { kind: 'done', value }
  } catch (error) {
    isLost ||= CUT.has(codeOf(error)) || codeOf(error).startsWith('57P0') || /^08[^P]/.test(codeOf(error))
    client.release(isLost)
    return { kind: 'failed', error, isLost }
  } finally {
    client.off('error', onError)
  }
}

function connectionOf(client: pg.PoolClient): Connection {
  return {
    query: (query, values) => client.query(query as string, values as unknown[]),
    copyFrom: (statement, bytes) => pipeline(chunksOf(bytes), client.query(copyFrom(statement))),
  }
}

/** PostgreSQL takes no message of a gigabyte or more, and keeps each one whole. */
const CHUNK_BYTES = 256_000

function* chunksOf(bytes: Buffer): Iterable<Buffer> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES)
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? '')
}

function fault(error: unknown): unknown {
  const code = codeOf(error)
  if (code === '53100')
    return new Fault(
      'operator',
      `the database's disk is full: make room, then repeat the command (${messageOf(error)}). Nothing that was acknowledged is lost.`,
      { cause: error },
    )
  if (code === '28P01' || code === '3D000')
    return new Fault('operator', `the database refuses the connection: check DATABASE_URL (${messageOf(error)})`, {
      cause: error,
    })
  return error
}
