/** Some values, or all but some. Of types, `AWS::EC2::*` stands for all of a service. */
export type Choice =
  | { readonly kind: 'only'; readonly values: readonly string[] }
  | { readonly kind: 'all-but'; readonly values: readonly string[] }

export const ALL: Choice = { kind: 'all-but', values: [] }

/** Fields of configs that are not shown, of some types: paths such as `Environment.Variables`; `*` stands for any name. */
export interface Hiding {
  readonly types: readonly string[]
  readonly fields: readonly string[]
}

/** What one grant lets its holder see: the assets that are in some accounts and of some types. */
export interface Grant {
  readonly accounts: Choice
  readonly types: Choice
  readonly hides: readonly Hiding[]
}

/** Grants that differ in accounts only are one. What shows nothing is left out. */
export function mergedGrants(grants: readonly Grant[]): Grant[] {
  const showing = grants.filter(({ accounts, types }) => !isNothing(accounts) && !isNothing(types))
  const groups = Map.groupBy(showing, ({ types, hides }) => JSON.stringify([types.kind, types.values, hides]))
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    return [{ ...first, accounts: group.map(({ accounts }) => accounts).reduce(unionOf) }]
  })
}

function isNothing(choice: Choice): boolean {
  return choice.kind === 'only' && choice.values.length === 0
}

function unionOf(a: Choice, b: Choice): Choice {
  if (a.kind === 'only' && b.kind === 'only') return { kind: 'only', values: [...new Set([...a.values, ...b.values])] }
  if (a.kind === 'only') return unionOf(b, a)
  const others = new Set(b.values)
  const isLeft = (value: string) => (b.kind === 'only' ? !others.has(value) : others.has(value))
  return { kind: 'all-but', values: a.values.filter(isLeft) }
}

/** `AWS::EC2::*`, from `AWS::EC2::Instance`; `compute.googleapis.com/*`, from `compute.googleapis.com/Instance`. */
export function serviceOf(type: string): string {
  const [first = '', second, ...rest] = type.split('::')
  if (second !== undefined && rest.length > 0) return `${first}::${second}::*`
  return `${type.split('/')[0]}/*`
}
