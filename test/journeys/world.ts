import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IAMClient } from '@aws-sdk/client-iam'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
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
import type { ExitCode } from '../../src/surfaces/cli/command.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { type MotoProxy, startProxy } from '../moto/proxy.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../moto/server.ts'
import { openTestStore } from '../store.ts'
import { createShop, type Shop } from './shop.ts'
import { silentTerminal } from './silent-terminal.ts'

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
  scan(plan?: Partial<ScanPlan>, environment?: Readonly<Record<string, string>>): Promise<Progress>
  /** What a person sees who types `cadastre` and these arguments. */
  type(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Shown>
}

export interface Shown {
  readonly exit: ExitCode
  readonly output: string
  readonly notes: string
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
  hidePersonalSettings(home)
  const aws = { roleName: READ_ROLE, regions: REGIONS, endpoint: proxy.endpoint, budget: { default: UNHURRIED } }
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ aws }))
  const settings = { CADASTRE_HOME: home, DATABASE_URL: database.url }

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
      const config = readConfig({ ...settings, ...environment })
      using cloud = await openAws(config, database, () => {})
      const signal = AbortSignal.timeout(SCAN_MS_MAX)
      return scan(cloud, registryOf(database, 'aws'), { signal, now: Date.now, ...plan })
    },
    async type(args, environment = {}) {
      const terminal = silentTerminal({ ...settings, ...environment })
      const exit = await run(args, terminal)
      return { exit, output: terminal.written.join(''), notes: terminal.noted.join('\n') }
    },
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  }
}

const SCAN_MS_MAX = 100_000
/** The simulator has no quota to save. */
const UNHURRIED = { callsPerSecond: 1_000, burst: 1_000 }

/** The SDK's own chain looks for credentials in the environment of the process, and must find ours alone. */
function hidePersonalSettings(home: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', MANAGEMENT_CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', MANAGEMENT_CREDENTIALS.secretAccessKey)
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL']) vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'))
}

async function createCompany(clients: Clients): Promise<[shop: Shop, payments: Shop]> {
  const account = { network: undefined, services: [], people: [], robots: [] }
  const ids = await createAccounts(clients.management(OrganizationsClient), {
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
