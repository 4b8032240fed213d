import { type AccessScope, hiddenFields, maySee } from '../../src/model/access-scope.ts'
import type { Config } from '../../src/model/asset.ts'
import type { Observation } from '../../src/model/observation.ts'
import { ACCOUNT_ENTRY } from '../../src/model/scan-scope.ts'
import type { Estate } from './estate.ts'
import { HIDEABLE } from './estate-assets.ts'

/**
 * The same estate as if nothing outside a scope had ever been: its assets, its accounts, what was read there, what events say of it, and what
 * else knows it.
 * Fields that are hidden have other values, which differ when the real ones do.
 */
export function reduced(estate: Estate, scope: AccessScope): Estate {
  const isSeen = (placed: { readonly account: string; readonly type: string }) => maySee(scope, placed)
  const seesAccount = (account: string) => (scope.limits === null ? true : bitsOf(scope, account) !== 0n)
  return {
    ...estate,
    accounts: estate.accounts.filter(({ id }) => seesAccount(id)),
    observations: estate.observations.filter(({ asset }) => isSeen(asset)).map(read => withoutHidden(read, scope)),
    elsewhere: estate.elsewhere.filter(({ asset }) => isSeen(asset)).map(read => withoutHidden(read, scope)),
    scopes: estate.scopes.filter(({ scope: read }) =>
      read.type === ACCOUNT_ENTRY ? seesAccount(read.account) : isSeen(read),
    ),
    waiting: estate.waiting.filter(({ asset }) => isSeen(asset)),
    events: estate.events.flatMap(event => {
      if (event.outcome.kind !== 'mapped') return seesEvery(scope, event.account) ? [event] : []
      const assets = event.outcome.assets.filter(isSeen)
      if (assets.length === 0) return []
      // What was asked for is not told to who may not see all that it was asked of.
      const request = assets.length < event.outcome.assets.length ? undefined : event.request
      return [{ ...event, outcome: { kind: 'mapped' as const, assets }, request }]
    }),
  }
}

function bitsOf({ limits }: AccessScope, account: string): bigint {
  return limits?.accounts.bits.get(account) ?? limits?.accounts.bits.get('') ?? 0n
}

/** Some grant shows the account with every type. */
function seesEvery(scope: AccessScope, account: string): boolean {
  const every = scope.limits?.types.bits.get('#') ?? 0n
  return (bitsOf(scope, account) & every) !== 0n
}

function withoutHidden(read: Observation, scope: AccessScope): Observation {
  if (read.state.kind === 'gone') return read
  const hidden = hiddenFields(scope, read.asset)
  const { config } = read.state
  const other = (name: string, value: unknown) => (hidden.includes(name) ? otherThan(String(value)) : value)
  const nested = config['Nested'] as Config
  return {
    ...read,
    state: {
      ...read.state,
      config: {
        ...config,
        ...Object.fromEntries(HIDEABLE.map(name => [name, other(name, config[name])])),
        Nested: {
          ...nested,
          ...Object.fromEntries(HIDEABLE.map(name => [name, other(`Nested.${name}`, nested[name])])),
        },
      },
    },
  }
}

/** Another word, which differs where the word differs, and holds no part of it. */
function otherThan(word: string): string {
  return `x${[...word].reverse().join('')}`
}
