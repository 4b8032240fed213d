/**
 * The history of one asset as a pure function of the set of its observations: it does not matter in which order they
 * arrived, how they were grouped, or how often. Times are milliseconds since 1970; a digest of null means gone.
 */
export interface Moment {
  readonly at: number
  readonly digest: string | null
  readonly source: string
}

/** A run of equal observations: its first makes the version, the others are sightings of it. */
export interface Run {
  readonly first: Moment
  readonly sightings: readonly Moment[]
}

/** The runs of a set of moments, oldest first. */
export function runsOf(moments: readonly Moment[]): Run[] {
  const runs: { first: Moment; sightings: Moment[] }[] = []
  for (const moment of distinct(moments)) {
    const run = runs.at(-1)
    if (run?.first.digest === moment.digest) run.sightings.push(moment)
    else runs.push({ first: moment, sightings: [] })
  }
  return runs
}

/** The moments of runs: what `runsOf` was made from. */
export function momentsOf(runs: readonly Run[]): Moment[] {
  return runs.flatMap(({ first, sightings }) => [
    first,
    ...sightings.map(({ at, source }) => ({ at, source, digest: first.digest })),
  ])
}

/**
 * In order of time, one for each time. Two reads of one millisecond that disagree cannot both be kept; which one stays
 * is arbitrary but always the same: presence over absence, then the greater digest, then the greater source.
 */
function distinct(moments: readonly Moment[]): Moment[] {
  const sorted = moments.toSorted(
    (a, b) => a.at - b.at || compare(b.digest ?? '', a.digest ?? '') || compare(b.source, a.source),
  )
  return sorted.filter((moment, position) => moment.at !== sorted[position - 1]?.at)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** When something was true: from the start of a run that says so to the start of the next one that does not. */
export interface Interval {
  readonly from: number
  /** Infinity: still true. */
  readonly to: number
}

/** For each value that any of the runs holds, the intervals in which it was held without a break. */
export function intervalsOf(
  runs: readonly { readonly from: number; readonly values: readonly string[] }[],
): Map<string, Interval[]> {
  const intervals = new Map<string, Interval[]>()
  runs.forEach(({ from, values }, position) => {
    const to = runs[position + 1]?.from ?? Number.POSITIVE_INFINITY
    for (const value of new Set(values)) {
      const held = intervals.get(value) ?? []
      const last = held.at(-1)
      if (last?.to === from) held[held.length - 1] = { from: last.from, to }
      else held.push({ from, to })
      intervals.set(value, held)
    }
  })
  return intervals
}
