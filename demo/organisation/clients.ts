import { Agent } from 'node:http'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'

/** How many calls run at once against the simulator, which answers one at a time anyway. */
const CALLS_AT_ONCE = 12
/** The SDK warns about a full queue of calls after this long. Ours is full on purpose. */
const QUEUE_WARNING_MS = 600_000

/** What the clients of all services are made with. */
export interface Settings {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  readonly forcePathStyle: boolean
  readonly maxAttempts: number
  readonly requestHandler: { httpAgent: Agent; socketAcquisitionWarningTimeout: number }
}

type ClientOf<Client> = new (settings: Settings) => Client

/** Makes SDK clients for any account and region of a simulated organisation, each once. */
export class Clients implements Disposable {
  readonly #endpoint: string
  readonly #role: string
  readonly #agent = new Agent({ maxSockets: CALLS_AT_ONCE })
  readonly #clients = new Map<string, { destroy(): void }>()
  readonly #credentials = new Map<string, Promise<Settings['credentials']>>()

  /** `role` is assumed in every account but the organisation's own. */
  constructor(endpoint: string, role = 'OrganizationAccountAccessRole') {
    this.#endpoint = endpoint
    this.#role = role
  }

  /** A client of the organisation's own account. */
  management<Client extends { destroy(): void }>(Service: ClientOf<Client>, region = 'us-east-1'): Client {
    return this.#client('management', region, Service, MANAGEMENT_CREDENTIALS)
  }

  /** Where assets are built: one account, one region. */
  async site(account: string, region: string): Promise<Site> {
    const credentials = await this.#assume(account)
    return {
      account,
      region,
      client: Service => this.#client(account, region, Service, credentials),
    }
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client.destroy()
    this.#agent.destroy()
  }

  #client<Client extends { destroy(): void }>(
    account: string,
    region: string,
    Service: ClientOf<Client>,
    credentials: Settings['credentials'],
  ): Client {
    const key = `${account} ${region} ${Service.name}`
    const known = this.#clients.get(key)
    if (known !== undefined) return known as Client
    const client = new Service({
      endpoint: this.#endpoint,
      region,
      credentials,
      forcePathStyle: true,
      maxAttempts: 3,
      requestHandler: { httpAgent: this.#agent, socketAcquisitionWarningTimeout: QUEUE_WARNING_MS },
    })
    this.#clients.set(key, client)
    return client
  }

  #assume(account: string): Promise<Settings['credentials']> {
    const known = this.#credentials.get(account)
    if (known !== undefined) return known
    const assumed = this.management(STSClient)
      .send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${this.#role}`, RoleSessionName: 'terraform' }),
      )
      .then(({ Credentials }) => {
        if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) throw new Error(`no credentials for ${account}`)
        const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials
        return {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          ...(SessionToken && { sessionToken: SessionToken }),
        }
      })
    this.#credentials.set(account, assumed)
    return assumed
  }
}

/** One account and region, with clients for its services. */
export interface Site {
  readonly account: string
  readonly region: string
  client<Client extends { destroy(): void }>(Service: ClientOf<Client>): Client
}

/** The simulator takes credentials it never issued for those of the organisation's own account. */
export const MANAGEMENT_CREDENTIALS = { accessKeyId: 'AKIAMANAGEMENT', secretAccessKey: 'simulated' }
