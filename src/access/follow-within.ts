import type { Followed } from '../questions/question.ts'
import type { AllowedQuestion } from './open-asker.ts'

/** How long somebody goes on seeing what they may not see any more. */
const EVERY_MS = 5_000

/** Follows a question for as long as the asker may see the same; whoever is ended so comes again with the position, under the new policy. */
export async function* followWithin(
  { question, input, asking, signal }: AllowedQuestion,
  { position, isStillAllowed }: { readonly position: string | undefined; isStillAllowed(): Promise<boolean> },
): AsyncIterable<Followed> {
  const stop = new AbortController()
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const timer = setInterval(() => {
    // A store that does not tell may be back soon: then following fails by itself, or goes on.
    isStillAllowed().then(
      isAllowed => (isAllowed ? undefined : stop.abort()),
      () => {},
    )
  }, EVERY_MS)
  try {
    yield* question.follow?.(input, asking, { position, signal: either }) ?? []
  } finally {
    clearInterval(timer)
  }
}
