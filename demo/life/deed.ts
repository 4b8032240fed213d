import { type Organisation, placeOf } from '../organisation/build.ts'
import type { Clients, Site } from '../organisation/clients.ts'
import { known } from '../organisation/known.ts'
import type { Person } from '../organisation/people.ts'

/** One call by somebody, after which an asset is different. */
export interface Deed {
  readonly by: Person
  /** What they did, for people: `opens SSH to everybody`. */
  readonly says: string
  /** The account's id, and the asset as it is called within it. */
  readonly account: string
  readonly type: string
  readonly id: string
  /** When the call was sent, in milliseconds since 1970. */
  readonly sentAt: number
}

/** What somebody does again and again. Each step makes one call and tells it; what one step opens, a later one closes. */
export type Story = (stage: Stage) => AsyncGenerator<Deed, void, void>

/** Where stories happen: the company, and the clients of whoever works in it. */
export class Stage {
  readonly organisation: Organisation
  readonly #clients: Clients

  constructor(organisation: Organisation, clients: Clients) {
    this.organisation = organisation
    this.#clients = clients
  }

  /** An account as somebody works in it. */
  async as(person: Person, account: string): Promise<Post> {
    const { site, ...place } = placeOf(this.organisation, account)
    const own = await this.#clients.site(site.account, site.region, person)
    return {
      site: own,
      place,
      async does(says, { type, id }, call) {
        const sentAt = Date.now()
        const reply = await call(own)
        return {
          by: person,
          says,
          account: site.account,
          type,
          id: typeof id === 'string' ? id : known(id(reply)),
          sentAt,
        }
      },
    }
  }
}

/** Somebody at work in an account. */
export interface Post {
  readonly site: Site
  readonly place: Omit<ReturnType<typeof placeOf>, 'site'>
  /** Makes a call; resolves when it is answered. `id`: of the asset, or where the reply tells it. */
  does<Reply>(
    says: string,
    asset: { readonly type: string; readonly id: string | ((reply: Reply) => string | undefined) },
    call: (site: Site) => Promise<Reply>,
  ): Promise<Deed>
}

/** Each value in turn, for ever. Two that are used together should be of lengths without a common divisor: then they do not go in step. */
export function cycle<Value>(values: readonly Value[]): () => Value {
  let at = 0
  return () => known(values[at++ % values.length])
}
