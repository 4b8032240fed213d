import { z } from 'zod'
import { attribute } from '../../store/queries/attribution.ts'
import { countVersions, readVersions } from '../../store/queries/versions.ts'
import { AssetRef, describe, refOf } from '../answers/asset-ref.ts'
import { text } from '../answers/blocks.ts'
import { At, atOf, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { changesText } from '../lookups/changes.ts'
import { findAsset, notOne, WhichAsset } from '../lookups/find.ts'
import { byText } from '../lookups/made-by.ts'
import { seekingOf } from '../lookups/seeking.ts'
import { TimelineEntry, timelineOf } from '../lookups/timeline.ts'
import { presentAssets, presentTimeline } from '../lookups/timeline-blocks.ts'
import { defineQuestion } from '../question.ts'

export default defineQuestion({
  name: 'history',
  purpose: 'Every version of an asset, field by field, the newest first',
  grant: 'history',
  input: z.strictObject({
    ...WhichAsset,
    at: At,
    limit: z.int().min(1).max(500).default(20).describe('How many versions to list'),
    page: z.int().min(1).max(1000).default(1).describe('Which page of them'),
  }),
  positional: ['asset'],
  output: z.object({
    asset: AssetRef.nullable().describe('null: none, or not only one'),
    candidates: z.array(AssetRef).describe('The assets that may be meant, when they are several'),
    versions: z.array(TimelineEntry),
    total: z.int().describe('How many versions there are'),
  }),
  examples: [
    {
      title: 'What happened to a bucket',
      input: { asset: 'invoices' },
      found: true,
      headline: ['2 versions', 'changed', 'by ada@example.com (via role deploy, terraform)', 'ServerSideEncryption'],
    },
    {
      title: 'What happened to a terminated instance',
      input: { asset: 'i-0aaaaaaaaaaaaaaa3' },
      found: true,
      headline: ['gone', 'by ada@example.com'],
    },
    {
      title: 'What a scan found, of which no event told',
      input: { asset: 'web-1' },
      found: true,
      headline: ['changed 2026-11-10 02:00Z (12 days ago): PrivateIpAddress'],
    },
    {
      title: 'Of several, the one in an account',
      input: { asset: 'deploy', account: 'network' },
      found: true,
      headline: ['network'],
    },
  ],
  seeks: ({ asset }) => seekingOf(asset),
  async answer({ asset: name, at: atText, limit, page, ...narrowing }, asking) {
    const at = atOf(atText, asking.now)
    const found = await findAsset(asking, name, at, narrowing)
    if (found.kind !== 'one') {
      const cards = found.kind === 'many' ? found.cards : []
      const provenance = await provenanceOf(asking, { cards, types: null, at, found: false })
      const output = { asset: null, candidates: cards.map(refOf), versions: [], total: 0 }
      return { found: false, headline: notOne(name, found), output, provenance }
    }
    const { card } = found
    const offset = (page - 1) * limit
    const [total, versions] = await Promise.all([
      countVersions(asking, card.id, at),
      readVersions(asking, card.id, at, { limit: limit + 1, offset }),
    ])
    const isComplete = versions.length <= limit
    const next =
      offset === 0
        ? null
        : ((await readVersions(asking, card.id, at, { limit: 1, offset: offset - 1 }))[0]?.from ?? null)
    const attributions = await attribute(
      asking,
      versions.slice(0, limit).map(({ from }) => ({ asset: card.id, from })),
    )
    const entries = timelineOf(versions, attributions, { newest: total - offset, next, isComplete })
    const [latest] = entries
    const last =
      latest === undefined
        ? 'no version until then'
        : `${total} version${total === 1 ? '' : 's'}; ${latest.what} ${whenText(Date.parse(latest.from), asking.now)}`
    const by = latest === undefined ? '' : byText(latest)
    const what = latest?.what === 'changed' ? `: ${changesText(latest.changes)}` : ''
    return {
      found: entries.length > 0,
      headline: `${describe(refOf(card))}: ${last}${by}${what}`,
      output: { asset: refOf(card), candidates: [], versions: entries, total },
      provenance: await provenanceOf(asking, { cards: [card], types: [], at, found: true }),
    }
  },
  present: ({ candidates, versions, total }) => [
    ...presentAssets(candidates),
    ...presentTimeline(versions),
    ...(versions.length > 0 && total > versions.length
      ? [text(`${versions.length} of ${total} versions: use --limit and --page.`)]
      : []),
  ],
})
