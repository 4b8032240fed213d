import type { Routing } from '../answering/open-router.ts'
import type { Aws, RouterOptions } from '../compose.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../ports/clock.ts'
import type { Database } from '../store/database.ts'
import { liveReadsOf } from '../store/live-reads.ts'
import { memoryOf } from '../store/scopes.ts'

export interface RoutingParts extends RouterOptions {
  readonly config: Config
  readonly database: Database
  /** Whatever it does ends with the signal. */
  openCloud(signal: AbortSignal): Promise<Aws>
  /** Keys the digests of secret values. */
  secretKey(): Promise<string>
}

/** What answers from the best source. The cloud is opened once, by whoever first needs it: the router, or a source that is in AWS. */
export async function openRoutingOf(parts: RoutingParts): Promise<Routing> {
  const [{ openRouter }, { openLiveSources }] = await Promise.all([
    import('../answering/open-router.ts'),
    import('./live-sources.ts'),
  ])
  const { config, database, cloud, openingMs, secretKey, note } = parts
  const closing = new AbortController()
  let own: Promise<Aws> | undefined
  const aws = async (): Promise<Aws> => {
    if (cloud !== undefined) return cloud
    own ??= parts.openCloud(closing.signal).catch(error => {
      own = undefined
      throw error
    })
    return own
  }
  const memory = memoryOf(database)
  const others = await openLiveSources({ config, memory, secretKey, aws, note })
  const routing = openRouter({
    freshness: config.freshness,
    openCloud: aws,
    store: liveReadsOf(database),
    sources: others.sources,
    clock: systemClock,
    ...(openingMs === undefined ? {} : { openingMs }),
  })
  return {
    answer: asked => routing.answer(asked),
    [Symbol.dispose]() {
      routing[Symbol.dispose]()
      closing.abort()
      // Nobody waits for what is still being closed.
      Promise.allSettled([others[Symbol.asyncDispose](), own?.then(opened => opened[Symbol.dispose]())])
    },
  }
}
