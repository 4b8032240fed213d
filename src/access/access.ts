import { hash } from 'node:crypto'
import { type AccessScope, EVERYTHING, scopeOf } from '../model/access-scope.ts'
import { LOCAL, type Principal } from '../model/principal.ts'
import type { AnyQuestion } from '../questions/question.ts'
import type { AccountFacts } from '../store/queries/account-facts.ts'
import { grantsFor, heldBy, type Policy, type PolicyGrant } from './policy.ts'
import { resolveGrant } from './resolve-grant.ts'

/** What a principal may do with a question. */
export interface Allowed {
  /** The names of the grants that allow it; none for the local command line, which needs none. */
  readonly grants: readonly string[]
  readonly scope: AccessScope
  /** Equal for equal scopes; null: no limit. */
  readonly digest: string | null
  readonly mayReadLive: boolean
  /** Channels in which every one of the grants lets the answer be posted. */
  readonly channels: readonly string[]
}

export interface AccessParts {
  policy(): Policy
  accounts(): Promise<readonly AccountFacts[]>
  now(): number
}

/** How long accounts may have another name, unit or tag before grants follow. */
const ACCOUNTS_MS = 15_000
/** Scopes that are kept, one for each set of grants that somebody holds. */
const SCOPES_MAX = 1_000

interface MadeFrom {
  readonly policy: Policy
  readonly facts: readonly AccountFacts[]
}

interface KeptScope {
  readonly scope: AccessScope
  readonly digest: string | null
}

/** The policy as it applies now: to the accounts that there are. */
export class Access {
  readonly #parts: AccessParts
  #accounts: { readonly at: number; readonly facts: Promise<readonly AccountFacts[]> } | undefined
  /** What the kept scopes were made from. */
  #madeFrom: MadeFrom | undefined
  readonly #scopes = new Map<string, KeptScope>()

  constructor(parts: AccessParts) {
    this.#parts = parts
  }

  /** Undefined: the principal may not ask it. Rejects when the store does not tell its accounts. */
  async allowed(principal: Principal, question: Pick<AnyQuestion, 'name' | 'grant'>): Promise<Allowed | undefined> {
    if (principal.id === LOCAL.id) return UNLIMITED
    const policy = this.#parts.policy()
    const grants = grantsFor(heldBy(policy, principal), question)
    if (grants.length === 0) return undefined
    const names = grants.map(({ name }) => name)
    return {
      ...this.#kept(names, grants, { policy, facts: await this.#facts() }),
      grants: names,
      mayReadLive: grants.some(({ live }) => live),
      channels: grants.map(({ channels }) => channels).reduce((a, b) => a.filter(channel => b.includes(channel))),
    }
  }

  /** Whether the principal may ask a question at all. */
  mayAsk(principal: Principal, question: Pick<AnyQuestion, 'name' | 'grant'>): boolean {
    return principal.id === LOCAL.id || grantsFor(heldBy(this.#parts.policy(), principal), question).length > 0
  }

  #kept(names: readonly string[], grants: readonly PolicyGrant[], from: MadeFrom): KeptScope {
    if (
      this.#madeFrom?.policy !== from.policy ||
      this.#madeFrom.facts !== from.facts ||
      this.#scopes.size >= SCOPES_MAX
    )
      this.#scopes.clear()
    this.#madeFrom = from
    const key = names.toSorted().join('\n')
    const known = this.#scopes.get(key)
    if (known !== undefined) return known
    const scope = scopeOf(grants.map(grant => resolveGrant(grant, from.facts)))
    const kept = { scope, digest: digestOf(scope) }
    this.#scopes.set(key, kept)
    return kept
  }

  /** The accounts as they were read within the last seconds; a reading that fails is not kept. */
  #facts(): Promise<readonly AccountFacts[]> {
    const now = this.#parts.now()
    if (this.#accounts !== undefined && now - this.#accounts.at < ACCOUNTS_MS) return this.#accounts.facts
    const before = this.#accounts?.facts
    const facts = Promise.all([this.#parts.accounts(), before?.catch(() => undefined)]).then(([read, known]) =>
      known !== undefined && JSON.stringify(known) === JSON.stringify(read) ? known : read,
    )
    this.#accounts = { at: now, facts }
    facts.catch(() => {
      if (this.#accounts?.facts === facts) this.#accounts = undefined
    })
    return facts
  }
}

const UNLIMITED: Allowed = { grants: [], scope: EVERYTHING, digest: null, mayReadLive: true, channels: [] }

function digestOf({ limits }: AccessScope): string | null {
  return limits === null ? null : hash('sha256', JSON.stringify(limits.grants), 'hex').slice(0, 12)
}
