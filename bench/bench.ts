/** What a benchmark is told when it runs. */
export interface BenchOptions {
  /** Says what is going on, on standard error: the answer stays alone on standard output. */
  note(text: string): void
  /** The flags after the benchmark's name that the runner does not know, so that one bench can take `--assets 100000`. */
  readonly args: readonly string[]
  /** Aborted by Ctrl-C: a bench that started a server stops it. */
  readonly signal: AbortSignal
}

/** Figures by name, units last: `records_per_s`, `p95_ms`, `ratio`. */
export type Metrics = Readonly<Record<string, number>>

/** A goal for one figure. A figure without a goal is reported, not judged. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number }

/** One benchmark: `bench/NAME.ts`, default export. The file's presence registers it. */
export interface Bench {
  /** Equal to the file's name. */
  readonly name: string
  /** One line for the list of benchmarks. */
  readonly summary: string
  readonly goals?: Readonly<Record<string, Goal>>
  run(options: BenchOptions): Promise<Metrics>
}

/** Checks the shape of a benchmark where it is written. */
export function defineBench(bench: Bench): Bench {
  return bench
}

/** The middle value; the mean of the two middle ones of an even count. One slow round on a shared machine does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) throw new RangeError('the median of nothing')
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** The value that the given share (0 to 1) of the values does not exceed, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('a percentile of nothing')
  return value
}

/** True when the figure is as good as its goal asks. */
export function meets(value: number, goal: Goal): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost
}

/**
 * Runs contenders in turn (a, b, a, b, …) and returns each one's wall times in milliseconds. Taking turns matters: what
 * else the machine does then slows all of them alike, so that their ratio can be trusted where single times cannot.
 */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  rounds: { readonly measured: number; readonly warmUp: number },
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[]
  const times = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds.warmUp + rounds.measured; round++) {
    for (const name of names) {
      const started = performance.now()
      await contenders[name]()
      if (round >= rounds.warmUp) times[name].push(performance.now() - started)
    }
  }
  return times
}
