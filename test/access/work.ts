import pg from 'pg'

/**
 * Sent now and then, or behind an answer, whatever is asked: by name, or by how it begins. Among them what brings the index up to date: when it
 * gets to a change depends on all transactions of the server.
 */
const OF_ITSELF =
  /^(index-|begin$|commit$|select pg_try_advisory_xact_lock|select value from setting|log-questions|scope-mask|find-token|note-token-use|read-follow-changes|read-account-facts|set |select set_config|select exists \(select from token)/

/** What was asked of a store: how often, by statement. */
export type Asked = ReadonlyMap<string, number>

export interface Work extends Disposable {
  /** What was asked of a store since it was taken last. */
  take(url: string): Asked
}

/**
 * Sees what is asked of stores, by whatever connection and in whatever transaction: what takes more where something is hidden takes longer. A
 * statement that looks up many keys counts as many, as it depends on chance which lookups become one statement.
 */
export function watchWork(): Work {
  const all = new Map<string, Map<string, number>>()
  const { prototype } = pg.Client as unknown as { prototype: { query(...given: unknown[]): unknown } }
  const { query } = prototype
  prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const { database = '' } = this
    const asked = all.get(database) ?? new Map<string, number>()
    all.set(database, asked)
    const { name, cost } = statementOf(given)
    if (!OF_ITSELF.test(name)) asked.set(name, (asked.get(name) ?? 0) + cost)
    return query.apply(this, given)
  }
  return {
    take(url) {
      const database = new URL(url).pathname.slice(1)
      const asked = all.get(database) ?? new Map<string, number>()
      all.delete(database)
      return asked
    },
    [Symbol.dispose]() {
      prototype.query = query
    },
  }
}

/** The statements that two were asked differently often; undefined: none. */
export function moreWork(one: Asked, other: Asked): string | undefined {
  const names = [...new Set([...one.keys(), ...other.keys()])].filter(name => one.get(name) !== other.get(name))
  if (names.length === 0) return undefined
  return names.map(name => `${name}: ${one.get(name) ?? 0}, without what is hidden ${other.get(name) ?? 0}`).join('; ')
}

interface Sent {
  readonly name?: string
  readonly text?: string
  readonly values?: readonly unknown[]
}

function statementOf([sent, values]: readonly unknown[]): { readonly name: string; readonly cost: number } {
  const { name, text = '', values: own }: Sent = typeof sent === 'string' ? { text: sent } : (sent as Sent)
  const keys = (own ?? (values as readonly unknown[] | undefined))?.[2]
  const cost = text.includes('with ordinality') && Array.isArray(keys) ? keys.length : 1
  return { name: name ?? text.slice(0, 60), cost }
}
