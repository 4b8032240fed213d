import type { Choice, Grant, Hiding } from '../model/grant.ts'
import type { AccountFacts } from '../store/queries/account-facts.ts'
import type { PolicyGrant, Selector } from './policy.ts'

/** What a grant shows, now that the accounts are such. */
export function resolveGrant(grant: PolicyGrant, accounts: readonly AccountFacts[]): Grant {
  return { accounts: accountsOf(grant, accounts), types: typesOf(grant), hides: hidesOf(grant) }
}

export function typesOf({ types, except }: Pick<PolicyGrant, 'types' | 'except'>): Choice {
  return { only: types && [...types].sort(), but: [...except.types].sort() }
}

export function hidesOf({ hide }: Pick<PolicyGrant, 'hide'>): readonly Hiding[] {
  return hide
}

function accountsOf({ accounts: wanted, except }: PolicyGrant, accounts: readonly AccountFacts[]): Choice {
  const but = chosen(except.accounts, accounts)
  return { only: wanted && chosen(wanted, accounts), but }
}

/** The accounts that are meant by any of the selectors. An id is meant even of an account that is in no list (yet). */
function chosen(selectors: readonly Selector[], accounts: readonly AccountFacts[]): string[] {
  const listed = accounts.filter(account => selectors.some(selector => isMeant(selector, account))).map(({ id }) => id)
  const known = new Set(accounts.map(({ id }) => id))
  const byIdOnly = selectors.filter(({ names, units, tags }) =>
    [names, units, tags].every(given => given === undefined),
  )
  const unlisted = byIdOnly.flatMap(({ ids = [] }) => ids.filter(id => !known.has(id)))
  return [...new Set([...listed, ...unlisted])].sort()
}

function isMeant({ ids, names, units, tags }: Selector, account: AccountFacts): boolean {
  return (
    (ids?.includes(account.id) ?? true) &&
    (names?.some(name => isNamed(account.name, name)) ?? true) &&
    (units?.some(unit => isBelow(account.path, unit)) ?? true) &&
    Object.entries(tags ?? {}).every(([key, values]) => values.some(value => isTagged(account.tags[key], value)))
  )
}

function isNamed(name: string | null, pattern: string): boolean {
  return name !== null && matches(name.toLowerCase(), pattern.toLowerCase())
}

function isTagged(value: string | undefined, pattern: string): boolean {
  return value !== undefined && matches(value, pattern)
}

/** Whole parts of the path: `Root/Work` is not above `Root/Workloads`. */
function isBelow(path: string | null, unit: string): boolean {
  return path !== null && (path === unit || path.startsWith(`${unit}/`))
}

/** `*` stands for anything; everything else for itself. */
function matches(text: string, pattern: string): boolean {
  const [start = '', ...parts] = pattern.split('*')
  if (!text.startsWith(start)) return false
  const end = parts.pop()
  if (end === undefined) return text === start
  let at = start.length
  for (const part of parts) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - end.length >= at && text.endsWith(end)
}
