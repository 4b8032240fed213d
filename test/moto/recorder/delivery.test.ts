import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unwrap } from '../../../src/clouds/aws/event-map/envelope.ts'
import { randomFrom } from '../../fuzz/random.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../server.ts'
import { Delivery, UNDISTURBED } from './delivery.ts'
import { callService } from './moto-call.ts'
import type { TrailRecord } from './record.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { settingsFor } from './site.ts'

const numbered = (count: number): TrailRecord[] =>
  Array.from({ length: count }, (_, at) => ({ eventID: String(at) }) as unknown as TrailRecord)

describe('records on their way', () => {
  async function arrivals(seed: number, disturbance: Partial<typeof UNDISTURBED>, count = 1000): Promise<string[]> {
    const arrived: string[] = []
    const send = async (records: readonly TrailRecord[]) => {
      arrived.push(...records.map(({ eventID }) => eventID))
    }
    await using way = new Delivery(send, { disturbance: { ...UNDISTURBED, ...disturbance }, random: randomFrom(seed) })
    for (const record of numbered(count)) way.add(record)
    await way.drain()
    return arrived
  }

  test('arrive once and in order, unless disturbed', async () => {
    expect(await arrivals(1, {})).toEqual(numbered(1000).map(({ eventID }) => eventID))
  })

  test('are lost and doubled as often as asked, and the same ones for the same seed', async () => {
    const arrived = await arrivals(7, { loss: 0.1, duplication: 0.05 })
    const distinct = new Set(arrived)
    expect(1000 - distinct.size).toBeGreaterThan(60)
    expect(1000 - distinct.size).toBeLessThan(140)
    expect(arrived.length - distinct.size).toBeGreaterThan(20)
    expect(arrived.length - distinct.size).toBeLessThan(80)
    const again = await arrivals(7, { loss: 0.1, duplication: 0.05 })
    expect(new Set(again)).toEqual(distinct)
    expect(new Set(await arrivals(8, { loss: 0.1, duplication: 0.05 }))).not.toEqual(distinct)
  })

  test('are overtaken by younger ones', async () => {
    const arrived = (await arrivals(3, { reordering: 0.2 })).map(Number)
    expect(arrived.toSorted((a, b) => a - b)).toEqual(numbered(1000).map(({ eventID }) => Number(eventID)))
    const overtaken = arrived.filter((number, at) => arrived.slice(0, at).some(earlier => earlier > number))
    expect(overtaken.length).toBeGreaterThan(100)
  })

  test('take as long as asked, and no time to drain', async () => {
    const arrived: TrailRecord[] = []
    const disturbance = { ...UNDISTURBED, delayMs: [60, 80] as const }
    const send = async (records: readonly TrailRecord[]) => void arrived.push(...records)
    await using way = new Delivery(send, { disturbance, random: randomFrom(1) })
    way.add(numbered(1)[0] as TrailRecord)
    await delay(30)
    expect(arrived).toHaveLength(0)
    await expect.poll(() => arrived.length, { timeout: 1000, interval: 20 }).toBe(1)
    way.add(numbered(1)[0] as TrailRecord)
    await way.drain()
    expect(arrived).toHaveLength(2)
  })

  test('a queue that is not there is an error, not silence', async () => {
    const send = () => Promise.reject(new Error('no such queue'))
    await using way = new Delivery(send, { disturbance: { ...UNDISTURBED }, random: randomFrom(1) })
    way.add(numbered(1)[0] as TrailRecord)
    await expect(way.drain()).rejects.toThrow('delivering records')
  })
})

