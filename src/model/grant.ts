/** Values that are chosen: some of all, or (null) all; but for some. Of types, `AWS::EC2::*` stands for all of a service. */
export interface Choice {
  readonly only: readonly string[] | null
  readonly but: readonly string[]
}

export const ALL: Choice = { only: null, but: [] }

export function isAll({ only, but }: Choice): boolean {
  return only === null && but.length === 0
}

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
  const showing = grants
    .map(grant => ({ ...grant, accounts: plainChoice(grant.accounts) }))
    .filter(({ accounts, types }) => accounts.only?.length !== 0 && types.only?.length !== 0)
  const groups = Map.groupBy(showing, kindOf)
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    return [{ ...first, accounts: group.map(({ accounts }) => accounts).reduce(unionOf) }]
  })
}

/** Equal for grants that differ in accounts only. */
export function kindOf({ types, hides }: Pick<Grant, 'types' | 'hides'>): string {
  return JSON.stringify([types, hides])
}

/** Accounts have no patterns: what is chosen but for some is what is left. */
function plainChoice({ only, but }: Choice): Choice {
  return only === null ? { only, but } : { only: only.filter(value => !but.includes(value)), but: [] }
}

/** Of two plain choices. */
function unionOf(a: Choice, b: Choice): Choice {
  if (a.only !== null && b.only !== null) return { only: [...new Set([...a.only, ...b.only])], but: [] }
  if (a.only !== null) return unionOf(b, a)
  const others = new Set(b.only ?? b.but)
  return { only: null, but: a.but.filter(value => others.has(value) === (b.only === null)) }
}

/** `AWS::EC2::*`, from `AWS::EC2::Instance`; `compute.googleapis.com/*`, from `compute.googleapis.com/Instance`. */
export function serviceOf(type: string): string {
  return type.replace(/[^:/]*$/, '*')
}
