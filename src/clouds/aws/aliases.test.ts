import type { SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { AccountId, Region } from '../../model/identity.ts'
import { loadCatalogue } from './catalogue.ts'
import { identifyArn } from './event-map/identify.ts'
import { loadEventMap } from './event-map/load.ts'
import { Observer } from './observe.ts'
import type { AnyResourceType } from './resource.ts'

/** Every id that events give an asset must be its native id or one of its aliases: else the two never meet. */

const PLACE = { account: AccountId.parse('111122223333'), region: Region.parse('eu-west-1'), partition: 'aws' }
const catalogue = await loadCatalogue()
const map = loadEventMap()

describe.each([...catalogue.values()].filter(({ example }) => example.asset.arn !== undefined))('$type', type => {
  test('an event that names it by its ARN finds it', () => {
    const identity = identifyArn(map, type.example.asset.arn ?? '')
    if (identity === undefined || identity.type.name !== type.type) return
    expect(namesOf(type)).toContain(identity.id)
  })
})

test('most types are found by their ARN', () => {
  const found = [...catalogue.values()].filter(
    ({ type, example }) => identifyArn(map, example.asset.arn ?? '')?.type.name === type,
  )
  expect(found.length).toBeGreaterThan(45)
})

test.each([
  ['AWS::EC2::EIP', 'eipalloc-0a1b2c3d4e5f60718'],
  ['AWS::EC2::EIP', '203.0.113.24'],
  ['AWS::ECS::Service', 'arn:aws:ecs:eu-west-1:111122223333:service/shop/checkout'],
  ['AWS::SQS::Queue', 'https://eu-west-1.queue.amazonaws.com/111122223333/orders'],
])('%s is also called %s', (name, id) => {
  expect(namesOf(typeNamed(name))).toContain(id)
})

test('a bucket is also where the global endpoint took the call that made it', () => {
  const observed = new Observer(typeNamed('AWS::S3::Bucket'), 'a key').observe(
    typeNamed('AWS::S3::Bucket').example.item,
    PLACE,
  )
  expect(observed?.asset.region).toBe('eu-central-1')
  expect(observed?.present.aliasRegions).toEqual(['us-east-1'])
})

test('what has one name only has no aliases', () => {
  const observed = new Observer(typeNamed('AWS::EC2::VPC'), 'a key').observe(
    typeNamed('AWS::EC2::VPC').example.item,
    PLACE,
  )
  expect(observed?.present).not.toHaveProperty('aliases')
  expect(observed?.present).not.toHaveProperty('aliasRegions')
})

test.each([
  ['https://queue.amazonaws.com/111122223333/orders', 'https://sqs.us-east-1.amazonaws.com/111122223333/orders'],
  ['https://eu-west-1.queue.amazonaws.com/1/orders', 'https://sqs.eu-west-1.amazonaws.com/1/orders'],
  ['https://sqs.eu-west-1.amazonaws.com/1/orders', 'https://sqs.eu-west-1.amazonaws.com/1/orders'],
  ['http://127.0.0.1:5000/1/queue.amazonaws.com', 'http://127.0.0.1:5000/1/queue.amazonaws.com'],
])('a queue called %s is asked for as %s', async (given, asked) => {
  const type = typeNamed('AWS::SQS::Queue')
  const client = type.client({
    region: 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'k', secretAccessKey: 's' }),
  })
  const urls: unknown[] = []
  ;(client as SQSClient).middlewareStack.add(
    () => async args => {
      urls.push((args.input as { QueueUrl?: string }).QueueUrl)
      return { response: {}, output: { $metadata: {}, Attributes: {} } }
    },
    { step: 'initialize', priority: 'high' },
  )

  const [item] = await type.describe(client, [given], PLACE)

  expect(new Set(urls)).toEqual(new Set([asked]))
  expect(type.id(item as object)).toBe(asked)
})

function namesOf(type: AnyResourceType): readonly string[] {
  const observed = new Observer(type, 'a key').observe(type.example.item, PLACE) ?? expect.unreachable('no asset')
  return [observed.asset.nativeId, ...(observed.present.aliases ?? [])]
}

function typeNamed(name: string): AnyResourceType {
  return catalogue.get(name) ?? expect.unreachable(`there is no ${name}`)
}
