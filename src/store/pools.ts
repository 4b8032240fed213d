import pg from 'pg'
import { LOOK_UP_BY_INDEX } from './plan-by-index.ts'
import { VALUE_TYPES } from './value-types.ts'

const POOL_MAX = 12
const QUESTIONS_MAX = 8
/** Lookups share statements, so that few connections carry many of them. */
const LOOKUPS_MAX = 6
/** A lookup that comes seldom is not to wait for a connection, and for its statements to be planned. */
const LOOKUPS_IDLE_MS = 300_000

/**
 * Connections for anything; those of questions, where statements may take so long; and those on which questions look up, where statements
 * are planned once and by indexes. They are made when they are first needed.
 */
export class Pools {
  readonly any: pg.Pool
  readonly questions: pg.Pool
  readonly lookups: pg.Pool

  constructor(url: string, questionMs = 0) {
    const limit = questionMs > 0 ? `set statement_timeout = ${Math.trunc(questionMs)}; ` : ''
    this.any = poolOf(url, { max: POOL_MAX })
    this.questions = poolOf(url, { max: QUESTIONS_MAX }, limit)
    const bounds = { max: LOOKUPS_MAX, idleTimeoutMillis: LOOKUPS_IDLE_MS }
    this.lookups = poolOf(url, bounds, `${limit}${LOOK_UP_BY_INDEX}`)
  }

  async end(): Promise<void> {
    await Promise.all([this.any.end(), this.questions.end(), this.lookups.end()])
  }
}

/** `first` is sent ahead of the first statement of each connection; where it is lost, that meets it. */
function poolOf(url: string, bounds: pg.PoolConfig, first = ''): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'cadastre',
    connectionTimeoutMillis: 10_000,
    types: VALUE_TYPES,
    ...bounds,
  })
  pool.on('error', () => {}) // An idle connection was lost; the next query meets it and repeats.
  if (first !== '') pool.on('connect', client => void client.query(first).catch(() => {}))
  return pool
}
