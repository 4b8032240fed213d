import { within } from '../chat/within.ts'
import type { WebApi } from './web-api.ts'

/** Read again behind an answer when it is as old as that, and before one when it is older than the second. Milliseconds. */
const FRESH_MS = 60_000
const PATIENT_MS = 5 * 60_000
/** While Slack does not tell, what it told last holds that long; after that nobody is in any group. */
export const KEPT_MS = 15 * 60_000
/** How long an answer waits for Slack's, and how long after a failure it is not asked again. */
const WAIT_MS = 3_000
const AGAIN_MS = 10_000

export interface UserGroupsParts {
  readonly api: Pick<WebApi, 'attempt'>
  now(): number
  /** That groups cannot be read, and why: it takes grants from people. */
  note(text: string): void
}

interface Members {
  readonly at: number
  /** `slack-group:S…` by user. */
  readonly groups: ReadonlyMap<string, readonly string[]>
}

/** Who is in which user group of the workspace, as Slack told within the last minutes. */
export class UserGroups {
  readonly #parts: UserGroupsParts
  #members: Members | undefined
  #reading: Promise<void> | undefined
  #failedAt = Number.NEGATIVE_INFINITY
  #problem: string | undefined

  constructor(parts: UserGroupsParts) {
    this.#parts = parts
  }

  async of(user: string): Promise<readonly string[]> {
    const { now } = this.#parts
    const age = () => now() - (this.#members?.at ?? Number.NEGATIVE_INFINITY)
    if (age() >= FRESH_MS) {
      const reading = this.#read()
      if (age() >= PATIENT_MS) await within(WAIT_MS, reading)
    }
    return age() < KEPT_MS ? (this.#members?.groups.get(user) ?? []) : []
  }

  #read(): Promise<void> {
    if (this.#reading !== undefined) return this.#reading
    if (this.#parts.now() - this.#failedAt < AGAIN_MS) return Promise.resolve()
    this.#reading = this.#readOnce().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    const { api, now, note } = this.#parts
    const at = now()
    const attempt = await api.attempt('usergroups.list', client => client.usergroups.list({ include_users: true }))
    if (attempt.kind === 'sent') {
      if (this.#problem !== undefined) note('Slack tells user groups again')
      this.#problem = undefined
      this.#members = { at, groups: membersOf(attempt.value.usergroups ?? []) }
      return
    }
    this.#failedAt = now()
    // What is refused will be refused again: who was in a group is not known any more.
    if (attempt.kind === 'refused') this.#members = undefined
    const reason = attempt.kind === 'limited' ? 'Slack limits usergroups.list' : attempt.reason
    if (reason !== this.#problem) note(`${reason}: grants of slack-group principals ${consequence(attempt.kind)}`)
    this.#problem = reason
  }
}

function consequence(kind: 'limited' | 'away' | 'refused'): string {
  if (kind === 'refused') return 'do not hold; give the app the scope usergroups:read'
  return `hold as last known, for ${KEPT_MS / 60_000} minutes at most`
}

interface Group {
  readonly id?: string
  readonly users?: readonly string[]
  readonly date_delete?: number
}

function membersOf(groups: readonly Group[]): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>()
  for (const { id, users = [], date_delete: endedAt = 0 } of groups) {
    if (id === undefined || endedAt > 0) continue
    for (const user of users) members.set(user, [...(members.get(user) ?? []), `slack-group:${id}`])
  }
  return members
}
