import { z } from 'zod'
import type { Reader } from '../../store/queries/reader.ts'
import { countVersions, readVersions, type Version } from '../../store/queries/versions.ts'
import { AssetRef, describe, refOf } from '../answers/asset-ref.ts'
import { instantOf, isoOf, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { changesOf, changesText, FieldChange } from '../lookups/changes.ts'
import { findAsset, notOne, WhichAsset } from '../lookups/find.ts'
import { presentAssets, presentChanges } from '../lookups/timeline-blocks.ts'
import { defineQuestion } from '../question.ts'

const Side = z
  .string()
  .max(64)
  .refine(text => VERSION.test(text) || instantOf(text, 0) !== undefined, {
    error: 'a version (3, v3) or a time (2026-11-01T03:00Z, "2h ago")',
  })
const VERSION = /^v?(\d{1,7})$/i

const Point = z.object({ version: z.int(), from: z.string(), exists: z.boolean() })

export default defineQuestion({
  name: 'diff',
  purpose: 'What differs between two versions of an asset, or between two times',
  grant: 'history',
  input: z.strictObject({
    ...WhichAsset,
    from: Side.optional().describe('A version (3) or a time; without it, the version before'),
    to: Side.optional().describe('A version (4) or a time; without it, now'),
  }),
  positional: ['asset', 'from', 'to'],
  output: z.object({
    asset: AssetRef.nullable(),
    candidates: z.array(AssetRef).describe('The assets that may be meant, when they are several'),
    from: Point.nullable().describe('null: the asset was not known yet'),
    to: Point.nullable(),
    changes: z.array(FieldChange),
  }),
  examples: [
    { title: 'What changed last', input: { asset: 'invoices' }, found: true, headline: ['ServerSideEncryption'] },
    {
      title: 'What changed between two times',
      input: { asset: 'invoices', from: '2026-10-25', to: '2026-11-21' },
      found: true,
      headline: ['version 1', 'version 2'],
    },
    {
      title: 'What changed between two versions',
      input: { asset: 'invoices', from: '2', to: '1' },
      found: true,
      headline: ['added'],
    },
  ],
  async answer({ asset: name, from, to, ...narrowing }, asking) {
    const found = await findAsset(asking, name, asking.now, narrowing)
    if (found.kind !== 'one') {
      const cards = found.kind === 'many' ? found.cards : []
      return {
        found: false,
        headline: notOne(name, found),
        output: { asset: null, candidates: cards.map(refOf), from: null, to: null, changes: [] },
        provenance: await provenanceOf(asking, { cards, types: null, at: asking.now, found: false }),
      }
    }
    const { card } = found
    const total = await countVersions(asking, card.id, asking.now)
    const after = await sideOf(asking, card.id, to, { total, now: asking.now, otherwise: total })
    const before = await sideOf(asking, card.id, from, {
      total,
      now: asking.now,
      otherwise: (after?.number ?? total) - 1,
    })
    const changes = changesOf(before?.version, after?.version)
    const sides = `${sideText(before, asking.now)} and ${sideText(after, asking.now)}`
    const isSame = changes.length === 0
    return {
      found: !isSame,
      headline: `${describe(refOf(card))}: ${isSame ? 'nothing differs between ' : ''}${isSame ? sides : `${changesText(changes)}; between ${sides}`}`,
      output: { asset: refOf(card), candidates: [], from: pointOf(before), to: pointOf(after), changes },
      provenance: await provenanceOf(asking, { cards: [card], types: [], at: asking.now, found: true }),
    }
  },
  present: ({ candidates, changes }) => [...presentAssets(candidates), ...presentChanges(changes)],
})

interface Numbered {
  readonly number: number
  readonly version: Version
}

/** The version of a number, or the one that held at a time; undefined: there was none yet. */
async function sideOf(
  reader: Reader,
  asset: string,
  text: string | undefined,
  { total, now, otherwise }: { readonly total: number; readonly now: number; readonly otherwise: number },
): Promise<Numbered | undefined> {
  const named = VERSION.exec(text ?? '')?.[1]
  const at = text === undefined || named !== undefined ? undefined : instantOf(text, now)
  const number = at === undefined ? Number(named ?? otherwise) : await countVersions(reader, asset, at)
  if (number < 1 || number > total) return undefined
  const [version] = await readVersions(reader, asset, now, { limit: 1, offset: total - number })
  return version === undefined ? undefined : { number, version }
}

function sideText(side: Numbered | undefined, now: number): string {
  if (side === undefined) return 'before it was known'
  return `version ${side.number} of ${whenText(side.version.from, now)}${side.version.config === null ? ' (gone)' : ''}`
}

function pointOf(side: Numbered | undefined) {
  if (side === undefined) return null
  return { version: side.number, from: isoOf(side.version.from), exists: side.version.config !== null }
}
