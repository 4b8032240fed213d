import fc from 'fast-check'
import type { Database } from '../../src/store/database.ts'
import { type Contents, contentsOf } from './contents.ts'
import { type Story, story } from './story.ts'
import { type Stories, tellAtOnce, tellInSteps } from './tell.ts'

/** The ways in which the same stories are told, each to a store of its own. */
const WAYS: readonly ((store: Database, stories: Stories) => Promise<void>)[] = [
  tellAtOnce,
  (store, stories) => tellInSteps(store, stories, 1),
  (store, stories) => tellInSteps(store, stories, 2),
  (store, stories) => tellInSteps(store, stories, 3),
]
export const STORES = WAYS.length

/** A story that left different stores, cut down to what it takes, and where they differ. */
export interface Divergence {
  readonly story: Story
  readonly table: string
  readonly rows: readonly (readonly string[])[]
}

/** Stories made from a seed: the same ones each time. */
export function storiesOf(seed: number, count: number): Story[] {
  return fc.sample(story, { seed, numRuns: count })
}

/** Tells the same stories to all stores at once, in different ways; the first that did not leave the same everywhere. */
export async function divergenceOf(
  stores: readonly Database[],
  stories: readonly Story[],
  numbers: Iterator<number>,
): Promise<Divergence | undefined> {
  const numbered = new Map(stories.map(story => [numbers.next().value as number, story]))
  const contents = await Promise.all(
    stores.map(async (store, way) => {
      await WAYS[way]?.(store, numbered)
      return contentsOf(store, numbered)
    }),
  )
  for (const [number, story] of numbered) {
    const difference = differenceOf(contents.map(byNumber => byNumber.get(number) ?? new Map()))
    if (difference !== undefined) return { story, ...difference }
  }
  return undefined
}

function differenceOf(contents: readonly Contents[]): Omit<Divergence, 'story'> | undefined {
  const tables = new Set(contents.flatMap(tables => [...tables.keys()]))
  for (const table of tables) {
    const rows = contents.map(tables => tables.get(table) ?? [])
    if (new Set(rows.map(row => row.join('\n'))).size > 1) return { table, rows }
  }
  return undefined
}

/** Leaves out of a story whatever it diverges without, one after the other. What depends on luck may come out longer than it must be. */
export async function shortest(
  stores: readonly Database[],
  found: Divergence,
  numbers: Iterator<number>,
): Promise<Divergence> {
  let shortest = found
  for (let at = found.story.length - 1; at >= 0; at--) {
    const shorter = shortest.story.filter((_, place) => place !== at)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const divergence = await divergenceOf(stores, [shorter], numbers)
      if (divergence === undefined) continue
      shortest = divergence
      break
    }
  }
  return shortest
}

/** Writers that work at the same time do not meet in every attempt. */
const ATTEMPTS = 3

export function* naturals(): Generator<number, never> {
  for (let number = 0; ; number++) yield number
}
