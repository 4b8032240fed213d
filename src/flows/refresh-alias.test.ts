import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ACCOUNT, Refreshing } from '../../test/refreshing.ts'
import { openTestStore } from '../../test/store.ts'
import { Budget } from '../clouds/aws/budget.ts'
import { AwsCloud } from '../clouds/aws/cloud.ts'
import type { AnyResourceType } from '../clouds/aws/resource.ts'
import eip from '../clouds/aws/resources/ec2-eip.ts'
import bucket from '../clouds/aws/resources/s3-bucket.ts'
import { Region } from '../model/identity.ts'
import { systemClock } from '../ports/clock.ts'
import type { Cloud } from '../ports/cloud.ts'
import type { RefreshedEvent } from '../ports/refresh-store.ts'
import type { Database } from '../store/database.ts'

/** Events call some assets by other names than their own, or place them elsewhere: they are the same assets all the same. */

let database: Database
let world: Refreshing
let isThere: boolean

beforeAll(async () => {
  database = await openTestStore()
})
afterAll(() => database?.[Symbol.asyncDispose]())
beforeEach(async () => {
  isThere = true
  world = new Refreshing(database, {}, cloudOf([bucket, eip]))
  await world.start()
})
afterEach(async () => {
  await world.stop()
  expect(world.faults).toEqual([])
})

const SECOND = 1_000
const { item } = bucket.example
const ADDRESS = eip.example.asset.id

test('a bucket that was made through the global endpoint is recorded, and ended, where it is', async () => {
  world.receive(event('AWS::S3::Bucket', item.Name ?? '', 'us-east-1', 'create'))
  await world.clock.advance(SECOND)
  expect(await places()).toEqual([{ region: 'eu-central-1', gone: false }])

  isThere = false
  await world.clock.advance(300 * SECOND)
  world.receive(event('AWS::S3::Bucket', item.Name ?? '', 'us-east-1', 'delete'))
  await world.clock.advance(SECOND)
  expect(await places()).toEqual([{ region: 'eu-central-1', gone: true }])
})

test('an address is recorded by its allocation, and ended by its number', async () => {
  world.receive(event('AWS::EC2::EIP', ADDRESS.split('|')[1] ?? '', 'eu-west-1', 'create'))
  await world.clock.advance(SECOND)
  expect(await world.history(ADDRESS, 'Domain')).toEqual(['vpc'])

  isThere = false
  await world.clock.advance(300 * SECOND)
  world.receive(event('AWS::EC2::EIP', ADDRESS.split('|')[0] ?? '', 'eu-west-1', 'delete'))
  await world.clock.advance(SECOND)
  expect(await world.history(ADDRESS, 'Domain')).toEqual(['vpc', 'gone'])
})

function event(type: string, id: string, region: string, action: 'create' | 'delete'): RefreshedEvent {
  const outcome = {
    kind: 'mapped' as const,
    assets: [{ type, id, account: ACCOUNT, region, action, derivation: 'test' }],
  }
  return { ...world.event('', action), outcome }
}

function places(): Promise<{ region: string; gone: boolean }[]> {
  return database.query(
    `select distinct on (a.id) a.region, v.digest is null as gone from asset a join version v on v.asset = a.id
     where a.type = 'AWS::S3::Bucket' order by a.id, v.valid_from desc`,
  )
}

/** These types, whose one asset each is that of their example. */
function cloudOf(types: readonly AnyResourceType[]): Cloud {
  const credentials = async () => ({ accessKeyId: 'simulated', secretAccessKey: 'simulated' })
  const catalogue = types.map(type => ({
    ...type,
    client: () => ({ destroy() {} }),
    describe: async () => (isThere ? [type.example.item] : []),
  }))
  return new AwsCloud({
    catalogue: new Map(catalogue.map(type => [type.type, type])),
    settings: { region: 'eu-west-1', credentials },
    credentials: { of: () => credentials, roleArn: () => '' },
    own: ACCOUNT,
    partition: 'aws',
    budget: new Budget(() => ({ callsPerSecond: 1_000, burst: 1_000 }), systemClock),
    intervalsMs: { addresses: 1, names: 1, rest: 1 },
    accounts: [ACCOUNT],
    regions: [Region.parse('eu-west-1')],
    secretKey: 'simulated',
    now: () => world.clock.now(),
    note: () => {},
  })
}
