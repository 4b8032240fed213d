/** Chance that can be repeated: the same seed gives the same numbers (mulberry32), so that a failure can be run again. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  number(below: number): number
  pick<T>(from: readonly T[]): T
  /** True once in `times`. */
  oneIn(times: number): boolean
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    number: below => Math.floor(next() * below),
    pick: from => from[Math.floor(next() * from.length)] as (typeof from)[number],
    oneIn: times => next() * times < 1,
  }
}
