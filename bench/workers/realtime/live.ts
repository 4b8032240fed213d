import { setTimeout as sleep } from 'node:timers/promises'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { IncomingReader } from '../../../src/clouds/aws/sources/incoming.ts'
import { askingOf, registryOf } from '../../../src/compose.ts'
import { following } from '../../../src/flows/following.ts'
import { Intake } from '../../../src/flows/intake.ts'
import { Refresher } from '../../../src/flows/refresh.ts'
import { systemClock } from '../../../src/ports/clock.ts'
import type { Cloud } from '../../../src/ports/cloud.ts'
import { Database } from '../../../src/store/database.ts'
import { storeEvents } from '../../../src/store/events/store-events.ts'
import { refreshStoreOf } from '../../../src/store/refreshes.ts'
import { MemorySource } from '../../inputs/memory-source.ts'

const POLL_MS = 10

/** The product's way from messages to versions as `up` composes it, with a queue in memory at its beginning. */
export interface Live extends AsyncDisposable {
  readonly database: Database
  readonly source: MemorySource
  readonly intake: Intake
  readonly refresher: Refresher
  /** Hands out these messages as fast as they are taken, until all are acknowledged and the assets that they name are as told. */
  takeIn(bodies: readonly string[]): Promise<void>
  /** Until nothing waits: neither messages, nor assets that are to be read. */
  idle(): Promise<void>
}

/** `isSearched`: the search index follows, as it does in `up`. */
export async function openLive(home: string, cloud: Cloud, { isSearched = false } = {}): Promise<Live> {
  const database = await Database.open({ kind: 'embedded', home })
  const reader = new IncomingReader({ map: loadEventMap(), roleName: 'cadastre' })
  const source = new MemorySource(bodies => reader.readTexts(bodies, 'memory').incoming)
  const stop = new AbortController()
  const onFault = (error: unknown) => {
    if (!stop.signal.aborted) process.stderr.write(`  ${error instanceof Error ? error.stack : error}\n`)
  }
  const clock = systemClock
  const refresher = new Refresher(cloud, registryOf(database, 'aws'), refreshStoreOf(database), { clock, onFault })
  const store = (incoming: Parameters<typeof storeEvents>[1], receivedAt: number) =>
    storeEvents(database, incoming, receivedAt)
  const intake = new Intake([source], { store: { store }, refresher, clock, onFault })
  const running = Promise.all([intake.run(stop.signal), refresher.run(stop.signal)])
  const search = isSearched
    ? following(askingOf(database).search, clock, new AbortController().signal, onFault)
    : undefined
  const idle = async () => {
    while (source.waiting > 0 || source.acknowledged < source.sent || refresher.size > 0) await sleep(POLL_MS)
  }
  return {
    database,
    source,
    intake,
    refresher,
    idle,
    async takeIn(bodies) {
      source.send(bodies)
      await idle()
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
      await search?.[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}
