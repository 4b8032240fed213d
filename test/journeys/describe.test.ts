import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildOrganisation } from '../../demo/organisation/build.ts'
import { Clients, MANAGEMENT_CREDENTIALS } from '../../demo/organisation/clients.ts'
import { openAws, registryOf } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { scan } from '../../src/flows/scan.ts'
import { type AssetIdentity, GLOBAL, type NativeId } from '../../src/model/identity.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Cloud, Described } from '../../src/ports/cloud.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { memoryOf } from '../../src/store/scopes.ts'
import { MANAGEMENT_ACCOUNT, startMoto } from '../moto/server.ts'
import { openTestStore } from '../store.ts'

/**
 * What an event makes us read must say the same as what a scan lists: else every event on an unchanged asset would make a version, and
 * the next scan another one.
 */

const ROLE = 'cadastre-read'
/** These have an asset of every type that the demo makes. */
const ACCOUNTS = ['security', 'network', 'shop-production', 'data-platform']
const SIGNAL = AbortSignal.timeout(280_000)
let lifetime: AsyncDisposableStack
let database: Database
let cloud: Cloud
let assets: readonly AssetIdentity[]

beforeAll(async () => {
  await using opened = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'cadastre-describe-'))
  opened.defer(() => rm(home, { recursive: true, force: true }))
  const moto = opened.use(await startMoto())
  const clients = opened.use(new Clients(moto.endpoint))
  database = opened.use(await openTestStore())
  const built = await buildOrganisation(clients, { management: MANAGEMENT_ACCOUNT, readRole: ROLE })
  const accounts = ACCOUNTS.map(name => built.accounts.get(name))
  vi.stubEnv('AWS_ACCESS_KEY_ID', MANAGEMENT_CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', MANAGEMENT_CREDENTIALS.secretAccessKey)
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_ENDPOINT_URL']) vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'))
  const budget = { default: { callsPerSecond: 1_000, burst: 1_000 } }
  const aws = { roleName: ROLE, accounts, regions: built.plan.regions, endpoint: moto.endpoint, budget }
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ aws }))
  cloud = opened.use(await openAws(readConfig({ CADASTRE_HOME: home, DATABASE_URL: database.url }), database, () => {}))
  await scan(cloud, registryOf(database, 'aws'), { signal: SIGNAL, now: Date.now })
  assets = await database.query<AssetIdentity>(
    'select provider, account, region, type, native_id as "nativeId" from asset order by type, native_id',
  )
  lifetime = opened.move()
}, 300_000)
afterAll(() => lifetime?.disposeAsync())

test('what is described by its native id is exactly what the scan recorded', async () => {
  const described = await describeAll(asset => [asset.nativeId])
  const observations = described.map(({ asset, answer }): Observation => {
    if (answer.kind !== 'present') expect.unreachable(`${asset.type} ${asset.nativeId}: ${JSON.stringify(answer)}`)
    return { asset: answer.seen.asset, at: answer.seen.at, source: 'event', state: answer.seen.present }
  })

  const { verdicts } = await record(database, observations)

  // The simulator makes AWS's own keys while somebody asks for what they encrypt, so that their aliases change with each read.
  const changed = observations.filter(
    ({ asset }, at) => verdicts[at] !== 'unchanged' && !asset.nativeId.startsWith('alias/aws/'),
  )
  expect(changed.map(({ asset }) => `${asset.type} ${asset.nativeId}`)).toEqual([])
  expect(new Set(assets.map(({ type }) => type)).size).toBeGreaterThan(30)
}, 300_000)

test('what is described by another name that events use is the same asset', async () => {
  const aliases = await database.query<{ count: number }>('select count(*)::int from alias')
  expect(aliases[0]?.count).toBeGreaterThan(0)
  const described = await describeAll(asset =>
    asset.type === 'AWS::EC2::EIP'
      ? asset.nativeId.split('|')
      : asset.type === 'AWS::ECS::Service'
        ? [asset.nativeId.split('|')[0] ?? '']
        : [],
  )
  expect(described.length).toBeGreaterThan(1)
  for (const { asset, answer } of described)
    expect(answer.kind === 'present' ? answer.seen.asset : answer).toEqual(asset)
}, 300_000)

test('what is not there is gone, for every type, among others that are', async () => {
  const oneOfEach = [...Map.groupBy(assets, ({ type }) => type).values()].map(group => group[0] as AssetIdentity)
  const kinds = new Map<string, string>()
  for (const asset of oneOfEach) {
    const missing = missingLike(asset.nativeId)
    const [answer, there] = await describe(asset, [missing, asset.nativeId])
    kinds.set(asset.type, `${answer?.kind} ${there?.kind} ${answer?.kind === 'failed' ? answer.detail : ''}`.trim())
  }
  expect([...kinds].filter(([, kind]) => kind !== 'gone present')).toEqual([])
}, 300_000)

/** An id of the same form that nothing has. */
function missingLike(id: string): string {
  const at = id.search(/[0-9a-z](?=[^0-9a-z]*$)/i)
  const parts = id.split('|')
  if (parts.length > 1) return [missingLike(parts[0] ?? ''), ...parts.slice(1)].join('|')
  return `${id.slice(0, at)}${id[at] === '7' ? '8' : '7'}${id.slice(at + 1)}`
}

async function describeAll(idsOf: (asset: AssetIdentity) => readonly NativeId[]) {
  const all: { asset: AssetIdentity; answer: Described }[] = []
  for (const group of Map.groupBy(assets, ({ account, region, type }) => `${account} ${region} ${type}`).values()) {
    const asked = group.flatMap(asset => idsOf(asset).map(id => ({ asset, id })))
    if (asked.length === 0) continue
    const answers = await describe(
      asked[0]?.asset as AssetIdentity,
      asked.map(({ id }) => id),
    )
    all.push(...asked.map(({ asset }, at) => ({ asset, answer: answers[at] as Described })))
  }
  return all
}

async function describe({ provider, account, region, type }: AssetIdentity, ids: readonly NativeId[]) {
  const describable = cloud.describable(type) ?? expect.unreachable(`${type} cannot be described`)
  const scope = { provider, account, region: describable.scope === 'global' ? GLOBAL : region, type }
  const answers: Described[] = []
  for (let from = 0; from < ids.length; from += describable.max)
    answers.push(...(await cloud.describe(scope, ids.slice(from, from + describable.max), memoryOf(database), SIGNAL)))
  return answers
}
