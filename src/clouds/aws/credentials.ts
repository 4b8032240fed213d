import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import type { AccountId } from '../../model/identity.ts'
import type { ClientSettings } from './client-settings.ts'

/** New ones are fetched that long before the old ones end. */
const EXPIRY_MARGIN_MS = 5 * 60_000
/** Accounts whose credentials are kept at once: a scan goes through accounts one after the other. */
const KEPT_MAX = 500

export interface RoleOptions {
  /** The name (with path, if it has one) of the read role in every account. */
  readonly roleName: string
  readonly externalId: string | undefined
  /** The account we are in: its own credentials serve, no role is assumed. */
  readonly own: AccountId
  readonly partition: string
}

/** Credentials of the read role in each account, kept until shortly before they expire. */
export class Credentials {
  readonly #settings: ClientSettings
  readonly #options: RoleOptions
  readonly #kept = new Map<AccountId, { assumed: Promise<AwsCredentialIdentity>; until: number }>()

  constructor(settings: ClientSettings, options: RoleOptions) {
    this.#settings = settings
    this.#options = options
  }

  /** The role's ARN in an account: what a person must create, or let us assume. */
  roleArn(account: AccountId): string {
    return `arn:${this.#options.partition}:iam::${account}:role/${this.#options.roleName}`
  }

  of(account: AccountId): AwsCredentialIdentityProvider {
    if (account === this.#options.own) return this.#settings.credentials
    return () => this.#keptFor(account)
  }

  async #keptFor(account: AccountId): Promise<AwsCredentialIdentity> {
    const kept = this.#kept.get(account)
    if (kept !== undefined && kept.until > Date.now()) return kept.assumed
    this.#kept.delete(account)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < KEPT_MAX) break
      this.#kept.delete(oldest)
    }
    const entry = { assumed: this.#assume(account), until: Number.POSITIVE_INFINITY }
    this.#kept.set(account, entry)
    try {
      const identity = await entry.assumed
      entry.until = (identity.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - EXPIRY_MARGIN_MS
      return identity
    } catch (error) {
      this.#kept.delete(account)
      throw error
    }
  }

  async #assume(account: AccountId): Promise<AwsCredentialIdentity> {
    const client = new STSClient(this.#settings)
    try {
      const { Credentials: given } = await client.send(
        new AssumeRoleCommand({
          RoleArn: this.roleArn(account),
          RoleSessionName: 'cadastre',
          ExternalId: this.#options.externalId,
        }),
      )
      return {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        ...(given?.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
        ...(given?.Expiration === undefined ? {} : { expiration: given.Expiration }),
      }
    } finally {
      client.destroy()
    }
  }
}

/** The SDK's own chain: environment, profile, single sign-on, container, machine. */
export function defaultCredentials(region: string, requestHandler: NodeHttpHandler): AwsCredentialIdentityProvider {
  return new STSClient({ region, requestHandler }).config.credentials
}
