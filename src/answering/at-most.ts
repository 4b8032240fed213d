/** Work that may wait for its turn: more would only be late. */
const WAITING_MAX = 1_000

/**
 * Runs work, at most so many at once; the others wait for their turn in the order in which they came. What still waits when its signal is
 * aborted is not begun any more: it rejects with the signal's reason.
 */
export function atMost(limit: number): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  const waiting = new Set<() => void>()
  let busy = 0
  const turn = async (signal: AbortSignal) => {
    if (waiting.size >= WAITING_MAX) throw new Error('too many are waiting already: ask again in a moment')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const giveUp = () => {
      waiting.delete(resolve)
      reject(signal.reason)
    }
    waiting.add(resolve)
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
  return async (work, signal) => {
    signal.throwIfAborted()
    if (busy >= limit) await turn(signal)
    else busy++
    try {
      return await work()
    } finally {
      const [next] = waiting
      if (next === undefined) busy--
      else {
        waiting.delete(next)
        next()
      }
    }
  }
}
