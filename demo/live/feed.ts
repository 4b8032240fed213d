import { askingOf } from '../../src/compose.ts'
import { changeRefs } from '../../src/questions/lookups/changed.ts'
import type { Database } from '../../src/store/database.ts'
import { followChanges } from '../../src/store/queries/follow-changes.ts'
import type { Known, Watch } from './watch.ts'

const EVERYTHING = {
  accounts: undefined,
  region: undefined,
  types: undefined,
  kind: undefined,
  tag: undefined,
} as const

/** Every change from now on, as the registry comes to know it. Disposing ends it. */
export class Feed implements AsyncDisposable {
  /** What is done with each change; the next one waits for it. */
  tell: (known: Known) => Promise<void> | void = () => {}
  readonly #stop = new AbortController()
  readonly #following: Promise<void>
  readonly #waiting = new Set<(known: Known) => void>()
  #begun = () => {}

  private constructor(database: Database, watch: Watch) {
    this.#following = this.#follow(database, watch)
    // Whoever waits for the feed is told; until then it is nobody's.
    this.#following.catch(() => {})
  }

  /** Resolves once nothing that happens from then on is missed. */
  static async open(database: Database, watch: Watch): Promise<Feed> {
    const begun = Promise.withResolvers<void>()
    const feed = new Feed(database, watch)
    feed.#begun = begun.resolve
    await Promise.race([begun.promise, feed.#following])
    return feed
  }

  /** Waits until `isEnough` says so after a change, or that long; says which. */
  async until(isEnough: () => boolean, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (isEnough()) return true
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = () => isEnough() && resolve()
    const timer = setTimeout(resolve, timeoutMs)
    signal.addEventListener('abort', () => resolve(), { once: true })
    this.#waiting.add(look)
    await Promise.race([promise, this.#following])
    this.#waiting.delete(look)
    clearTimeout(timer)
    signal.throwIfAborted()
    return isEnough()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#following.catch(() => {})
  }

  async #follow(database: Database, watch: Watch): Promise<void> {
    const asking = askingOf(database)
    const { signal } = this.#stop
    for await (const { changes } of followChanges(asking, { position: undefined, filter: EVERYTHING, signal })) {
      this.#begun()
      const now = Date.now()
      for (const change of await changeRefs(asking, changes, Number.POSITIVE_INFINITY)) {
        const known = watch.knows(change, now)
        await this.tell(known)
        for (const look of this.#waiting) look(known)
      }
    }
  }
}
