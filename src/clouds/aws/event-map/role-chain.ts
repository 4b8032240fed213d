import type { Actor } from '../../../model/actor.ts'
import { HOPS_MAX, isFaint, withCallers } from '../../../model/actor-chain.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { isObject } from './trail-record.ts'

/** Somebody was given temporary credentials: whoever calls with this key is, behind it, that caller. */
export interface Link {
  readonly accessKeyId: string
  readonly caller: Actor
}

/** The sts calls that hand out credentials; their records are reads, so that they reach nobody else. */
const ISSUING = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoot',
  'GetSessionToken',
  'GetFederationToken',
])

/** The link that a record makes, if it is one in which sts issued credentials. */
export function linkOf(record: CloudTrailRecord, caller: Actor): Link | undefined {
  if (record.eventSource !== 'sts.amazonaws.com' || !ISSUING.has(record.eventName)) return undefined
  const response = record.responseElements
  const credentials = isObject(response) ? response['credentials'] : undefined
  const accessKeyId = isObject(credentials) ? credentials['accessKeyId'] : undefined
  return typeof accessKeyId === 'string' && accessKeyId !== '' ? { accessKeyId, caller } : undefined
}

/** A few hours of AssumeRole calls of a large organisation, at about a kilobyte each. */
const LINKS_MAX = 50_000

/**
 * Which caller stands behind each temporary access key. In memory and bounded: the oldest link goes first, and what is
 * no longer known leaves an actor as its own record tells it. Learn a batch first, then join it: within one delivery the
 * AssumeRole may stand behind the calls that used its key.
 */
export class RoleChain {
  readonly #callers = new Map<string, Actor>()
  readonly #linksMax: number

  constructor(linksMax = LINKS_MAX) {
    this.#linksMax = linksMax
  }

  get size(): number {
    return this.#callers.size
  }

  /**
   * A role of another account is assumed in two trails: the caller's own tells who it was, the role owner's only which
   * account. The better of the two stays, whichever comes first.
   */
  learn(links: readonly Link[]): void {
    for (const { accessKeyId, caller } of links) {
      const known = this.#callers.get(accessKeyId)
      this.#callers.delete(accessKeyId)
      this.#callers.set(accessKeyId, known && isFaint(caller) ? known : caller)
      if (this.#callers.size > this.#linksMax) this.#callers.delete(this.#callers.keys().next().value ?? '')
    }
  }

  /** The same actors, in order, with the chain behind each: `via` begins with the first caller, who also lends the name. */
  join(actors: readonly Actor[]): Actor[] {
    return this.#callers.size === 0 ? [...actors] : actors.map(actor => withCallers(actor, this.#behind(actor)))
  }

  /** The callers behind an actor's key, the nearest first. */
  #behind(actor: Actor): Actor[] {
    const callers: Actor[] = []
    let caller = this.#callerOf(actor)
    while (caller && callers.length < HOPS_MAX && !callers.includes(caller)) {
      callers.push(caller)
      caller = this.#callerOf(caller)
    }
    return callers
  }

  #callerOf({ accessKeyId }: Actor): Actor | undefined {
    return accessKeyId === undefined ? undefined : this.#callers.get(accessKeyId)
  }
}
