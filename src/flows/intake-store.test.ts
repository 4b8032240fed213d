import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { incomingOf, MemorySource, madeEvent } from '../../test/made-events.ts'
import { openTestStore } from '../../test/store.ts'
import { systemClock } from '../ports/clock.ts'
import { Database } from '../store/database.ts'
import { storeEvents } from '../store/events/store-events.ts'
import { Intake, type Refreshing } from './intake.ts'

let direct: Database
beforeEach(async () => {
  direct = await openTestStore()
})
afterEach(() => direct[Symbol.asyncDispose]())

const NOBODY: Refreshing = { isFull: false, begin: () => ({ [Symbol.dispose]() {} }), add() {} }

test('while the database is away messages wait, and each is stored once when it is back', async () => {
  await using cable = await Cable.to(direct.url)
  await using database = await Database.open({ kind: 'url', url: cable.url })
  const source = new MemorySource('bus')
  const faults: unknown[] = []
  const intake = new Intake([source], {
    store: { store: (incoming, receivedAt) => storeEvents(database, incoming, receivedAt) },
    refresher: NOBODY,
    clock: systemClock,
    onFault: error => faults.push(error),
  })
  const stop = new AbortController()
  const running = intake.run(stop.signal)

  source.send(...Array.from({ length: 20 }, (_, at) => incomingOf([madeEvent(at)])))
  await expect.poll(() => source.acknowledged.length).toBe(20)
  await cable.cut()
  source.send(...Array.from({ length: 20 }, (_, at) => incomingOf([madeEvent(10 + at)])))
  await delay(1_500)
  expect(source.acknowledged).toHaveLength(20)
  await cable.mend()
  await expect.poll(() => source.acknowledged.length, { timeout: 30_000 }).toBe(40)
  stop.abort()
  await running

  expect(await count('event')).toBe(30)
  expect(await count('touch')).toBe(30)
  expect(await count('rejected')).toBe(0)
  expect(intake.duplicates).toBe(10)
})

test('an event that no database holds is rejected by name and holds up nothing', async () => {
  const source = new MemorySource('bus', [
    incomingOf(Array.from({ length: 50 }, (_, at) => madeEvent(at))),
    incomingOf([madeEvent(50)]),
  ])
  const poison = madeEvent(7).id
  const intake = new Intake([source], {
    store: {
      async store(incoming, receivedAt) {
        // What PostgreSQL itself says of a number that is none, in the same transaction's place.
        if (incoming.events.some(({ id }) => id === poison)) await direct.query(`select 'seven'::int`)
        return storeEvents(direct, incoming, receivedAt)
      },
    },
    refresher: NOBODY,
    clock: systemClock,
    onFault: () => {},
  })
  const stop = new AbortController()
  const running = intake.run(stop.signal)

  await expect.poll(() => source.acknowledged.length, { timeout: 30_000 }).toBe(2)
  stop.abort()
  await running

  expect(await count('event')).toBe(50)
  const rejected = await direct.query<{ source: string; reason: string; sample: string }>('select * from rejected')
  expect(rejected).toMatchObject([{ source: 'bus', reason: expect.stringContaining('seven') }])
  expect(JSON.parse(rejected[0]?.sample ?? '')).toMatchObject({ id: poison })
})

async function count(table: 'event' | 'touch' | 'rejected'): Promise<number> {
  const [row] = await direct.query<{ count: number }>(`select count(*)::int from ${table}`)
  return row?.count ?? 0
}

/** The way to a database, which can be cut and mended. */
class Cable implements AsyncDisposable {
  readonly url: string
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #port: number

  private constructor(target: string, server: Server, port: number) {
    this.#target = new URL(target)
    this.#server = server
    this.#port = port
    this.url = Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).href
    server.on('connection', socket => this.#pass(socket))
  }

  static async to(target: string): Promise<Cable> {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return new Cable(target, server, (server.address() as { port: number }).port)
  }

  async cut(): Promise<void> {
    const closed = new Promise(resolve => this.#server?.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
    this.#server = undefined
  }

  async mend(): Promise<void> {
    const server = createServer(socket => this.#pass(socket))
    await new Promise<void>(resolve => server.listen(this.#port, '127.0.0.1', resolve))
    this.#server = server
  }

  #pass(socket: Socket): void {
    const onwards = connect(Number(this.#target.port), this.#target.hostname)
    for (const end of [socket, onwards]) {
      this.#sockets.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        this.#sockets.delete(end)
        for (const other of [socket, onwards]) other.destroy()
      })
    }
    socket.pipe(onwards).pipe(socket)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server !== undefined) await this.cut()
  }
}
