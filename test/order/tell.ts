import type { Credential, Event } from '../../src/model/event.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Database } from '../../src/store/database.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { record } from '../../src/store/record.ts'
import { credentialOf, eventOf, observationOf } from './facts.ts'
import { STEPS, type Story } from './story.ts'

/** Stories by number: what they tell is of the number, so that no two share an asset, an event or a key. */
export type Stories = ReadonlyMap<number, Story>

interface Batch {
  readonly events: Event[]
  readonly credentials: Credential[]
  /** Those that came with messages, and those that somebody read. */
  readonly brought: Observation[]
  readonly read: Observation[]
}

/** Everything once, in the order of the stories. */
export async function tellAtOnce(store: Database, stories: Stories): Promise<void> {
  await write(store, batchOf(stories))
}

/** Step by step, in another order, and much of it more than once; by so many writers at the same time. */
export async function tellInSteps(store: Database, stories: Stories, writers: number): Promise<void> {
  let step = 0
  const writer = async () => {
    while (step < STEPS) await write(store, batchOf(stories, step++))
  }
  await Promise.all(Array.from({ length: writers }, writer))
}

/** Two transactions as they come from two places: whichever is first. */
async function write(store: Database, { events, credentials, brought, read }: Batch): Promise<void> {
  const counts = { mapped: 0, none: 0, relist: 0, unmapped: 0, ignored: 0 }
  const incoming = { events, credentials, observations: brought, rejected: [], counts }
  const work = [() => storeEvents(store, incoming, Date.now()), () => record(store, read)]
  for (const run of events.length % 2 === 0 ? work : work.toReversed()) await run()
}

function batchOf(stories: Stories, step?: number): Batch {
  const told = [...stories].flatMap(([story, all]) =>
    all.map(({ fact, steps, turn }, number) => ({ story, fact, number, steps, turn })),
  )
  const now =
    step === undefined ? told : told.filter(({ steps }) => steps.includes(step)).sort((a, b) => a.turn - b.turn)
  const batch: Batch = { events: [], credentials: [], brought: [], read: [] }
  for (const { story, fact, number } of now) {
    if (fact.kind === 'event') batch.events.push(eventOf(story, number, fact))
    else if (fact.kind === 'credential') batch.credentials.push(credentialOf(story, fact))
    else batch[fact.isBrought ? 'brought' : 'read'].push(observationOf(story, fact))
  }
  return batch
}
