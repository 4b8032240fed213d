import type { IdentifierKind } from '../../model/asset.ts'

/**
 * Which of our types a table of Steampipe's AWS plugin holds, and which of its columns is which field of the describe's reply. The columns
 * are those of the plugin's documentation (hub.steampipe.io/plugins/turbot/aws/tables); a column that the installed version lacks is not asked for.
 */
export interface SteampipeTable {
  /** CloudFormation's name of the type. */
  readonly type: string
  readonly name: string
  /** `global`: the table has no region; else rows are asked for by it, so that no other region is read. */
  readonly scope: 'regional' | 'global'
  readonly columns: Readonly<Record<string, string | Column>>
  /**
   * The API reads all assets of a region or none: nobody can be denied a single one. So one that is missing where others came is gone.
   */
  readonly isAllOrNothing?: true
  /**
   * The conditions that find rows by native ids, one list for each statement; an id that the table cannot hold is left out. Conditions on
   * the plugin's key columns become parameters of the API call, any other makes it read everything.
   */
  rows(ids: readonly string[]): readonly (readonly Condition[])[]
  /** How rows are found that bear a value. */
  readonly finders?: readonly Finder[]
}

/** Where the value of a column belongs in the describe's reply. */
export interface Column {
  /** Dots lead into objects: `VpcConfig.SubnetIds`. */
  readonly path: string
  /** From the column's value, never null, to the field's; undefined: it tells nothing. */
  readonly convert?: (value: unknown) => unknown
  /**
   * The plugin makes a call for this column alone, for every row: it is not asked for in searches, and null may mean that the call was
   * refused and ignored. So null says nothing.
   */
  readonly ownCall?: true
  /** Instants in it are texts in the API too: they are left as they are. */
  readonly hasTextInstants?: true
}

/** The column is one of the values: as it is, as an address, or whatever its case. `items`: its JSON has one of them in its list `Items`. */
export interface Condition {
  readonly column: string
  readonly values: readonly string[]
  readonly as?: 'inet' | 'lower' | 'items'
}

export interface Finder {
  readonly kinds: readonly IdentifierKind[]
  /** The conditions under which rows bear one of the values, one list for each statement; none: the table cannot bear any of them. */
  rows(values: readonly string[]): readonly (readonly Condition[])[]
}

/** Rows whose column is the native id. */
export function keyed(column: string): SteampipeTable['rows'] {
  return ids => (ids.length === 0 ? [] : [[{ column, values: ids }]])
}

/** Rows that have one of the addresses in a column. */
export function byAddress(kinds: readonly IdentifierKind[], column: string): Finder {
  return {
    kinds,
    rows: values => {
      const addresses = values.filter(value => !value.includes('/'))
      return addresses.length === 0 ? [] : [[{ column, values: addresses, as: 'inet' }]]
    },
  }
}

/** Rows found by what a DNS name of the service says of its owner: each match makes the conditions of one statement. */
export function byName(pattern: RegExp, conditions: (parts: readonly string[]) => readonly Condition[]): Finder {
  return {
    kinds: ['dns'],
    rows: values =>
      values.flatMap(value => {
        const match = pattern.exec(value)
        return match === null ? [] : [conditions(match.slice(1))]
      }),
  }
}

/** A column that the plugin fills by a call of its own. */
export function called(path: string, convert?: (value: unknown) => unknown): Column {
  return { path, ownCall: true, ...(convert && { convert }) }
}

/** Columns of which the field is called the same, but for the case: `vpc_id` is `VpcId`. */
export function alike(...columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.map(column => [
      column,
      column.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    ]),
  )
}
