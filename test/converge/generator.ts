import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { type Random, randomFrom } from '../fuzz/random.ts'
import { settingsFor } from '../moto/recorder/site.ts'
import type { Credentials, Hand, Kind, Settings, Thing, Touch } from './kind.ts'
import { KINDS } from './kinds.ts'
import { PEOPLE, type People, type Person } from './people.ts'
import type { Act, Truth } from './truth.ts'

export interface GeneratorOptions {
  /** The recorder, through which all calls go. */
  readonly endpoint: string
  readonly accounts: readonly string[]
  /** The first is where most things are. */
  readonly regions: readonly string[]
  readonly people: People
  readonly truth: Truth
  readonly seed: number
}

/** What is in the user agent of a call, so that its record can be told from others. */
export const ACT_MARK = /\bact\/(\d+)/

const CREATE_SHARE = 0.22
const REMOVE_SHARE = 0.12
/** The share of removed things of which somebody makes another at once, under the same name. */
const RETURN_SHARE = 0.5
/** The share of changes that somebody else follows at once with another of the same thing. */
const BURST_SHARE = 0.12
const ELSEWHERE_SHARE = 0.15
/** Once in so many steps of an account everybody signs in anew. */
const SIGN_IN_STEPS = 60
const NAMES = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot']
/** Attempts at doing something in a row that come to nothing before that is taken for an error of the test. */
const IDLE_MAX = 500

/** Makes random calls that people of a company would make: one person at a time in each account, all accounts at once. */
export class Generator {
  refused = 0
  /** What was refused, and how often: a word about the simulator, or about an operation that asks for too much. */
  readonly refusals = new Map<string, number>()
  readonly #options: GeneratorOptions
  readonly #things = new Map<string, Thing[]>()
  readonly #clients = new Map<string, { destroy(): void }>()
  readonly #acting = new AsyncLocalStorage<{ readonly number: number; call: string }>()
  #acts = 0
  #values = 0

  constructor(options: GeneratorOptions) {
    this.#options = options
  }

  get acts(): number {
    return this.#acts
  }

  /** Makes about as many calls as asked, at most `perSecond`, and resolves when the last is answered. */
  async run(calls: number, perSecond: number, onProgress: () => void = () => {}): Promise<void> {
    const until = this.#acts + calls
    const { accounts, seed } = this.#options
    const startedAt = Date.now()
    const before = this.#acts
    const lanes = accounts.map(async (account, at) => {
      const random = randomFrom(seed * 31 + at + this.#acts)
      for (let step = 1, idle = 0; this.#acts < until; step++) {
        const made = this.#acts
        await this.#step(account, random, step)
        idle = this.#acts === made ? idle + 1 : 0
        if (idle > IDLE_MAX) throw new Error(`nothing can be done in ${account}: ${[...this.refusals].join('; ')}`)
        onProgress()
        const ahead = startedAt + ((this.#acts - before) * 1000) / perSecond - Date.now()
        if (ahead > 0) await delay(ahead)
      }
    })
    await Promise.all(lanes)
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client.destroy()
  }

  async #step(account: string, random: Random, step: number): Promise<void> {
    const { regions, people } = this.#options
    if (step % SIGN_IN_STEPS === 0) people.forgetSessions()
    const chance = () => random.number(1000) / 1000
    const region = chance() < ELSEWHERE_SHARE ? random.pick(regions.slice(1)) : (regions[0] ?? '')
    const kind = random.pick(KINDS)
    const person = random.pick(PEOPLE)
    const hand = await this.#hand(person, account, region, random)
    const things = this.#thingsOf(kind, account, region)
    const one = things.length > 0 ? random.pick(things) : undefined
    const choice = chance()
    if (one === undefined || (choice < CREATE_SHARE && things.length < kind.max)) {
      const made = await this.#attempt(kind, 'create', () => kind.create(hand))
      if (made !== undefined) things.push(made)
      return
    }
    if (choice > 1 - REMOVE_SHARE && kind.remove !== undefined) {
      const isGone = await this.#attempt(kind, 'remove', () => kind.remove?.(hand, one) ?? Promise.resolve(false))
      if (!isGone) return
      things.splice(things.indexOf(one), 1)
      if (chance() > RETURN_SHARE) return
      const maker = {
        ...(await this.#hand(random.pick(PEOPLE), account, region, random)),
        name: () => one.name || undefined,
      }
      const again = await this.#attempt(kind, 'create', () => kind.create(maker))
      if (again !== undefined) things.push(again)
      return
    }
    if (kind.changes.length === 0) return
    await this.#attempt(kind, 'change', () => random.pick(kind.changes)(hand, one))
    if (chance() > BURST_SHARE) return
    const other = await this.#hand(random.pick(PEOPLE.filter(each => each !== person)), account, region, random)
    await this.#attempt(kind, 'change', () => random.pick(kind.changes)(other, one))
  }

  /** A refused call changes nothing, neither there nor in what we think there is. */
  async #attempt<Result>(kind: Kind, what: string, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error) || !('$metadata' in error)) throw error
      this.refused++
      const refusal = `${what} ${kind.type}: ${error.name}: ${error.message.slice(0, 120)}`
      this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1)
      return undefined
    }
  }

