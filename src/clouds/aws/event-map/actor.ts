import type { Actor, ActorKind } from '../../../model/actor.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { sessionNameOf } from './session-name.ts'
import { toolReader } from './tool.ts'
import { isObject, type JsonObject } from './trail-record.ts'

/**
 * A reader of who acted. It reads every form of `userIdentity` (CloudTrail user guide, "CloudTrail userIdentity element")
 * and whatever stands there instead: nothing it meets makes it throw.
 */
export function actorReader(): (record: CloudTrailRecord) => Actor {
  const toolOf = toolReader()
  return record => {
    const raw = record.userIdentity
    const identity = isObject(raw) ? raw : NO_IDENTITY
    const context = objectAt(identity, 'sessionContext')
    const who = (READERS.get(textAt(identity, 'type') ?? '') ?? withoutType)(identity, context, record)
    const tool = record.sessionCredentialFromConsole ? CONSOLE : toolOf(record.userAgent)
    const invokedBy = textAt(identity, 'invokedBy')
    const accessKeyId = textAt(identity, 'accessKeyId')
    const mfa = flagAt(objectAt(context, 'attributes'), 'mfaAuthenticated') ?? signInMfa(record)
    // Assigned one by one: this runs for every record, and spreading what may be absent was its dearest part.
    const actor: Building = { kind: who.kind, via: who.via ?? NOWHERE, raw }
    if (who.name !== undefined) actor.name = who.name
    if (who.principal !== undefined) actor.principal = who.principal
    if (who.account !== undefined) actor.account = who.account
    if (invokedBy !== undefined && invokedBy !== who.name) actor.invokedBy = invokedBy
    if (tool !== undefined) actor.tool = tool
    if (record.sourceIPAddress !== undefined) actor.sourceIp = record.sourceIPAddress
    if (accessKeyId !== undefined) actor.accessKeyId = accessKeyId
    if (mfa !== undefined) actor.mfa = mfa
    return actor
  }
}

type Building = { -readonly [Field in keyof Actor]: Actor[Field] }

interface Who {
  readonly kind: ActorKind
  readonly name?: string | undefined
  readonly principal?: string | undefined
  readonly account?: string | undefined
  readonly via?: readonly string[]
}

type Reader = (identity: JsonObject, context: JsonObject, record: CloudTrailRecord) => Who

const NO_IDENTITY: JsonObject = {}
const NOWHERE: readonly string[] = []
const CONSOLE = { name: 'console' } as const

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Root', root],
  ['IAMUser', iamUser],
  ['AssumedRole', assumedRole],
  ['Role', assumedRole],
  ['FederatedUser', federatedUser],
  ['SAMLUser', identity => externalUser('saml-user', identity)],
  ['WebIdentityUser', identity => externalUser('web-identity', identity)],
  ['Directory', identity => externalUser('directory-user', identity)],
  ['IdentityCenterUser', identityCenterUser],
  ['Unknown', unknownUser],
  ['AWSService', awsService],
  ['AWSAccount', awsAccount],
])

/** Services that act for an account as a whole (old Auto Scaling) appear as its root, without a key of their own. */
function root(identity: JsonObject): Who {
  const { principal, account } = basics(identity)
  const invokedBy = serviceAt(identity)
  if (invokedBy && textAt(identity, 'accessKeyId') === undefined)
    return { kind: 'aws-service', name: invokedBy, principal, account }
  return { kind: 'root', name: textAt(identity, 'userName') ?? 'root', principal, account }
}

function iamUser(identity: JsonObject): Who {
  const { principal, account } = basics(identity)
  return {
    kind: 'iam-user',
    name: textAt(identity, 'userName') ?? lastPart(textAt(identity, 'arn')),
    principal,
    account,
  }
}

/**
 * A session of a role. What names the person best comes first: the user of IAM Identity Center behind it, the source
 * identity that the session cannot change, the identity provider's subject; the session's name only if somebody chose it.
 */
function assumedRole(identity: JsonObject, context: JsonObject): Who {
  const issuer = objectAt(context, 'sessionIssuer')
  const principal = textAt(issuer, 'arn') ?? roleArn(textAt(identity, 'arn')) ?? basics(identity).principal
  const account = textAt(identity, 'accountId') ?? accountIn(textAt(identity, 'arn'))
  const session = sessionNameOf(identity)
  const service = serviceOfLinkedRole(principal)
  if (service) return { kind: 'aws-service', name: service, principal, account }
  const onBehalfOf = textAt(objectAt(identity, 'onBehalfOf'), 'userId')
  if (lastPart(principal)?.startsWith('AWSReservedSSO_')) {
    return { kind: 'sso-user', name: session?.name ?? onBehalfOf, principal, account }
  }
  const sourceIdentity = textAt(context, 'sourceIdentity')
  if (sourceIdentity) return { kind: 'source-identity', name: sourceIdentity, principal, account }
  if (onBehalfOf) return { kind: 'identity-center-user', name: onBehalfOf, principal, account }
  const federation = objectAt(context, 'webIdFederationData')
  const provider = textAt(federation, 'federatedProvider')
  if (provider) {
    const subject = subjectOf(objectAt(federation, 'attributes'))
    return { kind: 'web-identity', name: subject ?? session?.name, principal, account, via: [provider] }
  }
  const workload = textAt(objectAt(identity, 'inScopeOf'), 'credentialsIssuedTo') ?? session?.workload
  if (workload) return { kind: 'workload', name: workload, principal, account }
  return { kind: 'assumed-role', name: session?.name, principal, account }
}

