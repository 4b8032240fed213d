import type { Observation } from '../../src/model/observation.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { instanceAt, type Standing } from '../../test/changes.ts'

const CHANGES = 30_000
const BATCH = 1_000
const WRITERS = 3
const CREATES = CHANGES * 0.6
/** Of the updates, each so-and-so-many-th moves one identifier, the address. */
const MOVES_EVERY = 4

/** Rounds of changes: new assets, and updates of those that earlier rounds made. */
export class Changes {
  readonly #standings: Standing[] = []
  #at = Date.UTC(2026, 0, 1)

  next(): Observation[] {
    const known = this.#standings.length
    const creates = known === 0 ? CHANGES : CREATES
    for (let count = 0; count < creates; count++) {
      this.#standings.push({ asset: this.#standings.length, revision: 0, address: 0 })
    }
    const chosen = new Set<number>()
    while (chosen.size < CHANGES - creates) chosen.add(Math.floor(Math.random() * known))
    for (const asset of chosen) {
      const { revision, address } = this.#standings[asset] as Standing
      const moved = chosen.size > 0 && Math.random() < 1 / MOVES_EVERY ? address + 1 : address
      this.#standings[asset] = { asset, revision: revision + 1, address: moved }
    }
    const changed = [...this.#standings.slice(known), ...[...chosen].map(asset => this.#standings[asset] as Standing)]
    return shuffled(changed).map(standing => instanceAt(standing, this.#at++))
  }
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map(value => ({ value, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

/** Stores them as fast as can be: in batches, some at a time. */
export async function recordAll(database: Database, observations: readonly Observation[]): Promise<void> {
  let next = 0
  const writers = Array.from({ length: WRITERS }, async () => {
    while (next < observations.length) {
      const batch = observations.slice(next, next + BATCH)
      next += BATCH
      await record(database, batch)
    }
  })
  await Promise.all(writers)
}
