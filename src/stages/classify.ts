import type { Actor } from '../model/actor.ts'
import type { Outcome } from '../model/change.ts'

/** What a cloud knows about its own records. The stage takes it as an argument, so that it serves every cloud. */
export interface Classifier<Trail> {
  /** `source:name`, the key under which records of one kind are counted. */
  key(record: Trail): string
  outcome(record: Trail): Outcome
  /** Who is behind each record, in order. A batch, because records of one batch tell about each other's actors. */
  actors(records: readonly Trail[]): readonly Actor[]
}

/** A record with what it means for the inventory and who is behind it. */
export interface Change<Trail> {
  readonly record: Trail
  readonly outcome: Outcome
  readonly actor: Actor
}

export type OutcomeCounts = Readonly<Record<Outcome['kind'], number>>

export interface Classified<Trail> {
  /** One for every record, in the order of the batch: ignored ones too, so that nothing is lost unseen. */
  readonly changes: readonly Change<Trail>[]
  readonly counts: OutcomeCounts
  /** How often each `source:name` could not be placed. */
  readonly unmapped: ReadonlyMap<string, number>
}

/** What each record of a batch means: looked up, never guessed, and no record without an outcome. */
export function classify<Trail>(cloud: Classifier<Trail>, records: readonly Trail[]): Classified<Trail> {
  const counts = { mapped: 0, none: 0, relist: 0, unmapped: 0, ignored: 0 }
  const unmapped = new Map<string, number>()
  const actors = cloud.actors(records)
  const changes = records.map((record, at): Change<Trail> => {
    const outcome = cloud.outcome(record)
    counts[outcome.kind]++
    if (outcome.kind === 'unmapped') {
      const key = cloud.key(record)
      unmapped.set(key, (unmapped.get(key) ?? 0) + 1)
    }
    const actor = actors[at]
    if (!actor) throw new RangeError(`${records.length} records, but ${actors.length} actors`)
    return { record, outcome, actor }
  })
  return { changes, counts, unmapped }
}
