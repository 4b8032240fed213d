import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomFrom } from '../../fuzz/random.ts'
import type { KnownUser } from './callers.ts'
import { Catalogue } from './catalogue.ts'
import { Delivery, type Disturbance, UNDISTURBED } from './delivery.ts'
import { type EventBridge, isBrought, sendEvents } from './event-bridge.ts'
import { isRead } from './kinds-of-call.ts'
import { type TrailBucket, writeLogFiles } from './log-files.ts'
import { forward } from './moto-call.ts'
import { calledBy } from './operation.ts'
import { type Reply, readRequest } from './read-call.ts'
import type { TrailRecord } from './record.ts'
import { Recording } from './recording.ts'
import { requestOf, signatureOf } from './request.ts'
import { type Asked, type Consistency, Staleness } from './staleness.ts'

/**
 * CloudTrail for the simulator: a proxy in front of moto that writes a record of every call and delivers it. What moto
 * does by itself (a stack's parts, a group's instances) is no call, and leaves no record.
 *
 *   await using moto = await startMoto()
 *   await using recorder = await startRecorder(moto.endpoint, { seed: 7, eventBridge: { loss: 0.02, duplication: 0.1 } })
 *   recorder.deliverTo({ eventBridge: { kind: 'queue', url, region }, trail: { bucket, account, region } })
 *   recorder.consistency.staleMs = 3_000     // may be changed at any time, as may recorder.eventBridge.disturbance
 *
 * The queue and the bucket are made first, through the recorder or not. Reads that shall be stale go through it, too; a
 * proxy that makes calls fail may stand on either side of it.
 */
export interface Recorder extends AsyncDisposable {
  readonly endpoint: string
  /** What was recorded, in the order in which calls were answered; the oldest go when there are very many. */
  readonly records: readonly TrailRecord[]
  /** Calls that no model knows, which therefore have no record. */
  readonly unknown: readonly string[]
  /** What happens to records on their way through EventBridge, and what became of them. */
  readonly eventBridge: Delivery
  /** The same for log files. */
  readonly trail: Delivery
  /** The keys of the log files that were written. */
  readonly logFiles: readonly string[]
  /** How late reads show what was written. */
  readonly consistency: Consistency
  /** How many replies were stale. */
  readonly staleReplies: number
  /** From now on records go there. */
  deliverTo(to: { readonly eventBridge?: EventBridge; readonly trail?: TrailBucket }): void
  /** All that is under way arrives now. */
  drain(): Promise<void>
}

export interface RecorderOptions {
  /** Repeats what chance decides: losses, delays, ids. */
  readonly seed?: number
  /** Whose access keys these are, where they were not made through the recorder. */
  readonly users?: Readonly<Record<string, KnownUser>>
  readonly eventBridge?: Partial<Disturbance>
  readonly trail?: Partial<Disturbance>
  /** How long log files are filled before they are written; five minutes in the cloud. */
  readonly fileMs?: number
  /** Whether calls on what is inside of assets are recorded: objects, items, messages. */
  readonly dataEvents?: boolean
}

const RECORDS_MAX = 200_000
const UNKNOWN_MAX = 1000
const KEEP_ALIVE_MS = 120_000

/** Starts a recorder on a free port of loopback. `moto`: its endpoint, or that of a proxy in front of it. */
export async function startRecorder(moto: string, options: RecorderOptions = {}): Promise<Recorder> {
  const { seed = 1, users = {}, fileMs = 500, dataEvents = false } = options
  const agent = new Agent({ keepAlive: true })
  const catalogue = new Catalogue()
  const recording = new Recording({ seed, users, dataEvents })
  const staleness = new Staleness(randomFrom(seed + 1))
  const fileNames = randomFrom(seed + 2)
  let destination: { readonly eventBridge?: EventBridge; readonly trail?: TrailBucket } = {}
  const records: TrailRecord[] = []
  const unknown: string[] = []
  const logFiles: string[] = []
  const eventBridge = new Delivery(
    async sent => {
      if (destination.eventBridge) await sendEvents(moto, destination.eventBridge, sent, agent)
    },
    { disturbance: { ...UNDISTURBED, ...options.eventBridge }, random: randomFrom(seed + 3) },
  )
  const trail = new Delivery(
    async sent => {
      if (destination.trail)
        logFiles.push(...(await writeLogFiles(moto, destination.trail, { records: sent, random: fileNames }, agent)))
    },
    { disturbance: { ...UNDISTURBED, ...options.trail }, random: randomFrom(seed + 4), gatherMs: fileMs },
  )

  const note = (call: string) => {
    if (unknown.length < UNKNOWN_MAX) unknown.push(call)
  }
  const keep = (made: readonly TrailRecord[]) => {
    records.push(...made)
    if (records.length > RECORDS_MAX) records.splice(0, RECORDS_MAX / 2)
    for (const record of made) {
      if (destination.eventBridge && isBrought(record)) eventBridge.add(record)
      if (destination.trail) trail.add(record)
    }
  }

  const answer = async (incoming: IncomingMessage): Promise<Reply> => {
    const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>))
    const { method = 'GET', url = '/', headers, socket } = incoming
    const pass = () => forward(moto, { method, url, headers, body }, agent)
    if (url.startsWith('/moto-api/')) {
      if (url.startsWith('/moto-api/reset')) {
        recording.forget()
        staleness.forget()
      }
      return pass()
    }
    const request = requestOf({ method, url, headers, body, remoteAddress: socket.remoteAddress ?? '' })
    const signature = signatureOf(request)
    const called = signature && calledBy(catalogue.signedFor(signature.service), request)
    if (signature === undefined || called === undefined) {
      note(`${signature?.service ?? 'unsigned'} ${method} ${url}`)
      return pass()
    }
    const coming = recording.coming(called, request, signature)
    const place = `${coming.caller.account} ${coming.region}`
    const asked: Asked = { called, read: { request: readRequest(called, request) }, place }
    const isReading = isRead(called.api, called.operation)
    const reply = isReading ? await answerRead(staleness, asked, pass) : await pass()
    const { read, records: made } = recording.answered(coming, reply)
    if (!isReading) staleness.written(asked, read)
    keep(made)
    return reply
  }

  const server = createServer((incoming, response) => {
    answer(incoming).then(
      reply => send(response, reply),
      (error: unknown) => {
        note(`${incoming.method} ${incoming.url}: ${error instanceof Error ? error.stack : error}`)
        response.destroy(error as Error)
      },
    )
  }).listen(0, '127.0.0.1')
  // Whoever keeps connections must not find them closed just when they are used again.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    unknown,
    eventBridge,
    trail,
    logFiles,
    consistency: staleness.switches,
    get staleReplies() {
      return staleness.count
    },
    deliverTo: to => {
      destination = to
    },
    async drain() {
      await eventBridge.drain()
      await trail.drain()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await eventBridge[Symbol.asyncDispose]()
      await trail[Symbol.asyncDispose]()
      agent.destroy()
    },
  }
}

/** Whom an answer lets in is not what is read late. */
async function answerRead(staleness: Staleness, asked: Asked, pass: () => Promise<Reply>): Promise<Reply> {
  if (asked.called.api.name === 'sts') return pass()
  const at = Date.now()
  return staleness.instead(asked) ?? staleness.told(asked, await pass(), at)
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  const kept = Object.entries(headers).filter(([, value]) => value !== undefined) as [string, string | string[]][]
  // A reply without a body may still say how long the thing is that was asked about.
  const length = body.length > 0 ? { 'content-length': body.length } : {}
  response.writeHead(status, { ...Object.fromEntries(kept), ...length }).end(body)
}
