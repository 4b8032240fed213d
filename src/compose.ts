import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { ServeAccessOptions, ServedAccess } from './access/serve-access.ts'
import type { Routing } from './answering/open-router.ts'
import type { Budget } from './clouds/aws/budget.ts'
import type { ClientSettings } from './clouds/aws/client-settings.ts'
import type { AwsCloud } from './clouds/aws/cloud.ts'
import type { StateTaker } from './clouds/aws/sources/told.ts'
import { openSearch } from './compose/search.ts'
import { type Config, readConfig } from './config.ts'
import { Intake } from './flows/intake.ts'
import { Refresher } from './flows/refresh.ts'
import type { Registry } from './flows/scan.ts'
import { EVERYTHING } from './model/access-scope.ts'
import { messageOf } from './model/fault.ts'
import type { AccountId, Provider } from './model/identity.ts'
import type { LiveWorld, World } from './pipeline.ts'
import { systemClock } from './ports/clock.ts'
import type { Cloud } from './ports/cloud.ts'
import type { Search } from './ports/search.ts'
import { loadQuestions } from './questions/load.ts'
import type { Asking } from './questions/question.ts'
import { Database } from './store/database.ts'
import { dropOldEvents } from './store/events/drop-old-events.ts'
import { storeEvents } from './store/events/store-events.ts'
import { record } from './store/record.ts'
import { refreshStoreOf } from './store/refreshes.ts'
import {
  absentAssets,
  beginScan,
  endScan,
  lasting,
  memoryOf,
  saveAccounts,
  saveScopes,
  triedScopes,
} from './store/scopes.ts'
import { PostgresSearch } from './store/search/postgres-search.ts'
import { thinSightings } from './store/thin-sightings.ts'
import type { PushEndpoint } from './surfaces/http/push.ts'

const DAY_MS = 86_400_000

/** The store that the environment names, ready for use. */
export function openStore(environment: Readonly<Record<string, string | undefined>>): Promise<Database> {
  return Database.open(readConfig(environment).store)
}

/** What a question is answered from, for somebody who may see everything, now; without an index, from the store's own. */
export function askingOf(database: Database, index?: Search): Asking {
  return {
    database: database.forQuestions,
    search: index ?? new PostgresSearch(database),
    scope: EVERYTHING,
    now: Date.now(),
  }
}

/** Where the access policy is. */
export function policyPath({ access, home }: Pick<Config, 'access' | 'home'>): string {
  return resolve(home, access.file ?? 'access.yaml')
}

/** What every surface asks through that serves others: the policy that the configuration names, and the question log. */
export async function openAccess(
  config: Config,
  database: Database,
  options: Pick<ServeAccessOptions, 'note' | 'onFault' | 'answer' | 'isPersonal'>,
): Promise<ServedAccess> {
  const [{ serveAccess }, { checkNamedQuestions }, questions] = await Promise.all([
    import('./access/serve-access.ts'),
    import('./compose/named-questions.ts'),
    loadQuestions(),
  ])
  checkNamedQuestions(config, [...questions.keys()])
  const { keepQuestionsDays } = config.access
  return serveAccess({
    ...options,
    database,
    search: await openSearch(config, database, options.onFault),
    file: policyPath(config),
    keepQuestionsDays,
    now: Date.now,
  })
}

export interface RouterOptions {
  /** The cloud that scans read; without it, one is opened when an answer first needs it. */
  readonly cloud?: Aws
  /** How long opening it may take beside the limit of an answer, in milliseconds. */
  readonly openingMs?: number
  note(text: string): void
}

/** What answers from the best source: the index, the cloud, and what the configuration names besides. */
export async function openRouting(config: Config, database: Database, options: RouterOptions): Promise<Routing> {
  const { openRoutingOf } = await import('./compose/routing.ts')
  return openRoutingOf({
    ...options,
    config,
    database,
    openCloud: signal => openAws(config, database, options.note, signal),
    secretKey: () => secretKeyOf(database),
  })
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
  const { config: _, ...world } = await openScanning(environment, note, error => note(`search: ${messageOf(error)}`))
  return world
}

/** What `up` runs, and what it shows of itself. */
export interface Live extends LiveWorld, AsyncDisposable {
  readonly cloud: Aws
  readonly config: Config
  readonly database: Database
  readonly intake: Intake
  readonly refresher: Refresher
  readonly budget: Budget
  /** Takes events that are pushed; undefined: no secret is set. */
  readonly push: PushEndpoint | undefined
}

export interface LiveOptions {
  note(text: string): void
  /** What went wrong and is tried again; `source`: where events come from. */
  onFault(error: unknown, source?: string): void
  /** Another process refreshes this store: this one waits. */
  onWait?(): void
  /** How long after a write the cloud may not show it yet, if not as usual. */
  readonly consistencyMs?: number
}

