import type { Clock } from '../ports/clock.ts'
import type { Search } from '../ports/search.ts'

const INDEX_EVERY_MS = 500
const INDEX_RETRY_MS = 10_000

/**
 * Keeps the search index close behind the store until disposed, and then brings it up to the end. A failure on the way is told to
 * `onFault` and tried again; one at the end is thrown.
 */
export function following(
  search: Search,
  clock: Clock,
  signal: AbortSignal,
  onFault: (error: unknown) => void,
): AsyncDisposable {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const loop = (async () => {
    while (!either.aborted) {
      let pause = INDEX_EVERY_MS
      try {
        await search.indexPending(either)
      } catch (error) {
        if (!either.aborted) onFault(error)
        pause = INDEX_RETRY_MS
      }
      await clock.sleep(pause, either).catch(() => {})
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await loop
      await search.indexPending(signal)
    },
  }
}
