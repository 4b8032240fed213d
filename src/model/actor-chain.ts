import type { Actor } from './actor.ts'

/** Longer than AWS allows role chaining to be useful, and a bound should keys ever point at each other. */
export const HOPS_MAX = 8

/** An actor with the callers behind their key, the nearest first: `via` begins with the first caller, who also lends the name. */
export function withCallers(actor: Actor, callers: readonly Actor[]): Actor {
  if (callers.length === 0) return actor
  const passed = callers
    .toReversed()
    .flatMap(caller => [...caller.via, ...(caller.principal ? [caller.principal] : [])])
  const via = [...new Set([...passed, ...actor.via])].filter(step => step !== actor.principal)
  return { ...actor, ...nameBehind(actor, callers), via }
}

/**
 * A role lends nobody a name: whoever assumed it does, the first in the chain who has one. A role that an AWS service
 * handed out (to a function, a task) belongs to a workload, and keeps the name of its session.
 */
export function nameBehind(actor: Actor, callers: readonly Actor[]): Pick<Actor, 'kind' | 'name'> | undefined {
  if (NAMING.has(actor.kind)) return undefined
  const first = callers.findLast(caller => NAMING.has(caller.kind) && caller.name !== undefined)
  if (first) return { kind: first.kind, ...(first.name !== undefined && { name: first.name }) }
  return callers.at(-1)?.kind === 'aws-service' ? { kind: 'workload' } : undefined
}

/** Only an account is known of them, if that: any other account of the same call tells more. */
export function isFaint({ kind }: Pick<Actor, 'kind'>): boolean {
  return kind === 'account' || kind === 'unknown'
}

/** How much an actor tells of the person, to choose between several accounts of one call: the greater tells more. */
export function tellingOf(actor: Actor): number {
  if (isFaint(actor)) return actor.name === undefined ? 0 : 1
  if (actor.name === undefined) return 2
  return NAMING.has(actor.kind) ? 4 : 3
}

/**
 * What makes two actors one person: the name, else the identity that the call was authorised as. Every account has a root of that
 * name, so theirs is the identity.
 */
export function personOf({ kind, name, principal, account, raw }: Actor): string {
  if (name !== undefined && kind !== 'root') return name.toLowerCase()
  return principal ?? account ?? JSON.stringify(raw) ?? ''
}

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
