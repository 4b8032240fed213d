import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Delivery, EventSource } from '../../src/ports/event-source.ts'

/** A source with something behind it that sends: what every kind of source has to stand. */
export interface SourceDriver {
  readonly source: EventSource
  /** Sends records as this way brings them; resolves when they are on their way. */
  send(records: readonly object[]): Promise<void>
  /** Sends what is no record, as it is. */
  sendGarbage(text: string): Promise<void>
  /** How many messages wait or are held: all that is not acknowledged. */
  unacknowledged(): Promise<number>
}

/** A CloudTrail record of somebody who changed a security group. */
export function changed(group: string, id: string = randomUUID()): object {
  return {
    eventVersion: '1.11',
    eventID: id,
    eventTime: '2026-11-22T10:00:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.17',
    userIdentity: {
      type: 'IAMUser',
      userName: 'ada',
      arn: 'arn:aws:iam::111122223333:user/ada',
      accountId: '111122223333',
    },
    requestParameters: { groupId: group },
    responseElements: { _return: true },
    readOnly: false,
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventType: 'AwsApiCall',
    eventCategory: 'Management',
  }
}

/** On a machine that has much else to do. */
const ARRIVES_MS = 45_000

/** What must hold of every source: nothing is lost, nothing acknowledged before its time, and it ends when it is told to. */
export function sourceContract(name: string, open: () => Promise<SourceDriver & AsyncDisposable>): void {
  describe(`a source of events: ${name}`, () => {
    test('what is sent arrives as events, and is not acknowledged before it is done', async () => {
      await using driver = await open()
      await using reading = read(driver.source)
      await driver.send([changed('sg-1'), changed('sg-2')])
      const deliveries = await reading.until(events => events.length === 2)
      expect(touched(deliveries)).toEqual(['sg-1', 'sg-2'])
      expect(await driver.unacknowledged()).toBeGreaterThan(0)

      await Promise.all(deliveries.map(delivery => delivery.done()))
      await eventually(async () => expect(await driver.unacknowledged()).toBe(0))
      expect(reading.faults).toEqual([])
    })

    test('what failed comes again, under the same id', async () => {
      await using driver = await open()
      await using reading = read(driver.source)
      await driver.send([changed('sg-1')])
      const first = await reading.until(events => events.length === 1)
      await Promise.all(first.map(delivery => delivery.failed()))

      const second = await reading.until(events => events.length === 2)
      const [one, two] = second.flatMap(({ incoming }) => incoming.events)
      expect(two?.id).toBe(one?.id)
      await Promise.all(second.map(delivery => delivery.done()))
      await eventually(async () => expect(await driver.unacknowledged()).toBe(0))
    })

    test('what cannot be read is kept with its reason, acknowledged, and holds nothing else up', async () => {
      await using driver = await open()
      await using reading = read(driver.source)
      await driver.sendGarbage('no record at all')
      await driver.send([changed('sg-1')])
      const deliveries = await reading.until(
        events => events.length === 1,
        all => all.some(({ incoming }) => incoming.rejected.length > 0),
      )
      const [rejected] = deliveries.flatMap(({ incoming }) => incoming.rejected)
      expect(rejected).toMatchObject({ source: driver.source.name, sample: 'no record at all' })
      expect(rejected?.reason).toMatch(/not JSON|where a record should be/)
      await Promise.all(deliveries.map(delivery => delivery.done()))
      await eventually(async () => expect(await driver.unacknowledged()).toBe(0))
    })

    test('it ends soon after it is told to, and can be read again', async () => {
      await using driver = await open()
      const first = read(driver.source)
      await driver.send([changed('sg-1')])
      await first.until(events => events.length === 1)
      await Promise.all(first.deliveries.map(delivery => delivery.done()))
      const startedAt = Date.now()
      await first[Symbol.asyncDispose]()
      expect(Date.now() - startedAt).toBeLessThan(3_000)

      // The simulator does not notice at once that a request was given up, and would answer it with the next message.
      await delay(1_500)
      await using second = read(driver.source)
      await driver.send([changed('sg-2')])
      const deliveries = await second.until(events => events.length === 1)
      expect(touched(deliveries)).toEqual(['sg-2'])
      await Promise.all(deliveries.map(delivery => delivery.done()))
    })
  })
}

/** Reads a source beside the test. */
export function read(source: EventSource): Reading {
  const stop = new AbortController()
  const deliveries: Delivery[] = []
  const faults: unknown[] = []
  const work = (async () => {
    for await (const delivery of source.deliveries(stop.signal, error => faults.push(error))) deliveries.push(delivery)
  })()
  return {
    faults,
    deliveries,
    async until(hasArrived, andAlso = () => true) {
      await eventually(async () => {
        const events = deliveries.flatMap(({ incoming }) => incoming.events)
        if (!hasArrived(events) || !andAlso(deliveries)) throw new Error(`only ${events.length} events arrived`)
      })
      return [...deliveries]
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await work
    },
  }
}

interface Reading extends AsyncDisposable {
  readonly faults: unknown[]
  readonly deliveries: readonly Delivery[]
  until(
    hasArrived: (events: Delivery['incoming']['events']) => boolean,
    andAlso?: (deliveries: readonly Delivery[]) => boolean,
  ): Promise<readonly Delivery[]>
}

export function touched(deliveries: readonly Delivery[]): string[] {
  return deliveries
    .flatMap(({ incoming }) => incoming.events)
    .flatMap(({ outcome }) => (outcome.kind === 'mapped' ? outcome.assets.map(({ id }) => id) : []))
    .sort()
}

/** Tries until it holds, or throws what it said last. */
export async function eventually(claim: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + ARRIVES_MS
  for (;;) {
    try {
      return await claim()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await delay(50)
  }
}