/** Everything that keeping the registry up to date needs: the sources that the configuration names, intake, refreshing and scanning. */
export async function openLive(
  environment: Readonly<Record<string, string | undefined>>,
  options: LiveOptions,
): Promise<Live> {
  const world = await openScanning(environment, options.note, error => options.onFault(error, 'search'))
  const { config, database, cloud, registry, clock } = world
  try {
    const { openSources } = await import('./compose/event-sources.ts')
    const { sources, push } = await openSources(config, cloud)
    const refresher = new Refresher(cloud, registry, refreshStoreOf(database), {
      clock,
      onFault: options.onFault,
      ...(options.onWait && { onWait: options.onWait }),
      ...(options.consistencyMs !== undefined && { consistencyMs: options.consistencyMs }),
    })
    const intake = new Intake(sources, {
      store: { store: (incoming, receivedAt) => storeEvents(database, incoming, receivedAt) },
      refresher,
      clock,
      onFault: options.onFault,
    })
    return {
      ...world,
      intake,
      refresher,
      push,
      budget: cloud.budget,
      tried: account => triedScopes(database, account),
      async thin(now, signal) {
        await thinSightings(database, now, signal)
        const { keepDays } = config.events
        if (keepDays !== undefined) await dropOldEvents(database, { keptFrom: now - keepDays * DAY_MS, now }, signal)
      },
    }
  } catch (error) {
    await world[Symbol.asyncDispose]()
    throw error
  }
}

async function openScanning(
  environment: Readonly<Record<string, string | undefined>>,
  note: (text: string) => void,
  onSearchFault: (error: unknown) => void,
) {
  const config = readConfig(environment)
  const database = await Database.open(config.store)
  const cloud = await openAws(config, database, note).catch(async error => {
    await database[Symbol.asyncDispose]()
    throw error
  })
  return {
    config,
    database,
    cloud,
    registry: registryOf(database, cloud.provider),
    search: await openSearch(config, database, onSearchFault),
    scans: {
      begin: (reason: string, at: number) => beginScan(database, reason, at),
      end: (id: string, at: number, counts: object) => endScan(database, id, at, counts),
    },
    clock: systemClock,
    [Symbol.asyncDispose]() {
      cloud[Symbol.dispose]()
      return database[Symbol.asyncDispose]()
    },
  }
}

/** AWS, with what its event sources share with it. */
export type Aws = Cloud &
  Disposable &
  Pick<AwsCloud, 'settingsFor'> & {
    readonly own: AccountId
    readonly budget: Budget
    readonly settings: ClientSettings
    readonly states: StateTaker
  }

/** AWS as the configuration says, until the signal ends what it does. The SDK is loaded only here, so that questions start without it. */
export async function openAws(
  config: Config,
  database: Database,
  note: (text: string) => void,
  signal?: AbortSignal,
): Promise<Aws> {
  const [
    { AwsCloud },
    { Budget },
    { callerAccount },
    { loadCatalogueWith },
    { EndingConnections, SharedConnections },
    { Credentials, defaultCredentials },
    { ConfigStates },
  ] = await Promise.all([
    import('./clouds/aws/cloud.ts'),
    import('./clouds/aws/budget.ts'),
    import('./clouds/aws/accounts.ts'),
    import('./clouds/aws/catalogue.ts'),
    import('./clouds/aws/connections.ts'),
    import('./clouds/aws/credentials.ts'),
    import('./clouds/aws/sources/config-states.ts'),
  ])
  const { roleName, externalId, accounts, regions, cloudControl, homeRegion, endpoint, budget, cadences } = config.aws
  const connections = new SharedConnections()
  const requestHandler = signal === undefined ? connections : new EndingConnections(connections, signal)
  const settings = {
    region: homeRegion,
    credentials: defaultCredentials(homeRegion, requestHandler),
    requestHandler,
    customUserAgent: 'cadastre',
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  }
  const { account: own, partition } = await callerAccount(settings)
  const buckets = new Budget(service => budget.services[service] ?? budget.default, systemClock)
  const catalogue = await loadCatalogueWith(cloudControl)
  const secretKey = await secretKeyOf(database)
  const cloud = new AwsCloud({
    catalogue,
    settings,
    credentials: new Credentials(settings, { roleName, externalId, own, partition }),
    own,
    partition,
    budget: buckets,
    intervalsMs: cadences,
    accounts,
    regions,
    secretKey,
    now: Date.now,
    note,
  })
  const states = new ConfigStates({ catalogue, secretKey, partition, memory: memoryOf(database) })
  return Object.assign(cloud, {
    own,
    budget: buckets,
    settings,
    states,
    [Symbol.dispose]: () => connections.close(),
  })
}

/** What keys the digests of secret values in this store. */
function secretKeyOf(database: Database): Promise<string> {
  return lasting(database, 'secret-key', () => randomBytes(32).toString('hex'))
}
