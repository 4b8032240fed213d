import type { Random } from '../../fuzz/random.ts'
import type { Protocol } from '../call.ts'
import { errorReply } from '../fault.ts'
import { assetNames } from './asset-names.ts'
import { withEarlier, without } from './fragments.ts'
import type { Called } from './operation.ts'
import type { Reply } from './read-call.ts'
import type { Read } from './record.ts'

/**
 * Eventual consistency. For a while after a successful write, reads do not show it:
 *
 *   absent    what was created is not found when asked for by name, and is missing in lists
 *   stale     what was changed is described as in the last reply before; the same question gets the same answer
 *
 * Only what was read before can be stale, as only that can confuse anybody.
 */
export interface Consistency {
  /** How long an asset that was just created is not found. */
  absentMs: number
  /** How long an asset that was just changed or deleted is described as before. */
  staleMs: number
  /** The share of writes that this happens to, from 0 to 1. */
  share: number
}

export interface Asked {
  readonly called: Called
  readonly read: Pick<Read, 'request'>
  /** Account and region: what is written in one is seen in no other. */
  readonly place: string
}

interface Window {
  readonly kind: 'absent' | 'stale'
  readonly until: number
}

/** As many earlier replies as are kept of one operation in one place. */
const REPLIES_MAX = 50

export class Staleness {
  readonly switches: Consistency = { absentMs: 0, staleMs: 0, share: 1 }
  /** How many replies were not what the cloud would have said. */
  count = 0
  readonly #random: Random
  readonly #windows = new Map<string, Map<string, Window>>()
  readonly #replies = new Map<string, Map<string, Reply>>()

  constructor(random: Random) {
    this.#random = random
  }

  /** A reply in place of the cloud's. */
  instead(asked: Asked): Reply | undefined {
    const open = this.#open(asked)
    if (open.size === 0) return undefined
    const { named } = assetNames('', asked.read.request, {})
    const isAbsent = [...open].some(([name, { kind }]) => kind === 'absent' && named.has(name))
    const isStale = [...open.values()].some(({ kind }) => kind === 'stale')
    const known = isStale ? this.#replies.get(operationOf(asked))?.get(questionOf(asked)) : undefined
    const reply = isAbsent ? notFound(asked, named) : known
    if (reply !== undefined) this.count++
    return reply
  }

  /** What is told of a reply of the cloud; outside of every window it is kept, for later. */
  told(asked: Asked, reply: Reply): Reply {
    const open = this.#open(asked)
    if (open.size === 0) {
      this.#keep(asked, reply)
      return reply
    }
    const earlier = [...(this.#replies.get(operationOf(asked))?.values() ?? [])].map(({ body }) =>
      body.toString('utf8'),
    )
    const text = reply.body.toString('utf8')
    let told = text
    for (const [name, { kind }] of open) {
      if (!told.includes(name)) continue
      const last = earlier.findLast(each => each.includes(name))
      if (kind === 'absent') told = without(told, name)
      else if (last !== undefined) told = withEarlier(told, last, name)
    }
    if (told === text || !isWhole(told)) return reply
    this.count++
    return { ...reply, body: Buffer.from(told) }
  }

  /** A write has succeeded. */
  written({ called, place }: Asked, read: Read): void {
    const { absentMs, staleMs, share } = this.switches
    if (read.failure !== undefined || (absentMs === 0 && staleMs === 0)) return
    if (this.#random.number(CHANCES) >= share * CHANCES) return
    const scope = `${place} ${called.api.name}`
    const windows = this.#windows.get(scope) ?? new Map<string, Window>()
    this.#windows.set(scope, windows)
    const { named, created } = assetNames(called.operation.name, read.request, read.reply)
    const now = Date.now()
    if (staleMs > 0) for (const name of named) windows.set(name, { kind: 'stale', until: now + staleMs })
    if (absentMs > 0) for (const name of created) windows.set(name, { kind: 'absent', until: now + absentMs })
  }

  forget(): void {
    this.#windows.clear()
    this.#replies.clear()
  }

  #open({ called, place }: Asked): ReadonlyMap<string, Window> {
    const windows = this.#windows.get(`${place} ${called.api.name}`)
    const now = Date.now()
    for (const [name, { until }] of windows ?? []) if (until <= now) windows?.delete(name)
    return windows ?? new Map()
  }

  #keep(asked: Asked, reply: Reply): void {
    const operation = operationOf(asked)
    const replies = this.#replies.get(operation) ?? new Map<string, Reply>()
    this.#replies.set(operation, replies)
    const question = questionOf(asked)
    replies.delete(question)
    replies.set(question, reply)
    if (replies.size > REPLIES_MAX) replies.delete(replies.keys().next().value ?? '')
  }
}

const CHANCES = 2 ** 30

function operationOf({ called, place }: Asked): string {
  return `${place} ${called.api.name} ${called.operation.name}`
}

function questionOf({ read }: Asked): string {
  return JSON.stringify(read.request)
}

/** A JSON reply that was cut wrongly is not told. */
function isWhole(text: string): boolean {
  if (!text.startsWith('{')) return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** EC2's word for what is not there, by the id's prefix. */
const EC2_NOT_FOUND: Readonly<Record<string, string>> = {
  ami: 'InvalidAMIID.NotFound',
  eipalloc: 'InvalidAllocationID.NotFound',
  eni: 'InvalidNetworkInterfaceID.NotFound',
  i: 'InvalidInstanceID.NotFound',
  igw: 'InvalidInternetGatewayID.NotFound',
  nat: 'NatGatewayNotFound',
  rtb: 'InvalidRouteTableID.NotFound',
  sg: 'InvalidGroup.NotFound',
  snap: 'InvalidSnapshot.NotFound',
  subnet: 'InvalidSubnetID.NotFound',
  vol: 'InvalidVolume.NotFound',
  vpc: 'InvalidVpcID.NotFound',
}

/** The error by which the operation says that something does not exist; nothing where it has none. */
function notFound({ called: { api, operation } }: Asked, named: ReadonlySet<string>): Reply | undefined {
  const found = [...named].map(name => EC2_NOT_FOUND[name.slice(0, name.lastIndexOf('-'))]).find(code => code)
  const shape = operation.errors
    ?.map(error => ({ name: error.shape, error: api.model.shapes[error.shape]?.error }))
    .find(({ name, error }) => /NotFound|NoSuch|NotExist|NonExistent/.test(name) || error?.httpStatusCode === 404)
  const modelled = shape && (api.name === 'sqs' ? shape.name : (shape.error?.code ?? shape.name))
  const code = api.name === 'ec2' ? found : api.name === 's3' ? 'NoSuchBucket' : modelled
  if (code === undefined) return undefined
  const protocol = PROTOCOLS[api.model.metadata.protocol] ?? 'json'
  const call = { service: api.name, region: '', operation: operation.name, account: undefined, body: '' }
  const { headers, body } = errorReply(
    { ...call, protocol: api.name === 's3' ? 's3' : protocol },
    { code, message: 'It does not exist.' },
  )
  const status = api.name === 's3' ? 404 : (shape?.error?.httpStatusCode ?? 400)
  return { status, headers, body: Buffer.from(body) }
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = { ec2: 'ec2', query: 'query', 'rest-xml': 'rest-xml' }
