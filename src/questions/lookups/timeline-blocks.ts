import { type AssetRef, accountCell, nameOf } from '../answers/asset-ref.ts'
import { type Block, table, time } from '../answers/blocks.ts'
import type { FieldChange } from './changes.ts'
import type { TimelineEntry } from './timeline.ts'

/** Assets that may be meant, for the asker to choose. */
export function presentAssets(assets: readonly AssetRef[], title: string | null = null): Block[] {
  return table(
    title,
    ['asset', 'account', 'region', 'owner', 'id'],
    assets.map(asset => [nameOf(asset), accountCell(asset), asset.region, asset.owner, asset.arn ?? asset.nativeId]),
  )
}

/** Versions with their fields, one line for each field. */
export function presentTimeline(versions: readonly TimelineEntry[]): Block[] {
  return table(
    null,
    ['version', 'since', 'what', 'by', 'field', 'before', 'after'],
    versions.flatMap(({ number, from, what, attribution, changes }) => {
      const head = [number, time(from), what, attribution.text]
      const [first, ...rest] = changes
      return [[...head, ...changeCells(first)], ...rest.map(change => ['', '', '', '', ...changeCells(change)])]
    }),
  )
}

export function presentChanges(changes: readonly FieldChange[]): Block[] {
  return table(null, ['field', 'before', 'after'], changes.map(changeCells))
}

function changeCells(change: FieldChange | undefined): string[] {
  return change === undefined ? ['', '', ''] : [change.field, change.before ?? '-', change.after ?? '-']
}
