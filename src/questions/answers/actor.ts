import { z } from 'zod'
import type { Actor } from '../../model/actor.ts'

/** Who did something, as every answer tells of them. */
export const ActorRef = z.object({
  person: z.string().describe('The person, service or workload in the best words known'),
  kind: z.string().describe('How they were recognised: sso-user, iam-user, aws-service, …'),
  principal: z.string().nullable().describe('The identity that the call was authorised as'),
  account: z.string().nullable().describe("The caller's account"),
  via: z.array(z.string()).describe('The identities that were passed through before, the first of them first'),
  invokedBy: z.string().nullable().describe('The service that called on their behalf'),
  tool: z.string().nullable(),
  from: z.string().nullable().describe('The address that the call came from'),
  accessKey: z.string().nullable(),
  mfa: z.boolean().nullable(),
})
export type ActorRef = z.infer<typeof ActorRef>

export function actorRefOf(actor: Actor): ActorRef {
  const { kind, principal, account, via, invokedBy, tool, sourceIp, accessKeyId, mfa } = actor
  return {
    person: personText(actor),
    kind,
    principal: principal ?? null,
    account: account ?? null,
    via: [...via],
    invokedBy: invokedBy ?? null,
    tool: tool === undefined ? null : [tool.name, tool.version].filter(Boolean).join(' '),
    from: sourceIp ?? null,
    accessKey: accessKeyId ?? null,
    mfa: mfa ?? null,
  }
}

/** The best words for a person: a name, or what little is known. */
export function personText({ kind, name, principal, account }: Actor): string {
  if (kind === 'root') return account === undefined ? 'root' : `root of ${account}`
  if (name !== undefined) return name
  const role = roleOf(principal)
  if (role !== undefined) return account === undefined ? `role ${role}` : `role ${role} of ${account}`
  return principal ?? (account === undefined ? 'somebody unknown' : `somebody in ${account}`)
}

/** `via role deploy, CloudFormation, terraform`: in whose name, by which service, with which tool; empty: nothing is known. */
export function meansText({ person, principal, invokedBy, tool, kind }: ActorRef): string {
  const role = kind === 'aws-service' ? undefined : roleOf(principal ?? undefined)
  const means = [
    ...(role === undefined || person.startsWith(`role ${role}`) ? [] : [`via ${roleText(role)}`]),
    ...(invokedBy === null ? [] : [invokedBy.replace(/\.amazonaws\.com$/, '')]),
    ...(tool === null ? [] : [tool.split(' ')[0] ?? tool]),
  ]
  return means.join(', ')
}

/** `ada@example.com (via role deploy, terraform)` */
export function actorText(actor: ActorRef): string {
  const means = meansText(actor)
  return means === '' ? actor.person : `${actor.person} (${means})`
}

/** The last part of a role's ARN. */
function roleOf(principal: string | undefined): string | undefined {
  return /:role\/(?:.*\/)?([^/]+)$/.exec(principal ?? '')?.[1]
}

/** IAM Identity Center makes a role for each permission set: `AWSReservedSSO_Admin_0123456789abcdef`. */
function roleText(role: string): string {
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role)?.[1]
  return set === undefined ? `role ${role}` : `permission set ${set}`
}

/** `put bucket encryption`, from `PutBucketEncryption`; abbreviations stay, and names that are words already. */
export function eventWords(name: string): string {
  const bare = name.replace(/(?:_?20\d{2}[_\d]*)(?:v\d+)?$/, '')
  if (/[\s.:-]/.test(bare)) return name
  const words = bare.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g)
  return words === null ? name : words.map(word => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase())).join(' ')
}
