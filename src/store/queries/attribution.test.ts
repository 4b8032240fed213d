import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CREDENTIALS, eventOf, HAPPENINGS, incomingOf } from '../../../test/example-events.ts'
import { fillExampleStore, observed } from '../../../test/example-store.ts'
import { onlyAccounts, onlyTypes } from '../../../test/scopes.ts'
import { openTestStore } from '../../../test/store.ts'
import { EVERYTHING } from '../../model/access-scope.ts'
import type { Event } from '../../model/event.ts'
import { assetIdOf } from '../../model/identity.ts'
import type { Database } from '../database.ts'
import { storeEvents } from '../events/store-events.ts'
import { record } from '../record.ts'
import { attribute } from './attribution.ts'

let database: Database
beforeAll(async () => {
  database = await openTestStore()
  await fillExampleStore(database)
})
afterAll(() => database?.[Symbol.asyncDispose]())

const at = (time: string) => Date.parse(`2026-${time}Z`)

async function attributed(type: string, id: string, from: string, place: object = {}) {
  const { asset } = observed({ type, id, ...place }, 0)
  const [attribution] = await attribute({ database, scope: EVERYTHING }, [{ asset: assetIdOf(asset), from: at(from) }])
  return `${attribution?.certainty} ${attribution?.events.map(({ name, actor }) => `${name} ${actor.name}`).join(', ')}`
}

test.each<[type: string, id: string, from: string, expected: string, place?: object]>([
  [
    'AWS::S3::Bucket',
    'invoices',
    '11-10T02:00:00',
    'certain DeleteBucketEncryption ada@example.com',
    { region: 'eu-central-1' },
  ],
  [
    'AWS::EC2::Instance',
    'i-0aaaaaaaaaaaaaaa2',
    '11-10T02:00:00',
    'ambiguous ModifyInstanceAttribute bob, ModifyInstanceAttribute ada@example.com',
  ],
  ['AWS::EC2::Instance', 'i-0aaaaaaaaaaaaaaa1', '11-10T02:00:00', 'unknown '],
  ['AWS::EC2::Instance', 'i-0aaaaaaaaaaaaaaa3', '11-10T02:00:00', 'certain TerminateInstances ada@example.com'],
  ['AWS::EC2::Instance', 'i-0aaaaaaaaaaaaaaa3', '10-20T02:00:00', 'unknown '],
  ['AWS::EC2::SecurityGroup', 'sg-0aaaaaaaaaaaaaaa1', '11-22T06:05:02', 'certain CreateSecurityGroup ada@example.com'],
  ['AWS::EC2::SecurityGroup', 'sg-0aaaaaaaaaaaaaaa1', '11-22T06:12:04', 'certain AuthorizeSecurityGroupIngress bob'],
  ['AWS::S3::Bucket', 'exports', '11-22T06:15:03', 'certain PutBucketPolicy eve', { region: 'eu-central-1' }],
])('%s %s of %s: %s', async (type, id, from, expected, place) => {
  expect(await attributed(type, id, from, place)).toBe(expected)
})

test('an asset is touched by its other names too', async () => {
  const { asset } = observed({ type: 'AWS::EC2::EIP', id: '203.0.113.5|eipalloc-1' }, 0)
  const touched = { type: 'AWS::EC2::EIP', id: 'eipalloc-1' }
  const [happening] = HAPPENINGS
  if (happening === undefined) throw new Error('no happening')
  await storeEvents(
    database,
    incomingOf([eventOf({ ...happening, call: 'ec2:AllocateAddress', on: [[touched, 'create']] })], CREDENTIALS),
    0,
  )
  const read = observed({ type: asset.type, id: asset.nativeId }, happening.at + 2_000)
  await record(database, [{ ...read, state: { ...read.state, aliases: ['eipalloc-1'] } as typeof read.state }])
  const [attribution] = await attribute({ database, scope: EVERYTHING }, [
    { asset: assetIdOf(asset), from: happening.at + 2_000 },
  ])
  expect(attribution?.certainty).toBe('certain')
  expect(attribution?.events[0]?.actor).toMatchObject({
    name: 'ada@example.com',
    via: [expect.stringContaining('AWSReservedSSO')],
  })
})

test('a call that makes what is not there has made what is new', async () => {
  const { asset } = observed({ type: 'AWS::Route53::RecordSet', id: 'Z1|a.example.com.|A' }, 0)
  const [happening] = HAPPENINGS
  if (happening === undefined) throw new Error('no happening')
  const { outcome, ...event } = eventOf({ ...happening, on: [[{ type: asset.type, id: asset.nativeId }, 'update']] })
  const assets = outcome.kind === 'mapped' ? outcome.assets.map(each => ({ ...each, mayCreate: true as const })) : []
  await storeEvents(
    database,
    incomingOf([{ ...event, id: randomUUID(), outcome: { kind: 'mapped', assets } }], CREDENTIALS),
    0,
  )
  await record(database, [observed({ type: asset.type, id: asset.nativeId }, happening.at + 2_000)])

  const [found] = await attribute({ database, scope: EVERYTHING }, [
    { asset: assetIdOf(asset), from: happening.at + 2_000 },
  ])

  expect(found?.certainty).toBe('certain')
})

test('a service that reports a change is named only where no call explains it, and AWS Config never', async () => {
  const { asset } = observed({ type: 'AWS::EC2::Instance', id: 'i-reported' }, 0)
  const [happening] = HAPPENINGS
  if (happening === undefined) throw new Error('no happening')
  const on = [[{ type: asset.type, id: asset.nativeId }, 'update']] as const
  const seenAt = happening.at + 60_000
  const read = observed({ type: asset.type, id: asset.nativeId }, seenAt)
  await record(database, [
    observed({ type: asset.type, id: asset.nativeId, config: { State: 1 } }, happening.at - 1),
    read,
  ])
  const attribution = async (changes: Partial<Event>) => {
    const event = eventOf({ ...happening, call: 'ec2:StopInstances', on: [...on] })
    await storeEvents(database, incomingOf([{ ...event, id: randomUUID(), ...changes }], CREDENTIALS), 0)
    const [found] = await attribute({ database, scope: EVERYTHING }, [{ asset: assetIdOf(asset), from: seenAt }])
    return `${found?.certainty} ${found?.events.map(({ actor }) => actor.name).join(', ')}`
  }
  const service = { kind: 'aws-service', name: 'ec2.amazonaws.com', via: [], raw: null } as const

  expect(await attribution({ source: 'aws.config', actor: { kind: 'unknown', via: [], raw: null } })).toBe('unknown ')
  expect(await attribution({ source: 'aws.ec2', actor: service })).toBe('likely ec2.amazonaws.com')
  expect(await attribution({})).toBe('certain ada@example.com')
})

test('of an asset that may not be seen nothing is told', async () => {
  const { asset } = observed({ type: 'AWS::EC2::SecurityGroup', id: 'sg-0aaaaaaaaaaaaaaa1' }, 0)
  const version = { asset: assetIdOf(asset), from: at('11-22T06:12:04') }
  for (const scope of [onlyAccounts('444455556666'), onlyTypes('AWS::S3::Bucket')])
    expect(await attribute({ database, scope }, [version])).toEqual([
      { certainty: 'unknown', source: undefined, events: [] },
    ])
})
