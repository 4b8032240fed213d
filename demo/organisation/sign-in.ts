import { hash } from 'node:crypto'
import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  type STSClient,
} from '@aws-sdk/client-sts'
import type { Settings } from './clients.ts'
import { known } from './known.ts'
import type { SignIn } from './people.ts'

type Keys = Settings['credentials']

/** Enters an account as a person does, with the calls that this takes; `sts` has the person's own key, if that is how they enter. */
export async function signIn(
  sts: STSClient,
  account: string,
  { name, how }: { name: string; how: Exclude<SignIn, { kind: 'key' }> },
): Promise<Keys> {
  if (how.kind === 'sso') {
    const RoleArn = ssoRole(account, how.permissionSet)
    const PrincipalArn = `arn:aws:iam::${account}:saml-provider/AWSSSO_${digest(account)}_DO_NOT_DELETE`
    const SAMLAssertion = assertion({ role: RoleArn, session: name })
    return keys(await sts.send(new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion })))
  }
  const role = { RoleArn: `arn:aws:iam::${account}:role/${how.role}`, RoleSessionName: name }
  if (how.kind === 'role') return keys(await sts.send(new AssumeRoleCommand(role)))
  const WebIdentityToken = token(`repo:${how.repository}:environment:production`)
  return keys(await sts.send(new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken })))
}

/** The role by which IAM Identity Center lets people into an account. */
function ssoRole(account: string, permissionSet: string): string {
  const suffix = digest(`${account} ${permissionSet}`)
  return `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${permissionSet}_${suffix}`
}

/** As much of a directory's statement about a person as a simulator reads. */
export function assertion({ role, session }: { readonly role: string; readonly session: string }): string {
  const attribute = (name: string, value: string) =>
    `<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`
  const attributes = attribute('Role', `${role},directory`) + attribute('RoleSessionName', session)
  const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Assertion><saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
  return Buffer.from(xml).toString('base64')
}

/** What a forge's runner shows (RFC 7519), unsigned. */
function token(sub: string): string {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ iss: 'https://token.actions.githubusercontent.com', sub, aud: 'sts.amazonaws.com' })}.`
}

/** The credentials in a reply of sts, as clients take them. */
export function keys({ Credentials }: { Credentials?: Credentials | undefined }): Keys {
  const { AccessKeyId, SecretAccessKey, SessionToken } = known(Credentials)
  return {
    accessKeyId: known(AccessKeyId),
    secretAccessKey: known(SecretAccessKey),
    ...(SessionToken && { sessionToken: SessionToken }),
  }
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16)
}
