import { type AssetRef, accountCell, nameOf } from '../answers/asset-ref.ts'
import { type Block, entries, moment, table, toned } from '../answers/blocks.ts'
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
  return entries(
    null,
    ['version', 'since (UTC)', 'what', 'by'],
    versions.map(({ number, from, what, attribution, changes }) => ({
      row: [number, moment(from), toned(what, TONES[what]), attribution.text],
      details: changes.map(changeText),
    })),
  )
}

export function presentChanges(changes: readonly FieldChange[]): Block[] {
  return table(null, ['field', 'before', 'after'], changes.map(changeCells))
}

function changeCells({ field, before, after }: FieldChange): string[] {
  return [field, before ?? '-', after ?? '-']
}

/** What happened, in the colour of it. */
export const TONES = {
  'first seen': 'created',
  returned: 'created',
  changed: 'changed',
  gone: 'gone',
} as const

/** `+ Tags.team: "shop"`, `State: "running" → "stopped"`; values as JSON. */
export function changeText(change: FieldChange): string {
  const { field, before, after } = change
  if (before === null) return `+ ${field}: ${after}`
  return after === null ? `- ${field}: ${before}` : `${field}: ${before} → ${after}`
}
