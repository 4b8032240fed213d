import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Clients, MANAGEMENT_CREDENTIALS } from '../../demo/organisation/clients.ts'
import { known } from '../../demo/organisation/known.ts'
import { openWorld } from '../../src/compose.ts'
import { takeIn } from '../../src/pipeline.ts'
import type { Answer } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { MANAGEMENT_ACCOUNT, startMoto } from '../moto/server.ts'
import { openTestStore } from '../store.ts'

/** Changes are made in the simulated cloud that no event tells of and no scan sees: only a live answer knows them. */

const REGION = 'eu-west-1'
const TYPES = ['AWS::S3::Bucket', 'AWS::IAM::User', 'AWS::IAM::AccessKey', 'AWS::EC2::NetworkInterface']
const UNHURRIED = { callsPerSecond: 1_000, burst: 1_000 }
const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/surfaces/cli/main.ts')
let lifetime: AsyncDisposableStack
let database: Database
let home: string
let endpoint: string
let clients: Clients
let keyId: string
let interfaceId: string

beforeAll(async () => {
  await using opened = new AsyncDisposableStack()
  home = await mkdtemp(join(tmpdir(), 'cadastre-router-'))
  opened.defer(() => rm(home, { recursive: true, force: true }))
  endpoint = opened.use(await startMoto()).endpoint
  clients = opened.use(new Clients(endpoint))
  database = opened.use(await openTestStore())
  vi.stubEnv('AWS_ACCESS_KEY_ID', MANAGEMENT_CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', MANAGEMENT_CREDENTIALS.secretAccessKey)
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL']) vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'))
  await build()
  await configure({})
  await using world = await openWorld(environment(), () => {})
  const types = world.cloud.types.map(({ name }) => name).filter(name => TYPES.includes(name))
  await takeIn(world, { types, signal: AbortSignal.timeout(100_000) }, 'test')
  lifetime = opened.move()
}, 200_000)
afterAll(() => lifetime?.disposeAsync())

const environment = () => ({
  ...(process.env as Record<string, string>),
  CADASTRE_HOME: home,
  DATABASE_URL: database.url,
})

async function build(): Promise<void> {
  const s3 = clients.management(S3Client, REGION)
  await s3.send(
    new CreateBucketCommand({ Bucket: 'invoices', CreateBucketConfiguration: { LocationConstraint: REGION } }),
  )
  const iam = clients.management(IAMClient)
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  keyId = known((await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))).AccessKey?.AccessKeyId)
  const ec2 = clients.management(EC2Client, REGION)
  const vpc = known((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.77.0.0/16' }))).Vpc?.VpcId)
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.77.1.0/24' }))
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: known(Subnet?.SubnetId), PrivateIpAddress: '10.77.1.9' }),
  )
  interfaceId = known(NetworkInterface?.NetworkInterfaceId)
}

async function configure(changes: { aws?: object; freshness?: object }): Promise<void> {
  const aws = { accounts: [MANAGEMENT_ACCOUNT], regions: [REGION], endpoint, budget: { default: UNHURRIED } }
  const freshness = { limit: '30s', ...changes.freshness }
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ aws: { ...aws, ...changes.aws }, freshness }))
}

// biome-ignore lint/suspicious/noExplicitAny: the output of any question; the claims of the tests say what is in it.
async function answerTo(...args: readonly string[]): Promise<Answer<any>> {
  const terminal = silentTerminal(environment())
  await run([...args, '--json'], terminal)
  if (terminal.written.length === 0) throw new Error(terminal.noted.join('\n'))
  return JSON.parse(terminal.written.join(''))
}

async function sourcesOf(nativeId: string): Promise<string[]> {
  const rows = await database.query<{ source: string }>(
    'select v.source from version v join asset a on a.id = v.asset where a.native_id = $1 order by v.valid_from',
    [nativeId],
  )
  return rows.map(({ source }) => source)
}

test('a bucket that was encrypted a moment ago is known to be when somebody asks live', async () => {
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } as const
  const encrypt = { Bucket: 'invoices', ServerSideEncryptionConfiguration: { Rules: [rule] } }
  await clients.management(S3Client, REGION).send(new PutBucketEncryptionCommand(encrypt))

  const before = await answerTo('bucket', 'invoices')
  const live = await answerTo('bucket', 'invoices', '--live')
  const after = await answerTo('bucket', 'invoices')

  expect(before.output.bucket.encryption).not.toBe('aws:kms')
  expect(before.provenance).not.toHaveProperty('route')
  expect(live.headline).toContain('encryption aws:kms')
  expect(live.provenance).toMatchObject({ facts: [{ source: 'live' }], route: { source: 'live' } })
  expect(after.output.bucket.encryption).toBe('aws:kms')
  expect(await sourcesOf('invoices')).toEqual(['scan', 'live'])
})

