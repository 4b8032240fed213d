/**
 * What kind of identity acted. It says how the actor was recognised, not what they are worth: an `iam-user` may be a
 * person or a script, and nothing here guesses which.
 */
export const ACTOR_KINDS = [
  'root',
  'iam-user',
  'sso-user',
  'identity-center-user',
  'saml-user',
  'web-identity',
  'federated-user',
  'directory-user',
  /** A role session that carries the name of the one behind it, set once and kept through every further role. */
  'source-identity',
  /** A role that somebody or something assumed, with no better name than its session's. */
  'assumed-role',
  /** A workload that holds a role by where it runs: an EC2 instance, a function. */
  'workload',
  'aws-service',
  /** Somebody in another account, of whom only the account is known. */
  'account',
  'unknown',
] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** What was used to make the call, as its user agent tells. */
export interface Tool {
  /** `console`, `aws-cli`, `terraform`, …; the first word of the user agent where we do not know it. */
  readonly name: string
  readonly version?: string
}

/** Who did something, as far as the provider's record says. What it does not say is absent, never invented. */
export interface Actor {
  readonly kind: ActorKind
  /** The person or service in the best words known: an e-mail address, a user name, a service's host name. */
  readonly name?: string
  /** The identity that the call was authorised as: an ARN where there is one. */
  readonly principal?: string
  /** The account of that identity: the caller's, which need not be the asset's owner. */
  readonly account?: string
  /** The identities that were passed through before `principal`, the first of them first. */
  readonly via: readonly string[]
  /** The AWS service that made the call on the actor's behalf: `cloudformation.amazonaws.com`. */
  readonly invokedBy?: string
  readonly tool?: Tool
  /** An address, or the service's host name for calls from inside AWS. */
  readonly sourceIp?: string
  readonly accessKeyId?: string
  readonly mfa?: boolean
  /** The identity as the provider wrote it. */
  readonly raw: unknown
}
