import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sqsQueue } from '../../src/clouds/aws/sources/sqs-queue.ts'
import { TrailFiles } from '../../src/clouds/aws/sources/trail-files.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { type Moto, startMoto } from '../moto/server.ts'
import { changed, eventually, read, sourceContract, touched } from './contract.ts'
import { newReader, SimulatedQueue, settingsOf } from './simulated.ts'

const BUCKET = 'trail'
let moto: Moto
let bucket: S3Client
let made = 0

beforeAll(async () => {
  moto = await startMoto()
  bucket = new S3Client(settingsOf(moto.endpoint))
  await bucket.send(
    new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  )
})
afterAll(async () => {
  bucket?.destroy()
  await moto?.[Symbol.asyncDispose]()
})

function newQueue(): Promise<SimulatedQueue> {
  return SimulatedQueue.create(settingsOf(moto.endpoint), `files-${++made}`)
}

function sourceOf(queue: SimulatedQueue) {
  const settings = settingsOf(moto.endpoint)
  const reader = newReader()
  const files = new TrailFiles(settings, reader)
  return sqsQueue({ url: queue.url, settings, reader, files, clock: systemClock, waitSeconds: 1 })
}

function newKey(): string {
  return `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/${randomUUID()}.json.gz`
}

async function put(text: string): Promise<string> {
  const Key = newKey()
  await bucket.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: gzipSync(text) }))
  return Key
}

function notice(...keys: readonly string[]): string {
  const Records = keys.map(key => ({
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    awsRegion: 'eu-west-1',
    s3: { bucket: { name: BUCKET }, object: { key: encodeURIComponent(key) } },
  }))
  return JSON.stringify({ Type: 'Notification', Message: JSON.stringify({ Records }) })
}

sourceContract('log files in S3, noticed by SNS and SQS', async () => {
  const queue = await newQueue()
  const send = async (text: string) => queue.send([notice(await put(text))])
  return {
    source: sourceOf(queue),
    send: records => send(JSON.stringify({ Records: records })),
    sendGarbage: text => queue.send([text]),
    unacknowledged: () => queue.size(),
    async [Symbol.asyncDispose]() {},
  }
})

describe('a log file', () => {
  test('that is large comes in pieces, and is acknowledged when the last of them is stored', async () => {
    const queue = await newQueue()
    const groups = Array.from({ length: 5_000 }, (_, index) => `sg-${index}`)
    await queue.send([notice(await put(JSON.stringify({ Records: groups.map(group => changed(group)) })))])
    await using reading = read(sourceOf(queue))
    const deliveries = await reading.until(events => events.length === groups.length)
    const pieces = deliveries.filter(({ incoming }) => incoming.events.length > 0)
    expect(pieces.length).toBeGreaterThan(2)
    expect(touched(deliveries)).toEqual(groups.toSorted())

    const [first, ...others] = deliveries
    for (const other of others) await other.done()
    expect(await queue.size()).toBe(1)
    await first?.done()
    await eventually(async () => expect(await queue.size()).toBe(0))
  })

  test('of which one piece could not be stored comes again as a whole', async () => {
    const queue = await newQueue()
    await queue.send([notice(await put(JSON.stringify({ Records: [changed('sg-1')] })))])
    await using reading = read(sourceOf(queue))
    const first = await reading.until(events => events.length === 1)
    await first.at(-1)?.failed()
    await first[0]?.done()
    const second = await reading.until(events => events.length === 2)
    for (const delivery of second.slice(first.length)) await delivery.done()
    await eventually(async () => expect(await queue.size()).toBe(0))
  })

  test('that is damaged brings what can be read, and is rejected for the rest', async () => {
    const queue = await newQueue()
    const Key = newKey()
    const whole = gzipSync(JSON.stringify({ Records: Array.from({ length: 300 }, () => changed(randomUUID())) }))
    await bucket.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: whole.subarray(0, whole.length / 2) }))
    await queue.send([notice(Key)])
    await using reading = read(sourceOf(queue))
    const deliveries = await reading.until(
      events => events.length > 0,
      all => all.some(({ incoming }) => incoming.rejected.some(({ reason }) => reason.includes('damaged or cut off'))),
    )
    for (const delivery of deliveries) await delivery.done()
    await eventually(async () => expect(await queue.size()).toBe(0))
  })

  test('that is not there is told of, waits, and does not hold up others', async () => {
    const queue = await newQueue()
    await queue.send([notice(newKey()), notice(await put(JSON.stringify({ Records: [changed('sg-1')] })))])
    await using reading = read(sourceOf(queue))
    const deliveries = await reading.until(events => events.length === 1)
    await eventually(async () => expect(reading.faults.length).toBe(1))
    expect(reading.faults[0]).toMatchObject({
      code: 'operator',
      message: expect.stringMatching(/there is no such file/),
    })
    for (const delivery of deliveries) await delivery.done()
    await eventually(async () => expect(await queue.size()).toBe(1))
  })

  test('that stays away is rejected by name in the end, so that its message ends', async () => {
    const queue = await newQueue()
    const key = newKey()
    await queue.send([notice(key)])
    await queue.receiveInVain(11)
    await using reading = read(sourceOf(queue))
    const deliveries = await reading.until(
      () => true,
      all => all.some(({ incoming }) => incoming.rejected.length > 0),
    )
    expect(deliveries.flatMap(({ incoming }) => incoming.rejected)).toEqual([
      {
        source: expect.stringMatching(/^sqs eu-west-1 files-/),
        reason: expect.stringMatching(/could not be read: .*there is no such file/),
        sample: `s3://${BUCKET}/${key}`,
      },
    ])
    for (const delivery of deliveries) await delivery.done()
    await eventually(async () => expect(await queue.size()).toBe(0))
  })
})
