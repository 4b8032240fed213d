import { type AccessScope, scopeOf } from '../src/model/access-scope.ts'
import { ALL } from '../src/model/grant.ts'

/** Everything in some accounts. */
export function onlyAccounts(...values: readonly string[]): AccessScope {
  return scopeOf([{ accounts: { only: values, but: [] }, types: ALL, hides: [] }])
}

/** Everything of some types, or of services: `AWS::EC2::*`. */
export function onlyTypes(...values: readonly string[]): AccessScope {
  return scopeOf([{ accounts: ALL, types: { only: values, but: [] }, hides: [] }])
}
