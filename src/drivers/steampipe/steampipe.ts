import { type AssetIdentity, assetIdOf } from '../../model/identity.ts'
import {
  FOUND_MAX,
  type LiveSource,
  type PartialState,
  type SoughtValue,
  type SourceReply,
} from '../../ports/live-source.ts'
import type { Understand } from '../../ports/told-asset.ts'
import { type Asked, askedBy, askedFor, goneFrom, recordsIn, zonesAbove } from './asked.ts'
import { absent, type Failure, failureOf } from './failure.ts'
import { type Row, SteampipeSession } from './session.ts'
import { type Statement, statementOf } from './statement.ts'
import { TABLES } from './tables.ts'
import { toldBy } from './told.ts'

export interface SteampipeOptions {
  readonly url: string
  /** Steampipe's connection, or aggregator of connections, whose tables are read. */
  readonly schema: string
  readonly timeoutMs: number
  readonly understand: Understand
  /** What went wrong, in its own words: for whoever runs this, not for who asks. */
  onFault(error: unknown): void
  readonly now: () => number
}

interface Answered {
  readonly asked: Asked
  readonly rows: readonly Row[]
  readonly states: readonly PartialState[]
  /** When the cloud was read, at the earliest. */
  readonly at: number
}

type Outcome = { readonly kind: 'answered'; readonly answers: readonly Answered[] } | Failure

/** How long it is believed which columns the installed plugin has. */
const COLUMNS_MS = 600_000
/** The part of the time in which what was found has to be complete: the rest is for finding it. */
const COMPLETED_IN = 4

/** Steampipe: SQL over the cloud's APIs, for whoever runs it. Which of its tables say what is in tables/. */
export class Steampipe implements LiveSource, AsyncDisposable {
  readonly name = 'steampipe'
  readonly #options: SteampipeOptions
  readonly #session: SteampipeSession
  #columns: { readonly at: number; readonly of: ReadonlyMap<string, ReadonlySet<string>> } | undefined

  constructor(options: SteampipeOptions) {
    this.#options = options
    this.#session = new SteampipeSession(options)
  }

  async read(assets: readonly AssetIdentity[], signal: AbortSignal): Promise<SourceReply> {
    const outcome = await this.#ask(askedFor(assets), true, signal)
    if (outcome.kind !== 'answered') return outcome
    const wanted = new Set<string>(assets.map(assetIdOf))
    const states = outcome.answers.flatMap(({ states }) => states).filter(({ asset }) => wanted.has(assetIdOf(asset)))
    const seen = new Set<string>(states.map(({ asset }) => assetIdOf(asset)))
    const gone = outcome.answers.flatMap(({ asked, at }) =>
      goneFrom(asked, seen).map((asset): PartialState => ({ asset, at, state: { kind: 'gone' } })),
    )
    return { kind: 'answered', states: [...states, ...gone] }
  }

  async find(sought: SoughtValue, signal: AbortSignal): Promise<SourceReply> {
    const [found, records] = await Promise.all([
      this.#ask(askedBy(sought), false, signal),
      this.#ask(zonesAbove(sought), false, signal).then(zones =>
        zones.kind === 'answered'
          ? this.#ask(
              recordsIn(
                zones.answers.flatMap(({ rows }) => rows),
                sought,
              ),
              false,
              signal,
            )
          : zones,
      ),
    ])
    const answers = [found, records].flatMap(outcome => (outcome.kind === 'answered' ? outcome.answers : []))
    const states = new Map(answers.flatMap(each => each.states.map(state => [assetIdOf(state.asset), state] as const)))
    const failed = [found, records].find(outcome => outcome.kind !== 'answered')
    if (states.size === 0 && failed !== undefined) return failed as Failure
    return { kind: 'answered', states: await this.#completed([...states.values()].slice(0, FOUND_MAX), signal) }
  }

  /** What was found, with what costs calls of their own if that comes soon: of a bucket, Steampipe makes them for all buckets of its account. */
  async #completed(found: readonly PartialState[], signal: AbortSignal): Promise<readonly PartialState[]> {
    const partial = found.filter(({ state }) => state.kind === 'present' && (state.unread ?? []).length > 0)
    if (partial.length === 0) return found
    const soon = AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs / COMPLETED_IN)])
    const reply = await this.read(
      partial.map(({ asset }) => asset),
      soon,
    ).catch(() => undefined)
    signal.throwIfAborted()
    const read = reply?.kind === 'answered' ? reply.states.filter(({ state }) => state.kind === 'present') : []
    const complete = new Map(read.map(state => [assetIdOf(state.asset), state]))
    return found.map(state => complete.get(assetIdOf(state.asset)) ?? state)
  }

  /** Asks for all at once. What some tables brought counts, even where others failed; where none brought anything, the failure counts. */
  async #ask(asked: readonly Asked[], withCalls: boolean, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted()
    if (asked.length === 0) return { kind: 'answered', answers: [] }
    const { schema } = this.#options
    try {
      const columns = await this.#installed(signal)
      const statements = asked.flatMap(one => {
        const installed = columns.get(one.table.name) ?? new Set<string>()
        return statementOf(one, { schema, installed, withCalls }) ?? []
      })
      if (statements.length === 0) return absent([...new Set(asked.map(({ table }) => table.name))], schema)
      const ended = await Promise.allSettled(statements.map(statement => this.#run(statement, signal)))
      signal.throwIfAborted()
      const answers = ended.flatMap(end => (end.status === 'fulfilled' ? [end.value] : []))
      const failed = ended.find(end => end.status === 'rejected')
      if (failed === undefined) return { kind: 'answered', answers }
      const failure = this.#failure(failed.reason)
      return answers.some(({ rows }) => rows.length > 0) ? { kind: 'answered', answers } : failure
    } catch (error) {
      signal.throwIfAborted()
      return this.#failure(error)
    }
  }

  #failure(error: unknown): Failure {
    this.#options.onFault(error)
    return failureOf(error, this.#options.schema)
  }

  async #run({ asked, text, values }: Statement, signal: AbortSignal): Promise<Answered> {
    const { rows, readAt: at } = await this.#session.query(text, values, signal)
    const states = await this.#options.understand(rows.map(row => toldBy(asked.table, row, at)))
    return { asked, rows, states, at }
  }

  /** The columns of each table, as the user of the connection may read them. */
  async #installed(signal: AbortSignal): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const now = this.#options.now()
    if (this.#columns !== undefined && now - this.#columns.at < COLUMNS_MS) return this.#columns.of
    const { rows } = await this.#session.query(
      `select table_name::text as name, array_agg(column_name::text) as columns from information_schema.columns
       where table_schema = $1 and table_name = any($2::text[]) group by table_name`,
      [this.#options.schema, TABLES.map(({ name }) => name)],
      signal,
    )
    const of = new Map(rows.map(row => [String(row['name']), new Set(row['columns'] as readonly string[])]))
    // Nothing is remembered of a plugin that is not there yet.
    if (of.size > 0) this.#columns = { at: now, of }
    return of
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#session[Symbol.asyncDispose]()
  }
}
