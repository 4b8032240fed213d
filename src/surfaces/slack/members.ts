import type { Principal } from '../../model/principal.ts'
import type { UserGroups } from './user-groups.ts'
import type { WebApi } from './web-api.ts'

/** How long it is held what Slack says of a user, in milliseconds, and of how many. */
const KEPT_MS = 10 * 60_000
const USERS_MAX = 10_000

/** Somebody as a request of Slack names them. */
export interface Sender {
  readonly user: string
  /** Every workspace that the request says they are of. */
  readonly teams: readonly string[]
  readonly name: string | undefined
}

export interface MembersParts {
  readonly api: Pick<WebApi, 'send'>
  readonly groups: Pick<UserGroups, 'of'>
  /** The workspaces whose people are our own; the first is the app's. */
  readonly teams: readonly string[]
  now(): number
  note(text: string): void
}

interface Known {
  readonly at: number
  readonly team: string
  readonly name: string
  readonly isPerson: boolean
}

/**
 * Who asks. Only people of our own workspaces are anybody: in channels that are shared with other companies (Slack Connect) their people can
 * click, mention and post links, too, and the grants are not for them.
 */
export class Members {
  readonly #parts: MembersParts
  readonly #known = new Map<string, Known>()

  constructor(parts: MembersParts) {
    this.#parts = parts
  }

  /** Undefined: nobody of ours. */
  async principalOf({ user, teams, name }: Sender): Promise<Principal | undefined> {
    const [team] = teams
    if (team === undefined || !teams.every(one => this.#parts.teams.includes(one))) return undefined
    return { id: `slack:${team}:${user}`, name: name ?? user, groups: await this.#parts.groups.of(user) }
  }

  /** Of somebody whom an event names: it does not say for certain which workspace they are of, so Slack is asked. */
  async principalOfEvent({ user, teams }: Omit<Sender, 'name'>): Promise<Principal | undefined> {
    const known = await this.#lookUp(user)
    if (known === undefined || !known.isPerson) return undefined
    return this.principalOf({ user, teams: [known.team, ...teams], name: known.name })
  }

  async #lookUp(user: string): Promise<Known | undefined> {
    const { api, now, note } = this.#parts
    const held = this.#known.get(user)
    if (held !== undefined && now() - held.at < KEPT_MS) return held
    const sent = await api.send('users.info', client => client.users.info({ user }))
    if (sent.kind !== 'sent') {
      note(`who asks is not known: ${sent.reason}`)
      return undefined
    }
    const { team_id: team, name, is_bot: isBot, deleted, is_stranger: isStranger } = sent.value.user ?? {}
    if (team === undefined) return undefined
    const known = { at: now(), team, name: name ?? user, isPerson: !isBot && !deleted && !isStranger }
    this.#known.delete(user)
    this.#known.set(user, known)
    if (this.#known.size > USERS_MAX) this.#known.delete(this.#known.keys().next().value ?? '')
    return known
  }
}
