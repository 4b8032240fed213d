import type { Principal } from '../model/principal.ts'
import type { AnyQuestion } from '../questions/question.ts'

/** Accounts that are meant by all that is given, each by any of its values. */
export interface Selector {
  readonly ids?: readonly string[] | undefined
  /** `*` stands for anything: `shop-*`. */
  readonly names?: readonly string[] | undefined
  /** Paths of organisational units, from the root; all below them are meant too. */
  readonly units?: readonly string[] | undefined
  readonly tags?: Readonly<Record<string, readonly string[]>> | undefined
}

/** A grant as the policy file says it. */
export interface PolicyGrant {
  readonly name: string
  /** Null: all that are not to be named, see `mayAsk`. */
  readonly questions: readonly string[] | null
  /** Null: all. */
  readonly accounts: readonly Selector[] | null
  readonly types: readonly string[] | null
  readonly except: { readonly accounts: readonly Selector[]; readonly types: readonly string[] }
  readonly hide: readonly { readonly types: readonly string[]; readonly fields: readonly string[] }[]
  /** The cloud may be read for an answer. */
  readonly live: boolean
  /** Channels that answers may be posted in. */
  readonly channels: readonly string[]
}

/** Who holds which grants. What is not granted is denied. */
export interface Policy {
  readonly grants: ReadonlyMap<string, PolicyGrant>
  /** Names of grants by what a principal may be known as: see `namesOf`. */
  readonly holders: ReadonlyMap<string, readonly string[]>
  /** Equal for equal files. */
  readonly digest: string
}

export const NO_POLICY: Policy = { grants: new Map(), holders: new Map(), digest: '' }

/** Grants of these questions are given by name only: `*` does not hold what others asked. */
const TO_BE_NAMED: ReadonlySet<string> = new Set(['audit'])

export const EVERYONE = 'everyone'

/** All that a principal may be matched by: `slack-user:U…`, `slack-user:T…:U…`, `slack-group:S…`, `token:ci`, `everyone`. */
export function namesOf({ id, groups }: Principal): string[] {
  const [surface = '', ...rest] = id.split(':')
  const names = NAMES_OF[surface]?.(rest) ?? []
  return [...names, ...groups, EVERYONE]
}

const NAMES_OF: Readonly<Record<string, (parts: readonly string[]) => string[]>> = {
  slack: ([team = '', user = '']) => [`slack-user:${user}`, `slack-user:${team}:${user}`],
  mattermost: parts => [`mattermost-user:${parts.join(':')}`],
  token: parts => [`token:${parts.join(':')}`],
  oidc: parts => [`oidc-subject:${parts.join(':')}`],
}

/** The grants that a principal holds, each once. */
export function heldBy({ grants, holders }: Policy, principal: Principal): PolicyGrant[] {
  const names = new Set(namesOf(principal).flatMap(name => holders.get(name) ?? []))
  return [...names].flatMap(name => grants.get(name) ?? [])
}

/** Of these grants, those by which a question may be asked: they name it, or the grant that it asks for (`diff` asks for `history`). */
export function grantsFor(held: readonly PolicyGrant[], { name, grant }: Pick<AnyQuestion, 'name' | 'grant'>) {
  return held.filter(({ questions }) =>
    questions === null ? !TO_BE_NAMED.has(grant) : questions.includes(name) || questions.includes(grant),
  )
}

/** The names that a grant may name: of questions, and of the grants that they ask for. */
export function questionWords(
  questions: ReadonlyMap<string, Pick<AnyQuestion, 'name' | 'grant'>>,
): ReadonlySet<string> {
  return new Set([...questions.values()].flatMap(({ name, grant }) => [name, grant]))
}
