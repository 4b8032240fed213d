/**
 * Another writer inserted some of the same rows first. Waiting for its locks while holding ours could be waiting for each other
 * forever, so we let go of everything and begin anew: then they are known.
 */
class Raced extends Error {
  override readonly name = 'Raced'
}

const UNIQUE_VIOLATION = '23505'

/** What to throw for an error of an insert: a race, where the rows were there already; else the error itself. */
export function raced(error: unknown): unknown {
  if ((error as { code?: string }).code !== UNIQUE_VIOLATION) return error
  return new Raced('another writer inserted the same rows', { cause: error })
}

/** Each race is lost against a writer that did commit, so that many in a row are out of the question. */
const RACES_MAX = 100

/** Runs a transaction until it has lost no race. */
export async function withoutRaces<T>(transact: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact()
    } catch (error) {
      if (!(error instanceof Raced) || attempt === RACES_MAX) throw error
    }
  }
}
