import type { AccessScope } from '../model/access-scope.ts'
import type { AssetId } from '../model/identity.ts'
import { assetIdOf } from '../model/identity.ts'
import type { Observation } from '../model/observation.ts'
import type { PartialState } from '../ports/live-source.ts'
import { uuids, Writer } from './binary.ts'
import { type Connection, Database } from './database.ts'
import { type LastKnown, laidOver } from './laid-over.ts'
import { PLAN_AS_USUAL } from './plan-by-index.ts'
import { withoutRaces } from './raced.ts'
import { recordRows, sortedRows } from './record.ts'
import { scopeParameters, shareMasks } from './scope-masks.ts'
import { roomFor } from './versions.ts'

/** What a source says of assets; of one asset the first that says something counts. */
export interface Told {
  /** As facts call it. */
  readonly source: string
  readonly states: readonly PartialState[]
}

export interface OverlayOptions {
  /** How long each statement may take, and with that how long writers of the same assets may wait for us. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly now: number
  /** What the answer is made within: written down before, because nothing that is written meanwhile stays. */
  readonly scope: AccessScope
}

/** Writers hold an asset for milliseconds. Whoever holds it longer is not waited for: the index answers. */
const LOCK_MS_MAX = 250

/**
 * Has a question answered as if what sources say had been recorded: it is, by the usual way, in a transaction that is rolled back when
 * the answer is there. So any question is answered in its own shape, and nothing is kept. Nobody else sees any of it; writers of the same
 * assets wait for the answer. `sources`: those that told something newer than what is known. Rejects when that cannot be had in time.
 */
export async function answerOver<T>(
  database: Database,
  told: readonly Told[],
  options: OverlayOptions,
  answer: (over: Database, sources: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const { timeoutMs, signal, scope } = options
  await scopeParameters(database, scope)
  return withoutRaces(() =>
    database.rolledBack(async connection => {
      signal.throwIfAborted()
      const limits = { statement_timeout: timeoutMs, lock_timeout: Math.min(LOCK_MS_MAX, timeoutMs) }
      for (const [name, ms] of Object.entries(limits))
        await connection.query(`set local ${name} = ${Math.max(1, Math.trunc(ms))}`)
      const sources = await lay(connection, told, options)
      const shared = new InTurn(connection, signal)
      const over = new Over(database, shared)
      shareMasks(database, over)
      try {
        return await Promise.race([answer(over, sources), aborted(signal)])
      } finally {
        await shared.idle()
      }
    }),
  )
}

/** The names of the sources of what was laid over. */
async function lay(connection: Connection, told: readonly Told[], { now }: OverlayOptions): Promise<Set<string>> {
  const all = told.flatMap(({ source, states }) => states.map(state => ({ source, state })))
  if (all.length === 0) return new Set()
  const known = await lastKnown(
    connection,
    all.map(({ state }) => assetIdOf(state.asset)),
  )
  const laid = new Map<AssetId, { readonly source: string; readonly observation: Observation }>()
  for (const { source, state } of all) {
    const id = assetIdOf(state.asset)
    const observation = laidOver(state, known.get(id), now)
    if (observation !== undefined && !laid.has(id)) laid.set(id, { source, observation })
  }
  const chosen = [...laid.values()]
  if (chosen.length === 0) return new Set()
  using contents = new Writer(roomFor(chosen.length))
  const rows = sortedRows(
    chosen.map(({ observation }) => observation),
    contents,
  )
  await recordRows(
    connection,
    rows.map(row => ({ ...row, source: chosen[row.position]?.source ?? row.source })),
  )
  await connection.query(PLAN_AS_USUAL)
  return new Set(chosen.map(({ source }) => source))
}

interface KnownRow {
  readonly id: AssetId
  readonly seenAt: number
  readonly isGone: boolean
  readonly identifiers: readonly string[] | null
  readonly edges: readonly string[] | null
  readonly tags: Readonly<Record<string, string>> | null
  readonly config: Readonly<Record<string, unknown>> | null
}

async function lastKnown(connection: Connection, ids: readonly AssetId[]): Promise<ReadonlyMap<AssetId, LastKnown>> {
  const { rows } = await connection.query<KnownRow>({
    name: 'overlay-known',
    text: `select n.id, v.digest is null as "isGone", v.identifiers, v.edges, v.tags, v.config,
             (extract(epoch from greatest(v.valid_from, (select max(at) from sighting s where s.asset = n.id))) * 1000)::float8 as "seenAt"
           from unnest($1::uuid[]) as n (id)
           cross join lateral (select * from version v where v.asset = n.id order by valid_from desc limit 1) v`,
    values: [uuids([...new Set(ids)])],
  })
  return new Map(
    rows.map(({ id, seenAt, isGone, identifiers, edges, tags, config }) => {
      const present = { identifiers: identifiers ?? [], edges: edges ?? [], tags: tags ?? {}, config: config ?? {} }
      return [id, { seenAt, present: isGone ? null : present }]
    }),
  )
}

/** A connection on which many may ask at once: their statements come one after the other, and none after the signal. */
class InTurn implements Connection {
  readonly #connection: Connection
  readonly #signal: AbortSignal
  #last: Promise<unknown> = Promise.resolve()

  constructor(connection: Connection, signal: AbortSignal) {
    this.#connection = connection
    this.#signal = signal
  }

  query<Row extends object>(
    ...given: Parameters<Connection['query']>
  ): Promise<{ rows: Row[]; rowCount: number | null }> {
    return this.#next(() => this.#connection.query<Row>(...given))
  }

  copyFrom(statement: string, bytes: Buffer): Promise<void> {
    return this.#next(() => this.#connection.copyFrom(statement, bytes))
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#last
  }

  #next<T>(ask: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      this.#signal.throwIfAborted()
      return ask()
    })
    this.#last = done.catch(() => {})
    return done
  }
}

/** The store as one connection sees it within its transaction. A transaction within is a savepoint, and they come one after the other. */
class Over extends Database {
  readonly #connection: Connection
  #last: Promise<unknown> = Promise.resolve()

  constructor(database: Database, connection: Connection) {
    super(database.url, undefined)
    this.#connection = connection
  }

  override async query<Row extends object>(...given: Parameters<Database['query']>): Promise<Row[]> {
    return (await this.#connection.query<Row>(...given)).rows
  }

  override transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => this.#within(work))
    this.#last = done.catch(() => {})
    return done
  }

  async #within<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    await this.#connection.query('savepoint within')
    try {
      const result = await work(this.#connection)
      await this.#connection.query('release savepoint within')
      return result
    } catch (error) {
      await this.#connection.query('rollback to savepoint within')
      throw error
    }
  }
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
