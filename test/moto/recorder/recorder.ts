import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Random, randomFrom } from '../../fuzz/random.ts'
import { Callers, type KnownUser, textAt } from './callers.ts'
import { Catalogue } from './catalogue.ts'
import { Delivery, type Disturbance, UNDISTURBED } from './delivery.ts'
import { type EventBridge, isBrought, sendEvents } from './event-bridge.ts'
import { isDataCall, isRead } from './kinds-of-call.ts'
import { type TrailBucket, writeLogFiles } from './log-files.ts'
import { forward } from './moto-call.ts'
import { type Called, calledBy } from './operation.ts'
import { regionOf } from './quirks.ts'
import { type Reply, readRequest } from './read-call.ts'
import { type Exchange, type Read, readExchange, recordOf, type TrailRecord } from './record.ts'
import { requestOf, signatureOf } from './request.ts'
import { recordsOf } from './shared-records.ts'
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

/** Starts a recorder on a free port of loopback. `moto`: its endpoint, or that of a proxy in front of it. */
export async function startRecorder(moto: string, options: RecorderOptions = {}): Promise<Recorder> {
  const { seed = 1, users = {}, fileMs = 500, dataEvents = false } = options
  const random = { ids: randomFrom(seed), files: randomFrom(seed + 1) }
  const agent = new Agent({ keepAlive: true })
  const catalogue = new Catalogue()
  const staleness = new Staleness(randomFrom(seed + 4))
  let callers = new Callers(users)
  let buckets = new Map<string, { readonly owner: string; readonly region: string }>()
  let destination: { readonly eventBridge?: EventBridge; readonly trail?: TrailBucket } = {}
  const records: TrailRecord[] = []
  const unknown: string[] = []
  const logFiles: string[] = []
  const eventBridge = new Delivery(
    async sent => {
      if (destination.eventBridge) await sendEvents(moto, destination.eventBridge, sent, agent)
    },
    { disturbance: { ...UNDISTURBED, ...options.eventBridge }, random: randomFrom(seed + 2) },
  )
  const trail = new Delivery(
    async sent => {
      if (destination.trail)
        logFiles.push(...(await writeLogFiles(moto, destination.trail, { records: sent, random: random.files }, agent)))
    },
    { disturbance: { ...UNDISTURBED, ...options.trail }, random: randomFrom(seed + 3), gatherMs: fileMs },
  )

  const forget = () => {
    callers = new Callers(users)
    buckets = new Map()
    staleness.forget()
  }

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>))
    const { method = 'GET', url = '/', headers, socket } = incoming
    const request = requestOf({ method, url, headers, body, remoteAddress: socket.remoteAddress ?? '' })
    const pass = () => forward(moto, { method, url, headers, body }, agent)
    if (url.startsWith('/moto-api/reset')) forget()
    const signature = signatureOf(request)
    const called = signature && calledBy(catalogue.signedFor(signature.service), request)
    if (signature === undefined || called === undefined) {
      if (!url.startsWith('/moto-api')) unknown.push(`${signature?.service ?? 'unsigned'} ${method} ${url}`)
      return send(response, await pass())
    }
    const time = new Date()
    const header = headers['x-moto-account-id']
    const caller = callers.of(signature.accessKeyId, typeof header === 'string' ? header : undefined)
    const bucket = buckets.get(called.labels.get('Bucket') ?? '')
    const region = regionOf(called.api, bucket?.region ?? signature.region)
    const asked = { called, read: { request: readRequest(called, request) }, place: `${caller.account} ${region}` }
    const reply = await answered(staleness, asked, pass)
    const read = readExchange(called, request, reply)
    if (!read.failure) {
      callers.learn(called, caller, read.request, read.reply, time)
      if (called.operation.name === 'CreateBucket')
        buckets.set(called.labels.get('Bucket') ?? '', { owner: caller.account, region: bucketRegion(read, region) })
    }
    if (!isRead(called.api, called.operation)) staleness.written(asked, read)
    if (dataEvents || !isDataCall(called.api, called.operation)) {
      const ids = { eventID: uuid(random.ids), requestID: requestId(called, random.ids) }
      const made = called.operation.name === 'CreateBucket' ? bucketRegion(read, region) : region
      const exchange: Exchange = { called, request, reply, caller, region: made, owner: bucket?.owner, time, ...ids }
      for (const record of recordsOf(recordOf(exchange, read), exchange, read, () => uuid(random.ids))) {
        records.push(record)
        if (destination.eventBridge && isBrought(record)) eventBridge.add(record)
        if (destination.trail) trail.add(record)
      }
      if (records.length > RECORDS_MAX) records.splice(0, RECORDS_MAX / 2)
    }
    send(response, reply)
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      unknown.push(`${incoming.method} ${incoming.url}: ${error instanceof Error ? error.stack : error}`)
      response.destroy(error as Error)
    })
  }).listen(0, '127.0.0.1')
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

async function answered(staleness: Staleness, asked: Asked, pass: () => Promise<Reply>): Promise<Reply> {
  if (!isRead(asked.called.api, asked.called.operation)) return pass()
  const instead = staleness.instead(asked)
  if (instead !== undefined) return instead
  const reply = await pass()
  return asked.called.api.name === 'sts' ? reply : staleness.told(asked, reply)
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  const kept = Object.entries(headers).filter(([, value]) => value !== undefined) as [string, string | string[]][]
  // A reply without a body may still say how long the thing is that was asked about.
  const length = body.length > 0 ? { 'content-length': body.length } : {}
  response.writeHead(status, { ...Object.fromEntries(kept), ...length }).end(body)
}

function bucketRegion({ request }: Read, region: string): string {
  return textAt(request, 'CreateBucketConfiguration', 'LocationConstraint') ?? region
}

/** Moto's own are of no real form; S3's are short, and in capitals. */
function requestId({ api }: Called, random: Random): string {
  const id = uuid(random)
  return api.name === 's3' ? id.replaceAll('-', '').slice(0, 16).toUpperCase() : id
}

function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.number(16).toString(16)).join('')
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`]
  return [...parts, digits.slice(20)].join('-')
}
