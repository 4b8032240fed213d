import type { Caller } from './callers.ts'
import { textAt, type Values } from './model.ts'

/**
 * Who assumes a role without a key of AWS: somebody for whom an identity provider speaks. The call is logged in the role's
 * account alone (CloudTrail user guide, the examples of SAMLUser and WebIdentityUser).
 */
export function vouchedFor(operation: string, request: Values, reply: Values): Caller | undefined {
  const account = textAt(request, 'RoleArn')?.split(':')[4]
  if (account === undefined) return undefined
  if (operation === 'AssumeRoleWithSAML') {
    const identityProvider = textAt(reply, 'NameQualifier') ?? ''
    const userName = textAt(reply, 'Subject')?.split(':').at(-1) ?? ''
    return {
      account,
      identity: { type: 'SAMLUser', principalId: `${identityProvider}:${userName}`, userName, identityProvider },
    }
  }
  const web = webIdentityOf(request)
  if (operation !== 'AssumeRoleWithWebIdentity' || web === undefined) return undefined
  const { provider: identityProvider, audience, subject: userName } = web
  const principalId = [identityProvider, audience, userName].join(':')
  return { account, identity: { type: 'WebIdentityUser', principalId, userName, identityProvider } }
}

interface WebIdentity {
  /** As IAM names it: `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`. */
  readonly provider: string
  readonly subject: string
  readonly audience: string
}

/** What the token of a web identity says, unproved: the simulator proves nothing either. */
export function webIdentityOf(request: Values): WebIdentity | undefined {
  const token = textAt(request, 'WebIdentityToken')
  const account = textAt(request, 'RoleArn')?.split(':')[4]
  if (token === undefined || account === undefined) return undefined
  const { iss, sub, aud } = claimsOf(token)
  const host = iss?.replace(/^https:\/\//, '') ?? 'unknown'
  return { provider: `arn:aws:iam::${account}:oidc-provider/${host}`, subject: sub ?? '', audience: aud ?? '' }
}

/** The middle of a token (RFC 7519), if it is one. */
function claimsOf(token: string): { readonly [claim in 'iss' | 'sub' | 'aud']?: string } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch {
    return {}
  }
}
