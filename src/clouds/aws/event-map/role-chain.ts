import type { Actor } from '../../../model/actor.ts'
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

/** Longer than AWS allows role chaining to be useful, and a bound should keys ever point at each other. */
const HOPS_MAX = 8

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
      this.#callers.set(accessKeyId, known && FAINT.has(caller.kind) ? known : caller)
      if (this.#callers.size > this.#linksMax) this.#callers.delete(this.#callers.keys().next().value ?? '')
    }
  }

  /** The same actors, in order, with the chain behind each: `via` begins with the first caller, who also lends the name. */
  join(actors: readonly Actor[]): Actor[] {
    return this.#callers.size === 0 ? [...actors] : actors.map(actor => this.#joined(actor))
  }

  #joined(actor: Actor): Actor {
    const callers = this.#behind(actor)
    if (callers.length === 0) return actor
    const passed = callers
      .toReversed()
      .flatMap(caller => [...caller.via, ...(caller.principal ? [caller.principal] : [])])
    const via = [...new Set([...passed, ...actor.via])].filter(step => step !== actor.principal)
    return { ...actor, ...nameBehind(actor, callers), via }
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

/**
 * A role lends nobody a name: whoever assumed it does, the first in the chain who has one. A role that an AWS service
 * handed out (to a function, a task) belongs to a workload, and keeps the name of its session.
 */
function nameBehind(actor: Actor, callers: readonly Actor[]): Pick<Actor, 'kind' | 'name'> | undefined {
  if (NAMING.has(actor.kind)) return undefined
  const first = callers.findLast(caller => NAMING.has(caller.kind) && caller.name !== undefined)
  if (first) return { kind: first.kind, ...(first.name !== undefined && { name: first.name }) }
  return callers.at(-1)?.kind === 'aws-service' ? { kind: 'workload' } : undefined
}

const FAINT: ReadonlySet<Actor['kind']> = new Set(['account', 'unknown'])

const NAMING: ReadonlySet<Actor['kind']> = new Set([
  'root',
  'iam-user',
  'sso-user',
  'identity-center-user',
  'saml-user',
  'web-identity',
  'federated-user',
  'directory-user',
  'source-identity',
  'workload',
])
