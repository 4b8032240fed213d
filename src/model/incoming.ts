import type { Incoming } from './event.ts'

type Counts = { -readonly [Kind in keyof Incoming['counts']]: number }

export function noCounts(): Counts {
  return { mapped: 0, none: 0, relist: 0, unmapped: 0, ignored: 0 }
}

export const NOTHING: Incoming = { events: [], credentials: [], observations: [], rejected: [], counts: noCounts() }

/** Several as one, in order. */
export function merged(all: readonly Incoming[]): Incoming {
  const [first = NOTHING] = all
  if (all.length < 2) return first
  const counts = noCounts()
  for (const { counts: more } of all)
    for (const kind of Object.keys(counts) as (keyof Counts)[]) counts[kind] += more[kind]
  return {
    events: all.flatMap(({ events }) => events),
    credentials: all.flatMap(({ credentials }) => credentials),
    observations: all.flatMap(({ observations }) => observations),
    rejected: all.flatMap(({ rejected }) => rejected),
    counts,
  }
}
