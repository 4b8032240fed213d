import type { Random } from '../../fuzz/random.ts'
import type { Protocol } from '../call.ts'
import { errorReply } from '../fault.ts'
import { assetNames, isOwn } from './asset-names.ts'
import { withEarlier, without } from './fragments.ts'
import type { Called } from './operation.ts'
import type { Reply } from './read-call.ts'
import type { Read } from './record.ts'

/**
 * Eventual consistency. For a while after a successful write, reads do not show it:
 *
 *   absent    what was created is not found when asked for by name, and is missing in lists
 *   stale     what was changed is described as it was just before; the same question gets the same answer
 *
 * Only what was read before can be stale, as only that can confuse anybody; and nothing is described as it was before an
 * earlier write that everybody sees by now.
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
  /** When the write was answered; what was asked later may show it. */
  readonly at: number
  readonly until: number
}

/** What was written to an asset lately. */
interface Written {
  open: Window[]
  /** The last write that everybody sees: no reply from before it is told any more. */
  settledAt: number
}

interface Kept {
  readonly reply: Reply
  /** When the cloud was asked. */
  readonly at: number
}

/** As many earlier replies as are kept of one operation in one place. */
const REPLIES_MAX = 200

export class Staleness {
  readonly switches: Consistency = { absentMs: 0, staleMs: 0, share: 1 }
  /** How many replies were not what the cloud would have said. */
  count = 0
  readonly #random: Random
  /** By account, region and service, then by the names of assets. */
  readonly #written = new Map<string, Map<string, Written>>()
  /** By operation and place, then by question; the one asked last is the last. */
  readonly #replies = new Map<string, Map<string, Kept>>()

  constructor(random: Random) {
    this.#random = random
  }

  /** A reply in place of the cloud's, to a question that names what was written. */
  instead(asked: Asked): Reply | undefined {
    const written = this.#writtenIn(asked)
    if (written.size === 0) return undefined
    const { named } = assetNames('', asked.read.request, {})
    const states = [...named].flatMap(name => written.get(name) ?? [])
    const isOpen = (kind: Window['kind']) => states.some(({ open }) => open.some(window => window.kind === kind))
    if (isOpen('absent')) return this.#counted(notFound(asked, named))
    const known = isOpen('stale') ? this.#replies.get(operationOf(asked))?.get(questionOf(asked)) : undefined
    const isAllowed = known !== undefined && states.every(({ settledAt }) => known.at >= settledAt)
    return isAllowed ? this.#counted(known.reply) : undefined
  }

  /** What is told of a reply of the cloud, which was asked at that time. It is kept as it is, for later. */
  told(asked: Asked, reply: Reply, at: number): Reply {
    const earlier = [...(this.#replies.get(operationOf(asked))?.values() ?? [])]
    this.#keep(asked, { reply, at })
    const text = reply.body.toString('utf8')
    const noun = asked.called.operation.name.replace(READING, '')
    let told = text
    for (const [name, { open, settledAt }] of this.#writtenIn(asked)) {
      if (open.length === 0 || !told.includes(name)) continue
      const own = (member: string) => isOwn(member, noun)
      const last = earlier.findLast(kept => kept.at >= settledAt && kept.reply.body.includes(name))
      if (open.some(({ kind }) => kind === 'absent')) told = without(told, name, own)
      else if (last !== undefined) told = withEarlier(told, last.reply.body.toString('utf8'), name, own)
    }
    if (told === text || !isWhole(told)) return reply
    this.count++
    return { ...reply, body: Buffer.from(told) }
  }

  /** A write has succeeded. */
  written({ called, place }: Asked, read: Read): void {
    const { absentMs, staleMs, share } = this.switches
    if (read.failure !== undefined) return
    const isLate = (absentMs > 0 || staleMs > 0) && this.#random.number(CHANCES) < share * CHANCES
    const scope = `${place} ${called.api.name}`
    const writes = this.#written.get(scope) ?? new Map<string, Written>()
    this.#written.set(scope, writes)
    const { named, created } = assetNames(called.operation.name, read.request, read.reply)
    const at = Date.now()
    // Putting what is there already changes it, and makes nothing.
    const isNew = (name: string) => created.has(name) && !(called.operation.name.startsWith('Put') && writes.has(name))
    for (const name of named) {
      const isMade = isNew(name)
      const written = writes.get(name) ?? { open: [], settledAt: 0 }
      writes.set(name, written)
      if (!isLate) Object.assign(written, { open: [], settledAt: at })
      if (isLate && staleMs > 0) written.open.push({ kind: 'stale', at, until: at + staleMs })
      if (isLate && absentMs > 0 && isMade) written.open.push({ kind: 'absent', at, until: at + absentMs })
    }
  }

  forget(): void {
    this.#written.clear()
    this.#replies.clear()
  }

  /** What was written there, as it stands now. */
  #writtenIn({ called, place }: Asked): ReadonlyMap<string, Written> {
    const writes = this.#written.get(`${place} ${called.api.name}`)
    const now = Date.now()
    for (const written of writes?.values() ?? []) {
      const ended = written.open.filter(({ until }) => until <= now)
      if (ended.length === 0) continue
      // What everybody sees of a later write, they see of those before it.
      written.settledAt = Math.max(written.settledAt, ...ended.map(({ at }) => at))
      written.open = written.open.filter(({ at, until }) => until > now && at >= written.settledAt)
    }
    return writes ?? new Map()
  }

  #counted(reply: Reply | undefined): Reply | undefined {
    if (reply !== undefined) this.count++
    return reply
  }

  #keep(asked: Asked, kept: Kept): void {
    const operation = operationOf(asked)
    const replies = this.#replies.get(operation) ?? new Map<string, Kept>()
    this.#replies.set(operation, replies)
    const question = questionOf(asked)
    replies.delete(question)
    replies.set(question, kept)
    if (replies.size > REPLIES_MAX) replies.delete(replies.keys().next().value ?? '')
  }
}

const READING = /^(?:BatchGet|Get|List|Describe|Head)/

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
