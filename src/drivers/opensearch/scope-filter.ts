import type { Limits } from '../../model/access-scope.ts'
import type { Choice, Grant } from '../../model/grant.ts'

/** Of hidden fields: of whatever type. */
const ANY_TYPE = '*'

/** The rule of src/model/access-scope.ts as a filter: some grant shows both the account and the type. `isWhole`: and hides no field of it. */
export function scopeFilter({ grants }: Limits, { isWhole }: { readonly isWhole: boolean }): object {
  if (grants.length === 0) return { match_none: {} }
  return { bool: { should: grants.map(grant => grantFilter(grant, isWhole)), minimum_should_match: 1 } }
}

function grantFilter({ accounts, types, hides }: Grant, isWhole: boolean): object {
  const hidden = isWhole ? hides.flatMap(hiding => hiding.types) : []
  return {
    bool: {
      filter: [...chosen(accounts, ids => ({ terms: { account: ids } })), ...chosen(types, typesFilter)],
      must_not: [
        ...(accounts.but.length === 0 ? [] : [{ terms: { account: accounts.but } }]),
        ...[types.but, hidden].filter(named => named.length > 0).map(typesFilter),
      ],
    },
  }
}

function chosen({ only }: Choice, filterOf: (values: readonly string[]) => object): object[] {
  return only === null ? [] : [filterOf(only)]
}

/** Types by name, or by `AWS::EC2::*`: both are fields, and neither holds the other's values. */
function typesFilter(types: readonly string[]): object {
  if (types.includes(ANY_TYPE)) return { match_all: {} }
  return { bool: { should: [{ terms: { type: types } }, { terms: { service: types } }], minimum_should_match: 1 } }
}
