import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildOrganisation } from '../../demo/organisation/build.ts'
import { Clients, MANAGEMENT_CREDENTIALS } from '../../demo/organisation/clients.ts'
import { loadCatalogue } from '../../src/clouds/aws/catalogue.ts'
import { Observer } from '../../src/clouds/aws/observe.ts'
import { PartialStates } from '../../src/clouds/aws/partial-states.ts'
import { type AnyResourceType, Partly, type Place } from '../../src/clouds/aws/resource.ts'
import { Steampipe } from '../../src/drivers/steampipe/steampipe.ts'
import { TABLES } from '../../src/drivers/steampipe/tables.ts'
import type { Config } from '../../src/model/asset.ts'
import { AccountId, type AssetIdentity, assetIdOf, Region } from '../../src/model/identity.ts'
import type { Present } from '../../src/model/observation.ts'
import type { PartlyPresent } from '../../src/ports/live-source.ts'
import { MANAGEMENT_ACCOUNT, startMoto } from '../moto/server.ts'
import { newDatabase } from './database.ts'
import { createTables, insertRow } from './rows.ts'
import { SHAPES, type Shape } from './shapes.ts'

/**
 * What Steampipe's row of an asset says must be what the describe of the same asset says, as far as the row goes: the same asset with the
 * same identifiers and relations, and every field that it tells equal. Rows are made from replies: the example of each type, and the simulator's.
 */

const SECRET = 'key of the test'
const SCHEMA = 'aws'
/** These have an asset of nearly every type. */
const ACCOUNTS = ['network', 'shop-production', 'data-platform', 'security']
const EXAMPLE: Place = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }

/** What rows cannot tell, by type: identifiers and relations that come of fields for which the plugin has no column. */
const UNTOLD: Readonly<Record<string, readonly string[]>> = { 'AWS::Lambda::Function': ['logs-to '] }

interface Case {
  readonly type: AnyResourceType
  readonly asset: AssetIdentity
  readonly present: Present
}

let lifetime: AsyncDisposableStack
let steampipe: Steampipe
let catalogue: ReadonlyMap<string, AnyResourceType>
const cases: Case[] = []

beforeAll(async () => {
  await using opened = new AsyncDisposableStack()
  const home = await mkdtemp(join(tmpdir(), 'cadastre-steampipe-'))
  opened.defer(() => rm(home, { recursive: true, force: true }))
  catalogue = await loadCatalogue()
  const url = await newDatabase('steampipe_like')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  opened.defer(() => client.end())
  await createTables(client, SCHEMA)
  await fill(client)
  const memory = { known: async () => new Map() }
  const states = new PartialStates({ catalogue, secretKey: SECRET, partition: 'aws', memory })
  const understand = states.understand.bind(states)
  steampipe = opened.use(
    new Steampipe({ url, schema: SCHEMA, timeoutMs: 10_000, understand, onFault: () => {}, now: Date.now }),
  )
  lifetime = opened.move()
}, 300_000)
afterAll(() => lifetime?.disposeAsync())

describe.each([...new Set(TABLES.map(({ type }) => type))])('%s', name => {
  test('a row says what the describe says', async () => {
    const found = cases.filter(({ type }) => type.type === name)
    expect(found.length).toBeGreaterThan(0)
    const reply = await steampipe.read(
      found.map(({ asset }) => asset),
      AbortSignal.timeout(20_000),
    )
    if (reply.kind !== 'answered') expect.unreachable(JSON.stringify(reply))
    const states = new Map(reply.states.map(state => [assetIdOf(state.asset), state.state]))
    for (const { asset, present } of found) {
      const state = states.get(assetIdOf(asset))
      if (state?.kind !== 'present') expect.unreachable(`${asset.nativeId}: ${JSON.stringify(state)}`)
      const untold = UNTOLD[name] ?? []
      expect(identifiersOf(state, untold), asset.nativeId).toEqual(identifiersIn(present, untold))
      expect(edgesOf(state, untold), asset.nativeId).toEqual(edgesIn(present, untold))
      expect(state.name ?? undefined, asset.nativeId).toBe(present.name)
      if (state.tags !== undefined) expect(state.tags, asset.nativeId).toEqual(present.tags)
      expect(differing(state.fields ?? {}, asJson(present.config)), asset.nativeId).toEqual([])
    }
  })
})

test('every column that is mapped is one of the plugin', () => {
  const columns = new Map(SHAPES.map(({ table, columns: held }) => [table, new Set(held.map(({ name }) => name))]))
  const unknown = TABLES.flatMap(({ name, columns: mapped }) =>
    Object.keys(mapped)
      .filter(column => !columns.get(name)?.has(column))
      .map(column => `${name}.${column}`),
  )
  expect(unknown).toEqual([])
})

