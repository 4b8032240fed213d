import { hash } from 'node:crypto'
import { COMPANY } from './plan.ts'

/** Somebody, or something, that works in the company: whatever is in it, one of them has made. */
export interface Person {
  /** What Cadastre shall call them. */
  readonly name: string
  readonly signsIn: SignIn
  readonly userAgent: string
  /** Of the range for documentation that nothing else in the company uses (RFC 5737). */
  readonly address: string
}

export type SignIn =
  /** Through the company's directory, into a role that AWS keeps for it in each account. */
  | { readonly kind: 'sso'; readonly permissionSet: string }
  /** A pipeline that shows its token instead of a key. */
  | { readonly kind: 'pipeline'; readonly repository: string; readonly role: string }
  /** A user's own access key, and a role that it opens. */
  | { readonly kind: 'role'; readonly accessKeyId: string; readonly role: string }
  | { readonly kind: 'key'; readonly accessKeyId: string }

export const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 (+https://www.terraform.io) terraform-provider-aws/6.20.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.4 ua/2.1 os/linux lang/go#1.24.9'
export const AWS_CLI =
  'aws-cli/2.31.18 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 md/installer#exe'
export const BOTO3 = 'Boto3/1.40.55 md/Botocore#1.40.55 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.12.3'
export const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

export const ADA = colleague('ada.adeyemi', { permissionSet: 'Platform', userAgent: TERRAFORM, host: 14 })
/** On call this week: repairs things by hand. */
export const DINA = colleague('dina.fischer', { permissionSet: 'OnCall', userAgent: BROWSER, host: 77 })
/** Security: closes what others open. */
export const KOFI = colleague('kofi.evans', { permissionSet: 'Security', userAgent: AWS_CLI, host: 31 })
export const JONAS = colleague('jonas.berg', { permissionSet: 'Network', userAgent: TERRAFORM, host: 52 })
export const ELIF = colleague('elif.dubois', { permissionSet: 'Data', userAgent: BOTO3, host: 120 })

/** What deploys a team's services. */
export function pipelineOf(team: string): Person {
  return {
    name: `${team}-pipeline`,
    signsIn: { kind: 'pipeline', repository: `${COMPANY}/${team}`, role: CI_ROLE },
    userAgent: TERRAFORM,
    address: `192.0.2.${200 + ((hash('sha256', team, 'buffer')[0] ?? 0) % 8)}`,
  }
}

/** The role that pipelines assume, in every account. */
export const CI_ROLE = 'ci-deploy'

function colleague(
  name: string,
  { permissionSet, userAgent, host }: { permissionSet: string; userAgent: string; host: number },
): Person {
  const email = `${name}@${COMPANY}.example`
  return { name: email, signsIn: { kind: 'sso', permissionSet }, userAgent, address: `192.0.2.${host}` }
}
