import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { incomingOf, MemorySource, madeEvent } from '../../test/made-events.ts'
import type { Event, Incoming } from '../model/event.ts'
import { Fault } from '../model/fault.ts'
import type { Clock } from '../ports/clock.ts'
import type { EventSource } from '../ports/event-source.ts'
import { Intake, type Refreshing } from './intake.ts'
import type { EventStore, Stored } from './store-or-reject.ts'

/** Time passes only by sleeping, and then at once. */
function impatientClock(): Clock & { slept: number } {
  return {
    slept: 0,
    now() {
      return 1_000_000 + this.slept
    },
    async sleep(ms, signal) {
      this.slept += ms
      await turn()
      signal?.throwIfAborted()
    },
  }
}

/** A store in memory; `refuse` throws what a database would. */
class MemoryStore implements EventStore {
  readonly kept = new Map<string, Event>()
  readonly rejected: Incoming['rejected'][number][] = []
  batches = 0
  refuse: (incoming: Incoming) => void = () => {}

  async store(incoming: Incoming): Promise<Stored> {
    await turn()
    this.refuse(incoming)
    this.batches++
    const fresh = incoming.events.filter(event => {
      const isKnown = this.kept.has(event.id)
      this.kept.set(event.id, event)
      return !isKnown
    })
    this.rejected.push(...incoming.rejected)
    return { fresh, duplicates: incoming.events.length - fresh.length }
  }
}

class MemoryRefresher implements Refreshing {
  isFull = false
  open = 0
  readonly added: Event[] = []
  begin(): Disposable {
    this.open++
    return {
      [Symbol.dispose]: () => {
        this.open--
      },
    }
  }
  add(events: readonly Event[]): void {
    expect(this.open).toBeGreaterThan(0)
    this.added.push(...events)
  }
}

interface Setting {
  readonly store: MemoryStore
  readonly refresher: MemoryRefresher
  readonly clock: ReturnType<typeof impatientClock>
  readonly faults: unknown[]
  readonly intake: Intake
}

/** Runs an intake over the sources until `enough`, then stops it. */
async function takenIn(
  sources: readonly EventSource[],
  enough: (setting: Setting) => boolean,
  prepare: (setting: Setting) => void = () => {},
): Promise<Setting> {
  const [store, refresher, clock, faults] = [
    new MemoryStore(),
    new MemoryRefresher(),
    impatientClock(),
    [] as unknown[],
  ]
  const intake = new Intake(sources, { store, refresher, clock, onFault: error => faults.push(error) })
  const setting = { store, refresher, clock, faults, intake }
  prepare(setting)
  const stop = new AbortController()
  const running = intake.run(stop.signal)
  for (let turns = 0; !enough(setting) && turns < TURNS_MAX; turns++) await turn()
  stop.abort()
  await running
  expect(enough(setting)).toBe(true)
  return setting
}

const TURNS_MAX = 20_000
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at)

test('what several sources bring is stored once, given to the refresher once, and acknowledged', async () => {
  const bus = new MemorySource('bus', [incomingOf(numbers(3).map(at => madeEvent(at)))])
  const trail = new MemorySource('trail', [incomingOf(numbers(3, 1).map(at => madeEvent(at)))])

  const { store, refresher, intake } = await takenIn(
    [bus, trail],
    () => bus.acknowledged.length + trail.acknowledged.length === 2,
  )

  expect(store.kept.size).toBe(4)
  expect(refresher.added).toHaveLength(4)
  expect(intake.duplicates).toBe(2)
  expect(intake.sources).toMatchObject([
    { name: 'bus', deliveries: 1, counts: { mapped: 3 } },
    { name: 'trail', deliveries: 1, counts: { mapped: 3 } },
  ])
  expect(refresher.open).toBe(0)
})

test('nothing is acknowledged before it is committed', async () => {
  const source = new MemorySource('bus', [incomingOf([madeEvent(1)])])
  const acknowledgedAtCommit: number[] = []

  await takenIn(
    [source],
    () => source.acknowledged.length === 1,
    ({ store }) => {
      store.refuse = () => acknowledgedAtCommit.push(source.acknowledged.length)
    },
  )

  expect(acknowledgedAtCommit).toEqual([0])
})

