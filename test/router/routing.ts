import { setTimeout as delay } from 'node:timers/promises'
import type { AskOutcome, AskRequest } from '../../src/access/asker.ts'
import { FreshnessSettings } from '../../src/answering/freshness.ts'
import { openRouter, type Routing } from '../../src/answering/open-router.ts'
import { registryOf } from '../../src/compose.ts'
import { scan } from '../../src/flows/scan.ts'
import { type AssetIdentity, Region, ResourceTypeName } from '../../src/model/identity.ts'
import type { Principal } from '../../src/model/principal.ts'
import type { Cloud } from '../../src/ports/cloud.ts'
import type { LiveSource } from '../../src/ports/live-source.ts'
import type { Answer } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { liveReadsOf } from '../../src/store/live-reads.ts'
import { askerOf, policyOf, type TestAsking } from '../access/asking.ts'
import { accountOf, instantCloud, type Machine } from '../instant-cloud.ts'
import { openTestStore } from '../store.ts'

export const START = Date.parse('2026-11-22T10:00:00Z')
export const MINUTE_MS = 60_000
export const TYPE = 'AWS::Instant::Machine1'

const POLICY = `
principals:
  - { match: { token: [all, offline] }, grants: [all] }
  - { match: { token: live }, grants: [live] }
  - { match: { token: first }, grants: [first] }
grants:
  all: { questions: "*", accounts: "*", types: "*" }
  live: { questions: "*", accounts: "*", types: "*", live: true }
  first: { questions: "*", accounts: { ids: "${accountOf(0)}" }, types: "*", live: true }
`

export interface Say {
  readonly ids: readonly string[]
  readonly account: string
}

/** A registry of simulated machines that a scan found at START, in accounts whose machines the test changes as it likes. */
export interface TestRouting extends AsyncDisposable {
  readonly database: Database
  readonly asking: TestAsking
  readonly cloud: Cloud
  /** What was asked of the cloud since the scan. */
  readonly calls: Say[]
  /** The machines that there are, by id: the scan saw these. */
  readonly machines: Map<string, Machine & { readonly account: string }>
  /** What happens before the cloud answers. */
  before: (said: Say) => Promise<void>
  /** Both the registry's time and the cloud's. */
  now: number
  ask(as: Principal, question: string, input: object, more?: Partial<AskRequest>): Promise<AskOutcome>
  // biome-ignore lint/suspicious/noExplicitAny: the output of any question; the claims of the tests say what is in it.
  answer(as: Principal, question: string, input: object, more?: Partial<AskRequest>): Promise<Answer<any>>
  /** Another router over the same. */
  route(settings: object, sources?: readonly LiveSource[], more?: { openCloud?(): Promise<Cloud> }): void
}

export function machineOf(id: string, address: string, more: object = {}): Machine {
  return {
    InstanceId: id,
    VpcId: 'vpc-1',
    SubnetId: 'subnet-1',
    PrivateIpAddress: address,
    State: { Name: 'running' },
    Tags: [{ Key: 'Name', Value: `name-of-${id}` }],
    ...more,
  }
}

export function identityOf(nativeId: string, account = accountOf(0)): AssetIdentity {
  const region = Region.parse('eu-west-1')
  return { provider: 'aws', account, region, type: ResourceTypeName.parse(TYPE), nativeId }
}

export async function openRouting(): Promise<TestRouting> {
  const database = await openTestStore()
  const machines = new Map(
    ['a', 'b', 'c'].flatMap((name, at) =>
      [0, 1].map(account => {
        const id = `i-${name}${account}`
        return [id, { ...machineOf(id, `10.0.${account}.${at + 1}`), account: accountOf(account) }] as const
      }),
    ),
  )
  const calls: Say[] = []
  const bare = ({ account: _, ...machine }: Machine & { account: string }): Machine => machine
  const cloud = instantCloud({
    accounts: 2,
    regions: 1,
    types: 1,
    assetsPerScope: 0,
    now: () => routing.now,
    async *list(account) {
      yield [...machines.values()].filter(machine => machine.account === account).map(bare)
    },
    async describe(ids, { account }) {
      calls.push({ ids, account })
      await routing.before({ ids, account })
      return ids.flatMap(id => machines.get(id) ?? []).map(bare)
    },
  })
  let routes: Routing | undefined
  const routing: TestRouting = {
    database,
    cloud,
    calls,
    machines,
    before: async () => {},
    now: START,
    asking: undefined as never,
    ask: (as, question, input, more) => {
      routing.asking.now = routing.now
      return routing.asking.ask(as, question, input, more)
    },
    async answer(as, question, input, more) {
      const outcome = await routing.ask(as, question, input, more)
      if (outcome.kind !== 'answered') throw new Error(JSON.stringify([outcome, routing.asking.faults.map(String)]))
      return outcome.answer
    },
    route(settings, sources = [], { openCloud = async () => cloud } = {}) {
      routes?.[Symbol.dispose]()
      routes = openRouter({
        freshness: FreshnessSettings.parse(settings),
        openCloud,
        store: liveReadsOf(database),
        sources,
        clock: { now: () => routing.now, sleep: async ms => void (await delay(ms)) },
      })
    },
    async [Symbol.asyncDispose]() {
      routes?.[Symbol.dispose]()
      await routing.asking[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
  const answer: Routing['answer'] = asked => (routes as Routing).answer(asked)
  Object.assign(routing, { asking: askerOf(database, policyOf(POLICY), START, { answer }) })
  await scan(cloud, registryOf(database, 'aws'), { signal: new AbortController().signal, now: () => routing.now })
  calls.length = 0
  routing.now += 10 * MINUTE_MS
  routing.route({})
  return routing
}

/** All versions of a machine, the oldest first: by which way it came, and what it says. */
export function versionsOf(
  database: Database,
  id: string,
): Promise<{ source: string; gone: boolean; address: string | null }[]> {
  return database.query(
    `select v.source, v.digest is null as gone, v.config ->> 'PrivateIpAddress' as address
     from version v join asset a on a.id = v.asset where a.native_id = $1 order by v.valid_from`,
    [id],
  )
}

/** An answer without what no two answers have in common. */
export function timeless<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'ms' ? undefined : inner)))
}
