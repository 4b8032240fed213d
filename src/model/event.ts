import { hash } from 'node:crypto'
import type { Actor } from './actor.ts'
import type { Outcome, RelistScope, TouchedAsset } from './change.ts'
import type { Provider } from './identity.ts'
import type { Observation } from './observation.ts'

/** What an event that is kept may mean: everything but `ignored`, which is only counted. */
export type KeptOutcome = Exclude<Outcome, { kind: 'ignored' }>

/** Something that happened in a cloud, as its provider tells it. It is one event by whatever path it came, and however often. */
export interface Event {
  readonly provider: Provider
  /** A UUID that follows from the provider's own event id: see `eventIdOf`. */
  readonly id: string
  /** When it happened, in milliseconds since 1970. CloudTrail tells it to the second, rounded down. */
  readonly at: number
  /** Who says so, in the provider's words: `ec2.amazonaws.com`; `aws.ec2` for EventBridge's own events. */
  readonly source: string
  readonly name: string
  /** Whose trail it is in. The owner of what it touched is in the outcome. */
  readonly account: string
  readonly region: string
  readonly outcome: KeptOutcome
  /** As its own record tells; who stood behind a temporary key is joined when a question is answered. */
  readonly actor: Actor
  /** What was asked for: the request's parameters, as JSON text; undefined: none, or not told. */
  readonly request: string | undefined
  /** One id for the records of one call that are in several accounts' trails. */
  readonly sharedId: string | undefined
}

/** Temporary credentials were handed out: whoever calls with this key is, behind it, that caller. */
export interface Credential {
  readonly accessKeyId: string
  readonly caller: Actor
}

/** What could not be read, with the beginning of it: kept, so that nobody has to trust that nothing was lost. */
export interface Rejected {
  /** Which source it came by. */
  readonly source: string
  readonly reason: string
  readonly sample: string
}

/** What a source brought, as the registry keeps it. */
export interface Incoming {
  readonly events: readonly Event[]
  readonly credentials: readonly Credential[]
  /** States that came in full with their message: no describe is needed for them. */
  readonly observations: readonly Observation[]
  readonly rejected: readonly Rejected[]
  /** How many records there were of each outcome, ignored ones too. */
  readonly counts: Readonly<Record<Outcome['kind'], number>>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The provider's event id where it is a UUID, as CloudTrail's are; else one made from it (version 8, RFC 9562). */
export function eventIdOf(provider: Provider, id: string): string {
  const lower = id.toLowerCase()
  if (UUID.test(lower)) return lower
  const hex = hash('sha256', `${provider}\n${id}`, 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export type { RelistScope, TouchedAsset }
