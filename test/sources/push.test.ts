import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/ports/clock.ts'
import { PushEndpoint } from '../../src/surfaces/http/push.ts'
import { type Listening, listen } from '../../src/surfaces/http/server.ts'
import { envelopeOf } from '../moto/recorder/event-bridge.ts'
import type { TrailRecord } from '../moto/recorder/record.ts'
import { changed, read, sourceContract } from './contract.ts'
import { newReader } from './simulated.ts'

const SECRET = 'correct-horse-battery-staple'
const WITH_SECRET = { 'x-api-key': SECRET }

/** An endpoint that listens on loopback. */
async function open(): Promise<{ source: PushEndpoint; server: Listening }> {
  const source = new PushEndpoint({
    secretSha256: createHash('sha256').update(SECRET).digest('hex'),
    reader: newReader(),
    clock: systemClock,
    files: {
      // biome-ignore lint/correctness/useYield: no file is there.
      async *read() {
        throw new Error('no files here')
      },
    },
  })
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    allowsRemote: false,
    routes: { 'POST /events': (request, response) => source.handle(request, response) },
    onFault: () => {},
  })
  return { source, server }
}

function post(server: Listening, body: string, headers: Readonly<Record<string, string>> = WITH_SECRET) {
  return fetch(`${server.url}/events`, { method: 'POST', body, headers })
}

sourceContract('events that are pushed', async () => {
  const { source, server } = await open()
  let pending = 0
  // As EventBridge does: what is not answered with 200 is sent again.
  const send = async (body: string) => {
    pending++
    while (!(await post(server, body)).ok) await delay(20)
    pending--
  }
  const sent: Promise<void>[] = []
  return {
    source,
    async send(records) {
      sent.push(...records.map(record => send(JSON.stringify(envelopeOf(record as TrailRecord)))))
    },
    async sendGarbage(text) {
      sent.push(send(JSON.stringify(text)))
    },
    unacknowledged: async () => pending,
    async [Symbol.asyncDispose]() {
      await Promise.all(sent)
      await server[Symbol.asyncDispose]()
    },
  }
})

describe('the endpoint for pushes', () => {
  test.each<[string, Record<string, string>]>([
    ['x-api-key', WITH_SECRET],
    ['a bearer token', { authorization: `Bearer ${SECRET}` }],
  ])('knows its callers by %s', async (_, headers) => {
    const { source, server } = await open()
    await using _server = server
    await using reading = read(source)
    const answer = post(server, JSON.stringify([changed('sg-1'), changed('sg-2')]), headers)
    const deliveries = await reading.until(events => events.length === 2)
    for (const delivery of deliveries) await delivery.done()
    expect((await answer).status).toBe(200)
  })

  test.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['a wrong one', { 'x-api-key': `${SECRET}!` }],
    ['an empty one', { 'x-api-key': '' }],
    ['basic credentials', { authorization: `Basic ${btoa(`ada:${SECRET}`)}` }],
  ])('refuses callers with %s, and says how to ask', async (_, headers) => {
    const { server } = await open()
    await using _server = server
    const answer = await post(server, '{}', headers)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 401, detail: expect.stringContaining('x-api-key') })
  })

  test('refuses what is no JSON', async () => {
    const { server } = await open()
    await using _server = server
    expect((await post(server, '{"detail":')).status).toBe(400)
  })

  test('refuses what is too large, whether or not it says so before', async () => {
    const { server } = await open()
    await using _server = server
    const large = 'x'.repeat(5 * 1024 * 1024)
    expect((await post(server, large)).status).toBe(413)
    const stream = new Blob([large]).stream()
    const answer = await fetch(`${server.url}/events`, {
      method: 'POST',
      body: stream,
      headers: WITH_SECRET,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
  })

  test('asks to send again while nobody takes events in, and what could not be stored', async () => {
    const { source, server } = await open()
    await using _server = server
    const early = await post(server, JSON.stringify(changed('sg-1')))
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '5'])

    await using reading = read(source)
    const answer = post(server, JSON.stringify(changed('sg-1')))
    const deliveries = await reading.until(events => events.length === 1)
    for (const delivery of deliveries) await delivery.failed()
    expect((await answer).status).toBe(503)
  })

  test('a file that it is told of and that cannot be had is not answered as stored', async () => {
    const { source, server } = await open()
    await using _server = server
    await using reading = read(source)
    const key = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/22/x.json.gz'
    const answer = await post(server, JSON.stringify({ s3Bucket: 'trail', s3ObjectKey: [key] }))
    expect(answer.status).toBe(503)
    expect(reading.faults.length).toBe(1)
  })
})