test('a store that is away for a while loses nothing, and is told of', async () => {
  const source = new MemorySource(
    'bus',
    numbers(50).map(at => incomingOf([madeEvent(at)])),
  )

  const { store, clock, faults } = await takenIn(
    [source],
    () => source.acknowledged.length === 50,
    ({ store: away, clock: time }) => {
      const from = time.now()
      away.refuse = () => {
        if (time.now() < from + 60_000) throw new Fault('retry', 'the database is away')
      }
    },
  )

  expect(store.kept.size).toBe(50)
  expect(store.rejected).toEqual([])
  expect(source.failures).toBe(0)
  expect(clock.slept).toBeGreaterThan(60_000)
  expect(faults.length).toBeGreaterThan(3)
})

test('one event that the store refuses is rejected with its reason; all others are stored', async () => {
  const source = new MemorySource('bus', [
    incomingOf(numbers(500).map(at => madeEvent(at))),
    incomingOf(numbers(500, 500).map(at => madeEvent(at))),
  ])
  const poison = madeEvent(333).id

  const { store } = await takenIn(
    [source],
    () => source.acknowledged.length === 2,
    ({ store: picky }) => {
      picky.refuse = ({ events }) => {
        if (events.some(({ id }) => id === poison)) throw new Error('invalid byte sequence')
      }
    },
  )

  expect(store.kept.size).toBe(999)
  expect(store.rejected).toMatchObject([
    { source: 'bus', reason: 'the store refused it: invalid byte sequence', sample: expect.stringContaining(poison) },
  ])
})

test('a store that refuses everything is the reason itself: nothing is rejected, nothing acknowledged', async () => {
  const source = new MemorySource('bus', [incomingOf(numbers(4).map(at => madeEvent(at)))])

  const { store } = await takenIn(
    [source],
    ({ clock }) => clock.slept > 30_000,
    ({ store: broken }) => {
      broken.refuse = () => {
        throw new Error('too many connections')
      }
    },
  )

  expect(store.rejected).toEqual([])
  expect(source.acknowledged).toEqual([])
  expect(source.failures).toBe(1)
})

test('small deliveries that wait go together', async () => {
  const source = new MemorySource(
    'bus',
    numbers(1_000).map(at => incomingOf([madeEvent(at)])),
  )

  const { store } = await takenIn([source], () => source.acknowledged.length === 1_000)

  expect(store.batches).toBeLessThan(10)
})

test('a message of reads alone is acknowledged without a transaction', async () => {
  const reads = { ...incomingOf([]), counts: { ...incomingOf([]).counts, ignored: 7 } }
  const source = new MemorySource('bus', [reads])

  const { store, intake } = await takenIn([source], () => source.acknowledged.length === 1)

  expect(store.batches).toBe(0)
  expect(intake.sources[0]?.counts.ignored).toBe(7)
})

test('while too many assets wait to be read, sources are not read further', async () => {
  const source = new MemorySource(
    'bus',
    numbers(10).map(at => incomingOf([madeEvent(at)])),
  )

  const { store } = await takenIn(
    [source],
    ({ clock }) => clock.slept > 5_000,
    ({ refresher }) => {
      refresher.isFull = true
    },
  )

  expect(source.given).toBe(0)
  expect(store.kept.size).toBe(0)
})

test('when too many assets wait in between, what was read is stored and no more is read', async () => {
  const source = new MemorySource('bus', [incomingOf([madeEvent(0)])])

  const { store } = await takenIn(
    [source],
    ({ clock }) => clock.slept > 5_000,
    ({ refresher, store: first }) => {
      first.refuse = () => {
        if (!refresher.isFull) source.send(...numbers(10, 1).map(at => incomingOf([madeEvent(at)])))
        refresher.isFull = true
      }
    },
  )

  expect(source.given).toBe(2)
  expect(store.kept.size).toBe(2)
})

test('stopping stores and acknowledges what was read', async () => {
  const source = new MemorySource(
    'bus',
    numbers(20).map(at => incomingOf([madeEvent(at)])),
  )

  const { store } = await takenIn([source], () => source.given > 0)

  expect(source.given).toBeGreaterThan(0)
  expect(source.acknowledged).toHaveLength(source.given)
  expect(store.kept.size).toBe(source.given)
})

test('a source that ends or throws is begun again', async () => {
  const inner = new MemorySource('bus', [incomingOf([madeEvent(1)])])
  let begun = 0
  const source: EventSource = {
    name: 'bus',
    deliveries(signal) {
      if (++begun === 1) throw new Error('no such queue')
      return inner.deliveries(signal)
    },
  }

  const { faults, intake } = await takenIn([source], () => inner.acknowledged.length === 1)

  expect(faults).toMatchObject([{ message: 'no such queue' }])
  expect(intake.sources[0]?.fault).toBeUndefined()
})
