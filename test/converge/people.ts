import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { settingsFor } from '../moto/recorder/site.ts'
import type { Credentials } from './kind.ts'

/** Somebody who acts, and by which names they may be told apart from everybody else. */
export interface Person {
  readonly name: string
  /** What their events alone say, where the event that tells more was lost: the name of their session. */
  readonly aliases: readonly string[]
}

const ADA: Person = { name: 'ada', aliases: ['ada@fernhill.example'] }
const GRACE: Person = { name: 'grace@fernhill.example', aliases: ['session-of-grace'] }
const LINUS: Person = { name: 'linus', aliases: [] }
const ROBOT: Person = { name: 'ci', aliases: ['build-17'] }
export const PEOPLE: readonly Person[] = [ADA, GRACE, LINUS, ROBOT]

/**
 * How each gets into an account:
 *
 *   ada     with her own key at home, elsewhere by a role, in a session of her name
 *   grace   by a role everywhere; her source identity says who she is
 *   linus   with a key of a user of his in each account
 *   ci      by two roles, one after the other, in sessions that are called after the build
 */
export class People {
  readonly #endpoint: string
  readonly #home: string
  readonly #keys: ReadonlyMap<string, Credentials>
  readonly #sessions = new Map<string, Credentials>()

  private constructor(endpoint: string, home: string, keys: ReadonlyMap<string, Credentials>) {
    this.#endpoint = endpoint
    this.#home = home
    this.#keys = keys
  }

  /** Makes their users and keys. `admin`: credentials in each account; the first account is home. */
  static async hire(
    endpoint: string,
    accounts: readonly string[],
    admin: (account: string) => Promise<Credentials>,
  ): Promise<People> {
    const [home = ''] = accounts
    const keys = new Map<string, Credentials>()
    for (const account of accounts) {
      const iam = new IAMClient(settingsFor(endpoint, await admin(account)))
      for (const UserName of account === home ? ['ada', 'grace', 'linus', 'ci'] : ['linus']) {
        await iam.send(new CreateUserCommand({ UserName }))
        const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
        const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
        keys.set(`${UserName} ${account}`, { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey })
      }
      iam.destroy()
    }
    return new People(endpoint, home, keys)
  }

  /** The credentials that a person uses in an account, the same ones until they sign in anew. */
  async at(person: Person, account: string): Promise<Credentials> {
    const own = this.#keys.get(`${person.name} ${account}`)
    if (own !== undefined && (person === ADA || person === LINUS)) return own
    const session = `${person.name} ${account}`
    const known = this.#sessions.get(session)
    if (known !== undefined) return known
    const fresh = await this.#signIn(person, account)
    this.#sessions.set(session, fresh)
    return fresh
  }

  /** Sessions end: the next call of everybody is made with new keys, of which new events tell. */
  forgetSessions(): void {
    this.#sessions.clear()
  }

  async #signIn(person: Person, account: string): Promise<Credentials> {
    const key = (name: string) => this.#keys.get(`${name} ${this.#home}`)
    if (person === GRACE)
      return this.#assume(key('grace'), account, 'engineer', {
        RoleSessionName: 'session-of-grace',
        SourceIdentity: GRACE.name,
      })
    if (person === ADA)
      return this.#assume(key('ada'), account, 'engineer', { RoleSessionName: 'ada@fernhill.example' })
    const pipeline = await this.#assume(key('ci'), this.#home, 'pipeline', { RoleSessionName: 'build-17' })
    return this.#assume(pipeline, account, 'deploy', { RoleSessionName: 'build-17' })
  }

  async #assume(
    credentials: Credentials | undefined,
    account: string,
    role: string,
    session: { readonly RoleSessionName: string; readonly SourceIdentity?: string },
  ): Promise<Credentials> {
    const sts = new STSClient(settingsFor(this.#endpoint, credentials))
    const RoleArn = `arn:aws:iam::${account}:role/${role}`
    const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn, ...session }))
    sts.destroy()
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {}
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  }
}
