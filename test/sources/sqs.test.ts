import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type QueueOptions, sqsQueue } from '../../src/clouds/aws/sources/sqs-queue.ts'
import { TrailFiles } from '../../src/clouds/aws/sources/trail-files.ts'
import { NOTHING } from '../../src/model/incoming.ts'
import { systemClock } from '../../src/ports/clock.ts'
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

  test('is read by as many receivers as its load needs, and loses and doubles nothing', async () => {
    const queue = await newQueue()
    const sent = Array.from({ length: 300 }, (_, index) => `sg-${index}`)
    await queue.send(sent.map(group => inEnvelope(changed(group))))
    await using reading = read(sourceOf(queue))
    await eventually(async () => {
      await Promise.all(reading.deliveries.map(delivery => delivery.done()))
      expect(await queue.size()).toBe(0)
    })
    expect(touched(reading.deliveries)).toEqual(sent.toSorted())
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
    await queue.send(Array.from({ length: 150 }, (_, index) => inEnvelope(changed(`sg-${index}`))))
    const stop = new AbortController()
    let taken = 0
    for await (const { incoming } of sourceOf(queue).deliveries(stop.signal, () => {})) {
      taken += incoming.events.length
      await eventually(async () => expect(await queue.held()).toBe(150))
      stop.abort()
    }
    expect(taken).toBeLessThanOrEqual(10)
    expect(await queue.held()).toBe(taken)
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
})