test('every type whose examples have an address is read', async () => {
  const { ADDRESS_TYPES } = await import('../../src/questions/lookups/address-types.ts')
  const read = new Set(TABLES.map(({ type }) => type))
  // The addresses of a file system are those of its mount targets, whose interfaces are read.
  expect(ADDRESS_TYPES.filter(type => !read.has(type))).toEqual(['AWS::EFS::FileSystem'])
})

async function fill(client: pg.Client): Promise<void> {
  await using moto = await startMoto()
  using clients = new Clients(moto.endpoint)
  const { accounts, plan } = await buildOrganisation(clients, { management: MANAGEMENT_ACCOUNT, readRole: 'read' })
  for (const shape of SHAPES) {
    const type = catalogue.get(shape.type) as AnyResourceType
    await keep(client, shape, EXAMPLE, type.example.item as Config)
    for (const name of ACCOUNTS) {
      const account = AccountId.parse(accounts.get(name))
      const credentials = await entered(moto.endpoint, account)
      for (const region of type.scope === 'global' ? plan.regions.slice(0, 1) : plan.regions) {
        const place = { account, region: Region.parse(region), partition: 'aws' }
        const settings = { endpoint: moto.endpoint, region, credentials, forcePathStyle: true }
        const api = type.client(settings)
        for await (const page of type.list(api, place))
          for (const item of page) await keep(client, shape, place, item instanceof Partly ? item.item : item)
        api.destroy()
      }
    }
  }
}

/** A row in the table, and what is observed of the same reply. */
async function keep(client: pg.Client, shape: Shape, place: Place, item: Config): Promise<void> {
  const type = catalogue.get(shape.type) as AnyResourceType
  const observed = new Observer(type, SECRET).observe(item, place)
  if (observed === undefined || !isIn(shape, observed.asset)) return
  await insertRow(client, { schema: SCHEMA, shape, place }, item)
  cases.push({ type, asset: observed.asset, present: observed.present })
}

/** Of balancers there is a table for each kind. */
function isIn({ table }: Shape, { nativeId }: AssetIdentity): boolean {
  const kind = /^aws_ec2_(app|net|gat)\w+_load_balancer$/.exec(table)?.[1]
  return kind === undefined || nativeId.includes(`loadbalancer/${kind === 'gat' ? 'gwy' : kind}/`)
}

async function entered(endpoint: string, account: string) {
  const sts = new STSClient({ endpoint, region: 'us-east-1', credentials: MANAGEMENT_CREDENTIALS })
  const RoleArn = `arn:aws:iam::${account}:role/read`
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }))
  sts.destroy()
  return async () => ({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  })
}

function identifiersOf({ identifiers = {} }: PartlyPresent, untold: readonly string[]): string[] {
  const all = Object.entries(identifiers).flatMap(([kind, values]) => values.map(value => `${kind} ${value}`))
  return without(all, untold)
}

function identifiersIn({ identifiers }: Present, untold: readonly string[]): string[] {
  return without([...new Set(identifiers.map(({ kind, value }) => `${kind} ${value}`))], untold)
}

function edgesOf({ edges = {} }: PartlyPresent, untold: readonly string[]): string[] {
  return without(
    Object.entries(edges).flatMap(([kind, targets]) => targets.map(target => `${kind} ${target}`)),
    untold,
  )
}

function edgesIn({ edges }: Present, untold: readonly string[]): string[] {
  return without(
    edges.map(({ kind, target }) => `${kind} ${target}`),
    untold,
  )
}

function without(all: readonly string[], untold: readonly string[]): string[] {
  return all.filter(one => !untold.some(word => one.startsWith(word))).toSorted()
}

/** Fields of the row that the describe has otherwise; parts that the row lacks of a field of parts are no difference. */
function differing(told: Config, described: Config): string[] {
  return Object.entries(told).flatMap(([field, value]) => {
    const same = isWithin(value ?? undefined, described[field])
    return same ? [] : [`${field}: ${JSON.stringify(value)} is not ${JSON.stringify(described[field])}`]
  })
}

function isWithin(part: unknown, whole: unknown): boolean {
  if (part === whole) return true
  // An empty list or record and none at all say the same.
  if (isEmpty(part) && isEmpty(whole)) return true
  if (Array.isArray(part) && Array.isArray(whole))
    return part.length === whole.length && part.every((element, index) => isWithin(element, whole[index]))
  if (typeof part !== 'object' || typeof whole !== 'object' || part === null || whole === null) return false
  return Object.entries(part).every(([key, inner]) => isWithin(inner, (whole as Config)[key]))
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  )
}

function asJson(config: Config): Config {
  return JSON.parse(JSON.stringify(config)) as Config
}
