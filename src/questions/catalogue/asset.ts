import { z } from 'zod'
import { readStates } from '../../store/queries/versions.ts'
import { AssetRef, accountCell, describe, nameOf, refOf } from '../answers/asset-ref.ts'
import { AttributionRef } from '../answers/attribution.ts'
import { fields, table, text, time } from '../answers/blocks.ts'
import { At, atOf, isoOf, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { findAsset, notOne, WhichAsset } from '../lookups/find.ts'
import { byText, madeBy } from '../lookups/made-by.ts'
import { neighboursOf } from '../lookups/neighbours.ts'
import { seekingOf } from '../lookups/seeking.ts'
import { presentAssets } from '../lookups/timeline-blocks.ts'
import { defineQuestion } from '../question.ts'

const Neighbour = z.object({
  relation: z.string().describe('Read from source to target: attached-to, in-vpc'),
  target: z.string().describe('What the source calls the target'),
  asset: AssetRef.nullable().describe('null: not known'),
})

export default defineQuestion({
  name: 'asset',
  purpose: 'One asset: what it is, who changed it last, and its neighbours both ways',
  grant: 'asset',
  input: z.strictObject({
    ...WhichAsset,
    at: At,
    config: z.boolean().default(false).describe('With its whole configuration'),
  }),
  positional: ['asset'],
  output: z.object({
    asset: AssetRef.nullable().describe('null: none, or not only one'),
    candidates: z.array(AssetRef).describe('The assets that may be meant, when they are several'),
    since: z.string().nullable().describe('When it was first seen as it is'),
    actor: z.string().nullable().describe('Who made it so, in words; null: no event has told'),
    attribution: AttributionRef.nullable(),
    lastSeen: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    identifiers: z.array(z.object({ kind: z.string(), value: z.string() })),
    to: z.array(Neighbour).describe('What it refers to'),
    from: z.array(Neighbour).describe('What refers to it'),
    moreFrom: z.boolean().describe('More refers to it than is listed'),
    config: z.record(z.string(), z.unknown()).nullable().describe("In the provider's words"),
    moving: z.record(z.string(), z.unknown()).nullable().describe('Fields that move by themselves, as read last'),
  }),
  examples: [
    {
      title: 'An instance and what it is connected to',
      input: { asset: 'web-2' },
      found: true,
      headline: ['EC2 Instance web-2', 'shop-prod'],
    },
    {
      title: 'As it was',
      input: { asset: 'i-0aaaaaaaaaaaaaaa3', at: '2026-11-01' },
      found: true,
      headline: ['worker-1'],
    },
    {
      title: 'One that does not exist any more, and who deleted it',
      input: { asset: 'i-0aaaaaaaaaaaaaaa3' },
      found: false,
      headline: ['gone since', 'deleted by ada@example.com (via role deploy, terraform)'],
    },
    {
      title: 'A name that two accounts use',
      input: { asset: 'deploy' },
      found: false,
      headline: ['may be 2 assets', '--account'],
    },
  ],
  seeks: ({ asset }) => seekingOf(asset),
  async answer({ asset: name, at: atText, config: withConfig, ...narrowing }, asking) {
    const at = atOf(atText, asking.now)
    const found = await findAsset(asking, name, at, narrowing)
    if (found.kind !== 'one') {
      const cards = found.kind === 'many' ? found.cards : []
      const none = {
        since: null,
        actor: null,
        attribution: null,
        lastSeen: null,
        tags: {},
        identifiers: [],
        to: [],
        from: [],
        moreFrom: false,
        config: null,
        moving: null,
      }
      return {
        found: false,
        headline: notOne(name, found),
        output: { asset: null, candidates: cards.map(refOf), ...none },
        provenance: await provenanceOf(asking, { cards, types: null, at, found: false }),
      }
    }
    const { card } = found
    const [neighbours, made, states] = await Promise.all([
      neighboursOf(asking, card, at),
      madeBy(asking, card.id, card.since),
      withConfig ? readStates(asking, [card.id], at) : undefined,
    ])
    const state = states?.get(card.id)
    const what = describe(refOf(card))
    const headline = card.isGone
      ? `${what}: gone since ${whenText(card.since, asking.now)}${made.actor === null ? '' : `, deleted${byText(made)}`}`
      : card.since > at
        ? `${what}: not known before ${whenText(card.since, asking.now)}`
        : what
    return {
      found: !card.isGone && card.since <= at,
      headline,
      output: {
        asset: refOf(card),
        candidates: [],
        since: isoOf(card.since),
        ...made,
        lastSeen: isoOf(card.seenAt),
        tags: { ...card.tags },
        identifiers: card.identifiers.map(pairOf),
        ...neighbours,
        config: state?.config ?? null,
        moving: at === asking.now ? (state?.volatile ?? null) : null,
      },
      provenance: await provenanceOf(asking, { cards: [card], types: [], at, found: true }),
    }
  },
  present: ({
    asset,
    candidates,
    since,
    attribution,
    lastSeen,
    tags,
    identifiers,
    to,
    from,
    moreFrom,
    config,
    moving,
  }) => [
    ...presentAssets(candidates),
    ...(asset === null
      ? []
      : [
          fields(null, {
            type: asset.type,
            id: asset.nativeId,
            ARN: asset.arn,
            account: accountCell(asset),
            region: asset.region,
            owner: asset.owner,
            'as it is since': time(since),
            by: attribution?.text,
            'last seen': time(lastSeen),
            tags:
              Object.entries(tags)
                .map(([key, value]) => `${key}=${value}`)
                .join(', ') || null,
            'known as':
              identifiers
                .filter(({ kind }) => kind !== 'arn')
                .map(({ value }) => value)
                .join(', ') || null,
          }),
        ]),
    ...table('Refers to', ['relation', 'asset', 'account', 'region'], to.map(neighbourRow)),
    ...table('Referred to by', ['relation', 'asset', 'account', 'region'], from.map(neighbourRow)),
    ...(moreFrom ? [text('More refers to it than is listed.')] : []),
    ...(config === null ? [] : [text(JSON.stringify(config, undefined, 2))]),
    ...(moving === null ? [] : [text(`Moving by itself, as read last: ${JSON.stringify(moving, undefined, 2)}`)]),
  ],
})

function pairOf(identifier: string): { kind: string; value: string } {
  const space = identifier.indexOf(' ')
  return { kind: identifier.slice(0, space), value: identifier.slice(space + 1) }
}

function neighbourRow({ relation, target, asset }: z.infer<typeof Neighbour>) {
  return [
    relation,
    asset === null ? `${target} (not known)` : nameOf(asset),
    asset === null ? null : accountCell(asset),
    asset?.region ?? null,
  ]
}
