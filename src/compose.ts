import { randomBytes } from 'node:crypto'
import { type Config, readConfig } from './config.ts'
import type { Registry } from './flows/scan.ts'
import { EVERYTHING } from './model/access-scope.ts'
import type { Provider } from './model/identity.ts'
import type { World } from './pipeline.ts'
import { systemClock } from './ports/clock.ts'
import type { Cloud } from './ports/cloud.ts'
import type { Asking } from './questions/question.ts'
import { Database } from './store/database.ts'
import { record } from './store/record.ts'
import { absentAssets, beginScan, endScan, lasting, memoryOf, saveAccounts, saveScopes } from './store/scopes.ts'
import { PostgresSearch } from './store/search/postgres-search.ts'

/** The store that the environment names, ready for use. */
export function openStore(environment: Readonly<Record<string, string | undefined>>): Promise<Database> {
  return Database.open(readConfig(environment).store)
}

/** What a question is answered from, for somebody who may see everything, now. */
export function askingOf(database: Database): Asking {
  return { database, search: new PostgresSearch(database), scope: EVERYTHING, now: Date.now() }
}

/** What scans of a provider's clouds write to: the store. */
export function registryOf(database: Database, provider: Provider): Registry {
  return {
    ...memoryOf(database),
    record: observations => record(database, observations),
    absent: scopes => absentAssets(database, scopes),
    saveScopes: results => saveScopes(database, results),
    saveAccounts: accounts => saveAccounts(database, provider, accounts, Date.now()),
  }
}

/** Everything that scanning needs. Closing it leaves the store to whoever else uses it. */
export async function openWorld(
  environment: Readonly<Record<string, string | undefined>>,
  note: (text: string) => void,
): Promise<World & { readonly database: Database } & AsyncDisposable> {
  const config = readConfig(environment)
  const database = await Database.open(config.store)
  const cloud = await openAws(config, database, note).catch(async error => {
    await database[Symbol.asyncDispose]()
    throw error
  })
  return {
    database,
    cloud,
    registry: registryOf(database, cloud.provider),
    search: new PostgresSearch(database),
    scans: {
      begin: (reason, at) => beginScan(database, reason, at),
      end: (id, at, counts) => endScan(database, id, at, counts),
    },
    clock: systemClock,
    [Symbol.asyncDispose]() {
      cloud[Symbol.dispose]()
      return database[Symbol.asyncDispose]()
    },
  }
}

/** AWS as the configuration says. The SDK is loaded only here, so that questions start without it. */
export async function openAws(
  config: Config,
  database: Database,
  note: (text: string) => void,
): Promise<Cloud & Disposable> {
  const [
    { AwsCloud },
    { Budget },
    { callerAccount },
    { loadCatalogueWith },
    { SharedConnections },
    { Credentials, defaultCredentials },
  ] = await Promise.all([
    import('./clouds/aws/cloud.ts'),
    import('./clouds/aws/budget.ts'),
    import('./clouds/aws/accounts.ts'),
    import('./clouds/aws/catalogue.ts'),
    import('./clouds/aws/connections.ts'),
    import('./clouds/aws/credentials.ts'),
  ])
  const { roleName, externalId, accounts, regions, cloudControl, homeRegion, endpoint, budget, cadences } = config.aws
  const requestHandler = new SharedConnections()
  const settings = {
    region: homeRegion,
    credentials: defaultCredentials(homeRegion, requestHandler),
    requestHandler,
    customUserAgent: 'cadastre',
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  }
  const { account: own, partition } = await callerAccount(settings)
  const cloud = new AwsCloud({
    catalogue: await loadCatalogueWith(cloudControl),
    settings,
    credentials: new Credentials(settings, { roleName, externalId, own, partition }),
    own,
    partition,
    budget: new Budget(service => budget.services[service] ?? budget.default, systemClock),
    intervalsMs: cadences,
    accounts,
    regions,
    secretKey: await lasting(database, 'secret-key', () => randomBytes(32).toString('hex')),
    now: Date.now,
    note,
  })
  return Object.assign(cloud, { [Symbol.dispose]: () => requestHandler.close() })
}