test('a key that was switched off is read with its user, and the text says where the answer is from', async () => {
  const off = { UserName: 'ada', AccessKeyId: keyId, Status: 'Inactive' } as const
  await clients.management(IAMClient).send(new UpdateAccessKeyCommand(off))
  const terminal = silentTerminal(environment())
  expect(await run(['key', keyId, '--live'], terminal)).toBe(0)
  expect(terminal.written.join('')).toMatch(
    /Inactive[\s\S]*Answered from the cloud itself: a live answer was asked for\./,
  )
})

test('cadastre serve reads an address that nobody has any more, opening the cloud when it is first asked live', async () => {
  await clients
    .management(EC2Client, REGION)
    .send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: interfaceId }))
  await using server = await serving()

  const [known, live] = [await server.ask('where?what=10.77.1.9'), await server.ask('where?what=10.77.1.9&live=true')]

  expect(known).toMatchObject({ found: true })
  expect(live).toMatchObject({ found: false, headline: expect.stringContaining('last held by') })
  expect(live.provenance?.route).toMatchObject({ source: 'live', tried: [{ outcome: 'answered' }] })
  expect(await sourcesOf(interfaceId)).toEqual(['scan', 'live'])
  expect(await server.ask('status?live=true')).toMatchObject({
    status: 400,
    detail: expect.stringContaining('not answered live'),
  })
  expect(JSON.stringify(await server.ask('../openapi.json'))).toContain('parameters/live')
})

test('cadastre up reads with what it scans with', async () => {
  await using server = await serving('up')
  const reply = await server.ask('bucket?bucket=invoices&live=true')
  expect(reply.provenance?.route).toMatchObject({ source: 'live', tried: [{ outcome: 'answered' }] })
})

test('a live answer waits for the budget like a scan, and is not given what that does not allow', async () => {
  await configure({ aws: { budget: { default: { callsPerSecond: 0.1, burst: 1 } } }, freshness: { limit: '1500ms' } })
  const { found, provenance } = await answerTo('bucket', 'invoices', '--live')
  expect(found).toBe(true)
  expect(provenance.route).toMatchObject({ source: 'index', tried: [{ source: 'live', outcome: 'slow' }] })
  await configure({})
})

test('a cloud that says nothing is given up, and the command ends with its answer', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  await configure({ aws: { endpoint: `http://127.0.0.1:${port}` }, freshness: { limit: '1s' } })

  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'where', 'invoices', '--live'], {
    env: environment(),
    timeout: 40_000,
  })

  expect(stdout).toMatch(/invoices is S3 Bucket[\s\S]*Answered from the index, though/)
  expect(sockets.size).toBeGreaterThan(0)
  for (const socket of sockets) socket.destroy()
  silent.close()
  await configure({})
})

test('a cloud that is not there leaves the index, in time', async () => {
  await configure({ aws: { endpoint: 'http://127.0.0.1:1' }, freshness: { limit: '1s' } })
  await using server = await serving()
  const startedAt = performance.now()
  const reply = await server.ask('bucket?bucket=invoices&live=true')
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  expect(reply).toMatchObject({ found: true, provenance: { route: { source: 'index', tried: [{ source: 'live' }] } } })
  await configure({})
})

test.each([
  { args: ['bucket', 'invoices'], settings: {}, loads: false },
  { args: ['bucket', 'invoices'], settings: { questions: { bucket: '1d' } }, loads: false },
  { args: ['bucket', 'invoices', '--live'], settings: {}, loads: true },
  { args: ['bucket', 'invoices'], settings: { questions: { bucket: '1ms' } }, loads: true },
])('$args with $settings loads the SDK: $loads', async ({ args, settings, loads }) => {
  await configure({ freshness: settings })
  const told = `import { createRequire } from 'node:module'
    const { cache } = createRequire(${JSON.stringify(`${ROOT}/`)})
    process.on('exit', () => process.stderr.write('SDK ' + Object.keys(cache).some(file => file.includes('@aws-sdk'))))`
  const hook = `data:text/javascript,${encodeURIComponent(told)}`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', hook, MAIN, ...args], {
    env: environment(),
  })
  expect(stdout).toContain('invoices')
  expect(stderr).toContain(`SDK ${loads}`)
  await configure({})
})

async function serving(command = 'serve') {
  const controller = new AbortController()
  const terminal = { ...silentTerminal(environment()), signal: controller.signal }
  const ending = run([command, '--listen', '127.0.0.1:0'], terminal)
  const urlIn = () => /http:\/\/127\.0\.0\.1:\d+/.exec(terminal.noted.join('\n'))?.[0]
  await expect.poll(urlIn, { timeout: 20_000, interval: 50 }).toBeDefined()
  return {
    ask: async (path: string) =>
      (await (await fetch(`${urlIn()}/v1/${path}`)).json()) as Partial<Answer<unknown>> & Record<string, unknown>,
    async [Symbol.asyncDispose]() {
      controller.abort()
      await ending
    },
  }
}
