import { z } from 'zod'
import { actorText } from '../answers/actor.ts'
import { AssetRef, describe, refOf } from '../answers/asset-ref.ts'
import { text } from '../answers/blocks.ts'
import { At, atOf, Since, Until, whenText } from '../answers/instant.ts'
import { provenanceOf } from '../answers/provenance.ts'
import { changesText } from '../lookups/changes.ts'
import { findAsset, notOne, WhichAsset } from '../lookups/find.ts'
import { byText } from '../lookups/made-by.ts'
import { seekingOf } from '../lookups/seeking.ts'
import { presentAssets } from '../lookups/timeline-blocks.ts'
import { presentMoments } from '../lookups/timeline-moments.ts'
import { TimelineMoment, timelinePage } from '../lookups/timeline-page.ts'
import { defineQuestion } from '../question.ts'

export default defineQuestion({
  name: 'timeline',
  purpose: 'What happened to an asset: its versions and every event that touched it, with who, from where and how',
  grant: 'timeline',
  input: z.strictObject({
    ...WhichAsset,
    at: At,
    since: Since,
    until: Until,
    limit: z.int().min(1).max(500).default(30).describe('How many versions and events to list'),
    page: z.int().min(1).max(200).default(1).describe('Which page of them'),
  }),
  positional: ['asset'],
  output: z.object({
    asset: AssetRef.nullable().describe('null: none, or not only one'),
    candidates: z.array(AssetRef).describe('The assets that may be meant, when they are several'),
    moments: z.array(TimelineMoment).describe('The newest first'),
    more: z.boolean().describe('There are more on the next page'),
  }),
  examples: [
    {
      title: 'Who opened this security group',
      input: { asset: 'shop-web' },
      found: true,
      headline: ['EC2 SecurityGroup shop-web', 'changed', 'by bob (aws-cli)', 'IpPermissions'],
    },
    {
      title: 'What happened to it between two times',
      input: { asset: 'sg-0aaaaaaaaaaaaaaa1', since: '2026-11-22T06:09Z', until: '2026-11-22T06:11Z' },
      found: true,
      headline: ['by ada@example.com (via role deploy, terraform)'],
    },
    {
      title: 'A deleted queue',
      input: { asset: 'jobs' },
      found: true,
      headline: ['gone', 'by ada@example.com (via role deploy, cloudformation, terraform)'],
    },
    {
      title: 'Nothing happened to it then',
      input: { asset: 'shop-web', until: '2026-11-01' },
      found: false,
      headline: ['nothing happened'],
    },
  ],
  seeks: ({ asset }) => seekingOf(asset),
  async answer({ asset: name, at: atText, since: sinceText, until: untilText, limit, page, ...narrowing }, asking) {
    const at = atOf(atText, asking.now)
    const found = await findAsset(asking, name, at, narrowing)
    if (found.kind !== 'one') {
      const cards = found.kind === 'many' ? found.cards : []
      const provenance = await provenanceOf(asking, { cards, types: null, at, found: false })
      const output = { asset: null, candidates: cards.map(refOf), moments: [], more: false }
      return { found: false, headline: notOne(name, found), output, provenance }
    }
    const { card } = found
    const since = sinceText === undefined ? Number.NEGATIVE_INFINITY : atOf(sinceText, asking.now)
    const until = Math.min(at, atOf(untilText, at))
    const offset = (page - 1) * limit
    const { moments, more } = await timelinePage(asking, card.id, { since, until }, { limit, offset })
    return {
      found: moments.length > 0,
      headline: `${describe(refOf(card))}: ${lastText(moments, asking.now)}`,
      output: { asset: refOf(card), candidates: [], moments, more },
      provenance: await provenanceOf(asking, { cards: [card], types: [], at, found: true }),
    }
  },
  present: ({ candidates, moments, more }) => [
    ...presentAssets(candidates),
    ...presentMoments(moments),
    ...(more ? [text('There is more before that: use --limit and --page.')] : []),
  ],
})

/** The newest version is what an asker wants to know; an event that changed nothing to see, if there is none. */
function lastText(moments: readonly TimelineMoment[], now: number): string {
  const [latest] = moments
  if (latest === undefined) return 'nothing happened then'
  const last = moments.find(moment => moment.kind === 'version') ?? latest
  const when = whenText(Date.parse(last.at), now)
  if (last.kind === 'event') return `${last.event.words} ${when} by ${actorText(last.event.actor)}`
  const { what, changes } = last.version
  return `${what} ${when}${byText(last.version)}${what === 'changed' ? `: ${changesText(changes)}` : ''}`
}
