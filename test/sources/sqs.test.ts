import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type QueueOptions, sqsQueue } from '../../src/clouds/aws/sources/sqs-queue.ts'
import { TrailFiles } from '../../src/clouds/aws/sources/trail-files.ts'
import { NOTHING } from '../../src/model/incoming.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { cut, denied } from '../moto/fault.ts'
import { startProxy } from '../moto/proxy.ts'
import { envelopeOf } from '../moto/recorder/event-bridge.ts'
import type { TrailRecord } from '../moto/recorder/record.ts'
import { type Moto, startMoto } from '../moto/server.ts'
import { changed, eventually, read, sourceContract, touched } from './contract.ts'
import { newReader, SimulatedQueue, settingsOf } from './simulated.ts'

let moto: Moto
let made = 0
beforeAll(async () => {
  moto = await startMoto()
})
afterAll(() => moto?.[Symbol.asyncDispose]())

const inEnvelope = (record: object) => JSON.stringify(envelopeOf(record as TrailRecord))

function sourceOf(queue: SimulatedQueue, options: Partial<QueueOptions> = {}) {
  const settings = settingsOf(moto.endpoint)
  const reader = newReader()
  const files = new TrailFiles(settings, reader)
  return sqsQueue({ url: queue.url, settings, reader, files, clock: systemClock, waitSeconds: 1, ...options })
}

function newQueue(): Promise<SimulatedQueue> {
  return SimulatedQueue.create(settingsOf(moto.endpoint), `events-${++made}`)
}

sourceContract('EventBridge -> SQS', async () => {
  const queue = await newQueue()
  return {
    source: sourceOf(queue),
    send: records => queue.send(records.map(inEnvelope)),
    sendGarbage: text => queue.send([text]),
    unacknowledged: () => queue.size(),
    async [Symbol.asyncDispose]() {},
  }
})

describe('an SQS queue', () => {
  test('is named by its region and its own name', async () => {
    expect(sourceOf(await newQueue()).name).toMatch(/^sqs eu-west-1 events-\d+$/)
  })

  test('is read by several receivers under load, and loses nothing', async () => {
    const queue = await newQueue()
    const sent = Array.from({ length: 60 }, (_, index) => `sg-${index}`)
    await queue.send(sent.map(group => inEnvelope(changed(group))))
    await using reading = read(sourceOf(queue))
    const deliveries = await reading.until(events => new Set(events.map(({ id }) => id)).size === sent.length)
    await Promise.all(deliveries.map(delivery => delivery.done()))
    await eventually(async () => expect(await queue.size()).toBe(0))
    // Several may be given the same message: queues deliver at least once.
    expect([...new Set(touched(reading.deliveries))]).toEqual(sent.toSorted())
  })

  test('is not held up by a file that takes its time', async () => {
    const queue = await newQueue()
    const { promise: whenFetched, resolve: fetched } = Promise.withResolvers<void>()
    const files = {
      async *read() {
        await whenFetched
        yield { ...NOTHING, events: [] }
      },
    }
    const key = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/x.json.gz'
    await queue.send([JSON.stringify({ s3Bucket: 'trail', s3ObjectKey: key })])
    await using reading = read(sourceOf(queue, { files }))
    await eventually(async () => expect(await queue.held()).toBe(1))
    await queue.send([inEnvelope(changed('sg-1'))])
    await reading.until(events => events.length === 1)
    fetched()
    await eventually(async () => {
      await Promise.all(reading.deliveries.map(delivery => delivery.done()))
      expect(await queue.size()).toBe(0)
    })
  })

  test('gives back at its end what nobody took', async () => {
    const queue = await newQueue()
    await queue.send(Array.from({ length: 60 }, (_, index) => inEnvelope(changed(`sg-${index}`))))
    const stop = new AbortController()
    let taken = 0
    for await (const { incoming } of sourceOf(queue).deliveries(stop.signal, () => {})) {
      taken += incoming.events.length
      await eventually(async () => expect(await queue.held()).toBe(60))
      stop.abort()
    }
    expect(taken).toBeLessThanOrEqual(10)
    // The simulator answers requests that were given up, too: what such an answer holds is hidden for a while.
    expect(await queue.held()).toBeLessThanOrEqual(taken + 2 * 10)
  })

  test('keeps messages hidden for as long as the work on them lasts', async () => {
    const queue = await newQueue()
    await using reading = read(sourceOf(queue, { visibilitySeconds: 2 }))
    await queue.send([inEnvelope(changed('sg-1'))])
    const deliveries = await reading.until(events => events.length === 1)
    await new Promise(resolve => setTimeout(resolve, 5_000))
    expect(reading.deliveries.length).toBe(1)
    await Promise.all(deliveries.map(delivery => delivery.done()))
    await eventually(async () => expect(await queue.size()).toBe(0))
  })

  test('that is deleted says what to do, and goes on when it is back', async () => {
    const queue = await newQueue()
    const client = new SQSClient(settingsOf(moto.endpoint))
    await client.send(new DeleteQueueCommand({ QueueUrl: queue.url }))
    await using reading = read(sourceOf(queue))
    await eventually(async () => expect(reading.faults.length).toBeGreaterThan(0))
    expect(reading.faults[0]).toMatchObject({
      code: 'operator',
      message: expect.stringMatching(/create it, or take it out of aws\.queues/),
    })
    const again = await SimulatedQueue.create(settingsOf(moto.endpoint), queue.url.split('/').at(-1) ?? '')
    await again.send([inEnvelope(changed('sg-1'))])
    const deliveries = await reading.until(events => events.length === 1)
    await Promise.all(deliveries.map(delivery => delivery.done()))
  })

  test('that is refused says what to grant; it and a lost connection are tried again until they are past', async () => {
    await using proxy = await startProxy(moto.endpoint)
    const queue = await newQueue()
    await queue.send([inEnvelope(changed('sg-1'))])
    const settings = settingsOf(proxy.endpoint)
    const reader = newReader()
    const url = queue.url.replace(moto.endpoint, proxy.endpoint)
    const files = new TrailFiles(settings, reader)
    using refusal = proxy.inject({ service: 'sqs' }, denied())
    // What a lost reply held comes again after this.
    const times = { waitSeconds: 1, visibilitySeconds: 2 }
    await using reading = read(sqsQueue({ url, settings, reader, files, clock: systemClock, ...times }))
    await eventually(async () => expect(reading.faults.length).toBeGreaterThan(0))
    expect(reading.faults[0]).toMatchObject({
      code: 'operator',
      message: expect.stringMatching(/grant sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility/),
    })
    refusal[Symbol.dispose]()
    {
      using lost = proxy.inject({ service: 'sqs' }, cut())
      await eventually(async () => expect(lost.hits).toBeGreaterThan(0))
    }
    const deliveries = await reading.until(events => events.length === 1)
    await Promise.all(deliveries.map(delivery => delivery.done()))
    await eventually(async () => expect(await queue.size()).toBe(0))
  })
})
