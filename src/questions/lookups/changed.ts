import { z } from 'zod'
import { attribute } from '../../store/queries/attribution.ts'
import { readCards } from '../../store/queries/cards.ts'
import type { ChangeRow } from '../../store/queries/changes.ts'
import { AssetRef, accountText, nameOf, refOf } from '../answers/asset-ref.ts'
import { AttributionRef } from '../answers/attribution.ts'
import { type Entry, moment, toned } from '../answers/blocks.ts'
import type { Asking } from '../question.ts'
import { CHANGES_MAX, changesOf, FieldChange } from './changes.ts'
import { madeByOf } from './made-by.ts'
import { changeText, TONES } from './timeline-blocks.ts'

/** One change of some asset, as every answer tells of it. */
export const ChangeRef = z.object({
  asset: AssetRef,
  at: z.string().describe('When it was first seen so, to the millisecond'),
  what: z.enum(['first seen', 'changed', 'gone', 'returned']),
  source: z.string().describe('scan, event or live'),
  actor: z.string().nullable().describe('Who did it, in words; null: no event has told'),
  attribution: AttributionRef,
  changes: z.array(FieldChange),
  moreChanges: z.boolean().describe(`There are more than ${CHANGES_MAX}`),
})
export type ChangeRef = z.infer<typeof ChangeRef>

/** Changes with their assets as they are known at a time, and who made them; in order. */
export async function changeRefs(asking: Asking, rows: readonly ChangeRow[], at: number): Promise<ChangeRef[]> {
  const [cards, attributions] = await Promise.all([
    readCards(asking, [...new Set(rows.map(({ asset }) => asset))], at),
    attribute(asking, rows),
  ])
  const refs = new Map(cards.map(card => [card.id, refOf(card)]))
  return rows.flatMap(({ asset, from, source, kind, isReturn, before, after }, position) => {
    const ref = refs.get(asset)
    if (ref === undefined) return []
    const changes = kind === 'changed' ? changesOf(before, after) : []
    return [
      {
        asset: { ...ref, gone: kind === 'gone' },
        at: new Date(from).toISOString(),
        what: WHAT[isReturn ? 'returned' : kind],
        source,
        ...madeByOf(attributions[position]),
        changes,
        moreChanges: changes.length >= CHANGES_MAX,
      },
    ]
  })
}

const WHAT = { created: 'first seen', changed: 'changed', gone: 'gone', returned: 'returned' } as const

/** Fields of one change that are shown in a list of changes. */
const FIELDS_SHOWN_MAX = 4

export const CHANGE_COLUMNS = ['time (UTC)', 'what', 'asset', 'account', 'by'] as const

/** A change as a row, with the fields that it changed below. */
export function changeEntry({ at, what, asset, attribution, changes }: ChangeRef): Entry {
  const rest = changes.length - FIELDS_SHOWN_MAX
  return {
    row: [
      moment(at),
      toned(what, TONES[what]),
      nameOf(asset),
      asset.accountName ?? accountText(asset),
      attribution.text,
    ],
    details: [
      ...changes.slice(0, FIELDS_SHOWN_MAX).map(changeText),
      ...(rest > 0 ? [toned(`and ${rest} more field${rest === 1 ? '' : 's'}`, 'quiet')] : []),
    ],
  }
}