/** GetFederationToken: named by the IAM user who asked for it, who is the session's issuer. */
function federatedUser(identity: JsonObject, context: JsonObject): Who {
  const { principal, account } = basics(identity)
  const issuer = textAt(objectAt(context, 'sessionIssuer'), 'arn')
  return {
    kind: 'federated-user',
    name: lastPart(textAt(identity, 'arn')) ?? behindColon(textAt(identity, 'principalId')),
    principal,
    account,
    via: issuer ? [issuer] : NOWHERE,
  }
}

/** Users that AWS does not hold: SAML, web identity, directories. Their provider is what they came through. */
function externalUser(kind: ActorKind, identity: JsonObject): Who {
  const { principal, account } = basics(identity)
  const provider = textAt(identity, 'identityProvider')
  const name =
    textAt(identity, 'userName') ?? behindColon(textAt(identity, 'principalId')) ?? textAt(identity, 'principalId')
  return { kind, name, principal, account, via: provider ? [provider] : NOWHERE }
}

function identityCenterUser(identity: JsonObject): Who {
  const onBehalfOf = objectAt(identity, 'onBehalfOf')
  const user = textAt(onBehalfOf, 'userId')
  const store = textAt(onBehalfOf, 'identityStoreArn')
  return {
    kind: 'identity-center-user',
    name: textAt(identity, 'userName') ?? user,
    principal: store && user ? `${store}/user/${user}` : user,
    account: textAt(identity, 'accountId'),
  }
}

/** Written for people who sign in through IAM Identity Center; they may carry their name, or be `onBehalfOf` somebody. */
function unknownUser(identity: JsonObject): Who {
  if (textAt(objectAt(identity, 'onBehalfOf'), 'userId')) return identityCenterUser(identity)
  const { principal, account } = basics(identity)
  return { kind: 'unknown', name: textAt(identity, 'userName'), principal, account }
}

function awsService(identity: JsonObject, _context: JsonObject, record: CloudTrailRecord): Who {
  const name = textAt(identity, 'invokedBy') ?? hostOf(record.sourceIPAddress) ?? record.eventSource
  return { kind: 'aws-service', name, principal: name, account: textAt(identity, 'accountId') }
}

/** A caller from another account: CloudTrail tells the asset's owner no more than the account and a principal id. */
function awsAccount(identity: JsonObject): Who {
  const { principal, account } = basics(identity)
  const service = serviceAt(identity)
  if (service) return { kind: 'aws-service', name: service, principal: service, account }
  return { kind: 'account', name: sessionNameOf(identity)?.name, principal, account }
}

/** Service events carry no type, or no identity at all: the service itself acted. Anything else stays unknown. */
function withoutType(identity: JsonObject, context: JsonObject, record: CloudTrailRecord): Who {
  const service = serviceAt(identity) ?? (record.eventType === 'AwsServiceEvent' ? record.eventSource : undefined)
  if (service) return { kind: 'aws-service', name: service, principal: service, account: textAt(identity, 'accountId') }
  const arn = textAt(identity, 'arn')
  if (arn?.includes(':assumed-role/')) return assumedRole(identity, context)
  if (arn?.includes(':user/')) return iamUser(identity)
  const { principal, account } = basics(identity)
  return { kind: 'unknown', name: textAt(identity, 'userName'), principal, account }
}

function basics(identity: JsonObject): { principal: string | undefined; account: string | undefined } {
  const arn = textAt(identity, 'arn')
  return {
    principal: arn ?? textAt(identity, 'principalId'),
    account: textAt(identity, 'accountId') ?? accountIn(arn),
  }
}

/** The role behind `arn:aws:sts::111122223333:assumed-role/NAME/SESSION`. Its path is not in there, so it is not known. */
function roleArn(sessionArn: string | undefined): string | undefined {
  const parts = sessionArn?.split(':')
  const [kind, role] = parts?.[5]?.split('/') ?? []
  return kind === 'assumed-role' && role ? `arn:${parts?.[1]}:iam::${parts?.[4]}:role/${role}` : undefined
}

/** `…:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2` names its service. */
function serviceOfLinkedRole(role: string | undefined): string | undefined {
  const [, path] = role?.split(':role/aws-service-role/') ?? []
  return path?.split('/', 1)[0]
}

function subjectOf(attributes: JsonObject): string | undefined {
  const key = Object.keys(attributes).find(key => key === 'sub' || key.endsWith(':sub'))
  return key === undefined ? undefined : textAt(attributes, key)
}

/** A sign-in says in its own data whether a second factor was used. */
function signInMfa({ additionalEventData: data }: CloudTrailRecord): boolean | undefined {
  if (!isObject(data) || !('MFAUsed' in data)) return undefined
  return data['MFAUsed'] === 'Yes'
}

/** The calling service; `AWS Internal` names none. */
function serviceAt(identity: JsonObject): string | undefined {
  return hostOf(textAt(identity, 'invokedBy'))
}

function hostOf(value: string | undefined): string | undefined {
  return value?.includes('.amazonaws.com') ? value : undefined
}

function accountIn(arn: string | undefined): string | undefined {
  return arn?.split(':', 5)[4] || undefined
}

function lastPart(arn: string | undefined): string | undefined {
  return arn === undefined
    ? undefined
    : arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1) || undefined
}

function behindColon(value: string | undefined): string | undefined {
  return value?.includes(':') ? value.slice(value.lastIndexOf(':') + 1) || undefined : undefined
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key]
  return isObject(found) ? found : NO_IDENTITY
}

function textAt(value: JsonObject, key: string): string | undefined {
  const found = value[key]
  return typeof found === 'string' && found !== '' ? found : undefined
}

function flagAt(value: JsonObject, key: string): boolean | undefined {
  const found = value[key]
  return typeof found === 'boolean' ? found : typeof found === 'string' ? found === 'true' : undefined
}
