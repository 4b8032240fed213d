import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { loadCatalogue } from '../../src/clouds/aws/catalogue.ts'
import { PartialStates } from '../../src/clouds/aws/partial-states.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import { Steampipe, type SteampipeOptions } from '../../src/drivers/steampipe/steampipe.ts'
import type { Config, Tags } from '../../src/model/asset.ts'
import { messageOf } from '../../src/model/fault.ts'
import {
  AccountId,
  type AssetId,
  type AssetIdentity,
  GLOBAL,
  Region,
  ResourceTypeName,
} from '../../src/model/identity.ts'
import type { PartialState, PartlyPresent, SourceReply } from '../../src/ports/live-source.ts'
import { newDatabase } from './database.ts'
import { createTables, insertRow } from './rows.ts'
import { SHAPES } from './shapes.ts'

export const ACCOUNT = AccountId.parse('111122223333')
export const OTHER = AccountId.parse('444455556666')
export const REGION = Region.parse('eu-west-1')
export const PLACE = { account: ACCOUNT, region: REGION }
export const SIGNAL = AbortSignal.timeout(60_000)
export const FACE = 'AWS::EC2::NetworkInterface'

/** What whoever runs this was told. */
export const faults: string[] = []
/** What the registry knows already. */
export const known = new Map<AssetId, { config: Config; tags: Tags }>()
export let url: string
export let client: pg.Client
export let catalogue: ReadonlyMap<string, AnyResourceType>

/** Empty tables of Steampipe before each test, in a database of this name. */
export function withTables(name: string): void {
  beforeAll(async () => {
    catalogue = await loadCatalogue()
    url = await newDatabase(name)
    client = new pg.Client({ connectionString: url })
    await client.connect()
  })
  afterAll(() => client?.end())
  beforeEach(async () => {
    known.clear()
    faults.length = 0
    await client.query('drop schema if exists aws cascade; drop schema if exists steampipe_internal cascade')
    await createTables(client, 'aws')
  })
}

export function open(options: Partial<SteampipeOptions> = {}): Steampipe {
  const memory = { known: async () => known }
  const states = new PartialStates({ catalogue, secretKey: 'k', partition: 'aws', memory })
  const understand = states.understand.bind(states)
  const onFault = (error: unknown) => void faults.push(messageOf(error))
  return new Steampipe({ url, schema: 'aws', timeoutMs: 5_000, understand, onFault, now: Date.now, ...options })
}

export function asset(type: string, nativeId: string): AssetIdentity {
  const isGlobal = type.startsWith('AWS::IAM::') || type.startsWith('AWS::Route53::')
  const region = isGlobal ? GLOBAL : REGION
  return { provider: 'aws', account: ACCOUNT, region, type: ResourceTypeName.parse(type), nativeId }
}

export function face(NetworkInterfaceId: string, PrivateIpAddress: string): Config {
  return { NetworkInterfaceId, PrivateIpAddress, PrivateIpAddresses: [{ PrivateIpAddress, Primary: true }] }
}
export function EIP(): Config {
  return { PublicIp: '203.0.113.7', AllocationId: 'eipalloc-1', Domain: 'vpc' }
}
export function KEY(): Config {
  return { AccessKeyId: 'AKIAEXAMPLE', UserName: 'ada', Status: 'Active' }
}
export function BUCKET(): Config {
  return { Name: 'invoices', Location: 'eu-west-1' }
}

function isTableOf(table: string, arn: string): boolean {
  const kind = /^aws_ec2_(classic|application|network|gateway)_/.exec(table)?.[1]
  return (
    kind === (/loadbalancer\/app\//.test(arn) ? 'application' : /loadbalancer\/net\//.test(arn) ? 'network' : 'classic')
  )
}

export async function put(type: string, item: Config, place = PLACE, without: readonly string[] = []): Promise<void> {
  for (const shape of SHAPES.filter(each => each.type === type)) {
    if (shape.table.endsWith('_load_balancer') && !isTableOf(shape.table, String(item['LoadBalancerArn']))) continue
    const columns = shape.columns.filter(({ name }) => !without.includes(name))
    await insertRow(client, { schema: 'aws', shape: { ...shape, columns }, place }, item)
  }
}

export function statesOf(reply: SourceReply): readonly PartialState[] {
  if (reply.kind !== 'answered') expect.unreachable(JSON.stringify(reply))
  return reply.states
}

export function presentOf(state: PartialState | undefined): PartlyPresent {
  if (state?.state.kind !== 'present') expect.unreachable(JSON.stringify(state))
  return state.state
}

/** The statement that Steampipe's server ran last for us. */
export async function lastStatement(): Promise<string> {
  const { rows } = await client.query<{ query: string }>(
    `select query from pg_stat_activity where application_name = 'cadastre' and query like '%"aws".%' order by query_start desc limit 1`,
  )
  return rows[0]?.query ?? ''
}

export async function running(): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where application_name = 'cadastre' and state = 'active' and datname = current_database()`,
  )
  return rows[0]?.n ?? -1
}

export async function slowTable(): Promise<void> {
  await client.query(`alter table aws.aws_ec2_network_interface rename to held;
    create function aws.wait() returns setof aws.held language plpgsql as $$
      begin perform pg_sleep(20); return query select * from aws.held; end $$;
    create view aws.aws_ec2_network_interface as select * from aws.wait()`)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await delay(20)
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
