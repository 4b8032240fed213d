import type { Grant } from '../model/grant.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyQuestion } from '../questions/question.ts'
import type { AccountFacts } from '../store/queries/account-facts.ts'
import { grantsFor, namesOf, type Policy, type PolicyGrant } from './policy.ts'
import { resolveGrant } from './resolve-grant.ts'

/** What one grant of the policy says of a principal and a question. */
export interface GrantDecision {
  readonly grant: PolicyGrant
  /** By which of the names that they have they hold it; none: they do not. */
  readonly heldAs: readonly string[]
  /** Everything by which somebody holds it. */
  readonly holders: readonly string[]
  /** It lets the question be asked, if there is one. */
  readonly isForQuestion: boolean
  /** What it shows, with the accounts that there are now. */
  readonly shows: Grant
}

/** Every grant of a policy, and what it says; `principal`, `question`: undefined: nobody and nothing in particular. */
export function explainAccess(
  policy: Policy,
  accounts: readonly AccountFacts[],
  about: { readonly principal?: Principal | undefined; readonly question?: AnyQuestion | undefined },
): GrantDecision[] {
  const names = about.principal === undefined ? [] : namesOf(about.principal)
  return [...policy.grants.values()].map(grant => {
    const holders = [...policy.holders].flatMap(([holder, grants]) => (grants.includes(grant.name) ? [holder] : []))
    return {
      grant,
      heldAs: holders.filter(holder => names.includes(holder)),
      holders,
      isForQuestion: about.question === undefined || grantsFor([grant], about.question).length > 0,
      shows: resolveGrant(grant, accounts),
    }
  })
}

/** `token:ci`, `slack-user:U1`, `slack-user:T1:U1`, `oidc-subject:…`, `mattermost-user:…`, and ids as the log has them; undefined: none of these. */
export function principalOf(text: string, groups: readonly string[]): Principal | undefined {
  const [kind = '', ...rest] = text.split(':')
  const name = rest.join(':')
  const prefix = PREFIXES[kind]
  if (prefix === undefined || name === '') return undefined
  const id = kind === 'slack-user' && rest.length === 1 ? `slack::${name}` : `${prefix}:${name}`
  return { id, name, groups }
}

const PREFIXES: Readonly<Record<string, string>> = {
  token: 'token',
  slack: 'slack',
  'slack-user': 'slack',
  mattermost: 'mattermost',
  'mattermost-user': 'mattermost',
  oidc: 'oidc',
  'oidc-subject': 'oidc',
}
