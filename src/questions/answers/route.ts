import { z } from 'zod'

/** One place that was asked for an answer besides the index. */
export const Tried = z.object({
  source: z.string().describe('live: the cloud itself; or the name of another source'),
  outcome: z.enum(['answered', 'partly', 'slow', 'denied', 'failed', 'skipped']),
  detail: z.string().nullable().describe('What went wrong, and what to do'),
  ms: z.int().describe('How long the answer waited for it'),
})
export type Tried = z.infer<typeof Tried>

/** By which way an answer came, where another than the index was considered. */
export const Route = z.object({
  source: z.string().describe('index; live: the cloud itself was read for it; or the names of other sources'),
  why: z.string().describe('Why the index was enough, or was not'),
  tried: z.array(Tried).readonly(),
})
export type Route = z.infer<typeof Route>

/** The index, as every route calls it. */
export const INDEX = 'index'
/** The cloud itself, as every route calls it. */
export const LIVE = 'live'

const SAID: Readonly<Record<Tried['outcome'], string>> = {
  answered: 'answered',
  partly: 'could be read in part',
  slow: 'was too slow',
  denied: 'was denied',
  failed: 'could not be read',
  skipped: 'has nothing to read',
}

/** A route in sentences, for people: what the answer is from, then what was tried in vain. Nothing where only the index was considered. */
export function routeText(route: Route | undefined): string[] {
  if (route === undefined) return []
  const vain = route.tried.filter(({ outcome, detail }) => outcome !== 'answered' || detail !== null)
  const from = route.source === LIVE ? 'the cloud itself' : route.source === INDEX ? 'the index' : route.source
  const isInVain = route.source === INDEX && route.tried.length > 0
  return [
    `Answered from ${from}${isInVain ? ', though' : ':'} ${route.why}.`,
    ...vain.map(
      ({ source, outcome, detail }) =>
        `${source === LIVE ? 'The cloud' : source} ${SAID[outcome]}${detail === null ? '' : `: ${detail}`}.`,
    ),
  ]
}
