import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Listed } from '../src/clouds/aws/resource.ts'
import { registryOf } from '../src/compose.ts'
import { Refresher } from '../src/flows/refresh.ts'
import type { Action } from '../src/model/change.ts'
import type { Cloud } from '../src/ports/cloud.ts'
import type { RefreshedEvent, RefreshStore } from '../src/ports/refresh-store.ts'
import type { Database } from '../src/store/database.ts'
import { refreshStoreOf } from '../src/store/refreshes.ts'
import { accountOf, type InstantOrganisation, instantCloud, type Machine } from './instant-cloud.ts'
import { ManualClock } from './manual-clock.ts'

export const ACCOUNT = accountOf(0)
export const REGION = 'eu-west-1'
export const TYPE = 'AWS::Instant::Machine1'
export const START = Date.parse('2026-11-22T10:00:00Z')

/** A refresher on a store, over a cloud that says what the test wants, on a clock that the test moves. */
export class Refreshing {
  /** What the cloud says of an id: a machine, nothing, or an error; and when it was asked. */
  reply: (id: string, now: number) => Machine | undefined | Error = id => machineNamed(id)
  /** The ids of each call. */
  readonly calls: { readonly at: number; readonly ids: readonly string[] }[] = []
  readonly faults: unknown[] = []
  readonly clock = new ManualClock(START, () => this.#quiet())
  readonly store: RefreshStore
  #busy = 0
  #stop = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #refresher: Refresher | undefined
  readonly #database: Database
  readonly #organisation: Partial<InstantOrganisation>
  readonly #cloud: Cloud | undefined

  /** `cloud`: in place of the instant one. */
  constructor(database: Database, organisation: Partial<InstantOrganisation> = {}, cloud?: Cloud) {
    this.#database = database
    this.#cloud = cloud
    this.#organisation = organisation
    this.store = this.#watched(refreshStoreOf(database))
  }

  get refresher(): Refresher {
    if (this.#refresher === undefined) throw new Error('nothing was started')
    return this.#refresher
  }

  /** A new process on the same store. */
  async start(): Promise<Refresher> {
    const instant = instantCloud({
      accounts: 1,
      regions: 1,
      types: 3,
      assetsPerScope: 0,
      now: this.clock.now,
      describe: ids => this.#describe(ids),
      ...this.#organisation,
    })
    const refresher = new Refresher(
      this.#cloud ?? instant,
      this.#watched(registryOf(this.#database, 'aws')),
      this.store,
      {
        clock: this.clock,
        onFault: error => this.faults.push(error),
      },
    )
    this.#refresher = refresher
    this.#stop = new AbortController()
    this.#running = refresher.run(this.#stop.signal)
    while (!refresher.isLeading) await setTimeout(2)
    await this.#quiet()
    return refresher
  }

  /** The process ends; what it holds in memory is gone. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  /** Events as an intake hands them over, received now. */
  receive(...events: readonly RefreshedEvent[]): void {
    const receivedAt = this.clock.now()
    using _ = this.refresher.begin(receivedAt)
    this.refresher.add(events, receivedAt)
  }

  /** One event that touched one machine, now unless said. */
  event(id: string, action: Action, at = this.clock.now(), type = TYPE): RefreshedEvent {
    return {
      provider: 'aws',
      at: Math.floor(at / 1000) * 1000,
      source: 'instant.amazonaws.com',
      name: `${action}Machine`,
      account: ACCOUNT,
      region: REGION,
      outcome: {
        kind: 'mapped',
        assets: [{ type, id, account: ACCOUNT, region: REGION, action, derivation: 'test' }],
      },
    }
  }

  /** The states of a machine in the store, oldest first: a field of its config, or `gone`. */
  async history(id: string, field = 'Field0'): Promise<string[]> {
    const rows = await this.#database.query<{ state: string | null; gone: boolean }>(
      `select v.config ->> $2 as state, v.digest is null as gone from version v join asset a on a.id = v.asset
       where a.native_id = $1 order by v.valid_from`,
      [id, field],
    )
    return rows.map(({ state, gone }) => (gone ? 'gone' : String(state)))
  }

  rows(): Promise<{ id: string; parked: boolean; detail: string | null; needs: string[] | null }[]> {
    return this.#database.query(
      'select native_id as id, parked_at is not null as parked, detail, needs from refresh order by 1',
    )
  }

  async #describe(ids: readonly string[]): Promise<readonly Listed<Machine>[]> {
    this.calls.push({ at: this.clock.now(), ids })
    const replies = ids.map(id => this.reply(id, this.clock.now()))
    const error = replies.find(reply => reply instanceof Error)
    if (error !== undefined) throw error
    return replies.filter(reply => reply !== undefined) as Machine[]
  }

  /** Nothing of it is under way: no call of the store, and nothing that waits for its turn. */
  async #quiet(): Promise<void> {
    for (let turns = 0; turns < 4; turns++) {
      await setImmediate()
      if (this.#busy === 0) continue
      turns = 0
      await setTimeout(1)
    }
  }

  /** Pages of events, of which each is waited for like any call. */
  async *#pages(store: RefreshStore, signal: AbortSignal): AsyncGenerator<readonly RefreshedEvent[]> {
    const pages = store.unanswered(signal)[Symbol.asyncIterator]()
    for (;;) {
      this.#busy++
      const page = await pages.next().finally(() => this.#busy--)
      if (page.done === true) return
      yield page.value
    }
  }

  #watched<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member = (target as Record<PropertyKey, unknown>)[name]
        if (typeof member !== 'function' || name === 'lead') return member
        if (name === 'unanswered') return (signal: AbortSignal) => this.#pages(refreshStoreOf(this.#database), signal)
        return async (...args: unknown[]) => {
          this.#busy++
          try {
            return await (member as (...args: unknown[]) => unknown).apply(target, args)
          } finally {
            this.#busy--
          }
        }
      },
    })
  }
}

/** A machine with an id of the test's choosing. */
export function machineNamed(id: string, fields: Partial<Record<string, unknown>> = {}): Machine {
  return {
    InstanceId: id,
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    PrivateIpAddress: '10.0.0.1',
    State: { Name: 'running' },
    Tags: [{ Key: 'Name', Value: id }],
    Field0: 'made',
    ...fields,
  }
}

/** An error as the SDK throws it. */
export function refusal(name: string, message = name): Error {
  return Object.assign(new Error(message), { name, $fault: 'client' })
}
