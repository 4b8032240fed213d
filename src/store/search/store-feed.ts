import type { FeedTurn, RefusedDocument, SearchDocument, SearchFeed } from '../../ports/search-feed.ts'
import type { Connection, Database } from '../database.ts'
import { READ_DOCUMENTS } from './documents.ts'
import { batchAfter, pendingAfter, placeOf, shareOf, textOf } from './place.ts'
import { readSetting, saveSetting } from './settings.ts'

const BATCH_MAX = 1_000
const LOCK_KEY = 7_206_115
const STATE = 'search.feed'
const CURRENT_AT = 'search.feed-current-at'

/**
 * Feeds an index outside of the store. A turn is one transaction that writes only at its end: until then it holds no transaction id, which
 * would keep back everybody who follows the store while the index takes its time.
 */
export class StoreFeed implements SearchFeed {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async state(): Promise<string | undefined> {
    return await this.#setting(STATE)
  }

  exclusively<T>(work: (turn: FeedTurn) => Promise<T>): Promise<T | undefined> {
    return this.#database.transaction(async connection => {
      const { rows } = await connection.query<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [
        LOCK_KEY,
      ])
      return rows[0]?.locked === true ? await work(turnOn(connection, await readSetting(connection, STATE))) : undefined
    })
  }

  pending(place: string | undefined): Promise<{ pending: number; isExact: boolean }> {
    return pendingAfter(query => this.#database.query(query), placeOf(place))
  }

  share(place: string | undefined): number {
    return shareOf(placeOf(place))
  }

  async currentAt(): Promise<number | undefined> {
    const text = await this.#setting(CURRENT_AT)
    return text === undefined ? undefined : Date.parse(text)
  }

  async refusedCount(): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>('select count(*)::int as count from search_refused')
    return row?.count ?? 0
  }

  async #setting(key: string): Promise<string | undefined> {
    const [row] = await this.#database.query<{ value: string }>('select value from setting where key = $1', [key])
    return row?.value
  }
}

function turnOn(connection: Connection, state: string | undefined): FeedTurn {
  return {
    state,
    async next(place) {
      const batch = await batchAfter(connection, placeOf(place), BATCH_MAX)
      return typeof batch === 'string' ? batch : { assets: batch.assets, place: textOf(batch.place) }
    },
    async documents(assets) {
      const { rows } = await connection.query<Row>({ name: 'feed-documents', text: READ_DOCUMENTS, values: [assets] })
      return rows.map(({ config, ...row }) => ({ ...row, words: [...wordsOf(config)] }))
    },
    async save(next, written = [], refused = []) {
      if (written.length > 0) await saveRefused(connection, written, refused)
      await saveSetting(connection, STATE, next)
    },
    saveCurrent: at => saveSetting(connection, CURRENT_AT, new Date(at).toISOString()),
  }
}

interface Row extends Omit<SearchDocument, 'words'> {
  readonly config: unknown
}

/** All texts and numbers in a value, each once. */
function wordsOf(value: unknown, words = new Set<string>()): Set<string> {
  if (typeof value === 'string' && value !== '') words.add(value)
  else if (typeof value === 'number') words.add(String(value))
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) wordsOf(inner, words)
  return words
}

async function saveRefused(connection: Connection, written: readonly string[], refused: readonly RefusedDocument[]) {
  await connection.query('delete from search_refused where asset = any($1::uuid[]) and asset <> all($2::uuid[])', [
    written,
    refused.map(({ asset }) => asset),
  ])
  if (refused.length > 0)
    await connection.query(
      `insert into search_refused (asset, reason) select * from unnest($1::uuid[], $2::text[])
       on conflict (asset) do update set reason = excluded.reason, refused_at = now()`,
      [refused.map(({ asset }) => asset), refused.map(({ reason }) => reason)],
    )
}

/** A document that the index did not take, with what it is of, for people. */
export interface RefusedAsset extends RefusedDocument {
  readonly account: string
  readonly type: string
  readonly nativeId: string
  readonly refusedAt: Date
}

const REFUSED_MAX = 1_000

/** What the index outside of the store did not take in full, the latest first. */
export function refusedAssets(database: Database): Promise<RefusedAsset[]> {
  return database.query({
    text: `select r.asset, r.reason, r.refused_at as "refusedAt", a.account, a.type, a.native_id as "nativeId"
      from search_refused r join asset a on a.id = r.asset order by r.refused_at desc, r.asset limit $1`,
    values: [REFUSED_MAX],
  })
}
