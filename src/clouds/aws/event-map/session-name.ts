import type { JsonObject } from './trail-record.ts'

/** What a role session's name tells: somebody's chosen name, the workload that holds the role, or (machine-made) nothing. */
export interface SessionName {
  readonly name?: string
  readonly workload?: string
}

/**
 * Names that SDKs and tools make up when nobody gives one. To show them as a person would be an invention:
 * `aws-go-sdk-1688990082523310002` is nobody.
 */
const MACHINE_MADE = [
  /^(?:aws-go-sdk|aws-sdk-java|aws-sdk-js|aws-sdk-js-session|aws-cli|awscli|botocore|boto3|aws-sdk-php|aws-sdk-rust)[-_]?(?:session)?[-_]?\d*$/i,
  /^(?:botocore|awscli|boto3)-session-\d+$/i,
  /^\d{9,}$/,
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^(?:default-?session|session|assume-?role-?session|tmp|temp|test-?session)$/i,
]

/** EC2 names the session of an instance's role after the instance, ECS after the task. */
const INSTANCE = /^i-[0-9a-f]{8,17}$/i

/** The name of the session, from `arn:…:assumed-role/ROLE/SESSION` or `AROA…:SESSION`. */
export function sessionNameOf(identity: JsonObject): SessionName | undefined {
  const name = fromArn(identity['arn']) ?? fromPrincipalId(identity['principalId'])
  if (name === undefined) return undefined
  if (INSTANCE.test(name)) return { name, workload: name }
  return MACHINE_MADE.some(form => form.test(name)) ? {} : { name }
}

function fromArn(arn: unknown): string | undefined {
  if (typeof arn !== 'string') return undefined
  const at = arn.indexOf('assumed-role/')
  const slash = at < 0 ? -1 : arn.indexOf('/', at + 'assumed-role/'.length)
  return slash < 0 ? undefined : arn.slice(slash + 1) || undefined
}

function fromPrincipalId(principalId: unknown): string | undefined {
  if (typeof principalId !== 'string') return undefined
  const colon = principalId.indexOf(':')
  return colon < 0 ? undefined : principalId.slice(colon + 1) || undefined
}
