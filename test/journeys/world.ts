import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IAMClient } from '@aws-sdk/client-iam'
import { vi } from 'vitest'
import { createAccounts, createReadRole } from '../../demo/organisation/accounts.ts'
import { Clients, MANAGEMENT_CREDENTIALS, type Site } from '../../demo/organisation/clients.ts'
import { askingOf, openAws, registryOf } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { type Progress, type ScanPlan, scan } from '../../src/flows/scan.ts'
import type { AccountId, Region } from '../../src/model/identity.ts'
import { ask } from '../../src/questions/ask.ts'
import { loadQuestion } from '../../src/questions/load.ts'
import type { Answer } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { type MotoProxy, startProxy } from '../moto/proxy.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../moto/server.ts'
import { openTestStore } from '../store.ts'
import { createShop, type Shop } from './shop.ts'

export const REGIONS = ['eu-west-1', 'us-east-1'] as const
const READ_ROLE = 'cadastre-read'

/** A small company in the simulator, the proxy through which scans see it, and an empty registry. */
export interface World extends AsyncDisposable {
  readonly moto: Moto
  /** Scans go through it; what the test itself builds and changes does not. */
  readonly proxy: MotoProxy
  readonly clients: Clients
  readonly database: Database
  readonly shop: Shop
  readonly payments: Shop
  /** The answer to a question, for somebody who may see everything. */
  ask(question: string, input: Readonly<Record<string, unknown>>): Promise<Answer<unknown>>
  /** Reads the clouds into the registry; `environment` changes the configuration for this scan. */
  scan(plan?: Partial<ScanPlan>, environment?: Readonly<Record<string, string>>): Promise<Scanned>
}

export interface Scanned {
  readonly progress: Progress
  /** What was said to the operator. */
  readonly notes: readonly string[]
}

/** Two accounts with a network each, in one region; `shop` and `payments` are built alike. */
export async function openWorld(): Promise<World> {
  await using opened = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'cadastre-journey-'))
  opened.defer(() => rm(home, { recursive: true, force: true }))
  const moto = opened.use(await startMoto())
  const proxy = opened.use(await startProxy(moto.endpoint))
  const clients = opened.use(new Clients(moto.endpoint))
  const database = opened.use(await openTestStore())
  const [shop, payments] = await createCompany(clients)
  // The SDK's own chain reads the credentials from the environment of the process.
  vi.stubEnv('AWS_ACCESS_KEY_ID', MANAGEMENT_CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', MANAGEMENT_CREDENTIALS.secretAccessKey)

  const lifetime = opened.move()
  return {
    moto,
    proxy,
    clients,
    database,
    shop,
    payments,
    ask: async (question, input) => ask(await loadQuestion(question), input, askingOf(database)),
    async scan(plan = {}, environment = {}) {
      const notes: string[] = []
      const config = readConfig({
        CADASTRE_HOME: home,
        CADASTRE_AWS_ROLE: READ_ROLE,
        CADASTRE_AWS_REGIONS: REGIONS.join(','),
        AWS_ENDPOINT_URL: proxy.endpoint,
        ...environment,
      })
      const unhurried = { default: { callsPerSecond: 1_000, burst: 1_000 }, services: {} }
      using cloud = await openAws({ ...config, aws: { ...config.aws, budget: unhurried } }, database, note =>
        notes.push(note),
      )
      const signal = AbortSignal.timeout(SCAN_MS_MAX)
      const progress = await scan(cloud, registryOf(database, 'aws'), { signal, now: Date.now, ...plan })
      return { progress, notes }
    },
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  }
}

const SCAN_MS_MAX = 100_000

async function createCompany(clients: Clients): Promise<[shop: Shop, payments: Shop]> {
  const account = { network: undefined, services: [], people: [], robots: [] }
  const ids = await createAccounts(clients, {
    regions: REGIONS,
    domain: 'fernhill.example',
    privateDomain: 'corp.fernhill.internal',
    accounts: [
      { ...account, name: 'shop', units: ['Workloads'] },
      { ...account, name: 'payments', units: ['Workloads', 'Payments'] },
    ],
  })
  await createReadRole(clients.management(IAMClient), READ_ROLE, MANAGEMENT_ACCOUNT)
  const build = async (name: string, number: number): Promise<Shop> => {
    const site: Site = await clients.site(ids.get(name) as AccountId, REGIONS[0])
    await createReadRole(site.client(IAMClient), READ_ROLE, MANAGEMENT_ACCOUNT)
    return createShop(site, name, number)
  }
  return Promise.all([build('shop', 10), build('payments', 20)])
}

export type { AccountId, Region }