describe('delivered through the simulator', () => {
  let moto: Moto
  let recorder: Recorder
  const region = 'eu-west-1'
  beforeAll(async () => {
    moto = await startMoto()
    recorder = await startRecorder(moto.endpoint, { fileMs: 60_000 })
  })
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })

  test('into one queue, as EventBridge events; reads are not brought', async () => {
    const url = await createQueue('events')
    recorder.deliverTo({ eventBridge: { kind: 'queue', url, region } })
    const made = recorder.records.length
    for (let at = 0; at < 12; at++) await sns().send(new CreateTopicCommand({ Name: `topic-${at}` }))
    await sns().send(new ListTopicsCommand({}))
    await recorder.drain()
    const messages = await receive(url)
    const arrived = unwrap(messages.map(({ Body }) => ({ Body })))
    const expected = recorder.records.slice(made).filter(({ eventName }) => eventName === 'CreateTopic')
    expect(arrived.map(one => one.kind === 'record' && one.record.eventID).sort()).toEqual(
      expected.map(({ eventID }) => eventID).sort(),
    )
    expect(JSON.parse(messages[0]?.Body ?? '')).toMatchObject({
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.sns',
      account: MANAGEMENT_ACCOUNT,
      region,
      detail: { eventName: 'CreateTopic', readOnly: false },
    })
  })

  test('through a rule of the bus, to its target', async () => {
    const url = await createQueue('by-rule')
    const place = { account: MANAGEMENT_ACCOUNT, region }
    const EventPattern = JSON.stringify({ source: ['aws.sns'], 'detail-type': ['AWS API Call via CloudTrail'] })
    const put = (target: string, body: unknown) =>
      callService(moto.endpoint, place, { service: 'events', target: `AWSEvents.${target}`, body })
    await put('PutRule', { Name: 'changes', EventPattern })
    const Arn = `arn:aws:sqs:${region}:${MANAGEMENT_ACCOUNT}:by-rule`
    await put('PutTargets', { Rule: 'changes', Targets: [{ Id: 'queue', Arn }] })
    recorder.deliverTo({ eventBridge: { kind: 'buses' } })
    await sns().send(new CreateTopicCommand({ Name: 'ruled' }))
    await createQueue('not-for-the-rule')
    await recorder.drain()
    const [message, ...others] = await receive(url)
    expect(others).toEqual([])
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      source: 'aws.sns',
      region,
      detail: { eventName: 'CreateTopic', requestParameters: { name: 'ruled' } },
    })
  })

  test('as log files under the keys of a trail, reads included', async () => {
    const s3 = new S3Client(settingsFor(recorder.endpoint))
    const Bucket = 'logs-of-the-trail'
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }))
    recorder.deliverTo({ trail: { bucket: Bucket, account: MANAGEMENT_ACCOUNT, region, organization: 'o-abc' } })
    await sns().send(new CreateTopicCommand({ Name: 'filed' }))
    await sns().send(new ListTopicsCommand({}))
    await recorder.drain()
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
    const [Key = ''] = Contents.map(object => object.Key)
    const folder = `AWSLogs/o-abc/${MANAGEMENT_ACCOUNT}/CloudTrail/${region}/\\d{4}/\\d{2}/\\d{2}`
    const file = `${MANAGEMENT_ACCOUNT}_CloudTrail_${region}_\\d{8}T\\d{4}Z_[A-Za-z0-9]{16}\\.json\\.gz`
    expect(Key).toMatch(new RegExp(`^${folder}/${file}$`))
    expect(recorder.logFiles).toEqual([Key])
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString()
    expect(JSON.parse(text)).toMatchObject({ Records: [{ eventName: 'CreateTopic' }, { eventName: 'ListTopics' }] })
  })

  const sns = () => new SNSClient(settingsFor(recorder.endpoint))
  const sqs = () => new SQSClient(settingsFor(recorder.endpoint))

  async function createQueue(QueueName: string): Promise<string> {
    return (await sqs().send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? ''
  }

  async function receive(QueueUrl: string): Promise<Message[]> {
    const found: Message[] = []
    for (let batch = 0; batch < 5; batch++) {
      const { Messages = [] } = await sqs().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      if (Messages.length === 0) break
      found.push(...Messages)
    }
    return found
  }
})
