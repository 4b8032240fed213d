import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { vi } from 'vitest'
import { createAccounts, createReadRole } from '../../demo/organisation/accounts.ts'
import { Clients, MANAGEMENT_CREDENTIALS, type Site } from '../../demo/organisation/clients.ts'
import { known } from '../../demo/organisation/known.ts'
import { AWS_CLI } from '../../demo/organisation/people.ts'
import { askingOf, openLive } from '../../src/compose.ts'
import type { Progress } from '../../src/flows/scan.ts'
import { keepUpToDate, takeIn } from '../../src/pipeline.ts'
import { ask } from '../../src/questions/ask.ts'
import { loadQuestion } from '../../src/questions/load.ts'
import type { Database } from '../../src/store/database.ts'
import { type Recorder, startRecorder } from '../moto/recorder/recorder.ts'
import { MANAGEMENT_ACCOUNT, startMoto } from '../moto/server.ts'
import { openTestStore } from '../store.ts'

export const REGION = 'eu-west-1'
const READ_ROLE = 'cadastre-read'
/** The role that people assume to work in an account. */
const WORK_ROLE = 'OrganizationAccountAccessRole'

/** An account whose changes are recorded as CloudTrail would, a queue to which they are sent, and a registry that follows. */
export interface LiveWorld extends AsyncDisposable {
  readonly recorder: Recorder
  readonly database: Database
  readonly account: string
  /** What a process that runs `cadastre` here has to be told. */
  readonly environment: Readonly<Record<string, string>>
  /** The account as it is seen by an IAM user of the organisation's own account who assumed a role in it. */
  site(person: string): Promise<Site>
  /** Keeps the registry up to date, as `cadastre up` does, until disposed. */
  follow(): Promise<AsyncDisposable & { readonly faults: readonly string[] }>
  scan(): Promise<Progress>
  answer(question: string, input: Readonly<Record<string, unknown>>): Promise<unknown>
}

export async function openLiveWorld(): Promise<LiveWorld> {
  await using opened = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'cadastre-live-'))
  opened.defer(() => rm(home, { recursive: true, force: true }))
  const moto = opened.use(await startMoto())
  const recorder = opened.use(await startRecorder(moto.endpoint))
  const clients = opened.use(new Clients(recorder.endpoint, WORK_ROLE))
  const database = opened.use(await openTestStore())

  const account = await createCompany(clients)
  const queues = clients.management(SQSClient, REGION)
  const url = known((await queues.send(new CreateQueueCommand({ QueueName: 'cadastre-events' }))).QueueUrl)
  recorder.deliverTo({ eventBridge: { kind: 'queue', url, region: REGION } })

  hidePersonalSettings(home)
  const aws = {
    roleName: READ_ROLE,
    regions: [REGION, 'us-east-1'],
    homeRegion: REGION,
    queues: [url],
    budget: { default: UNHURRIED },
  }
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ aws: { ...aws, endpoint: recorder.endpoint } }))
  const environment = { CADASTRE_HOME: home, DATABASE_URL: database.url }

  const lifetime = opened.move()
  return {
    recorder,
    database,
    account,
    environment,
    site: person => siteOf(clients, account, person),
    async follow() {
      const faults: string[] = []
      const world = await openLive(environment, { note: () => {}, onFault: error => faults.push(String(error)) })
      const stop = new AbortController()
      const running = keepUpToDate(world, { signal: stop.signal, onFault: error => faults.push(String(error)) })
      return {
        faults,
        async [Symbol.asyncDispose]() {
          if (stop.signal.aborted) return
          stop.abort()
          await running
          await world[Symbol.asyncDispose]()
        },
      }
    },
    async scan() {
      await using world = await openLive(environment, { note: () => {}, onFault: () => {} })
      return await takeIn(world, { signal: AbortSignal.timeout(SCAN_MS_MAX) }, 'test')
    },
    answer: async (question, input) => (await ask(await loadQuestion(question), input, askingOf(database))).output,
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  }
}

const SCAN_MS_MAX = 100_000
/** The simulator has no quota to save. */
const UNHURRIED = { callsPerSecond: 1_000, burst: 1_000 }

async function createCompany(clients: Clients): Promise<string> {
  const nobody = { network: undefined, services: [], people: [], robots: [] }
  const ids = await createAccounts(clients.management(OrganizationsClient), {
    regions: [REGION, 'us-east-1'],
    domain: 'fernhill.example',
    privateDomain: 'corp.fernhill.internal',
    accounts: [{ ...nobody, name: 'shop', units: ['Workloads'] }],
  })
  const account = known(ids.get('shop'))
  for (const iam of [clients.management(IAMClient), (await clients.site(account, REGION)).client(IAMClient)])
    await createReadRole(iam, READ_ROLE, MANAGEMENT_ACCOUNT)
  return account
}

/** Makes the person if there is none yet, and enters the account as they do: by a role whose sessions do not bear their name. */
async function siteOf(clients: Clients, account: string, person: string): Promise<Site> {
  const iam = clients.management(IAMClient)
  await iam.send(new CreateUserCommand({ UserName: person }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: person }))
  const accessKeyId = known(AccessKey?.AccessKeyId)
  return clients.site(account, REGION, {
    // The session's name tells nothing: who it is follows from whose key the role was assumed with.
    name: `session-${accessKeyId.slice(-6)}`,
    signsIn: { kind: 'role', accessKeyId, role: WORK_ROLE },
    userAgent: AWS_CLI,
    address: '192.0.2.9',
  })
}

/** The SDK's own chain looks for credentials in the environment of the process, and must find ours alone. */
function hidePersonalSettings(home: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', MANAGEMENT_CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', MANAGEMENT_CREDENTIALS.secretAccessKey)
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL']) vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'))
}
