import { Agent } from 'node:http'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler'
import type { Person } from './people.ts'
import { keys, signIn } from './sign-in.ts'

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
  readonly requestHandler: NodeHttpHandler
}

type ClientOf<Client> = new (settings: Settings) => Client

/** Makes SDK clients for any account and region of a simulated organisation, each once, and for each person who works there. */
export class Clients implements Disposable {
  readonly #endpoint: string
  readonly #role: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CALLS_AT_ONCE })
  readonly #clients = new Map<string, { destroy(): void }>()
  readonly #credentials = new Map<string, Promise<Settings['credentials']>>()

  /** `role` is assumed in every account but the organisation's own, by calls that are no person's. */
  constructor(endpoint: string, role = 'OrganizationAccountAccessRole') {
    this.#endpoint = endpoint
    this.#role = role
  }

  /** A client of the organisation's own account. */
  management<Client extends { destroy(): void }>(Service: ClientOf<Client>, region = 'us-east-1'): Client {
    return this.#client(Service, { account: 'management', region, credentials: MANAGEMENT_CREDENTIALS })
  }

  /** Where assets are built, and by whom: one account, one region. */
  async site(account: string, region: string, person?: Person): Promise<Site> {
    const credentials = await this.#enter(account, person)
    return {
      account,
      region,
      client: Service => this.#client(Service, { account, region, credentials, person }),
    }
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) client.destroy()
    this.#agent.destroy()
  }

  #client<Client extends { destroy(): void }>(Service: ClientOf<Client>, as: As): Client {
    const { account, region, credentials, person } = as
    const key = `${person?.name ?? ''} ${credentials.accessKeyId} ${account} ${region} ${Service.name}`
    const known = this.#clients.get(key)
    if (known !== undefined) return known as Client
    const client = new Service({
      endpoint: this.#endpoint,
      region,
      credentials,
      forcePathStyle: true,
      maxAttempts: 3,
      requestHandler: new Wire(person, {
        httpAgent: this.#agent,
        socketAcquisitionWarningTimeout: QUEUE_WARNING_MS,
      }),
    })
    this.#clients.set(key, client)
    return client
  }

  #enter(account: string, person: Person | undefined): Promise<Settings['credentials']> {
    const key = `${account} ${person?.name ?? ''}`
    const known = this.#credentials.get(key)
    if (known !== undefined) return known
    const entered = person === undefined ? this.#assume(account) : this.#signIn(account, person)
    this.#credentials.set(key, entered)
    return entered
  }

  async #signIn(account: string, person: Person): Promise<Settings['credentials']> {
    const { name, signsIn: how } = person
    const own = 'accessKeyId' in how ? { ...SIMULATED, accessKeyId: how.accessKeyId } : MANAGEMENT_CREDENTIALS
    if (how.kind === 'key') return own
    return signIn(this.#client(STSClient, { account, region: 'us-east-1', credentials: own, person }), account, {
      name,
      how,
    })
  }

  async #assume(account: string): Promise<Settings['credentials']> {
    const RoleArn = `arn:aws:iam::${account}:role/${this.#role}`
    return keys(await this.management(STSClient).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'terraform' })))
  }
}

/** Whose client, and where. */
interface As {
  readonly account: string
  readonly region: string
  readonly credentials: Settings['credentials']
  readonly person?: Person | undefined
}

/** One account and region, with clients for its services. */
export interface Site {
  readonly account: string
  readonly region: string
  client<Client extends { destroy(): void }>(Service: ClientOf<Client>): Client
}

/** The simulator knows keys by their ids, and asks no more. */
const SIMULATED = { secretAccessKey: 'simulated' }

/** The simulator takes credentials it never issued for those of the organisation's own account. */
export const MANAGEMENT_CREDENTIALS = { accessKeyId: 'AKIAMANAGEMENT', ...SIMULATED }

/** Sends requests as somebody's own machine would: with its program's name, from its address. */
class Wire extends NodeHttpHandler {
  readonly #headers: Readonly<Record<string, string>>

  constructor(person: Person | undefined, options: NodeHttpHandlerOptions) {
    super(options)
    this.#headers = person ? { 'user-agent': person.userAgent, 'x-forwarded-for': person.address } : {}
  }

  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    Object.assign(request.headers, this.#headers)
    return super.handle(request, options)
  }
}
