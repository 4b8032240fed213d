import { type AssetIdentity, assetIdOf, GLOBAL } from '../../model/identity.ts'
import type { SoughtValue } from '../../ports/live-source.ts'
import type { Row } from './session.ts'
import type { Condition, SteampipeTable } from './table.ts'
import { zonesOf } from './tables/names.ts'
import { TABLES } from './tables.ts'

/** What one statement is to bring. */
export interface Asked {
  readonly table: SteampipeTable
  readonly conditions: readonly Condition[]
  /** The assets that are asked for, where they are known. */
  readonly assets: readonly AssetIdentity[]
}

/** Statements for these assets: those of one account, region and table together, so that nothing else is read. */
export function askedFor(assets: readonly AssetIdentity[]): readonly Asked[] {
  return TABLES.flatMap(table => {
    const held = assets.filter(({ provider, type, region, nativeId }) => {
      const isPlaced = table.scope === 'global' || region !== GLOBAL
      return provider === 'aws' && type === table.type && isPlaced && table.rows([nativeId]).length > 0
    })
    const places = Map.groupBy(held, ({ account, region }) => `${account} ${table.scope === 'regional' ? region : ''}`)
    return [...places.values()].flatMap(group => {
      const [{ account, region }] = group as [AssetIdentity]
      const place: Condition[] = [
        { column: 'account_id', values: [account] },
        ...(table.scope === 'regional' ? [{ column: 'region', values: [region] }] : []),
      ]
      const rows = table.rows(group.map(({ nativeId }) => nativeId))
      return rows.map(conditions => ({ table, conditions: [...place, ...conditions], assets: group }))
    })
  })
}

/** Statements for rows that bear a value, in all accounts. */
export function askedBy({ kinds, values, types }: SoughtValue): readonly Asked[] {
  return TABLES.filter(({ type }) => types === undefined || types.some(name => name === type)).flatMap(table =>
    (table.finders ?? [])
      .filter(finder => finder.kinds.some(kind => kinds.includes(kind)))
      .flatMap(finder => finder.rows(values).map(conditions => ({ table, conditions, assets: [] }))),
  )
}

const ZONE = 'AWS::Route53::HostedZone'
const RECORDS = TABLES.find(({ type }) => type === 'AWS::Route53::RecordSet') as SteampipeTable

/** The zones that DNS names may be in: their records can only be asked for zone by zone. */
export function zonesAbove({ kinds, values, types }: SoughtValue): readonly Asked[] {
  if (!kinds.includes('dns') || (types !== undefined && !types.some(name => name === RECORDS.type))) return []
  const names = [...new Set(values.flatMap(zonesOf))]
  const table = TABLES.find(({ type }) => type === ZONE) as SteampipeTable
  return names.length === 0 ? [] : [{ table, conditions: [{ column: 'name', values: names }], assets: [] }]
}

/** Records with one of the names, of any type, in zones that were found. */
export function recordsIn(zones: readonly Row[], { values }: SoughtValue): readonly Asked[] {
  const names = values.map(name => zonesOf(name)[0]).filter(name => name !== undefined)
  return zones.flatMap(zone =>
    names.map(name => ({
      table: RECORDS,
      conditions: [
        { column: 'account_id', values: [String(zone['account_id'])] },
        { column: 'zone_id', values: [String(zone['id'])] },
        { column: 'name', values: [name] },
      ],
      assets: [],
    })),
  )
}

/** Assets that were not there where others of the same statement were, and no one can be denied a single one. `seen`: by their asset ids. */
export function goneFrom({ table, assets }: Asked, seen: ReadonlySet<string>): readonly AssetIdentity[] {
  const missing = assets.filter(asset => !seen.has(assetIdOf(asset)))
  return table.isAllOrNothing && missing.length < assets.length ? missing : []
}
