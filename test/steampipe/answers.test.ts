import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Observer } from '../../src/clouds/aws/observe.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import type { Config } from '../../src/model/asset.ts'
import type { Database } from '../../src/store/database.ts'
import { record } from '../../src/store/record.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openTestStore } from '../store.ts'
import { catalogue, FACE, freePort, PLACE, put, url, withTables } from './harness.ts'

/*
 * From the configuration to the answer: the cloud cannot be read, as for somebody without credentials, and Steampipe answers in its place.
 * Nothing of what it says is kept.
 */

withTables('steampipe_answers')
const DAY = 86_400_000
let home: string
let database: Database

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'cadastre-steampipe-'))
  database = await openTestStore()
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_SESSION_TOKEN'])
    vi.stubEnv(name, undefined)
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, join(home, 'none'))
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})
beforeEach(async () => {
  await database.query('truncate asset, version, sighting, identifier, address, edge cascade')
  await configure({ url, schema: 'aws' })
})

describe('with Steampipe', () => {
  test('where: an address that moved', async () => {
    await know(FACE, {
      NetworkInterfaceId: 'eni-1',
      PrivateIpAddress: '10.7.0.1',
      Description: 'a',
      SubnetId: 'subnet-1',
    })
    await put(FACE, {
      NetworkInterfaceId: 'eni-1',
      PrivateIpAddress: '10.7.0.2',
      Description: 'a',
      SubnetId: 'subnet-1',
    })
    const live = await type('asset', 'eni-1', '--live')
    expect(live.output).toContain('10.7.0.2')
    expect(live.output).not.toContain('10.7.0.1')
    expect(live.output).toContain('steampipe')
    expect((await type('asset', 'eni-1')).output).toContain('10.7.0.1')
  })

  test('where, key, bucket and dns: what the index does not know', async () => {
    await put(FACE, { NetworkInterfaceId: 'eni-9', PrivateIpAddress: '10.7.0.9', VpcId: 'vpc-9' })
    await put('AWS::IAM::AccessKey', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', UserName: 'ada', Status: 'Active' })
    await put('AWS::S3::Bucket', { Name: 'invoices-2026', Location: 'eu-west-1', CreationDate: new Date(0) })
    await put('AWS::Route53::HostedZone', { Id: '/hostedzone/Z1', Name: 'example.com.' })
    const ResourceRecords = [{ Value: '10.7.0.9' }]
    await put('AWS::Route53::RecordSet', {
      HostedZoneId: 'Z1',
      Name: 'shop.example.com.',
      Type: 'A',
      TTL: 60,
      ResourceRecords,
    })
    const cases = [
      [['where', '10.7.0.9'], 'eni-9'],
      [['key', 'AKIAIOSFODNN7EXAMPLE'], 'ada'],
      [['bucket', 'invoices-2026'], PLACE.account],
      [['dns', 'shop.example.com'], '10.7.0.9'],
    ] as const
    for (const [words, expected] of cases) {
      const live = await type(...words, '--live')
      expect(live.output, words.join(' ')).toContain(expected)
      expect(live.exit, live.output + live.notes).toBe(0)
    }
    const [{ kept } = {}] = await database.query<{ kept: number }>('select count(*)::int as kept from asset')
    expect(kept).toBe(0)
  })

  test('it is away: the index answers, and says what to do', async () => {
    await configure({ url: `postgres://steampipe:hidden-word@127.0.0.1:${await freePort()}/steampipe` })
    await know(FACE, { NetworkInterfaceId: 'eni-1', PrivateIpAddress: '10.7.0.1' })
    const { output, notes, exit } = await type('asset', 'eni-1', '--live')
    expect(output).toContain('10.7.0.1')
    expect(output + notes).toContain('steampipe service start')
    expect(output + notes).not.toContain('hidden-word')
    expect(exit).toBe(0)
  })
})

async function configure(steampipe: object): Promise<void> {
  const aws = { endpoint: `http://127.0.0.1:${await freePort()}`, regions: ['eu-west-1'] }
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ aws, steampipe, freshness: { limit: '8s' } }))
}

async function know(name: string, item: Config): Promise<void> {
  const observed = new Observer(catalogue.get(name) as AnyResourceType, 'k').observe(item, {
    ...PLACE,
    partition: 'aws',
  })
  if (observed === undefined) expect.unreachable('no asset')
  await record(database, [{ asset: observed.asset, at: Date.now() - DAY, source: 'scan', state: observed.present }])
}

async function type(...args: readonly string[]) {
  const terminal = silentTerminal({ CADASTRE_HOME: home, DATABASE_URL: database.url })
  const exit = await run(args, terminal)
  return { exit, output: terminal.written.join(''), notes: terminal.noted.join('\n') }
}
