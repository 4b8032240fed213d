import { hash } from 'node:crypto'
import { MANAGEMENT_ACCOUNT } from '../server.ts'
import { webIdentityOf } from './federation.ts'
import { textAt, type Values } from './model.ts'
import type { Called } from './operation.ts'

/** Who makes a call: the account that is charged for it, and what CloudTrail writes as `userIdentity`. */
export interface Caller {
  readonly account: string
  readonly identity: Readonly<Record<string, unknown>>
}

/** People whose access keys were not made through the recorder. */
export interface KnownUser {
  readonly userName: string
  /** The organisation's own account, unless said. */
  readonly account?: string
}

/** Remembers whose access keys these are, from the replies in which they were handed out. */
export class Callers {
  readonly #callers = new Map<string, Caller>()
  readonly #userIds = new Map<string, string>()

  constructor(users: Readonly<Record<string, KnownUser>>) {
    for (const [key, { userName, account = MANAGEMENT_ACCOUNT }] of Object.entries(users)) {
      this.#callers.set(key, this.#user(account, userName, key))
    }
  }

  /** Credentials that moto never handed out belong, for it, to the root of the organisation's own account. */
  of(accessKeyId: string | undefined, account = MANAGEMENT_ACCOUNT): Caller {
    const known = accessKeyId === undefined ? undefined : this.#callers.get(accessKeyId)
    if (known !== undefined) return known
    const identity = { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account }
    return { account, identity: { ...identity, ...(accessKeyId && { accessKeyId }) } }
  }

  /** Learns from a successful call. */
  learn({ api, operation }: Called, caller: Caller, request: Values, reply: Values, now: Date): void {
    if (api.name === 'iam') this.#learnUser(operation.name, caller.account, reply)
    if (api.name !== 'sts') return
    const key = textAt(reply, 'Credentials', 'AccessKeyId')
    if (key === undefined) return
    if (operation.name.startsWith('AssumeRole')) this.#callers.set(key, session(key, caller, request, reply, now))
    else if (operation.name === 'GetFederationToken') this.#callers.set(key, federated(key, caller, request))
    else this.#callers.set(key, { ...caller, identity: { ...caller.identity, accessKeyId: key } })
  }

  #learnUser(operation: string, account: string, reply: Values): void {
    const [user, id] = [textAt(reply, 'User', 'UserName'), textAt(reply, 'User', 'UserId')]
    if (operation === 'CreateUser' && user !== undefined && id !== undefined)
      this.#userIds.set(`${account} ${user}`, id)
    const key = textAt(reply, 'AccessKey', 'AccessKeyId')
    const owner = textAt(reply, 'AccessKey', 'UserName')
    if (key !== undefined && owner !== undefined) this.#callers.set(key, this.#user(account, owner, key))
  }

  #user(account: string, userName: string, accessKeyId: string): Caller {
    const principalId = this.#userIds.get(`${account} ${userName}`) ?? idFor('AIDA', `${account} ${userName}`)
    const arn = `arn:aws:iam::${account}:user/${userName}`
    return { account, identity: { type: 'IAMUser', principalId, arn, accountId: account, accessKeyId, userName } }
  }
}

/** An assumed role: the session's name is the person's trace, the issuer is the role. */
function session(accessKeyId: string, caller: Caller, request: Values, reply: Values, now: Date): Caller {
  const roleArn = textAt(request, 'RoleArn') ?? ''
  const account = roleArn.split(':')[4] ?? caller.account
  const name = roleArn.split('/').at(-1) ?? ''
  const principalId = textAt(reply, 'AssumedRoleUser', 'AssumedRoleId') ?? idFor('AROA', roleArn)
  const sourceIdentity = textAt(request, 'SourceIdentity')
  const web = webIdentityOf(request)
  return {
    account,
    identity: {
      type: 'AssumedRole',
      principalId,
      arn: `arn:aws:sts::${account}:assumed-role/${name}/${textAt(request, 'RoleSessionName') ?? principalId.split(':')[1] ?? ''}`,
      accountId: account,
      accessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: principalId.split(':')[0],
          arn: roleArn,
          accountId: account,
          userName: name,
        },
        webIdFederationData: web ? { federatedProvider: web.provider, attributes: {} } : {},
        attributes: {
          creationDate: `${now.toISOString().slice(0, 19)}Z`,
          mfaAuthenticated: String(textAt(request, 'SerialNumber') !== undefined),
        },
        ...(sourceIdentity !== undefined && { sourceIdentity }),
      },
    },
  }
}

function federated(accessKeyId: string, caller: Caller, request: Values): Caller {
  const name = textAt(request, 'Name') ?? ''
  const { account, identity } = caller
  const { type, principalId, arn, userName } = identity
  return {
    account,
    identity: {
      type: 'FederatedUser',
      principalId: `${account}:${name}`,
      arn: `arn:aws:sts::${account}:federated-user/${name}`,
      accountId: account,
      accessKeyId,
      sessionContext: { sessionIssuer: { type, principalId, arn, accountId: account, userName } },
    },
  }
}

/** An id of the form that IAM gives, the same for the same thing. */
export function idFor(prefix: string, thing: string): string {
  return prefix + hash('sha256', thing, 'hex').slice(0, 17).toUpperCase()
}
