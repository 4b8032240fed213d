/*
 * The tables of Steampipe's AWS plugin as its documentation and its public sources have them (github.com/turbot/steampipe-plugin-aws,
 * aws/table_NAME.go for each NAME below): every column that belongs to the asset itself, its PostgreSQL type (the plugin's STRING is text, IPADDR inet,
 * CIDR cidr, INT bigint, TIMESTAMP timestamptz, JSON jsonb), and where the plugin takes it from in the reply of the API. Unless said, that is the
 * column's own name in capitals: `vpc_id` is `VpcId`. Made from those sources and not from our mapping, so that the two can disagree.
 */

export interface Shape {
  readonly table: string
  readonly type: string
  /** `global`: the table has no column `region`, or it is none of the place's. */
  readonly scope: 'regional' | 'global'
  readonly columns: readonly ShapeColumn[]
}

export interface ShapeColumn {
  readonly name: string
  readonly type: string
  readonly from: string
}

export function shape(type: string, table: string, text: string, scope: 'regional' | 'global' = 'regional'): Shape {
  const columns = text
    .trim()
    .split('\n')
    .flatMap(line => {
      const [kind = '', ...names] = line.trim().split(/\s+/)
      return names.map(each => {
        const [name = '', from = pascal(name)] = each.split('=')
        return { name, type: kind, from }
      })
    })
  return { table, type, scope, columns }
}

function pascal(column: string): string {
  return column
    .split('_')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