  async #hand(person: Person, account: string, region: string, random: Random): Promise<Hand> {
    const credentials = await this.#options.people.at(person, account)
    return {
      account,
      region,
      random,
      client: Service => this.#client(Service, credentials, region),
      call: (send, touches) => this.#call(person, { account, region }, send, touches),
      other: type => {
        const things = this.#thingsOfType(type, account, region)
        return things.length === 0 ? undefined : random.pick(things)
      },
      named: (type, name) => this.#thingsOfType(type, account, region).find(one => one.name === name),
      fresh: () => `n-${++this.#values}`,
      name: type => {
        const used = new Set(this.#thingsOfType(type, account, region).map(one => one.name))
        const kind = type.split('::').at(-1)?.toLowerCase()
        const free = NAMES.map(name => `${name}-${kind}`).filter(name => !used.has(name))
        return free.length === 0 ? undefined : random.pick(free)
      },
    }
  }

  async #call<Reply>(
    person: Person,
    place: { readonly account: string; readonly region: string },
    send: () => Promise<Reply>,
    touches: (reply: Reply) => readonly Touch[],
  ): Promise<Reply> {
    const number = this.#acts + 1
    this.#acts = number
    const startedAt = Date.now()
    const acting = { number, call: '' }
    const reply = await this.#acting.run(acting, send)
    const act: Act = { number, person, call: acting.call, startedAt, endedAt: Date.now() }
    await this.#options.truth.after(act, place, touches(reply))
    return reply
  }

  #thingsOfType(type: string, account: string, region: string): Thing[] {
    const kind = KINDS.find(each => each.type === type)
    return kind === undefined ? [] : this.#thingsOf(kind, account, region)
  }

  #thingsOf(kind: Kind, account: string, region: string): Thing[] {
    const key = `${kind.type} ${account} ${kind.isGlobal ? '' : region}`
    const things = this.#things.get(key) ?? []
    this.#things.set(key, things)
    return things
  }

  #client<Client extends { destroy(): void }>(
    Service: new (settings: Settings) => Client,
    credentials: Credentials,
    region: string,
  ): Client {
    const key = `${Service.name} ${credentials.accessKeyId} ${region}`
    const known = this.#clients.get(key)
    if (known !== undefined) return known as Client
    const client = new Service(settingsFor(this.#options.endpoint, credentials, region))
    mark(client, () => this.#acting.getStore())
    this.#clients.set(key, client)
    return client
  }
}

type Next = (args: { request: { headers: Record<string, string> } }) => Promise<unknown>
type Middleware = (next: Next, context: { readonly commandName?: string }) => Next

/** Says in the user agent which act a call is. */
function mark(client: object, acting: () => { readonly number: number; call: string } | undefined): void {
  const stack = (client as { middlewareStack: { add(middleware: Middleware, options: object): void } }).middlewareStack
  const marking: Middleware =
    (next, { commandName = '' }) =>
    args => {
      const act = acting()
      if (act !== undefined) {
        act.call = commandName.replace(/Command$/, '')
        args.request.headers['user-agent'] += ` act/${act.number}`
      }
      return next(args)
    }
  stack.add(marking, { step: 'finalizeRequest', priority: 'low', name: 'actMark' })
}
